# is_tracked, is_finalized, untracking of tuples and dicts, get_objects by generation, freeze.
import gc

gc.disable()
gc.collect()


class P:
    pass


class E:
    __slots__ = ()


class S:
    __slots__ = ("x",)


for name, obj in [
    ("int", 1), ("str", "a"), ("float", 1.5), ("bytes", b"a"), ("None", None), ("type", int), ("builtin", len), ("list", []),
    ("dict", {}), ("dict of ints", {1: 2}), ("dict of strs", {"a": "b"}), ("dict of lists", {"a": []}), ("set", set()), ("frozenset", frozenset([1])),
    ("empty tuple", ()), ("constant tuple", (1, 2)), ("new tuple", tuple([1, "a"])), ("tuple of list", ([],)), ("object", object()),
    ("plain", P()), ("no slots", E()), ("slots", S()), ("class", P), ("function", lambda: 1), ("method", [].append), ("bound", P().__init__),
    ("range", range(3)), ("slice", slice(1)), ("bytearray", bytearray()), ("memoryview", memoryview(b"")), ("generator", (x for x in ())),
    ("iterator", iter([])), ("exception", ValueError()), ("module", gc), ("cell", (lambda q: (lambda: q))(1).__closure__[0]),
    ("property", property()), ("enumerate", enumerate([])), ("zip", zip()), ("code", (lambda: 1).__code__), ("complex", 1j),
    ("namedtuple", __import__("collections").namedtuple("N", "a")(1)),
]:
    print(name, gc.is_tracked(obj))

t = tuple([1, 2, 3])
nested = ((1, 2), tuple(["a", tuple([2.5])]))
deep = tuple([tuple([tuple([])]), [1]])
print("before", gc.is_tracked(t), gc.is_tracked(nested[1]), gc.is_tracked(deep))
gc.collect()
print("after one pass", gc.is_tracked(t), gc.is_tracked(nested[1]), gc.is_tracked(deep))
d = {"a": 1}
print("dict", gc.is_tracked(d))
d["b"] = []
print("with a list", gc.is_tracked(d))
del d["b"]
gc.collect()
print("list deleted, after collection", gc.is_tracked(d))
d = dict(a=(1, 2))
print("dict of tuple", gc.is_tracked(d))
gc.collect()
print("after", gc.is_tracked(d))
print("copies", gc.is_tracked({"a": 1}.copy()), gc.is_tracked({"a": []}.copy()), gc.is_tracked(P().__dict__))

marker = [123]
print("generation of a new list", [any(o is marker for o in gc.get_objects(generation=g)) for g in range(3)])
gc.collect(0)
print("after gen 0", [any(o is marker for o in gc.get_objects(generation=g)) for g in range(3)])
gc.collect(1)
print("after gen 1", [any(o is marker for o in gc.get_objects(g)) for g in range(3)])
print("in all", any(o is marker for o in gc.get_objects()), any(o is marker for o in gc.get_objects(None)))
for bad in (3, -1, "x"):
    try:
        gc.get_objects(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

before = gc.get_freeze_count()
gc.freeze()
print("frozen", gc.get_freeze_count() > before, len(gc.get_objects()) < 50, any(o is marker for o in gc.get_objects()))
gc.unfreeze()
print("thawed", gc.get_freeze_count(), any(o is marker for o in gc.get_objects(2)))


class F:
    def __del__(self):
        F.last = self


f = F()
print("finalized", gc.is_finalized(f))
del f
print("resurrected", gc.is_finalized(F.last), gc.is_finalized([]), gc.is_finalized(1))
x = F.last
del F.last, x
print("not run twice", hasattr(F, "last"))
