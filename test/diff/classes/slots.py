# __slots__: access, inheritance, errors, descriptors, weak references, dictionaries.
class A:
    __slots__ = ("x", "y")

    def __init__(self, x=None):
        if x is not None:
            self.x = x


a = A(1)
print(a.x, A.x, type(A.x).__name__, A.__slots__, hasattr(a, "__dict__"), hasattr(a, "y"))
for bad in (lambda: a.y, lambda: setattr(a, "z", 1), lambda: a.__dict__, lambda: delattr(a, "y"), lambda: vars(a), lambda: A.x.__get__(5), lambda: a.zzz, lambda: __import__("weakref").ref(a)):
    try:
        print(bad())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
a.y = 2
del a.x
print(hasattr(a, "x"), a.y)


class B(A):
    pass


class C(A):
    __slots__ = ("z",)


class D(A):
    __slots__ = ("x",)


b, c, d = B(), C(), D()
b.x, b.free = 1, 2
c.x, c.z = 1, 3
d.x = 5
print(b.__dict__, c.x, c.z, d.x, A.x.__get__(d, D) if False else "shadowed", hasattr(c, "__dict__"))
A.x.__set__(d, "base slot")
print(d.x, A.x.__get__(d))
cases = ['("a", "a")', '("1a",)', '(5,)', '"single"', '["l1", "l2"]', '{"d1": "doc of d1"}', '("__dict__", "__dict__")', '("__weakref__",)', '()', '("a b",)', 'iter(["i1"])', '("__slots__",)', '"x", "__dict__"', '("_C__private", "__mangled")']
for case in cases:
    try:
        space = {}
        exec(f"class C:\n    __slots__ = {case}", space)
        cls = space["C"]
        print(case, "->", [n for n in vars(cls) if not n.startswith("__") or n in ("__weakref__", "__dict__")], cls.__basicsize__)
    except (TypeError, ValueError) as e:
        print(case, "->", type(e).__name__, e)
for text in ("class C:\n    __slots__ = ('x',)\n    x = 1", "class C(int):\n    __slots__ = ('x',)", "class C(tuple):\n    __slots__ = ()", "class C(tuple):\n    __slots__ = ('q',)", "class P:\n    __slots__ = 'p'\nclass Q:\n    __slots__ = 'q'\nclass C(P, Q):\n    pass", "class P:\n    __slots__ = ()\nclass Q:\n    __slots__ = 'q'\nclass C(P, Q):\n    __slots__ = ()", "class C(Exception):\n    __slots__ = ('code',)", "class P:\n    pass\nclass C(P):\n    __slots__ = ('__dict__',)", "class P:\n    pass\nclass C(P):\n    __slots__ = ('__weakref__',)", "class C(type):\n    __slots__ = ('t',)"):
    try:
        exec(text)
        print(text.splitlines()[-2:], "fine")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class Priv:
    __slots__ = ("__secret",)

    def __init__(self):
        self.__secret = 1


p = Priv()
print(p._Priv__secret, Priv.__slots__, [k for k in vars(Priv) if "secret" in k])


class Desc:
    __slots__ = {"x": "the x", "y": None}


import inspect
print(inspect.getdoc(Desc.x), Desc.__slots__)
import copy
x = A(7)
x.y = [1]
y = copy.copy(x)
z = copy.deepcopy(x)
print(y.x, y.y is x.y, z.y == x.y, z.y is x.y, x.__reduce_ex__(2)[2] if x.__reduce_ex__(2)[2] else None)
b.__dict__ = {"new": 1}
print(b.new, b.x)
try:
    b.__class__ = C
except TypeError as e:
    print(e)


class E1:
    __slots__ = ("a",)


class E2:
    __slots__ = ("a",)


e = E1()
e.a = 5
e.__class__ = E2
print(e.a, type(e).__name__)
