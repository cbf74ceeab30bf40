"""Sorting of random lists of every kind of key: results, stability, what comparisons see and raise, and the memory of merges."""

import random
import sys
import tracemalloc
import zlib

rnd = random.Random(7)
crc = 0


def note(values):
    global crc
    crc = zlib.crc32(repr(values).encode(), crc)


def report(name):
    print(name, crc)


KINDS = {
    "small": lambda: rnd.randint(-9, 300),
    "ints": lambda: rnd.getrandbits(31) - 2**30,
    "wide": lambda: rnd.choice((1, -1)) * rnd.getrandbits(rnd.choice((5, 31, 33, 52))),
    "big": lambda: rnd.choice((1, -1)) * rnd.getrandbits(rnd.choice((5, 60, 90))),
    "floats": lambda: rnd.choice((rnd.random(), -rnd.random(), rnd.uniform(-1e9, 1e9), 0.0, -0.0, float("inf"), 5e-324, -1e300, float(rnd.randint(-5, 5)))),
    "words": lambda: "".join(rnd.choice("abé\0z") for _ in range(rnd.randint(0, 7))),
    "names": lambda: "item_%06d%s" % (rnd.randint(0, 5000), rnd.choice(("", "x", "_with a long tail that goes on", "_with a long tail that goes of"))),
    "long": lambda: "p" * rnd.randint(30, 33) + rnd.choice("ab") * rnd.randint(0, 3),
    "unicode": lambda: "".join(rnd.choice("abé€\U0001f600") for _ in range(rnd.randint(0, 5))),
    "bytes": lambda: bytes(rnd.choice(b"ab\0") for _ in range(rnd.randint(0, 5))),
    "pairs": lambda: (rnd.randint(0, 9), rnd.random()),
    "triples": lambda: (rnd.choice("abc"), rnd.randint(-3, 3), "n%d" % rnd.randint(0, 20)),
    "texts": lambda: ("k\0" * rnd.randint(0, 2), -rnd.randint(0, 3), 1.5 * rnd.randint(0, 3)),
    "lengths": lambda: tuple(rnd.randint(0, 2) for _ in range(rnd.randint(0, 4))),
    "nested": lambda: ((rnd.randint(0, 3),), rnd.randint(0, 3)),
    "bools": lambda: rnd.choice((True, False, 1, 0, 2)),
    "mixed": lambda: rnd.choice((rnd.randint(0, 9), rnd.random() * 9, True)),
}
SHAPES = {
    "random": lambda v: v,
    "sorted": sorted,
    "falling": lambda v: sorted(v, reverse=True),
    "nearly": lambda v: sorted(v[: len(v) * 9 // 10]) + v[len(v) * 9 // 10 :],
    "saw": lambda v: sorted(v[::2]) + sorted(v[1::2], reverse=True),
    "twice": lambda v: v[: len(v) // 2] * 2,
}


def stable(v, reverse):
    marked = [(x, i) for i, x in enumerate(v)]
    order = sorted(range(len(v)), key=v.__getitem__, reverse=reverse)
    for a, b in zip(order, order[1:]):
        assert (v[b] < v[a] if reverse else v[a] < v[b]) or (v[a] == v[b] and a < b), (v[a], v[b])
    assert [x for x, _ in sorted(marked, key=lambda p: p[0], reverse=reverse)] == [v[i] for i in order]
    return order


for kind, make in KINDS.items():
    for n in (1, 15, 64, 199, 200, 520):
        for shape in SHAPES.values():
            v = shape([make() for _ in range(n)])
            w = v.copy()
            w.sort()
            note(w)
            w = v.copy()
            w.sort(reverse=True)
            note(w)
            note(stable(v, n % 2 == 0))
    report(kind)


class Watched:
    log = []

    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        self.log.append((self.v, other.v))
        return self.v < other.v


for n in (5, 40, 250):
    for shape in SHAPES.values():
        Watched.log.clear()
        v = [Watched(x) for x in shape([rnd.randint(0, n) for _ in range(n)])]
        v.sort()
        note([x.v for x in v])
        note(Watched.log)
        Watched.log.clear()
        note([t[0].v for t in sorted([(x, 1) for x in v], reverse=True, key=lambda t: (t[0], 2))] if n < 50 else 0)
        note(Watched.log)
report("watched")


def attempt(v, **options):
    try:
        v.sort(**options)
    except Exception as e:
        print(type(e).__name__, e)
    note(v)


for n in (10, 300):
    attempt([rnd.randint(0, 99) for _ in range(n)] + ["x"])
    attempt(["x"] + [rnd.randint(0, 99) for _ in range(n)])
    attempt([(rnd.randint(0, 3), None) for _ in range(n)])
    attempt([(i, None) for i in range(n, 0, -1)])
    attempt([(rnd.randint(0, 3), rnd.choice((1, "a"))) for _ in range(n)])
    attempt([rnd.choice((1.5, float("nan"), -2.0, 7.25)) for _ in range(n)])
    attempt([(float("nan"), i) for i in range(n)])
    attempt([1j] * n)
    v = [rnd.randint(0, 99) for _ in range(n)]
    attempt(v, key=lambda x: v.append(x) or x)
    attempt(v, key=lambda x: 1 // (x - v[0] if v else x - 5))
    attempt(v, key=lambda x: v)
    attempt(v, key=lambda x: len(v))


class Raises(int):
    count = 0

    def __lt__(self, other):
        Raises.count += 1
        if Raises.count == 400:
            raise KeyError("the 400th")
        return int.__lt__(self, other)


attempt([Raises(rnd.randint(0, 1000)) for _ in range(300)])
report("raising")


def peak(v, reverse=False):
    tracemalloc.start()
    v.sort(reverse=reverse)
    result = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return result


for kind in ("ints", "floats", "names", "pairs", "triples", "small"):
    for n in (300, 512, 600, 1500):
        for name, shape in SHAPES.items():
            v = shape([KINDS[kind]() for _ in range(n)])
            note([peak(v.copy()), peak(v.copy(), True)])
    report("memory of " + kind)

for n in (300, 3000):
    v = [rnd.random() for _ in range(n)]
    counts = [sys.getrefcount(x) for x in v]
    v.sort()
    assert [sys.getrefcount(x) for x in v] == counts
    keys = list(range(n))
    rnd.shuffle(keys)
    w = sorted(v, key=dict(zip(v, keys)).__getitem__)
    assert [sys.getrefcount(x) for x in v] == [c + 1 for c in counts]
report("counts")
