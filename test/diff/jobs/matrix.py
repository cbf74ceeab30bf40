# A matrix class with fractions and floats: arithmetic, elimination, inverse, powers, slices, printing.
from fractions import Fraction
from functools import reduce
from itertools import permutations


class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
        if len({len(r) for r in self.rows}) > 1:
            raise ValueError("ragged rows")

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    def __getitem__(self, key):
        if isinstance(key, tuple):
            r, c = key
            if isinstance(r, slice) or isinstance(c, slice):
                rows = self.rows[r] if isinstance(r, slice) else [self.rows[r]]
                return Matrix([row[c] if isinstance(c, slice) else [row[c]] for row in rows])
            return self.rows[r][c]
        return self.rows[key]

    def __setitem__(self, key, value):
        r, c = key
        self.rows[r][c] = value

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def _same(self, other):
        if self.shape != other.shape:
            raise ValueError(f"shapes differ: {self.shape} and {other.shape}")

    def __add__(self, other):
        self._same(other)
        return Matrix([[a + b for a, b in zip(p, q)] for p, q in zip(self.rows, other.rows)])

    def __sub__(self, other):
        return self + other * -1

    def __mul__(self, k):
        return Matrix([[a * k for a in row] for row in self.rows])

    __rmul__ = __mul__

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"cannot multiply {self.shape} by {other.shape}")
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, col)) for col in columns] for row in self.rows])

    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result = result @ base
            base, n = base @ base, n >> 1
        return result

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def det(self):
        n, _ = self.shape
        total = 0
        for p in permutations(range(n)):
            sign = (-1) ** sum(p[i] > p[j] for i in range(n) for j in range(i + 1, n))
            total += sign * reduce(lambda a, i: a * self.rows[i][p[i]], range(n), 1)
        return total

    def reduced(self):
        m = [[Fraction(x) for x in row] for row in self.rows]
        lead = 0
        for r in range(len(m)):
            while lead < len(m[0]):
                pivot = next((i for i in range(r, len(m)) if m[i][lead]), None)
                if pivot is not None:
                    break
                lead += 1
            else:
                break
            m[r], m[pivot] = m[pivot], m[r]
            m[r] = [x / m[r][lead] for x in m[r]]
            for i in range(len(m)):
                if i != r:
                    m[i] = [a - m[i][lead] * b for a, b in zip(m[i], m[r])]
            lead += 1
        return Matrix(m)

    def rank(self):
        return sum(any(row) for row in self.reduced().rows)

    def inverse(self):
        n, _ = self.shape
        both = Matrix([row + unit for row, unit in zip(self.rows, Matrix.identity(n).rows)]).reduced()
        if both[:, :n] != Matrix.identity(n):
            raise ZeroDivisionError("matrix is singular")
        return both[:, n:]

    def __str__(self):
        cells = [[str(x) for x in row] for row in self.rows]
        widths = [max(map(len, col)) for col in zip(*cells)]
        return "\n".join("[" + " ".join(c.rjust(w) for c, w in zip(row, widths)) + "]" for row in cells)


a = Matrix([[2, 1, 3], [0, 4, 1], [5, 2, 1]])
b = Matrix([[1, 2, 0], [3, 1, 1], [0, 1, 2]])
print(a + b, a - b, a @ b, 2 * a, a.T, a ** 5, sep="\n--\n")
print(a.det(), b.det(), (a @ b).det() == a.det() * b.det(), a.rank(), Matrix([[1, 2], [2, 4]]).rank(), a.shape, a[1, 1], a[0], a[:2, 1:].rows, a[1, :].rows)
inv = a.inverse()
print(inv, a @ inv == Matrix.identity(3), inv @ a == Matrix.identity(3), sep="\n")
fib = Matrix([[1, 1], [1, 0]])
print([(fib**n)[0, 1] for n in range(10)], (fib**200)[0, 1])
for bad in (lambda: Matrix([[1], [1, 2]]), lambda: a + fib, lambda: a @ Matrix([[1]]), lambda: Matrix([[1, 2], [2, 4]]).inverse(), lambda: a @ 5, lambda: a[9, 9]):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
system = Matrix([[2, 1, -1, 8], [-3, -1, 2, -11], [-2, 1, 2, -3]])
print(system.reduced(), [str(r[3]) for r in system.reduced().rows])
h = Matrix([[Fraction(1, i + j + 1) for j in range(4)] for i in range(4)])
print(h.inverse(), h.det(), sep="\n")
rot = Matrix([[0.6, -0.8], [0.8, 0.6]])
print([round(x, 6) for row in (rot**10).rows for x in row])
