# Floats: rounding in every place, printing to the shortest text, sums, comparison with ints, conversions, extremes.
import math

tricky = [0.1, 0.5, 1.5, 2.5, 2.675, 1.005, 1e-5, 123456.789, 1e15 + 0.3, 1e16, 9007199254740992.0, 0.1 + 0.2, 1 / 3, 2 / 3, 1e22, 1e23, 5e-324, 1.7976931348623157e308, 4.35, 0.285, 1.1 * 1.1, 100 * 1.1, 3.0, -0.0]
for x in tricky:
    print(repr(x), [round(x, n) for n in (0, 1, 2, 5)], f"{x:.0f} {x:.2f} {x:.10g} {x:e} {x:.17g}", x.hex(), x.as_integer_ratio() if abs(x) < 1e17 and abs(x) > 1e-10 or x == 0 else "")
print([round(i + 0.5) for i in range(-5, 6)], [round(i * 0.1, 1) for i in range(11)], [round(-i / 8, 2) for i in range(8)], [round(12345.6789, n) for n in range(-6, 6)], round(1e300, -300), round(5e-324, 400), round(2.5, 400), round(1.5e17, -17))
print([float(s) for s in "0.1 .1e1 1E-2 00.5 1_0.0_1 1e308 -1e-400 123456789012345678901234567890 0.1000000000000000055511151231257827 2.2250738585072011e-308 9007199254740993 9007199254740992.5 1.0000000000000002 1.00000000000000011".split()])
print(sum([0.1] * 10), math.fsum([0.1] * 10), sum([1e16, 1.0, -1e16]), math.fsum([1e16, 1.0, -1e16]), sum(i * 0.1 for i in range(100)), sum([1e308, 1e308, -1e308]), 0.1 + 0.7, 0.1 * 3, 0.3 / 0.1, 0.3 // 0.1, 0.3 % 0.1, 1 - 0.9, 1e16 + 1, 1e16 + 2, 2**53 + 1.0, 1.1 - 1.0, 1e-20 + 1 - 1)
print(1 == 1.0, 2**53 == 2.0**53, 2**53 + 1 == float(2**53 + 1), 10**16 + 1 > 1e16, 10**400 > float("inf"), 10**308 < 1.1e308, 1 < 1.5 < 2, 0.5 == 1 / 2, 3 > 2.999999999999999999, hash(2.0) == hash(2), hash(0.5), hash(1e100) == hash(int(1e100)), -0.0 == 0.0, [0.0, -0.0].index(-0.0), {0.0: "z"}[-0.0], math.copysign(1, -0.0), str(0.0 * -5))
print([int(x) for x in (1.9, -1.9, 1e18, -1e18, 123456789.987)], [x // 1 for x in (1.5, -1.5, -0.0)], [x % 1 for x in (1.25, -1.25, -1e-20)], [divmod(x, 0.5) for x in (1.3, -1.3)], [math.floor(x) for x in (-0.5, 2**60 + 0.0)], [math.trunc(-2.7), math.ceil(-0.2)], [7.0 // -2, -7.0 % 3, 7 % -3.5])
print(2**0.5, 2.0**-1074, 0.0**0, (-2.0) ** 3, (-2.0) ** -2, 4**-0.5, 1e200 * 1e-200, (1e200) ** 0.5, 2.0**1023, (-8) ** (1 / 3), 10.0**-5, 1.0 ** float("nan"), float("nan") ** 0, float("inf") ** -1, (-0.0) ** 3)
for expr in ("2.0 ** 1024", "1e308 * 10", "1e-308 / 1e10", "0.0 ** -1", "int('1' * 400) * 1.0", "float('1' * 400)", "1.0 % 0", "float('inf') // 1", "int(float('-inf'))", "round(float('nan'), 2)", "math.sqrt(-0.0)", "math.log(5e-324)", "math.exp(709.78)", "math.exp(710)", "(-1) ** 0.5", "1e400", "-1e400 + 1e400", "5e-324 / 2", "sum([float('inf'), float('-inf')])"):
    try:
        print(expr, "=", eval(expr))
    except (OverflowError, ZeroDivisionError, ValueError) as e:
        print(expr, "->", type(e).__name__, e)
for v in (1234.5678, 0.00012345, 1e10, -5.0, 1e-7):
    print([format(v, s) for s in ("", "g", ".3", ".3f", "+.2e", "010.1f", ",.1f", "_.2f", "%", ".0%", "<12", "^12.2f", "#.3g", "n", ".1")])
print("%.3f %5.1f|%-8.2f|%+e %g %G %r %s" % (math.pi, 2.25, 2.25, 12345.678, 1e-5, 1e20, 0.1, 1e16), "%.0f %.0f %.0f" % (0.5, 1.5, 2.5), "%.15g %.17g" % (0.1, 0.1), "%5.3s|" % 1.23456)
steps, x = 0, 0.0
while x != 1.0 and steps < 15:
    x += 0.1
    steps += 1
print(steps, x, [math.nextafter(1.0, 2), math.nextafter(1.0, 0), math.ulp(1e16), math.ulp(0.1)], math.frexp(0.1), math.modf(-3.75), math.ldexp(0.8, 4), math.fmod(-5.5, 2), math.remainder(5.5, 2))
