# sys.getallocatedblocks by deltas: how many blocks each construction takes.
import sys
import gc

gc.disable()
gc.collect()


def blocks(make):
    before = sys.getallocatedblocks()
    obj = make()
    held = sys.getallocatedblocks() - before
    del obj
    return held, sys.getallocatedblocks() - before


class P:
    def __init__(self):
        self.a = 1


class S:
    __slots__ = ("x",)


class Many:
    def __init__(self):
        for i in range(40):
            setattr(self, "a%d" % i, i)


for name, make in [
    ("nothing", lambda: None),
    ("object", lambda: object()),
    ("small bytes", lambda: bytes(100)),
    ("large bytes (not pymalloc's)", lambda: bytes(1000)),
    ("boundary 512", lambda: (bytes(512 - 33), bytes(513 - 33))),
    ("str", lambda: "".join(["ab", "cd"])),
    ("list of 10", lambda: [None] * 10),
    ("list of 100", lambda: [None] * 100),
    ("list of lists", lambda: [[None] for _ in range(10)]),
    ("tuple of 10", lambda: (None,) * 10),
    ("long tuple", lambda: (None,) * 30),
    ("dict of 3", lambda: {1: 1, 2: 2, 3: 3}),
    ("dict of 20", lambda: dict.fromkeys(range(20))),
    ("dict of 100", lambda: dict.fromkeys(range(100))),
    ("set of 3", lambda: {1, 2, 3}),
    ("set of 20", lambda: set(range(20))),
    ("ints", lambda: [i for i in range(1000, 1010)]),
    ("floats", lambda: [i + 0.5 for i in range(10)]),
    ("instance", lambda: P()),
    ("ten", lambda: [P() for _ in range(10)]),
    ("slots", lambda: S()),
    ("many attributes", lambda: Many()),
    ("instance dict", lambda: P().__dict__),
    ("bytearray", lambda: bytearray(100)),
    ("memoryview", lambda: memoryview(bytearray(100))),
    ("exception", lambda: ValueError("x")),
    ("complex", lambda: [complex(i, 1) for i in range(5)]),
    ("big int", lambda: 1 << 1000),
    ("huge int", lambda: 1 << 10000),
    ("range", lambda: range(1000, 2000)),
    ("slice", lambda: slice(1000, 2000, 3000)),
    ("iterator", lambda: iter([])),
    ("function", lambda: (lambda: 1)),
    ("closure", lambda: (lambda q: (lambda: q))(1)),
    ("generator", lambda: (x for x in ())),
    ("bound method", lambda: P().__init__),
]:
    blocks(make)
    blocks(make)
    print(name, blocks(make))

held = [bytes(n) for n in range(0, 480)]
before = sys.getallocatedblocks()
held.clear()
print("480 sizes freed", before - sys.getallocatedblocks())
before = sys.getallocatedblocks()
data = {str(i): [i, (i, str(i))] for i in range(1000, 2000)}
print("structure of 1000", sys.getallocatedblocks() - before)
del data
print("all given back", sys.getallocatedblocks() - before)
before = sys.getallocatedblocks()
for i in range(1000):
    x = [[], {}, (i,), str(i)]
x = None
print("churn leaves", sys.getallocatedblocks() - before)
