# Counts of classes, their instances, their dictionaries, metaclasses and descriptors.
from sys import getrefcount as rc
import gc


class A:
    pass


n = rc(A)
print("a new class has references of its own", n)
a = A()
print("one instance", rc(A) - n)
many = [A() for _ in range(10)]
print("eleven", rc(A) - n)
del many
print("one again", rc(A) - n)


class B(A):
    pass


print("a subclass", rc(A) - n, "itself", rc(B))
print("mro", rc(A.__mro__), rc(A.__bases__) > 1)
del B
print("deleted but cyclic", rc(A) - n, gc.collect() > 0, rc(A) - n)

a.x = a
print("self reference", rc(a))
del a.x
print("removed", rc(a))
value = object()
a.v = value
print("attribute", rc(value))
d = a.__dict__
print("dict of it", rc(d), rc(value))
d2 = vars(a)
print("same dict", d is d2, rc(d))
del d2
a.v = None
print("replaced", rc(value), d)
a.__dict__ = {"v": value}
print("new dict", rc(value), rc(d), rc(a.__dict__))


class S:
    __slots__ = ("one", "two")


s = S()
s.one = s.two = value
print("slots", rc(value))
del s.one
print("slot deleted", rc(value))
s = None
print("instance gone", rc(value))


class D:
    def __get__(self, obj, cls=None):
        return rc(self), rc(obj) if obj is not None else None

    def __set__(self, obj, value):
        print("set", rc(obj), rc(value))


class E:
    d = D()


e = E()
print("descriptor", e.d, E.d)
e.d = value


class M(type):
    def __new__(meta, name, bases, space):
        cls = super().__new__(meta, name, bases, space)
        print("made", name, rc(cls) > 2, rc(meta) > 2)
        return cls


class N(metaclass=M):
    pass


class P:
    @property
    def p(self):
        return rc(self)

    @staticmethod
    def s(x):
        return rc(x)

    @classmethod
    def c(cls, x):
        return rc(x)

    def __getattr__(self, name):
        return name, rc(self), rc(name) > 1

    def __getitem__(self, key):
        return rc(key), rc(self)

    def __add__(self, other):
        return rc(self), rc(other)

    def __call__(self, x):
        return rc(x), rc(self)

    def __contains__(self, x):
        print("contains", rc(x))
        return True


p = P()
print(p.p, p.s(value), p.c(value), P.s(value), p.missing)
print(p[value], p + value, p(value), value in p, P()(object()))
print(getattr(p, "p"), type(p).__mro__[1] is object, rc(value))
o = object.__new__(A)
print(rc(o), isinstance(o, A), rc(A) - n)
