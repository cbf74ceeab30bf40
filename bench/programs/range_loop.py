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
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(2600)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
