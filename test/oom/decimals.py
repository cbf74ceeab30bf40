"""Decimals: coefficients inside and outside the object, contexts, text, conversions."""
import decimal
from decimal import Context, Decimal, localcontext

d = Decimal("12.5")
big = Decimal("7" * 120)
print(d + 1, 2 * d, d / 3, d // 2, divmod(d, 4), -d, abs(d), d == 12.5, d < 13)
with localcontext(prec=150) as c:
    print(big + d, big * 3)
    print(c.flags[decimal.Inexact], (big / 7).as_tuple().exponent)
print(d.as_tuple(), d.as_integer_ratio(), int(d), float(d), hash(d), f"{d:>10.3f}")
print(Decimal((1, (2, 3), -1)), Decimal(10**60), Decimal(0.1), d.quantize(Decimal("1")), round(d, 0), d.sqrt())
try:
    d / 0
except decimal.DivisionByZero as e:
    print(e)
print(Context(prec=3, traps=[]).divide(1, 3), Context().flags == {}.fromkeys(decimal.getcontext().flags, False))
