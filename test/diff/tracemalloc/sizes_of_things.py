# What one construction of each kind costs by tracemalloc: bytes and blocks, of one line each.
import gc
import tracemalloc

gc.collect()
# Free lists hand out blocks that have no trace; what they hold is taken first and kept.
drain = [[[], {}, {"k": 1}, {1: 2}, float(i), [i], *[tuple(range(n)) for n in range(1, 20)]] for i in range(250)]
gc.disable()
tracemalloc.start()


class P:
    def __init__(self):
        self.a = 1


class S:
    __slots__ = ("a", "b")


def cost(make):
    make()
    keep = []
    keep.append(None)
    tracemalloc.clear_traces()
    before = tracemalloc.get_traced_memory()[0]
    keep[0] = make()
    snapshot = tracemalloc.take_snapshot()
    traces = [t for t in snapshot.traces if t.traceback[0].filename == __file__ and t.traceback[0].lineno >= FIRST]
    return sum(t.size for t in traces), len(traces)


FIRST = cost.__code__.co_firstlineno + 13
for name, make in [
    ("object", lambda: object()),
    ("int", lambda: int("123456789012345")),
    ("bytes", lambda: bytes(100)),
    ("str", lambda: "ab" * 50),
    ("wide str", lambda: "\u0416" * 50),
    ("list display", lambda: [None, None, None]),
    ("list of 100", lambda: [None] * 100),
    ("dict display", lambda: {"a": 1, "b": 2}),
    ("dict of ints", lambda: {1: 2, 3: 4}),
    ("big dict", lambda: dict.fromkeys(range(100))),
    ("set", lambda: {1, 2, 3}),
    ("big set", lambda: set(range(100))),
    ("frozenset", lambda: frozenset((1, 2))),
    ("tuple of 30", lambda: (None,) * 30),
    ("instance", lambda: P()),
    ("slots", lambda: S()),
    ("function", lambda: (lambda: 1)),
    ("generator", lambda: (x for x in ())),
    ("bytearray", lambda: bytearray(1000)),
    ("exception", lambda: ValueError("x")),
    ("range", lambda: range(1000, 2000)),
    ("complex", lambda: complex(1, 2)),
    ("memoryview", lambda: memoryview(b"abc")),
    ("nested", lambda: [[None], (None, [None])]),
    ("class", lambda: type("K", (), {}) and None),
]:
    print(name, cost(make))
tracemalloc.stop()
