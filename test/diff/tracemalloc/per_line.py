# Sizes and counts by line of this file.
import tracemalloc
import os


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


def lists():
    return [[] for _ in range(100)]


def strings():
    return [str(i) * 10 for i in range(1000, 1100)]


def points():
    return [Point(i, -i) for i in range(1000, 1050)]


def dicts():
    return [{"a": i, "b": 2} for i in range(50)]


def grow():
    items = []
    for i in range(1000):
        items.append(i + 1000.5)
    return items


def big():
    return [bytes(10000), bytearray(20000), "x" * 30000]


# What lies on free lists was allocated before and has no trace: take it all.
drain = [[[], {}, {"k": 1}, float(i), (i,), (i, i), [i], (i, i, i)] for i in range(300)]
tracemalloc.start()
a = lists()
b = strings()
c = points()
d = dicts()
e = grow()
f = big()
g = tuple(range(500, 600))
h = {i * 1000 for i in range(100)}
snapshot = tracemalloc.take_snapshot()
tracemalloc.stop()
snapshot = snapshot.filter_traces([tracemalloc.Filter(True, __file__)])
for stat in sorted(snapshot.statistics("lineno"), key=lambda s: s.traceback[0].lineno):
    frame = stat.traceback[0]
    print(os.path.basename(frame.filename), frame.lineno, stat.size, stat.count)
total = snapshot.statistics("filename")
print(len(total), sum(s.size for s in total) == sum(t.size for t in snapshot.traces), len(snapshot.traces))
top = snapshot.statistics("lineno")
print([s.traceback[0].lineno for s in top[:4]])
print(top == sorted(top, key=lambda s: (-s.size, -s.count, s.traceback)) or "other order")
