# Counts through attribute access: bound methods cached or not, properties, __getattr__, setattr, class access, del.
import sys
from sys import getrefcount as rc


class Meta(type):
    @property
    def via_meta(cls):
        return rc(VALUE)


VALUE = object()
base = rc(VALUE)


class C(metaclass=Meta):
    shared = VALUE

    def __init__(self, v):
        self.v = v

    def get(self):
        return self.v

    @property
    def prop(self):
        return self.v

    @classmethod
    def cm(cls):
        return cls.shared

    def __getattr__(self, name):
        return VALUE


d = lambda: rc(VALUE) - base
print("class attribute", d())
c = C(VALUE)
print("instance", d())
print("reads", rc(c.v) - base, rc(c.shared) - base, rc(c.get()) - base, rc(c.prop) - base, rc(c.cm()) - base, rc(c.anything) - base, C.via_meta - base, d())
for _ in range(100):
    c.v, c.shared, c.get(), c.prop, c.cm(), c.nothing, C.shared
print("after many reads", d(), rc(c), rc(C.get))
m = c.get
print("method", rc(c), rc(m), rc(C.get))
m2 = c.get
print("another", rc(c), m is m2, m == m2)
del m, m2
print("gone", rc(c), rc(C.get))
for _ in range(50):
    c.v = VALUE
print("writes", d())
c.w = VALUE
del c.w
print("added and deleted", d())
setattr(c, "dyn", VALUE)
print(getattr(c, "dyn") is VALUE, d())
delattr(c, "dyn")
print(getattr(c, "zz", None) is VALUE, hasattr(c, "q"), d())
x = vars(c)
print("vars", rc(x), d())
x["extra"] = VALUE
print(d(), c.extra is VALUE)
x.clear()
print("cleared", d())
C.shared = None
print("class attribute replaced", d())
C.other = VALUE
C.third = C.other
print(d())
del C.other, C.third
print("end", d())


class S:
    __slots__ = ("a", "b")


s = S()
s.a = s.b = VALUE
print("slots", d())
s.a = None
print(d())
del s.b
print(d())
try:
    s.b
except AttributeError as e:
    print(e, rc(s), d())
e = None


class Desc:
    def __get__(self, obj, cls):
        return (rc(obj) if obj is not None else None, rc(self), rc(VALUE) - base)

    def __set__(self, obj, v):
        print("set", rc(v) - base, rc(obj))


class U:
    d = Desc()


u = U()
print(u.d, U.d)
u.d = VALUE
print(rc(u), d())
import operator
print(operator.attrgetter("__class__")(u) is U, rc(u), isinstance(u, U), rc(U) > 3)
