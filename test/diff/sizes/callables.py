# Sizes of functions, methods, code, generators, cells, iterators: everything a program calls or drives.
from sys import getsizeof as size
import types


def nothing():
    pass


def closure():
    a = 1
    b = 2

    def inner():
        return a + b

    return inner


def generator(a, b):
    c = a
    yield c
    yield b


async def coroutine():
    return 1


async def async_generator():
    yield 1


class Thing:
    def method(self):
        return 1

    @classmethod
    def of(cls):
        return cls()

    @staticmethod
    def free():
        return 2


print("function", size(nothing), size(lambda: 1), size(closure()), types.FunctionType.__basicsize__)
print("builtin", size(len), size([].append), size("".join), size(dict.fromkeys), type(len).__basicsize__)
print("descriptors", size(list.append), size(list.__add__), size(int.real), size(Slot := type("Slot", (), {"__slots__": "x"}).x))
print("bound", size(Thing().method), size(Thing.of), size(Thing.free), size([].__add__))
print("cell", size(closure().__closure__[0]), size(closure().__closure__), size(types.CellType()))
print("basicsize of code", types.CodeType.__basicsize__, types.CodeType.__itemsize__)

co = coroutine()
ag = async_generator()
print("generator-likes", types.GeneratorType.__basicsize__, types.CoroutineType.__basicsize__, types.AsyncGeneratorType.__basicsize__)
co.close()

print("iterators")
for it in (iter([]), iter(()), iter(""), iter("\u0416"), iter(b""), iter(bytearray()), iter(range(3)), iter(range(10**20)), iter({}), iter(set()),
           iter({}.values()), reversed([]), reversed(()), reversed(range(3)), enumerate([]), zip(), map(len, []), filter(None, []),
           iter(int, 1), iter(memoryview(b""))):
    print("  ", type(it).__name__, size(it))

import functools
import itertools
print("itertools", size(itertools.count()), size(itertools.chain()), size(itertools.islice([], 3)), size(itertools.repeat(1)))
print("cycle, tee", size(itertools.cycle([])), size(itertools.product("ab", "cd")), size(itertools.permutations("abc", 2)))
print("partial", size(functools.partial(len)), size(functools.partial(len, 1, x=2)))

import weakref
t = Thing()
print("weak", size(weakref.ref(t)), size(weakref.proxy(t)), weakref.ref.__basicsize__)
print("generic alias", size(list[int]), size(int | str), size(type(list[int])))
print("type sizes", type.__basicsize__, type.__itemsize__, size(type), size(int), size(Thing), size(object))

try:
    1 / 0
except ZeroDivisionError as error:
    tb = error.__traceback__
    print("traceback", size(tb), types.TracebackType.__basicsize__)
print("module", types.ModuleType.__basicsize__, "method", types.MethodType.__basicsize__)
print("mappingproxy", size(Thing.__dict__), size(types.MappingProxyType({})))
