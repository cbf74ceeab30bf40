# Every size class by blocks: which requests share a class, what goes past pymalloc, deltas after freeing.
import gc
import sys

gc.disable()
gc.collect()
blocks = sys.getallocatedblocks


def held(make, n=50):
    keep = [None] * n
    before = blocks()
    for i in range(n):
        keep[i] = make(i)
    during = blocks() - before
    for i in range(n):
        keep[i] = None
    return during, blocks() - before


held(lambda i: bytes(10))
for payload in (1, 14, 15, 16, 31, 100, 200, 300, 400, 470, 478, 479, 480, 481, 500, 1000, 5000):
    print("bytes", payload, payload + 33, held(lambda i: bytes(payload)))
print("str", [held(lambda i: "x" * n)[0] for n in (10, 200, 463, 464, 471, 472, 600)])
print("tuple", [held(lambda i: (i,) * n)[0] for n in (1, 10, 19, 20, 30, 58, 59, 60, 100)])
print("list of n", [held(lambda i: [i] * n)[0] for n in (0, 1, 10, 63, 64, 65, 100)])
print("int", [held(lambda i: (1 << n) + i)[0] for n in (40, 1000, 3800, 3870, 4000)])
print("dict of n", [held(lambda i: dict.fromkeys(range(n)))[0] for n in (0, 1, 5, 6, 10, 20, 40)])
print("set of n", [held(lambda i: set(range(n)))[0] for n in (0, 1, 4, 5, 18, 19, 76)])
print("bytearray", [held(lambda i: bytearray(n))[0] for n in (0, 1, 100, 511, 512, 513, 600)])


class P:
    def __init__(self, n):
        for i in range(n):
            setattr(self, f"a{i}", i)


print("instance", [held(lambda i: P(n))[0] for n in (0, 1, 5, 20)])
for n in range(3):
    before = blocks()
    junk = [bytes(i % 470) for i in range(3000)]
    peak = blocks() - before
    junk = None
    print("round", n, peak, blocks() - before)
grow = []
before = blocks()
for i in range(70):
    grow.append(None)
print("a list's buffer leaves pymalloc", blocks() - before, sys.getsizeof(grow))
del grow[:]
print("emptied", blocks() - before)
s = set()
before = blocks()
for i in range(30):
    s.add(i)
print("set table", blocks() - before)
s.clear()
print("cleared", blocks() - before)
d = {}
before = blocks()
for i in range(8):
    d[i] = i
print("dict of 8", blocks() - before)
for i in range(100):
    d[i] = i
print("dict of 100", blocks() - before)
