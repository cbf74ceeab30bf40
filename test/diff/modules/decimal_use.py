# decimal: arithmetic, contexts, rounding, formatting, errors.
from decimal import Decimal, getcontext, localcontext, ROUND_HALF_UP, ROUND_DOWN, InvalidOperation, DivisionByZero, Inexact

D = Decimal
print(D("1.1") + D("2.2"), D("0.1") * 3 == D("0.3"), D(1) / D(3), D("1.20") + D("1.3"), D("-5") % 3, D("7") // 2, D(2) ** 10, D(2).sqrt(), D("1e3"), D("1E+3").normalize(), D("100").normalize(), D("123.4500").normalize(), abs(D("-1")), -D(0), D("NaN"), D("Infinity"), D("0.00"), D(5), D(0.1))
print(D("2.675").quantize(D("0.01")), D("2.675").quantize(D("0.01"), ROUND_HALF_UP), D("2.999").quantize(D("1"), ROUND_DOWN), D("1.5").to_integral_value(), round(D("2.5")), round(D("1.2345"), 2), int(D("3.9")), float(D("1.5")), D("12.5").as_tuple(), D("1.5").as_integer_ratio(), D("12").adjusted(), D("1.50").compare(D("1.5")), D("1.50") == D("1.5"), hash(D("1.0")) == hash(1), D(1) < 2 < D(3), D("1.5") == 1.5, max(D(1), D(2)), sum([D("0.1")] * 3), D("3.14").is_finite(), D("nan").is_nan())
print(f"{D('1234567.891'):,.2f}", f"{D('0.5'):%}", f"{D('1e10'):f}", f"{D('3'):>6}", str(D("1E-7")), repr(D("1.0")), D("1_000.5"), D(" 5 "), D((0, (1, 2), -1)), format(D("1.23456"), ".3e"), D("123E+5").to_eng_string())
for bad in (lambda: D("abc"), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D("1.5") + 1.5, lambda: D(-1).sqrt(), lambda: D([1]), lambda: D("1") < "a", lambda: D("inf") - D("inf"), lambda: int(D("nan")), lambda: D(-1).ln()):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).replace("decimal.", ""))
with localcontext() as c:
    c.prec = 5
    print(D(1) / 3, D("1.234567") + 0, c.prec)
    c.traps[DivisionByZero] = False
    print(D(1) / 0)
print(getcontext().prec, D(2).exp(), D(10).log10(), D(100).ln(), D(3).fma(2, 1), D("12.34").shift(1), D("1.1").next_plus(), D(7).remainder_near(4), D("-0") == 0, D("5").logb(), D("1.25").scaleb(2))
total = D(0)
for price, n in (("19.99", 3), ("5.25", 2), ("0.10", 7)):
    total += D(price) * n
print(total, (total * D("0.0825")).quantize(D("0.01")), total.quantize(D("1")))
