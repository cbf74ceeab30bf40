# Pools that are full, used and empty: counted through sys._debugmallocstats before and after patterns of freeing.
import gc
import os
import re
import sys
import tempfile

gc.disable()
SIZE = 336
PAYLOAD = SIZE - 33
PER_POOL = (16384 - 48) // SIZE


def table():
    with tempfile.TemporaryFile() as file:
        saved = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            sys._debugmallocstats()
        finally:
            os.dup2(saved, 2)
            os.close(saved)
        file.seek(0)
        text = file.read().decode()
    row = re.search(rf"^ *\d+ +{SIZE} +(\d+) +(\d+) +(\d+)$", text, re.M)
    return tuple(map(int, row.groups())) if row else (0, 0, 0)


table()
fill = []
while table()[2] != 0:
    fill.append(bytes(PAYLOAD))
p0, u0, a0 = table()
print("blocks in a pool", PER_POOL, "available", a0)
first = bytes(PAYLOAD)
p1, u1, a1 = table()
print("one block takes a pool", p1 - p0, u1 - u0, a1)
more = [bytes(PAYLOAD) for _ in range(PER_POOL - 1)]
p2, u2, a2 = table()
print("the pool is full", p2 - p0, u2 - u0, a2)
extra = bytes(PAYLOAD)
print("the next takes another", table()[0] - p0, table()[2])
del extra
print("freed pool is given back", table()[0] - p0, table()[2])
ten = [[bytes(PAYLOAD) for _ in range(PER_POOL)] for _ in range(10)]
p3, u3, a3 = table()
print("ten more pools", p3 - p2, u3 - u2, a3)
for pool in ten:
    del pool[::2]
p4, u4, a4 = table()
print("every other freed: pools stay", p4 - p3, u4 - u3, a4)
again = [bytes(PAYLOAD) for _ in range(a4)]
print("holes are filled, no new pool", table()[0] - p4, table()[2])
del again
for pool in ten:
    pool.clear()
print("all freed", table()[0] - p2, table()[1] - u2)
one_each = [[bytes(PAYLOAD) for _ in range(PER_POOL)] for _ in range(5)]
kept = [pool[7] for pool in one_each]
del one_each
p5, u5, a5 = table()
print("one survivor keeps its pool", p5 - p2, u5 - u2, a5 == 5 * (PER_POOL - 1))
kept.pop()
print("one pool less", table()[0] - p5)
kept.clear()
print("back", table()[0] - p2, table()[1] - u2)
