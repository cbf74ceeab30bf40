# A while loop of integer arithmetic.
import sys
import time


def work(n):
    i = 0
    total = 0
    while i < n:
        total = (total * 3 + i) % 1000003
        if total & 1:
            total += 7
        i += 1
    return total


work(20000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(6000000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
