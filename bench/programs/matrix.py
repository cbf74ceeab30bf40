# Matrix multiplication with lists of lists, transposition, determinants.
import sys
import time


def multiply(a, b):
    n, m, p = len(a), len(b), len(b[0])
    out = [[0] * p for _ in range(n)]
    for i in range(n):
        row = a[i]
        for j in range(p):
            s = 0
            for k in range(m):
                s += row[k] * b[k][j]
            out[i][j] = s
    return out


def by_zip(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, col)) for col in columns] for row in a]


def determinant(m):
    m = [row[:] for row in m]
    det = 1.0
    for i in range(len(m)):
        pivot = m[i][i]
        det *= pivot
        for j in range(i + 1, len(m)):
            f = m[j][i] / pivot
            for k in range(i, len(m)):
                m[j][k] -= f * m[i][k]
    return det


def work(n):
    a = [[(i * j) % 10 + 1 for j in range(n)] for i in range(n)]
    b = [[i + j for j in range(n)] for i in range(n)]
    c = multiply(a, b)
    d = by_zip(b, a)
    f = [[1.0 / (i + j + 1) + (i == j) for j in range(n)] for i in range(n)]
    return c[n // 2][1], d[1][n // 2], "%.6e" % determinant(f)


work(10)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(155)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
