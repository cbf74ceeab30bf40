# get_count: what counts as an allocation and a deallocation of a container, and how collections move the counters.
import gc

gc.disable()
gc.collect()


def delta(action):
    before = gc.get_count()[0]
    result = action()
    return gc.get_count()[0] - before


class P:
    pass


class S:
    __slots__ = ("x",)


base = delta(lambda: None)
print("nothing", base)
for name, action in [
    ("list", lambda: []),
    ("list of 3", lambda: [1, 2, 3]),
    ("nested lists", lambda: [[], [], []]),
    ("dict", lambda: {}),
    ("set", lambda: {1}),
    ("tuple of ints", lambda: tuple([1, 2])),
    ("object()", lambda: object()),
    ("instance", lambda: P()),
    ("slots", lambda: S()),
    ("ints", lambda: [1000 + i for i in range(5)]),
    ("strings", lambda: [str(1000 + i) for i in range(5)]),
    ("function", lambda: (lambda: 1)),
    ("frozenset", lambda: frozenset([1, 2])),
    ("bytearray", lambda: bytearray(5)),
    ("range", lambda: range(5)),
    ("list iterator", lambda: iter([])),
    ("generator", lambda: (x for x in ())),
    ("bound method", lambda: [].append),
    ("exception", lambda: ValueError("x")),
    ("cell", lambda: (lambda q: (lambda: q))(1)),
]:
    kept = []
    before = gc.get_count()[0]
    kept.append(action())
    held = gc.get_count()[0] - before
    kept.clear()
    after = gc.get_count()[0] - before
    print(name, held, after)

print("counts move up")
gc.collect()
print(gc.get_count()[1:])
gc.collect(0)
print(gc.get_count()[1:])
gc.collect(0)
gc.collect(0)
print(gc.get_count()[1:])
gc.collect(1)
print(gc.get_count()[1:])
gc.collect(1)
print(gc.get_count()[1:])
gc.collect(2)
print(gc.get_count()[1:])
keep = [[] for _ in range(300)]
n = gc.get_count()[0]
print("300 lists held", 300 <= n < 330)
keep.clear()
print("freed", gc.get_count()[0] < 30)
