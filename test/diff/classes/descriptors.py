# Descriptors: data and non-data, precedence, __set_name__, __delete__, on classes and metaclasses.
class Data:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return obj.__dict__.get("_" + self.name, "unset"), cls.__name__

    def __set__(self, obj, value):
        obj.__dict__["_" + self.name] = value

    def __delete__(self, obj):
        del obj.__dict__["_" + self.name]


class NonData:
    def __get__(self, obj, cls):
        return "nondata", obj is None


class SetOnly:
    def __set__(self, obj, value):
        print("set only", value)


class C:
    d = Data()
    e = Data()
    n = NonData()
    s = SetOnly()


c = C()
print(c.d, C.d is C.__dict__["d"], C.n)
c.d = 5
c.__dict__["d"] = "hidden"
print(c.d, c.e)
print(c.n)
c.n = "instance"
print(c.n, C.n)
c.s = 1
print(type(c.s).__name__)
c.__dict__["s"] = "in dict"
print(c.s)
del c.d
print(c.d)
for bad in (lambda: delattr(c, "e"), lambda: delattr(c, "s"), lambda: delattr(c, "zzz"), lambda: setattr(C.__dict__, "x", 1)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
C.d = "replaced"
print(c.d)


class Raises:
    def __get__(self, obj, cls):
        raise AttributeError("from descriptor")


class R:
    r = Raises()

    def __getattr__(self, name):
        return "fallback " + name


print(R().r)
try:
    R.r
except AttributeError as e:
    print(e)


class BadName:
    def __set_name__(self, owner, name):
        raise ValueError("bad " + name)


try:
    class X:
        b = BadName()
except Exception as e:
    print(type(e).__name__, e, e.__notes__)
f = lambda self: 1
print(type(f.__get__(c, C)).__name__, f.__get__(None, C) is f, f.__get__(c)(), len.__get__ if hasattr(len, "__get__") else "no __get__")


class Lazy:
    def __init__(self, fn):
        self.fn = fn

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, cls):
        if obj is None:
            return self
        value = self.fn(obj)
        obj.__dict__[self.name] = value
        return value


class P:
    calls = 0

    @Lazy
    def expensive(self):
        P.calls += 1
        return "computed"


p = P()
print(p.expensive, p.expensive, P.calls, vars(p))
import functools


class Q:
    @functools.cached_property
    def v(self):
        print("computing")
        return 7


q = Q()
print(q.v, q.v, q.__dict__)
del q.v
print(q.v)
print(int.__dict__["real"].__get__(5), type(int.__dict__["real"]).__name__, type(str.__dict__["upper"]).__name__, str.__dict__["upper"].__get__("abc")(), type(object.__dict__["__init__"]).__name__, type(dict.__dict__["fromkeys"]).__name__, type(type.__dict__["__mro__"]).__name__)
for bad in (lambda: str.upper(5), lambda: str.upper(), lambda: list.append(5, 1), lambda: int.real.__get__("x"), lambda: int.__add__("x", 1), lambda: object.__init__(), lambda: C.e.__set__(c) if False else NonData.__get__()):
    try:
        bad()
    except TypeError as e:
        print(e)
