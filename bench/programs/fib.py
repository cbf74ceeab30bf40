# Recursion: calls, integer compare, add.
import sys
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work(n):
    return fib(n)


work(18)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(32)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
