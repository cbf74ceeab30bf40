# The format mini-language for int, float and str.
for spec in ["", "d", "5", "<5", ">5", "^5", "05", "+", "-", " ", "+05", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "#010x", "c", ",", "_", "_x", "#_b", "e", ".2f", "g", "%", "n", "*^9", "=+8", "0=6", "010,", "z>6", "<<6", "08b", "#06x", " d", "_d", "12,d", "+,"]:
    row = []
    for v in (42, -42, 0, 123456789):
        try:
            row.append(format(v, spec))
        except (ValueError, OverflowError) as e:
            row.append(str(e))
    print(repr(spec), row)
for spec in ["", "f", ".0f", ".1f", ".3f", "10.2f", "<10.2f|", "010.2f", "+.1f", " .1f", "e", ".2e", "E", "g", ".3g", "G", "#.3g", "%", ".1%", ",", ",.2f", "_", "_.1f", "n", "#.0f", "z.0f", "z.1f", ".15g", ".17g", "F", "5", "=+9.1f", "*<9", ".10", ".2", "#g", "015,.2f", "_.3e", "d", "x"]:
    row = []
    for v in (3.14159, -0.04, 1234567.891, 1e-7, float("inf"), float("nan"), 0.0):
        try:
            row.append(format(v, spec))
        except ValueError as e:
            row.append(str(e))
    print(repr(spec), row)
for spec in ["", "s", "6", "<6", ">6", "^7", "*^9", ".2", "6.2", "06", "=6", "d", "+", ",", "\u0416>5", "10s", ".0", "<06", " ", "#", "_", "0<6"]:
    try:
        print(repr(spec), ascii(format("abc", spec)))
    except ValueError as e:
        print(repr(spec), e)
for value, spec in [(5, "abc"), (5, "10.2"), (5.5, "c"), (300, "c"), (-1, "c"), (0x110000, "c"), (5, ",,"), (5, "_,"), (5, ",x"), (True, "d"), (True, ""), (None, "5"), ([], "5"), (5, ".2d"), (5, "{"), (5, "99999999999999999999"), (1.5, ".99999999999999999999f"), ("a", ".99999999999999999999"), (5, "5" * 5 + "q"), (5, "zd")]:
    try:
        print(repr(value), spec, repr(format(value, spec)))
    except Exception as e:
        print(repr(value), spec, type(e).__name__, e)
print(f"{10**20:,}", f"{10**20:_}", f"{-(10**20):+,}", f"{2**64:#x}", f"{2**70:_b}"[:20], f"{10**25:e}", f"{10**25:.3g}", f"{123456789:n}", f"{12345.678:n}", f"{10**30:25,d}|")
print(f"{1e100:f}"[:20], f"{1e22:.0f}", f"{1e23:.0f}", f"{2.5:.0f}", f"{3.5:.0f}", f"{0.5:.0f}", f"{1.5:.0f}", f"{-0.5:.0f}", f"{0.125:.2f}", f"{2.675:.2f}", f"{1e-10:.3f}", f"{123.456:.1e}", f"{0.0001:g}", f"{0.00001:g}", f"{123456:g}", f"{1234567:g}", f"{1e15:g}", f"{100000.0}", f"{1e16}", f"{0.1:.20f}", f"{1/3:.30f}")


class F:
    def __format__(self, spec):
        return f"<{spec}>"


class Bad:
    def __format__(self, spec):
        return 5


class Plain:
    def __str__(self):
        return "plain"


print(f"{F()}", f"{F():abc}", format(F(), "x y"), "{:{}}".format(F(), "q"), f"{Plain()}", f"{Plain()!s:>8}")
for bad in (lambda: format(Bad()), lambda: format(Plain(), "5"), lambda: format(object(), "x"), lambda: format(1, 5), lambda: format()):
    try:
        print(bad())
    except TypeError as e:
        print(e)
