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
began = time.perf_counter()
result = work(6000000)
print(result)
print(f"TIME {time.perf_counter() - began:.6f}", file=sys.stderr)
