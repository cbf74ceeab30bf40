# Recursion: calls, integer compare, add.
import sys
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work(n):
    return fib(n)


work(18)
began = time.perf_counter()
result = work(32)
print(result)
print(f"TIME {time.perf_counter() - began:.6f}", file=sys.stderr)
