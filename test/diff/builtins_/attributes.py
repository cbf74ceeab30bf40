# Attributes of built-in objects: names, docs' presence, signatures' text, modules, reprs of types and functions.
import math
import types

for o in (len, print, [].append, "".join, int.from_bytes, dict.fromkeys, math.sin, object.__init__, [].__len__, type.mro, int.__add__, (5).__add__, str.maketrans):
    print(o.__name__, o.__qualname__, type(o).__name__, getattr(o, "__module__", "none"), getattr(o, "__self__", "none").__class__.__name__, repr(o).split(" at 0x")[0], bool(o.__doc__))
for t in (int, str, type, object, type(None), type(...), type(NotImplemented), type(len), type(lambda: 0), types.GeneratorType, range, slice, type(iter([])), type({}.keys()), type(math), property, super, type(int.real), type(type.__dict__["__mro__"]), type(list.append), type([].__len__), Exception, map, zip, enumerate, memoryview, type(int | str), type(list[int]), types.CellType, types.FrameType, types.CodeType):
    print(t, t.__name__, t.__qualname__, t.__module__, t.__base__.__name__ if t.__base__ else None, t.__flags__ & (1 << 10) != 0, len(t.__mro__), t.__itemsize__)
for t in (bool, type(None), range, slice, type(lambda: 0), type(len), types.GeneratorType, type(iter([])), type({}.keys()), memoryview, property, type(...), types.MethodType, type):
    try:
        type("Sub", (t,), {})
        print(t.__name__, "can be subclassed")
    except TypeError as e:
        print(e)
for t in (type(None), type(len), types.GeneratorType, type(iter([])), type({}.keys()), type(int.real), types.FrameType, type(lambda: 0), types.CodeType, types.ModuleType, type(NotImplemented), type(...), range, map, zip, enumerate, reversed, filter, property, staticmethod, types.TracebackType, type(iter({})), type([].__len__), types.CoroutineType):
    try:
        print(t.__name__, "->", repr(t()).split(" at 0x")[0])
    except TypeError as e:
        print(e)
for target, name in ((int, "x"), (5, "x"), ("a", "upper"), (len, "x"), ([], "x"), (None, "x"), (object(), "x"), (type, "x"), (int, "__add__"), (lambda: 0, "x"), (math, "x"), ((1).__class__, "real"), (str, "__doc__"), ({}, "keys"), (range(3), "start"), (slice(1), "stop"), (1j, "real"), (Exception, "args"), (iter([]), "x"), (property(), "fget"), ((x for x in ()), "gi_frame"), ([].append, "x")):
    try:
        setattr(target, name, 1)
        print("set", name, "on", type(target).__name__)
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
    try:
        delattr(target, name)
        print("deleted")
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
for text in ("(5).bit_lenght", "'a'.uper", "[].apend", "{}.key", "None.foo", "len.foo", "int.foo", "type.foo", "(lambda: 0).foo", "object().foo", "(1,).append", "1.5.imagg", "range(3).foo", "type(5).foo", "math.sine", "NotImplemented.x", "Ellipsis.y", "super.x", "iter([]).foo", "(x for x in ()).foo", "type(None).foo", "print.__self__.nothing", "().__class__.__bases__[0].foo", "{}.__class__.__nope__"):
    try:
        eval(text)
    except AttributeError as e:
        print(text, "->", e)
print(int.__doc__ is not None, (5).__doc__ == int.__doc__, None.__doc__ is not None, len.__text_signature__, str.__name__, (1).__class__.__class__, [].__class__, type.__call__(int, "5"), int.__call__("7"), object.__new__(object).__class__, type.__subclasses__(bool), bool.__bases__, int.__subclasses__()[0], object.__subclasshook__(5), (5).__reduce__.__name__, (5).__sizeof__(), "a".__ne__("b"), [].__class_getitem__(int), (5).__dir__()[:0], int.__dict__["__add__"] is int.__add__, len.__call__([1]))
