# Generators: plain, nested, yield from, send, generator expressions.
import sys
import time


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def averager():
    total, n = 0, 0
    while True:
        x = yield total // (n or 1)
        total += x
        n += 1


def work(n):
    total = sum(x * 2 for x in count(n) if x % 3)
    for x in tree(13):
        total += x
    avg = averager()
    next(avg)
    for x in range(n):
        total += avg.send(x)
    for a, b in zip(count(n), (y & 7 for y in range(n))):
        total += a ^ b
    return total


work(1000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(600000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
