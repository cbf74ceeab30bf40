# Sets: construction, membership, algebra, add and discard.
import sys
import time


def work(n):
    total = 0
    for r in range(n):
        a = set(range(r, r + 150))
        b = {x * 2 for x in range(100)}
        total += len(a & b) + len(a | b) + len(a - b) + len(a ^ b)
        for x in range(200):
            if x in a:
                total += 1
            b.add(x + r)
        for x in range(0, 200, 2):
            a.discard(x)
        total += sum(a) & 255
        total += a <= b
        total += len(frozenset(a))
    return total


work(50)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(14000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
