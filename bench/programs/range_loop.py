# A for loop over range with small-integer work and a nested loop.
import sys
import time


def work(n):
    hits = 0
    for a in range(1, n):
        for b in range(a, n):
            c = a * a + b * b
            if c % 7 == 3:
                hits += c & 15
    return hits


work(100)
began = time.perf_counter()
result = work(2600)
print(result)
print(f"TIME {time.perf_counter() - began:.6f}", file=sys.stderr)
