# Traceback limits: 1, several, and more than there are frames; total_nframe; generators; comprehensions; imports.
import os
import tracemalloc


def leaf(n):
    return bytes(n)


def branch(n):
    return leaf(n)


def trunk(n):
    return branch(n)


def gen(n):
    yield leaf(n)


class Maker:
    def __init__(self, n):
        self.data = branch(n)

    @property
    def more(self):
        return leaf(77)


def lines(obj):
    tb = tracemalloc.get_object_traceback(obj)
    base = leaf.__code__.co_firstlineno
    return [f.lineno - base for f in tb], tb.total_nframe


for limit in (1, 2, 3, 10):
    tracemalloc.start(limit)
    objs = [trunk(500), next(gen(500)), [leaf(500) for _ in range(1)][0], Maker(500).data, Maker(500).more, (lambda: leaf(500))(), sorted([1], key=lambda v: leaf(500))[0], list(map(leaf, [500]))[0], eval("leaf(500)")]
    print(limit, tracemalloc.get_traceback_limit())
    for o in objs:
        if not isinstance(o, int):
            print("  ", lines(o))
    tracemalloc.stop()
tracemalloc.start(3)
a = trunk(600)
tb = tracemalloc.get_object_traceback(a)
print(len(tb), tb[0] == tb[0], tb[0] < tb[-1], tb == tracemalloc.get_object_traceback(a), hash(tb) == hash(tracemalloc.get_object_traceback(a)), list(tb)[0].lineno == tb[0].lineno, tb[-1].lineno > tb[0].lineno)
print([os.path.basename(f.filename) for f in tb], repr(tb).count("Frame") if "Frame" in repr(tb) else "repr without Frame", len(tb.format()), str(tb).count(":"))
snapshot = tracemalloc.take_snapshot()
print(snapshot.traceback_limit, type(snapshot.traces).__name__, any(t.traceback == tb for t in snapshot.traces))
b = leaf(700)
snap2 = tracemalloc.take_snapshot()
diffs = [d for d in snap2.compare_to(snapshot, "traceback") if d.traceback[0].filename == __file__ and d.size_diff == 733]
print(len(diffs), diffs[0].count_diff, [f.lineno - leaf.__code__.co_firstlineno for f in diffs[0].traceback])
tracemalloc.stop()


def recursive(n):
    return bytes(800) if n == 0 else recursive(n - 1)


tracemalloc.start(5)
r = recursive(20)
print(lines(r))
tracemalloc.stop()
