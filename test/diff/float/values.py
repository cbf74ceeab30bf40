# float: repr, parsing, special values, arithmetic, comparison, methods.
values = [0.0, -0.0, 1.0, 0.1, 0.2 + 0.1, 1 / 3, 1e16, 1e15, 123456789012345680.0, 1e22, 1e23, 1e-4, 1e-5, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308,
          100.0, 1e100, 3.14159, -2.5, 1e21, 12345.678, 0.00001234, 9007199254740993.0, 2.5e-8, float("inf"), float("-inf"), float("nan")]
for v in values:
    print(repr(v), str(v), f"{v}", f"{v:.3f}", f"{v:e}", f"{v:g}")
for text in ["1.5", " -2.5e3 ", "1e400", "-1e400", "inf", "-Infinity", "NaN", "1_000.5", ".5", "5.", "1e-400", "0x1p3", "", "1.2.3", "1__0", "infin", "\u0661.5", "1e", "e5", "+1.", "1_.5"]:
    try:
        print(repr(text), float(text))
    except ValueError as e:
        print(e)
print(float(), float(5), float(True), float(b"2.5"), float(10**20), float("123456789" * 5))
for bad in (lambda: float(10**400), lambda: float(None), lambda: float([]), lambda: float(1j), lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 0.0**-1,
            lambda: 1e308 * 10, lambda: 10.0**400, lambda: (-8.0) ** (1 / 3), lambda: int(float("nan")), lambda: divmod(1.0, 0.0), lambda: "x" + 1.5, lambda: 1.5 & 1):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
for a, b in [(7.5, 2), (-7.5, 2), (7.5, -2), (-7.5, -2), (0.3, 0.1), (-0.0, 5.0), (5.0, float("inf")), (-5.0, float("inf")), (1e300, 1e-300)]:
    print(a // b, a % b, divmod(a, b), a**2 if abs(a) < 1e100 else "big")
inf, nan = float("inf"), float("nan")
print(inf - inf, inf * 0, inf + 1 == inf, nan == nan, nan != nan, nan < 1, nan > 1, max(nan, 1), max(1, nan), min(nan, 1), sorted([3, 1.5, 2]), inf // 2, 5 % inf, -5 % inf)
print((2.5).as_integer_ratio(), (0.1).as_integer_ratio(), (-4.0).as_integer_ratio(), (2.0).is_integer(), (2.5).is_integer(), inf.is_integer())
print((255.5).hex(), (0.1).hex(), (-0.0).hex(), (5e-324).hex(), inf.hex(), float.fromhex("0x1.8p1"), float.fromhex("-0x.1p4"), float.fromhex("inf"), float.fromhex("0x1p-1074"), float.fromhex("10"))
for bad in (lambda: float.fromhex("xyz"), lambda: float.fromhex("0x1p99999"), lambda: inf.as_integer_ratio(), lambda: nan.as_integer_ratio(), lambda: round(inf), lambda: round(nan)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 1e20)], [round(x, 2) for x in (2.675, 1.005, 2.5, -1.115, 1e20)], round(1234.5678, -2), round(5.5, 0), type(round(5.5)), round(1e308, -308), round(0.1 + 0.2, 17))
print(hash(0.5), hash(1.0), hash(-0.0), hash(inf), hash(-inf), hash(1e300), hash(0.1), hash(2.0**61))
print(0.1 + 0.2 == 0.3, 1e16 + 1, 0.1 * 3, 1 - 0.9, 3 * 1.1, sum([0.1] * 10), 1e308 + 1e308, 4.35 * 100, 1.1 + 2.2)
print((1.5).__floor__(), (1.5).__ceil__(), (-1.5).__trunc__(), (1.5).real, (1.5).imag, (1.5).conjugate(), (1.5).__round__(), float.__getformat__("double"))
import sys
f = sys.float_info
print(f.max, f.min, f.epsilon, f.dig, f.mant_dig, f.max_exp, f.min_exp, f.max_10_exp, f.min_10_exp, f.radix, f.rounds)


class F(float):
    pass


x = F(2.5)
print(x, x + 1, type(x + 1).__name__, type(x.real).__name__, F("3.5"), F.fromhex("0x1p1"), type(F.fromhex("0x1p1")).__name__, x == 2.5)
print(-0.0 == 0.0, str(-0.0), 0.0 * -1, repr(1e5), repr(1e-7), 1.0e10, 1.5e300 * 1e10, -1e-310, 123e-2, 1_0.5_0)
