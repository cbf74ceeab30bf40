# Metaclasses: __new__, __init__, __call__, __prepare__, keywords, conflicts, class attributes, __instancecheck__.
class Meta(type):
    log = []

    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        mcs.log.append(("prepare", name, [b.__name__ for b in bases], kw))
        return {"from_prepare": 1}

    def __new__(mcs, name, bases, ns, **kw):
        mcs.log.append(("new", name, sorted(k for k in ns if not k.startswith("__")), kw))
        return super().__new__(mcs, name, bases, ns)

    def __init__(cls, name, bases, ns, **kw):
        cls.log.append(("init", name, kw))
        super().__init__(name, bases, ns)

    def __call__(cls, *a, **k):
        cls.log.append(("call", cls.__name__, a, k))
        obj = super().__call__(*a, **k)
        cls.log.append(("called",))
        return obj

    def __len__(cls):
        return 42

    def __getitem__(cls, k):
        return f"{cls.__name__}[{k}]"

    def __iter__(cls):
        return iter("abc")

    def __contains__(cls, x):
        return x == "in"

    def __repr__(cls):
        return f"<meta {cls.__name__}>"

    def __getattr__(cls, name):
        return f"meta attr {name}"

    def __add__(cls, other):
        return "added"

    @property
    def prop(cls):
        return "property of " + cls.__name__

    def method(cls):
        return "meta method"

    def __instancecheck__(cls, obj):
        return obj == 5 or super().__instancecheck__(obj)

    def __subclasscheck__(cls, sub):
        return sub is int or super().__subclasscheck__(sub)


class A(metaclass=Meta, extra=1):
    x = 1

    def __init__(self, v=None):
        self.v = v


class B(A, more="kw"):
    pass


for entry in Meta.log:
    print(entry)
Meta.log.clear()
a = A(5)
print(Meta.log, a.v)
print(len(A), A["k"], list(A), "in" in A, "out" in A, A, [B], A.missing, A + 1, A.prop, A.method(), B.from_prepare, type(B), isinstance(5, A), isinstance(6, A), isinstance(a, A), issubclass(int, B), issubclass(str, A))
for bad in (lambda: a.method, lambda: a.prop, lambda: len(a), lambda: a["k"]):
    try:
        print(bad())
    except (AttributeError, TypeError) as e:
        print(e)


class M2(type):
    pass


class X(metaclass=M2):
    pass


try:
    class Conflict(A, X):
        pass
except TypeError as e:
    print(e)


class Joint(Meta, M2):
    pass


class Fine(A, X, metaclass=Joint):
    pass


print(type(Fine).__name__, Fine.__mro__[1] is A)


def function_meta(name, bases, ns, **kw):
    return name, bases, sorted(ns), kw


class FromFunction(metaclass=function_meta, k=2):
    y = 1


print(FromFunction)
T = type("T", (A,), {"z": 3, "f": lambda self: self.z})
print(T, T().f(), T.__name__, T.__module__, T.__qualname__)
for args in ((), (1, 2), ("N", (), {}, 5), (5, (), {}), ("N", 5, {}), ("N", (), 5), ("a\0b", (), {})):
    try:
        print(type(*args))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(type(5), type(type), type(A) is Meta)


class Singleton(type):
    instances = {}

    def __call__(cls, *a):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*a)
        return cls.instances[cls]


class S(metaclass=Singleton):
    pass


print(S() is S())


class Ordered(type):
    def __prepare__(name, bases):
        class D(dict):
            def __setitem__(self, k, v):
                if k in self:
                    print("redefined", k)
                super().__setitem__(k, v)
        return D()


class O(metaclass=Ordered):
    def f(self): pass
    def g(self): pass
    def f(self): pass


print([k for k in O.__dict__ if not k.startswith("__")], type(O.__dict__).__name__)
try:
    class NotMapping(metaclass=type("M", (type,), {"__prepare__": classmethod(lambda *a: 5)})):
        pass
except TypeError as e:
    print(e)
try:
    class K(object, flag=True):
        pass
except TypeError as e:
    print(e)
A.__name__ = "Renamed"
A.__qualname__ = "Q.Renamed"
print(A.__name__, type.__repr__(A))
