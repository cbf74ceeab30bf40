# Sorting: ints, strings, tuples, with and without key, reverse, nearly sorted.
import sys
import time


def noise(n):
    x = 12345
    out = []
    for _ in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(x)
    return out


def work(n):
    ints = noise(n)
    total = 0
    a = sorted(ints)
    total += a[n // 2]
    b = sorted(ints, reverse=True)
    total ^= b[10]
    c = sorted(ints, key=lambda v: v % 1000)
    total ^= c[5] % 1000
    words = [str(v) for v in ints]
    words.sort()
    total ^= len(words[7])
    pairs = [(v & 15, v) for v in ints]
    pairs.sort()
    total ^= pairs[n // 3][1]
    floats = [v / 3 for v in ints]
    floats.sort()
    a.append(5)
    a.sort()
    objects = sorted(words, key=len)
    total ^= int(objects[0])
    return total, "%.3f" % floats[n // 2]


work(200)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(110000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
