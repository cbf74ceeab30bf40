# Floats through function calls and generator sums.
import sys
import time


def a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    return [sum(a(i, j) * v[j] for j in range(len(v))) for i in range(len(v))]


def times_transposed(v):
    return [sum(a(j, i) * v[j] for j in range(len(v))) for i in range(len(v))]


def work(n):
    u = [1.0] * n
    for _ in range(4):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    vbv = sum(x * y for x, y in zip(u, v))
    vv = sum(x * x for x in v)
    return "%.9f" % (vbv / vv) ** 0.5


work(10)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(280)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
