# Which temporaries share an address: results of equal shape in one expression and in loops.
import gc

gc.disable()
gc.collect()


class P:
    pass


class S:
    __slots__ = ("a",)


def seen(make, n=20):
    return len({id(make()) for _ in range(n)})


for name, make in [("object", object), ("list", list), ("dict", dict), ("set", set), ("instance", P), ("slots", S), ("float", lambda: float("1.5")), ("int", lambda: int("12345")), ("str", lambda: "".join("ab")), ("bytes", lambda: bytes(3)), ("tuple", lambda: tuple([1])), ("complex", lambda: complex("1j")), ("lambda", lambda: (lambda: 1)), ("range", lambda: range(10)), ("slice", lambda: slice(5)), ("generator", lambda: (x for x in ())), ("bound", lambda: P().__init__), ("exception", lambda: ValueError()), ("bytearray", lambda: bytearray(3)), ("frozenset", lambda: frozenset([1])), ("iterator", lambda: iter([])), ("big list", lambda: [0] * 100), ("big dict", lambda: dict.fromkeys(range(100))), ("big int", lambda: 1 << 500), ("long str", lambda: "ab" * 500), ("memoryview", lambda: memoryview(b"x"))]:
    print(name, seen(make))
keep = []
print("kept", len({id(keep.append(object()) or keep[-1]) for _ in range(20)}))
x = [object() for _ in range(10)]
ids = {id(o) for o in x}
x = [object() for _ in range(10)]
print("replaced list: new ones made before the old die", len(ids & {id(o) for o in x}))
x = None
x = [object() for _ in range(10)]
y = {id(o) for o in x}
x = None
z = [object() for _ in range(10)]
print("freed first", len(y & {id(o) for o in z}))


def local():
    o = object()
    return id(o)


print("locals", len({local() for _ in range(10)}), local() == local())


def nested(n):
    o = object()
    return {id(o)} | (nested(n - 1) if n else set())


print("frames deep", len(nested(5)))
a = object()
ia = id(a)
a = object()
print("rebinding", id(a) == ia)
ib = id(a)
a = None
a = object()
print("through None", id(a) == ib)
l = [[1], [2], [3]]
il = [id(q) for q in l]
l[1] = None
l[1] = [9]
print("slot reused", il[1] == id(l[1]))
d = {"k": [1]}
i = id(d["k"])
del d["k"]
d["k"] = [2]
print("dict value", id(d["k"]) == i)
p = P()
p.v = object()
i = id(p.v)
del p.v
p.v = object()
print("attribute", id(p.v) == i)
t = (object(), object())
i = [id(o) for o in t]
del t
t = (object(), object())
print("tuple members", [id(o) in i for o in t], [i.index(id(o)) for o in t if id(o) in i])
