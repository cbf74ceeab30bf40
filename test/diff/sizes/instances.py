# Sizes of instances: plain, with slots, with inherited slots, with a materialised dictionary.
from sys import getsizeof as size


class Empty:
    pass


class Plain:
    def __init__(self, n):
        for i in range(n):
            setattr(self, "a%d" % i, i)


class Slots0:
    __slots__ = ()


class Slots1:
    __slots__ = ("x",)


class Slots3:
    __slots__ = ("x", "y", "z")


class SlotsDict:
    __slots__ = ("x", "__dict__")


class SlotsWeak:
    __slots__ = ("x", "__weakref__")


class SlotsBoth:
    __slots__ = ("__dict__", "__weakref__")


class Derived(Slots3):
    __slots__ = ("w",)


class Open(Slots3):
    pass


class Two(Slots1, Empty):
    pass


def facts(cls):
    return cls.__basicsize__, cls.__itemsize__, cls.__dictoffset__, cls.__weakrefoffset__


for cls in (Empty, Plain, Slots0, Slots1, Slots3, SlotsDict, SlotsWeak, SlotsBoth, Derived, Open, Two):
    print(cls.__name__, facts(cls))

for cls in (Empty, Slots0, Slots1, Slots3, SlotsDict, SlotsWeak, SlotsBoth, Derived, Open, Two):
    print(cls.__name__, size(cls()))

print("plain", [size(Plain(n)) for n in (0, 1, 2, 5, 6, 20, 29, 30, 31, 40)])
p = Plain(3)
print("its dict", size(p.__dict__), size(p))
print("vars", size(vars(Plain(1))), size(vars(Plain(0))), size(Empty().__dict__))


class Fixed:
    def __init__(self):
        self.a = 1
        self.b = 2
        self.c = 3


one, two = Fixed(), Fixed()
print("shared keys", size(one), size(one.__dict__), size(two.__dict__))
two.d = 4
print("after one more", size(two.__dict__), size(one.__dict__), size(Fixed().__dict__))
del two.a
print("after del", size(two.__dict__), list(two.__dict__))
print("an exception", size(Exception()), size(Exception(1, 2)), size(OSError(2, "x")), size(KeyError("k")), size(StopIteration(1)))
print("SyntaxError", size(SyntaxError("x")), size(ImportError("x")), size(UnicodeDecodeError("utf-8", b"", 0, 1, "x")))


class MyError(Exception):
    def __init__(self, code):
        self.code = code


print("own exception", size(MyError(1)), facts(MyError))
import types
print("namespaces", size(types.SimpleNamespace()), size(types.SimpleNamespace(a=1)), size(types.ModuleType("m")))
print("property", size(property()), size(staticmethod(len)), size(classmethod(len)), size(super(Open, Open())))
