# Closures: making them, calling them, nonlocal state, decorators, lambdas as arguments.
import sys
import time


def counter():
    n = 0

    def step(k):
        nonlocal n
        n += k
        return n

    return step


def traced(f):
    calls = [0]

    def wrapper(*args, **kwargs):
        calls[0] += 1
        return f(*args, **kwargs)

    wrapper.calls = calls
    return wrapper


@traced
def add(a, b=1):
    return a + b


def compose(f, g):
    return lambda x: f(g(x))


def work(n):
    step = counter()
    inc = compose(lambda x: x + 1, lambda x: x * 2)
    total = 0
    for i in range(n):
        total += step(i & 3)
        total += add(i, b=2)
        total ^= inc(i)
        adders = compose(lambda x: x + i, abs)
        total += adders(-i)
    return total, add.calls[0] > 0


work(2000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(300000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
