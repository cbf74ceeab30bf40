# Method resolution: C3 order, conflicts, super chains, changes of __bases__.
class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


class E(C, B):
    def who(self):
        return ["E"] + super().who()


names = lambda cls: [c.__name__ for c in cls.__mro__]
print(names(D), D().who(), names(E), E().who(), D.mro() == list(D.__mro__))
for bases in [(A, B), (D, E), (object, A), (A, A), (5,), (bool,), (type(None),), (lambda: 1,), (B, object), (range,)]:
    try:
        print(names(type("X", bases, {})))
    except TypeError as e:
        print(e)


class F(A):
    pass


class G(F):
    pass


print(names(G), G().who(), G.__bases__, G.__base__.__name__, A.__subclasses__() == [B, C, F])
F.__bases__ = (B,)
print(names(G), G().who(), B in F.__bases__, [c.__name__ for c in A.__subclasses__()], [c.__name__ for c in B.__subclasses__()])
for bad in ((), (G,), (int,), 5, (A, 5)):
    try:
        F.__bases__ = bad
        print("set", names(G))
    except TypeError as e:
        print(e)
print(issubclass(D, A), issubclass(A, D), issubclass(D, (int, A)), isinstance(D(), (B, C)), isinstance(5, (str, (int,))), isinstance(True, int), issubclass(bool, int), isinstance(D, type), issubclass(type, object), isinstance(object, type), isinstance(type, object))
for bad in (lambda: isinstance(5, 5), lambda: issubclass(5, int), lambda: issubclass(int, 5), lambda: isinstance(5, (int, 5)), lambda: isinstance("a", (int, 5)), lambda: isinstance(5, list[int])):
    try:
        print(bad())
    except TypeError as e:
        print(e)


class Meth:
    def f(self):
        return "f"

    g = f
    h = lambda self, x=1: x
    s = len


m = Meth()
print(m.g(), m.h(), m.h(5), Meth.f(m), Meth.g is Meth.f, m.f.__func__ is Meth.f, m.f.__self__ is m, m.f == m.f, m.f is m.f, hash(m.f) == hash(m.f), Meth.f.__qualname__, m.s)
Meth.f = lambda self: "replaced"
print(m.f(), m.g())
m.f = lambda: "own"
print(m.f(), "f" in m.__dict__)
del m.f
print(m.f())
try:
    Meth.f()
except TypeError as e:
    print(e)
try:
    del m.f
except AttributeError as e:
    print(e)
x = D()
x.__class__ = E
print(x.who(), type(x).__name__)
for target in (5, int, A()):
    try:
        x.__class__ = target if isinstance(target, type) else target
        print("changed", type(x).__name__)
    except TypeError as e:
        print(e)
try:
    (5).__class__ = A
except TypeError as e:
    print(e)
