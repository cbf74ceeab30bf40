# Large integers: digits of pi, factorials, powers, gcd, conversion to text.
import math
import sys
import time


def pi_digits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    out = []
    while len(out) < n:
        if 4 * q + r - t < m * t:
            out.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return out


def work(n):
    digits = pi_digits(n)
    f = 1
    for i in range(1, n // 2 + 1):
        f *= i
    p = pow(3, n, 10**40 + 121)
    g = math.gcd(f, 2**n * 3**n)
    text = str(f)
    return sum(digits), len(text), int(text[:50]) % 97, p % 1000, g.bit_length(), (f >> n) % 1009, f.bit_length()


work(50)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(2600)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
