# What happens to traces when blocks are grown, shrunk and freed: the line of the last (re)allocation counts.
import tracemalloc

tracemalloc.start()
base = tracemalloc.take_snapshot()


def stats():
    snap = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
    return sorted((s.traceback[0].lineno, s.size, s.count) for s in snap.statistics("lineno"))


def line_of(obj):
    tb = tracemalloc.get_object_traceback(obj)
    return tb[0].lineno if tb else None


items = [1, 2, 3]
print("list object", line_of(items))
for _ in range(100):
    items.append(None)
print("still", line_of(items))
print([s for s in stats() if s[0] in (18, 21)])
items.clear()
items = None
print([s for s in stats() if s[0] in (18, 21)])
buf = bytearray(10)
buf.extend(
    bytes(5000)
)
print([s[1:] for s in stats() if s[0] in (27, 28, 29)])
buf = None
d = {}
for i in range(100):
    d[i] = 1
print([s for s in stats() if 33 <= s[0] <= 35])
for i in range(100):
    del d[i]
d.clear()
d = None
print([s for s in stats() if 33 <= s[0] <= 35])
text = ""
for i in range(50):
    text += "ab"
print([s for s in stats() if 42 <= s[0] <= 44])
text = None


def peak(action):
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    action()
    after, top = tracemalloc.get_traced_memory()
    return after - before, top - before


def two_lists():
    a = [0] * 1000
    b = a + a
    return None


def one_then_other():
    a = [0] * 1000
    a = None
    b = [0] * 1000


def join():
    "".join(["x" * 1000, "y" * 1000])


for action in (two_lists, one_then_other, join, lambda: sorted(range(1000, 0, -1)), lambda: list(range(1000, 2000)), lambda: bytes(10000) + bytes(10000)):
    peak(action)
    print(action.__name__, peak(action))
tracemalloc.stop()
