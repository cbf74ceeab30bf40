# sys.getsizeof itself: __sizeof__, the gc header it adds, default values, errors.
import sys


class Plain:
    pass


class Custom:
    def __sizeof__(self):
        return 1000


class Negative:
    def __sizeof__(self):
        return -1


class Wrong:
    def __sizeof__(self):
        return "big"


class Raises:
    def __sizeof__(self):
        raise KeyError("no size")


class SlottedCustom:
    __slots__ = ()

    def __sizeof__(self):
        return 7


print(sys.getsizeof(Custom()), sys.getsizeof(SlottedCustom()))
for cls in (Negative, Wrong, Raises):
    try:
        print(sys.getsizeof(cls()))
    except Exception as error:
        print(cls.__name__, type(error).__name__, error)
    try:
        print("default", sys.getsizeof(cls(), 42))
    except Exception as error:
        print(cls.__name__, type(error).__name__, error)

for obj in (1, "a", b"a", 1.5, (), [], {}, set(), object(), Plain(), print, len, type, Plain, lambda: 1):
    try:
        own = obj.__sizeof__()
    except TypeError as error:
        own = None
        print("unbound", error)
    total = sys.getsizeof(obj)
    if own is not None:
        print(type(obj).__name__, own, total, total - own)

print(object.__sizeof__(5), object.__sizeof__("abc"), object.__sizeof__([1, 2]), int.__sizeof__(5), list.__sizeof__([1, 2]))
print(type.__sizeof__(Plain) + 16 == sys.getsizeof(Plain))
for bad in ((), (1, 2, 3)):
    try:
        sys.getsizeof(*bad)
    except TypeError as error:
        print(error)
print(sys.getsizeof(object=1), sys.getsizeof(Custom(), default=3))
