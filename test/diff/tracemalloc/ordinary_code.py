# tracemalloc per line over ordinary code: classes, instances, closures, strings, dicts, generators, exceptions.
import gc
import tracemalloc


snaps = {}


def report(title):
    snaps[title] = tracemalloc.take_snapshot()



gc.collect()
tracemalloc.start()


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def moved(self, dx):
        return Point(self.x + dx, self.y)


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a
        self.b = [a]


points = [Point(i, i * 1000) for i in range(20)]
more = [p.moved(5) for p in points]
slotted = [Slotted(i) for i in range(10)]
report("objects")
names = {}
for i in range(100):
    names["name%d" % i] = i
report("dict")
text = ""
for i in range(50):
    text += chr(97 + i % 26)
parts = text.split("e")
joined = ",".join(parts)
upper = joined.upper()
uni = joined + "\u0416"
b = joined.encode() * 3
report("text")


def counter():
    n = 0

    def inc():
        nonlocal n
        n += 1
        return n
    return inc


incs = [counter() for _ in range(5)]
gens = [(x for x in range(3)) for _ in range(4)]
for g in gens:
    next(g)
report("closures and generators")
errors = []
for i in range(3):
    try:
        raise ValueError("bad", i)
    except ValueError as e:
        errors.append(e)
report("exceptions")
s = set(range(100))
fs = frozenset("abcdef")
t = tuple(range(300, 350))
big = 2 ** 1000
floats = [i / 3 for i in range(20)]
cx = [complex(i, 1) for i in range(5)]
ba = bytearray(1000)
mv = memoryview(ba)[10:20]
report("rest")
tb1, tb2 = tracemalloc.get_object_traceback(points[3]), tracemalloc.get_object_traceback(big)
del points, more, names
gc.collect()
size, peak = tracemalloc.get_traced_memory()
tracemalloc.reset_peak()
a, b2 = tracemalloc.get_traced_memory()
x = [0] * 10000
del x
c, d = tracemalloc.get_traced_memory()
tracemalloc.clear_traces()
gone = tracemalloc.get_object_traceback(slotted)
tracemalloc.stop()
for title, snap in snaps.items():
    snap = snap.filter_traces([tracemalloc.Filter(True, __file__)])
    print("--", title)
    for row in sorted((s.traceback[-1].lineno, s.size, s.count) for s in snap.statistics("lineno")):
        if row[0] > 12:
            print(*row)
print([str(f).rpartition("/")[2] for f in (*tb1, *tb2)], peak >= size, d - b2, b2 - a, gone)
