# super in every form and place.
class A:
    x = "A.x"

    def f(self, *a):
        return ("A.f", a)

    @classmethod
    def c(cls):
        return ("A.c", cls.__name__)

    @staticmethod
    def s():
        return "A.s"

    @property
    def p(self):
        return "A.p"


class B(A):
    x = "B.x"

    def f(self, *a):
        return ("B.f",) + super().f(*a)

    @classmethod
    def c(cls):
        return ("B.c",) + super().c()

    @staticmethod
    def s():
        return "B.s " + super(B, B).s()

    @property
    def p(self):
        return "B.p " + super().p

    def get_x(self):
        return super().x, super(B, self).x, super(A, self).__repr__ is not None

    def in_lambda(self):
        return (lambda: super().f())() if False else [super(B, self).f() for _ in range(1)]

    def nested(self):
        def inner():
            return super(B, self).x
        return inner()

    def implicit_nested(self):
        def inner(self):
            return super().x
        return inner(self)

    def comp(self):
        return [super().x for _ in range(1)]

    def __init__(self):
        super().__init__()
        self.made = True


class C(B):
    def f(self):
        return ("C.f",) + super().f(1, 2)


b, c = B(), C()
print(b.f(1), c.f(), B.c(), C.c(), b.s(), b.p, c.p, b.get_x(), b.in_lambda(), b.nested(), b.implicit_nested(), b.made)
try:
    print(b.comp())
except TypeError as e:
    print(e)
s = super(B, c)
print(s.x, s.f(5), s.__thisclass__.__name__, s.__self__ is c, s.__self_class__.__name__, type(s).__name__)
u = super(B)
print(u.__self__, u.__self_class__, type(u.__get__(c, C)).__name__)
for bad in (lambda: super(), lambda: super(B, 5), lambda: super(5), lambda: super(B, A()), lambda: super(B, c).nothing, lambda: super(1, 2), lambda: super(B, b, 3)):
    try:
        print(bad())
    except (TypeError, RuntimeError, AttributeError) as e:
        print(type(e).__name__, e)


def outside():
    return super().x


try:
    outside()
except RuntimeError as e:
    print(e)


def with_arg(self):
    return super().x


try:
    with_arg(b)
except RuntimeError as e:
    print(e)


class Rebind(A):
    def f(self):
        self = None
        return super().x

    def g(self):
        del self
        return super().x

    def cls(self):
        return __class__.__name__


for m in (Rebind().f, Rebind().g):
    try:
        print(m())
    except (TypeError, RuntimeError, AttributeError) as e:
        print(e)
print(Rebind().cls())


class Attr(A):
    def __setattr__(self, k, v):
        super().__setattr__(k, v * 2)

    def __getattribute__(self, k):
        return ("got", super().__getattribute__(k))

    def __getattr__(self, k):
        return "missing " + k


a = Attr()
a.n = 5
print(a.n, a.x, a.zzz)


class L(list):
    def append(self, v):
        super().append(v)
        super().append(v)

    def __getitem__(self, i):
        return ("item", super().__getitem__(i))

    def __len__(self):
        return super().__len__() + 100


l = L()
l.append(1)
print(list(l), l[0], len(l))


class M1:
    def __init__(self, **kw):
        self.m1 = kw.pop("m1")
        super().__init__(**kw)


class M2:
    def __init__(self, **kw):
        self.m2 = kw.pop("m2")
        super().__init__(**kw)


class M(M1, M2):
    pass


print(vars(M(m1=1, m2=2)))
try:
    M(m1=1, m2=2, m3=3)
except TypeError as e:
    print(e)
