# property, staticmethod, classmethod: all their forms.
class C:
    def __init__(self):
        self._x = 1

    @property
    def x(self):
        "doc of x"
        return self._x

    @x.setter
    def x(self, v):
        print("setting", v)
        self._x = v

    @x.deleter
    def x(self):
        print("deleting")
        del self._x

    @property
    def readonly(self):
        return "ro"

    writeonly = property(None, lambda self, v: print("wo", v))
    lam = property(lambda self: "lam", doc="given doc")
    empty = property()


c = C()
c.x = 5
print(c.x, C.x.__doc__, C.lam.__doc__, C.x.fget.__name__, C.x.fset is not None, C.x.fdel is not None, C.readonly.fset, C.x.__name__)
c.x += 10
print(c.x)
del c.x
for bad in (lambda: c.x, lambda: setattr(c, "readonly", 1), lambda: delattr(c, "readonly"), lambda: c.writeonly, lambda: c.empty, lambda: setattr(c, "empty", 1), lambda: setattr(c, "lam", 2)):
    try:
        print(bad())
    except AttributeError as e:
        print(e)
c.writeonly = 3


class D(C):
    @C.x.getter
    def x(self):
        return "D's x"

    @property
    def readonly(self):
        return "D " + super().readonly


d = D()
print(d.x, d.readonly)
d.x = 9
print(d._x, D.x.fset is C.x.fset, isinstance(D.x, property))


class S:
    count = 0

    @staticmethod
    def s(a, b=2):
        return a, b

    @classmethod
    def c(cls, v):
        cls.count += v
        return cls.__name__, cls.count

    @classmethod
    @property
    def old(cls):
        return "no longer chained"

    def m(self):
        return self.s(1), self.c(1), type(self).s(3)


class T(S):
    pass


print(S.s(1), S().s(1), S.c(1), T.c(5), S.count, T.count, T().m(), S.s is S().s, S.__dict__["s"].__func__ is S.s, S.c.__self__ is S, S.c.__func__ is S.__dict__["c"].__func__, type(S.__dict__["c"]).__name__)
sm = staticmethod(lambda: "called directly")
print(sm(), sm.__wrapped__(), staticmethod(len)([1]), repr(staticmethod(5)), repr(classmethod(5)))
try:
    classmethod(len)([1])
except TypeError as e:
    print(e)


class Wrapped:
    @staticmethod
    def f():
        "the doc"

    f2 = staticmethod(f)


print(Wrapped.f.__doc__, Wrapped.f2(), Wrapped.__dict__["f"].__name__, Wrapped.__dict__["f"].__doc__, Wrapped.__dict__["f"].__qualname__)
p = property(lambda s: 1)
print(p.fget(None), p.getter(lambda s: 2).fget(None), p.setter(len).fset is len, p.deleter(len).fdel is len, p.__doc__, isinstance(p, property), p.__isabstractmethod__)
for bad in (lambda: property(1, 2, 3, 4, 5), lambda: staticmethod(), lambda: setattr(p, "fget", 5), lambda: p.__get__(), lambda: p.__set__(c, 1), lambda: property(5).__get__(c)):
    try:
        print(bad())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


class SubProp(property):
    def __get__(self, obj, cls=None):
        return ("sub", super().__get__(obj, cls)) if obj else self


class U:
    @SubProp
    def v(self):
        """docs"""
        return 1


print(U().v, type(U.v).__name__, U.v.__doc__)
import operator
print(operator.attrgetter("x._x")(type("W", (), {"x": d})()), getattr(S, "count"), getattr(S, "zz", "default"), hasattr(c, "x"), hasattr(c, "writeonly"))
