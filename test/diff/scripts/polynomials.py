# Polynomials: arithmetic, division, gcd, evaluation, derivative, roots by Newton, interpolation, text.
from fractions import Fraction
from itertools import zip_longest


class Poly:
    __slots__ = ("c",)

    def __init__(self, *coefficients):
        c = list(coefficients)
        while c and c[-1] == 0:
            c.pop()
        self.c = tuple(c)

    @property
    def degree(self):
        return len(self.c) - 1

    def __eq__(self, other):
        return isinstance(other, Poly) and self.c == other.c

    def __hash__(self):
        return hash(self.c)

    def __bool__(self):
        return bool(self.c)

    def __add__(self, other):
        other = other if isinstance(other, Poly) else Poly(other)
        return Poly(*(a + b for a, b in zip_longest(self.c, other.c, fillvalue=0)))

    __radd__ = __add__

    def __neg__(self):
        return Poly(*(-a for a in self.c))

    def __sub__(self, other):
        return self + -(other if isinstance(other, Poly) else Poly(other))

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if not isinstance(other, Poly):
            return Poly(*(a * other for a in self.c))
        out = [0] * (len(self.c) + len(other.c))
        for i, a in enumerate(self.c):
            for j, b in enumerate(other.c):
                out[i + j] += a * b
        return Poly(*out)

    __rmul__ = __mul__

    def __pow__(self, n):
        out = Poly(1)
        for _ in range(n):
            out = out * self
        return out

    def __divmod__(self, other):
        if not other:
            raise ZeroDivisionError("division by the zero polynomial")
        rest, out = list(map(Fraction, self.c)), [Fraction(0)] * max(1, len(self.c) - len(other.c) + 1)
        for i in range(len(self.c) - len(other.c), -1, -1):
            out[i] = rest[i + other.degree] / other.c[-1]
            for j, b in enumerate(other.c):
                rest[i + j] -= out[i] * b
        return Poly(*out), Poly(*rest)

    def __floordiv__(self, other):
        return divmod(self, other)[0]

    def __mod__(self, other):
        return divmod(self, other)[1]

    def __call__(self, x):
        value = 0
        for a in reversed(self.c):
            value = value * x + a
        return value

    def derivative(self):
        return Poly(*(i * a for i, a in enumerate(self.c) if i))

    def __str__(self):
        if not self:
            return "0"
        terms = []
        for i in range(self.degree, -1, -1):
            a = self.c[i]
            if a:
                body = {0: f"{abs(a)}", 1: "x"}.get(i, f"x^{i}")
                if i and abs(a) != 1:
                    body = f"{abs(a)}{body}"
                terms.append(("-" if a < 0 else "+", body))
        sign, first = terms[0]
        return ("-" if sign == "-" else "") + first + "".join(f" {s} {b}" for s, b in terms[1:])

    __repr__ = __str__


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a * (1 / Fraction(a.c[-1])) if a else a


def newton(p, x, steps=30):
    d = p.derivative()
    for _ in range(steps):
        x -= p(x) / d(x)
    return x


def lagrange(points):
    total = Poly()
    for i, (xi, yi) in enumerate(points):
        term = Poly(Fraction(yi))
        for j, (xj, _) in enumerate(points):
            if i != j:
                term = term * Poly(Fraction(-xj, xi - xj), Fraction(1, xi - xj))
        total = total + term
    return total


x = Poly(0, 1)
p = x**3 - 6 * x**2 + 11 * x - 6
q = (x - 1) * (x + 4)
print(p, q, p + q, p - q, p * q, 5 - x, -p, Poly(), Poly(0, 0), Poly(3), 2 * x**2 - 1, sep=" | ")
print(divmod(p, q), p // (x - 2), p % (x - 2), gcd(p, q), gcd(p, x**2 + 1), (x + 1) ** 5, p.derivative(), p(2), p(Fraction(1, 2)), [p(i) for i in range(5)], (p // q) * q + p % q == p, sep=" | ")
print([round(newton(p, s), 9) for s in (0.5, 2.2, 5.0)], f"{newton(x**2 - 2, 1.0):.12f}", lagrange([(0, 1), (1, 3), (2, 7), (3, 13)]), lagrange([(1, 1), (2, 8), (3, 27), (4, 64)]), {p: "p"}[x**3 - 6 * x**2 + 11 * x - 6], p == q, bool(Poly(0)))
try:
    p % Poly()
except ZeroDivisionError as e:
    print(e)
cheb = [Poly(1), x]
for _ in range(5):
    cheb.append(2 * x * cheb[-1] - cheb[-2])
print(*cheb, sep="\n")
