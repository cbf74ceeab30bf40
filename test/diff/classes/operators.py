# Operator overloading: forward, reflected, in-place, priorities of subclasses, NotImplemented.
log = []
names = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or".split()


def build(prefix, result):
    def op(self, other, *rest):
        log.append((prefix, type(other).__name__))
        return result if result is not None else prefix
    return op


class Full:
    def __repr__(self):
        return "Full"


for n in names:
    setattr(Full, f"__{n}__", build(n, None))
    setattr(Full, f"__r{n}__", build("r" + n, None))
    if n != "divmod":
        setattr(Full, f"__i{n}__", build("i" + n, None))
f = Full()
print(f + 1, f - 1, f * 1, f @ 1, f / 1, f // 1, f % 1, divmod(f, 1), f**1, f << 1, f >> 1, f & 1, f ^ 1, f | 1)
print(1 + f, 1 - f, 1 * f, 1 @ f, 1 / f, 1 // f, 1 % f, divmod(1, f), 1**f, 1 << f, 1 >> f, 1 & f, 1 ^ f, 1 | f, "a" + f, [1] + f, "%s" % f, (1,) * f if False else "", pow(f, 2, 3))
for op in ("+=", "-=", "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "^=", "|="):
    ns = {"x": f}
    exec(f"x {op} 5", ns)
    print(ns["x"], end=" ")
print(len(log))


class NI:
    def __add__(self, other):
        log.append("NI.add")
        return NotImplemented

    def __radd__(self, other):
        log.append("NI.radd")
        return NotImplemented

    def __eq__(self, other):
        log.append("NI.eq")
        return NotImplemented

    def __lt__(self, other):
        log.append("NI.lt")
        return NotImplemented

    def __iadd__(self, other):
        log.append("NI.iadd")
        return NotImplemented


log.clear()
n = NI()
for bad in (lambda: n + 1, lambda: 1 + n, lambda: n + NI(), lambda: n < 1, lambda: n < n, lambda: n == 5, lambda: n != 5, lambda: n - 1, lambda: -n, lambda: n[0], lambda: n(), lambda: len(n), lambda: n >= 1, lambda: n @ n, lambda: n**2, lambda: divmod(n, 1), lambda: iter(n), lambda: 5 in n, lambda: n << 1, lambda: ~n, lambda: abs(n), lambda: int(n), lambda: float(n), lambda: complex(n), lambda: round(n), lambda: [1][n], lambda: exec("n += 1", {"n": n}), lambda: bool(n), lambda: hash(n), lambda: pow(2, n), lambda: n / 2, lambda: 2 // n, lambda: n % 2, lambda: n & 1, lambda: n | 1, lambda: n ^ n, lambda: n >> 1, lambda: n * 2, lambda: [] * n, lambda: exec("n -= 1", {"n": n}), lambda: exec("del n[0]", {"n": n}), lambda: exec("n[0] = 1", {"n": n})):
    try:
        print(bad())
    except TypeError as e:
        print(e)
print(log)


class Base:
    def __add__(self, o):
        return "Base.add"

    def __radd__(self, o):
        return "Base.radd"

    def __eq__(self, o):
        return "Base.eq"

    def __lt__(self, o):
        return "Base.lt"

    def __gt__(self, o):
        return "Base.gt"


class Derived(Base):
    def __radd__(self, o):
        return "Derived.radd"

    def __gt__(self, o):
        return "Derived.gt"


class Plain(Base):
    pass


print(Base() + Derived(), Derived() + Base(), Base() + Plain(), Base() < Derived(), Derived() < Base(), Base() == Derived(), 1 + Derived(), 1 < Derived(), 1 == Base())


class Vec:
    def __init__(self, *v):
        self.v = v

    def __repr__(self):
        return f"Vec{self.v}"

    def __add__(self, o):
        return Vec(*(a + b for a, b in zip(self.v, o.v)))

    def __mul__(self, k):
        return Vec(*(a * k for a in self.v)) if isinstance(k, (int, float)) else sum(a * b for a, b in zip(self.v, k.v))

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __pos__(self):
        return self

    def __invert__(self):
        return Vec(*reversed(self.v))

    def __abs__(self):
        return sum(a * a for a in self.v) ** 0.5

    def __eq__(self, o):
        return isinstance(o, Vec) and self.v == o.v

    def __hash__(self):
        return hash(self.v)

    def __getitem__(self, i):
        return self.v[i]

    def __len__(self):
        return len(self.v)

    def __bool__(self):
        return any(self.v)

    def __round__(self, n=None):
        return Vec(*(round(a, n) for a in self.v))

    def __iadd__(self, o):
        self.v = (self + o).v
        return self

    def __reversed__(self):
        return "reversed!"

    def __matmul__(self, o):
        return "matmul"

    def __rtruediv__(self, k):
        return f"{k}/vec"

    def __ror__(self, o):
        return f"{o}|vec"


v, w = Vec(3, 4), Vec(1, 2)
u = v
u += w
print(v, u is v, v + w, v * 2, 3 * v, v * w, -v, +v is v, ~v, abs(Vec(3, 4)), v == Vec(4, 6), v != w, {v: 1}[Vec(4, 6)], list(v), len(v), v[0], v[-1], bool(Vec(0, 0)), round(Vec(1.26, 2.5), 1), round(Vec(1.5)), reversed(v), v @ w, 5 / v, {} | v, 4 in v, sum([v, w], Vec(0, 0)), max([v, w], key=abs))
