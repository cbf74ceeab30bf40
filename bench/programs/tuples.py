# Tuples: packing, unpacking, swapping, returning several values, comparing, as keys.
import sys
import time


def minmax(a, b):
    return (a, b) if a < b else (b, a)


def work(n):
    a, b, c = 1, 2, 3
    seen = {}
    total = 0
    for i in range(n):
        a, b, c = b, c, a
        lo, hi = minmax(a ^ i, b)
        key = (lo & 15, hi & 15)
        seen[key] = seen.get(key, 0) + 1
        first, *rest = key + (c,)
        total += first + len(rest)
        (p, (q, r)) = (lo, (hi, c))
        total += (p < q) + (key < (8, 8)) + r
    return total, len(seen)


work(2000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(1000000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
