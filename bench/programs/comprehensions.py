# List, set and dict comprehensions, nested and with conditions.
import sys
import time


def work(n):
    total = 0
    for r in range(n):
        a = [x * x for x in range(100)]
        b = [x for x in a if x % 3 == r % 3]
        c = [[y + 1 for y in b[:5]] for _ in range(5)]
        d = {x: x + 1 for x in b}
        e = {x & 31 for x in a}
        f = [x + y for x in range(10) for y in range(10) if x != y]
        total += len(b) + len(c) + len(d) + len(e) + sum(f)
    return total


work(50)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(27000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
