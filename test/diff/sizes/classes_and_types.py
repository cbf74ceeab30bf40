# Sizes of classes themselves and how they grow with attributes, methods, slots, bases.
import sys
from sys import getsizeof as size


def make(n_attrs=0, slots=None, bases=(), name="K"):
    ns = {"attr%d" % i: i for i in range(n_attrs)}
    if slots is not None:
        ns["__slots__"] = slots
    return type(name, bases, ns)


print("plain", size(make()), "attributes", [size(make(n)) for n in (1, 5, 10, 30)])
print("slots", [size(make(slots=tuple("s%d" % i for i in range(n)))) for n in (0, 1, 2, 5)])
print("basicsize", [make(slots=tuple("s%d" % i for i in range(n))).__basicsize__ for n in (0, 1, 2, 5)])
print("bases", size(make(bases=(list,))), size(make(bases=(int,))), size(make(bases=(dict, ))), size(make(bases=(Exception,))), size(make(bases=(tuple,))))
for base in (object, int, str, bytes, list, tuple, dict, set, frozenset, float, complex, bytearray, Exception, OSError, type, property, staticmethod):
    k = make(bases=(base,))
    try:
        s = make(bases=(base,), slots=())
        slim = s.__basicsize__, s.__dictoffset__, s.__weakrefoffset__
    except TypeError as e:
        slim = str(e)
    print(base.__name__, base.__basicsize__, base.__itemsize__, base.__dictoffset__, base.__weakrefoffset__, "| sub", k.__basicsize__, k.__dictoffset__, k.__weakrefoffset__, "| no dict", slim)
print("class dict proxy", size(make().__dict__), len(make().__dict__), sorted(make().__dict__))


class Heavy:
    """A docstring."""
    a = 1

    def m(self):
        pass


print(size(Heavy), size(Heavy.__dict__), size(Heavy.m), size(Heavy.__doc__), size(Heavy.__name__), size(Heavy.__mro__), size(Heavy.__bases__))


class Meta(type):
    __slots__ = ()


class WithMeta(metaclass=Meta):
    pass


print(size(WithMeta), size(Meta), Meta.__basicsize__, type.__basicsize__, type.__itemsize__, type.__dictoffset__, type.__weakrefoffset__)
import types
for t in (types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.GeneratorType, types.CodeType, types.FrameType, types.CellType, types.TracebackType, types.ModuleType, types.SimpleNamespace, types.MappingProxyType, types.GenericAlias, types.UnionType, types.CoroutineType, types.AsyncGeneratorType, type(iter([])), type(iter(())), type(iter("")), type(iter({})), type(iter(set())), type(iter(range(1))), type({}.keys()), enumerate, zip, map, filter, reversed, range, slice, super, property, classmethod, staticmethod, memoryview):
    print(t.__name__, t.__basicsize__, t.__itemsize__, t.__dictoffset__, t.__weakrefoffset__)
