"""decimal natively: types, sizes, counts, what goes wrong and how it is said."""
import copy
import decimal
import gc
import pickle
import sys
from decimal import *
from fractions import Fraction

D = Decimal


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


# Types
for T in (D, Context, type(localcontext()), type(getcontext().flags)):
    print(T, T.__mro__, T.__basicsize__, hex(T.__flags__))
    print([n for n in T.__dict__])
print([n for n in dir(decimal) if n[0] != "_"])
print([(e.__name__, e.__mro__) for e in (DecimalException, Overflow, Underflow, DivisionUndefined, FloatOperation)])

# Sizes, with coefficients inside the object and in a block of their own
for n in (1, 19, 20, 38, 76, 77, 95, 96, 500):
    d = D("7" * n)
    with localcontext(prec=60):
        print(n, [sys.getsizeof(x) for x in (d, +d, -d, d * 1, d * d, d + d, d - d, d / 3, D(int(d)), d.copy_abs(), d.sqrt())])


class Sub(D):
    pass


class Slots(D):
    __slots__ = ()


print(sys.getsizeof(Sub(5)), Slots(5).__sizeof__(), sys.getsizeof(Context()), sys.getsizeof(Context().flags))
print(D("1" * 200).__sizeof__(), D("NaN" + "1" * 200).__sizeof__(), D("Infinity").__sizeof__())

# Counts and identity
d = D("1.5")
print(sys.getrefcount(d), gc.is_tracked(d), gc.get_referents(d), sys.getrefcount(getcontext()))
print(D(d) is d, d.__copy__() is d, copy.deepcopy(d) is d, d.copy_abs() is d, d.real is d, Sub(d) is d, +d is d)
print(type(+Sub(1)), type(Sub(1).copy_abs()), type(Sub.from_float(1.5)), type(copy.copy(Sub(2))))
print(sys.getrefcount(D("9" * 100)), [sys.getrefcount(x) for x in divmod(D(7), 3)])

# Construction
for v in (3.5, b"1", None, (1, 2), (0, (1, 2), "F"), (0, (1, 2), "n"), (1, (), "N"), (0, (1, 10), 3), (2, (1,), 3),
          (0, "a", 3), (0, (1,), 1.5), (0, (1,), "x"), (0, (1,), 10**30), [0, [1], 2], True, 1j, "", " 1_0 ", "1 2",
          "\u0661.\u0662", "1e1000000000000000000", "1e999999999999999999", "-sNaN0012", "iNf", ".", "1e", "nan 1"):
    show(lambda: D(v))
    show(lambda: ExtendedContext.create_decimal(v))

# Numbers of other kinds
for f in (lambda: D(1) + 1.5, lambda: D(1) + "1", lambda: D(1) < 1.5, lambda: D("0.5") == Fraction(1, 2),
          lambda: D("0.5") < Fraction(1, 3), lambda: D(1) == 1 + 0j, lambda: D(1) < 1j, lambda: D("sNaN") == 1,
          lambda: D("NaN") < 1, lambda: D("NaN") != D("NaN"), lambda: 2 ** D("0.5"), lambda: divmod(7, D(2)),
          lambda: pow(D(2), 3, 5), lambda: hash(D("sNaN")), lambda: hash(D("1.5")) == hash(1.5), lambda: hash(D(10) ** 30) == hash(10**30),
          lambda: hash(D("-1e-1000")), lambda: hash(D("1e1000000")), lambda: hash(D("0.75")) == hash(Fraction(3, 4)),
          lambda: D("inf").as_integer_ratio(), lambda: D("-3.50").as_integer_ratio(), lambda: int(D("NaN")), lambda: float(D("1e400")),
          lambda: round(D("2.675"), 2), lambda: round(D("2.5")), lambda: round(D(5), "x"), lambda: complex(D("1.5")),
          lambda: D("-1.50").as_tuple(), lambda: D("sNaN7").as_tuple(), lambda: D("NaN").as_tuple(), lambda: D("Infinity").as_tuple()):
    show(f)

# Contexts
c = Context(prec=5, rounding=ROUND_UP, Emin=-5, Emax=5, capitals=0, clamp=1, flags=[Clamped, Overflow], traps=[Inexact])
print(c, c.Etiny(), c.Etop(), c.copy(), c.__reduce__())
print(pickle.loads(pickle.dumps(c)), pickle.loads(pickle.dumps(D("-1.50E+7"))), pickle.loads(pickle.dumps(Sub(3))))
for name, value in (("prec", 0), ("prec", "a"), ("prec", 10**30), ("Emin", 1), ("Emax", -1), ("capitals", 2), ("clamp", []),
                    ("rounding", 0), ("rounding", "x"), ("traps", 5), ("traps", {}), ("flags", []), ("xyz", 1)):
    show(lambda: setattr(c, name, value))
show(lambda: delattr(c, "prec"))
f = c.flags
for g in (lambda: f, lambda: f[5], lambda: f[Overflow], lambda: f.__delitem__(Inexact), lambda: len(f), lambda: list(f) == list(c.traps),
          lambda: f == dict(f), lambda: f == c.traps, lambda: f < f, lambda: f.copy(), lambda: hash(f), lambda: f.pop(Inexact)):
    show(g)
f[Rounded] = True
f[Overflow] = 0
print(c)
c.traps = dict.fromkeys(c.traps, False)
c.clear_flags()
print(c, c.divide(1, 3), c.flags[Inexact])
with localcontext(c, prec=2) as inner:
    print(D(1) / 7, inner is getcontext(), inner is c)
    with localcontext() as deeper:
        deeper.prec = 1
        print(D(1) / 7)
    print(D(1) / 7)
print(getcontext().prec)
for g in (lambda: setcontext(5), lambda: localcontext(5), lambda: localcontext(foo=1), lambda: Context(1, 2), lambda: Context(foo=1),
          lambda: D(1).exp(5), lambda: D(1).exp(1, 2), lambda: D(1).compare(), lambda: D(1).compare("1"), lambda: D(1).quantize(1, "x"),
          lambda: c.add(1), lambda: c.add(1.5, 2), lambda: c.power(2), lambda: c.canonical(5), lambda: c.exp()):
    show(g)

# Signals
for g in (lambda: D(1) / 0, lambda: D(0) / 0, lambda: D(10) ** 10**7, lambda: D("x"), lambda: D(10**40) // 3, lambda: D("inf") - D("inf")):
    show(g)
getcontext().traps[FloatOperation] = True
for g in (lambda: D(1.5), lambda: D(1) < 1.5, lambda: D(1) == 1.5, lambda: D.from_float(1.5)):
    show(g)
print(getcontext())

# Formats
for spec in ("", ".2f", "10.3e", "+,.1f", "*^20", "020,.2f", "%", ".1%", "G", "g", "n", "<8", "=+9", "z.0f", "#", "_", ".", "\u20ac>10", "0=9"):
    for x in ("1234567.891", "-0.0004", "0E+3", "NaN", "-Infinity"):
        show(lambda: format(D(x), spec))
