# complex: text, parsing, arithmetic, methods, errors.
values = [0j, 1j, -1j, 1 + 2j, 1 - 2j, -0.0 + 0j, complex(0, -0.0), complex(-0.0, -0.0), 1.5 + 0j, complex("inf"), complex(float("nan"), 1), 1e100 + 1e-100j, complex(3, float("-inf"))]
for v in values:
    print(repr(v), str(v), v.real, v.imag)
for text in ["1", "j", "-j", "1+j", "1-2j", " 1.5e3+2j ", "(1+2j)", "inf+nanj", "1 + 2j", "", "1+2", "2j+1", "1j2", "(1", "+1e-3j", "1_0+2_0j"]:
    try:
        print(repr(text), complex(text))
    except ValueError as e:
        print(repr(text), e)
print(complex(), complex(1), complex(1, 2), complex(1j, 2j), complex(real=1, imag=5), complex(True), complex(10**20))
a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a**b, a**2, a**-1, a**0, a**0.5, -a, +a, abs(a), a.conjugate(), a == b, a != b)
print(a + 1, 1 + a, a - 1.5, 2 * a, a / 2, 2 / a, 2**a, a + True, 1j * 1j, 1j**2, (1 + 1j) ** 10, (2 + 0j) ** 3)
print(1 == 1 + 0j, 1.5 == 1.5 + 0j, 2 == 2 + 1j, hash(1 + 0j) == hash(1), hash(1 + 2j), {1: "a"}[1 + 0j], bool(0j), bool(1j))
print(sum([1j, 2, 3.5]), abs(-5j), abs(complex(float("inf"), float("nan"))))
for bad in (lambda: a < b, lambda: a // b, lambda: a % b, lambda: divmod(a, b), lambda: int(a), lambda: float(a), lambda: 1 / 0j, lambda: 0j**-1, lambda: complex("1", 2),
            lambda: complex(1, "2"), lambda: complex([]), lambda: round(a), lambda: abs(1e308 + 1e308j), lambda: a > 1, lambda: pow(a, 2, 3), lambda: complex(None),
            lambda: sorted([1j, 2j]), lambda: max(1j, 2j), lambda: (1e200 + 1j) ** 5, lambda: [1, 2].__getitem__(1j)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(f"{a}", f"{a:.2f}", f"{a:+.1e}", f"{a:>20}", f"{a:<15.1f}|", f"{1234567.891 + 1j:,.2f}", f"{a:g}", f"{0.1 + 0.2j}", "%s" % a, format(a), format(1.5j, ".3"))
for spec in ("d", "=10", "010", "x", "s"):
    try:
        print(format(a, spec))
    except ValueError as e:
        print(spec, e)


class C:
    def __complex__(self):
        return 1 + 2j


class D:
    def __float__(self):
        return 2.5


class E:
    def __index__(self):
        return 3


class Bad:
    def __complex__(self):
        return 1.5


print(complex(C()), complex(D()), complex(E()), complex(D(), E()))
try:
    complex(Bad())
except TypeError as e:
    print(e)
import cmath
print(cmath.sqrt(-1), cmath.polar(1j)[0], cmath.phase(-1), cmath.isnan(complex("nan")), cmath.isinf(complex("inf")))


class S(complex):
    pass


s = S(1, 2)
print(s, type(s + 1).__name__, s == 1 + 2j, s.conjugate(), type(+s).__name__, 1.5j.imag, 3j .real, a.__getnewargs__(), (1 + 2j).__complex__())
