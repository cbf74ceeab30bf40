# The % operator of str and bytes.
print("%d %i %u %s %r %a %c %c %%" % (1, 2, 3, "s", "r", "\u0416", "c", 65))
print("%5d|%-5d|%05d|%+d|% d|%5.3d|%x|%X|%#x|%o|%#o" % (42, 42, 42, 42, 42, 42, 255, 255, 255, 8, 8))
print("%f|%.2f|%10.3f|%-10.1f|%+.1f|%e|%.2E|%g|%G|%#.3g|%F" % (1.5, 2.345, 3.14159, 2.5, 1.0, 12345.678, 0.00012, 1e-5, 1e10, 1.0, float("inf")))
print("%s|%5s|%-5s|%.2s|%5.1s" % ("abc", "ab", "ab", "abcdef", "xyz"), "%*d|%-*d|%.*f" % (6, 42, 6, 42, 2, 3.14159))
print("%(a)s %(b)d %(a)r" % {"a": "x", "b": 5}, "%(k)5.1f|" % {"k": 2.25}, "%s" % (1,), "%s" % [1, 2], "%s %s" % ((1, 2), 3), "%s" % ((),), "%s" % {}, "abc" % (), "abc" % {})
print("%d" % 3.99, "%d" % True, "%x" % 10**20, "%d" % 10**25, "%.10d" % 5, "%s" % None, "%i" % -7)
cases = [("%d", "x"), ("%d", None), ("%f", "x"), ("%c", "ab"), ("%c", 0x110000), ("%c", 1.5), ("%x", 1.5), ("%s %s", "one"), ("%s", (1, 2)), ("%z", 1), ("%", 1), ("%(a)s", 1), ("%(a)s", {"b": 1}), ("%(a", {"a": 1}), ("abc", 1), ("abc", (1,)), ("%*d", ("x", 1)), ("%s %(a)s", {"a": 1}), ("%d", "y"), ("%5", 1), ("%y\u0416", 1), ("%.1000000000000d", 1), ("%o", "8"), ("%d", float("inf")), ("%d", float("nan")), ("%d", 1j), ("%c", b"a"), ("%c", -1), ("%99999999999999999999d", 1)]
for fmt, arg in cases:
    try:
        print(repr(fmt), repr(fmt % arg))
    except Exception as e:
        print(repr(fmt), type(e).__name__, e)


class S:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"

    def __int__(self):
        return 5

    def __index__(self):
        return 6

    def __float__(self):
        return 2.5


class M:
    def __getitem__(self, key):
        return key * 2


print("%s %r %a %d %x %f" % ((S(),) * 6), "%(ab)s" % M(), "%s" % S())
print(b"%s|%d|%5.1f|%x|%c|%b|%a|%r" % (b"abc", 5, 2.5, 255, 65, b"q", "\u0416", "r"), b"%(k)s" % {b"k": b"v"}, b"%-5s|%05d" % (b"a", 3), bytearray(b"%d") % 7, b"%%" % ())
for fmt, arg in [(b"%s", "str"), (b"%d", "x"), (b"%c", 256), (b"%c", b"ab"), (b"%b", 5), (b"%s", (1, 2)), (b"abc", 1), (b"%", 1), (b"%z", 1)]:
    try:
        print(fmt % arg)
    except Exception as e:
        print(fmt, type(e).__name__, e)
print("%s and %s" % ("a", "b"), "%-10s|" % "left", "%10s|" % "right", "%%d", "%%d" % (), "100%% of %d" % 5, "%s" % "%s", "%5.2f%%" % 12.345, "%+5d % 5d" % (3, -3), "%#X %#o" % (255, 0), "%r" % (None,), "%08.3f" % -3.14159, "%+08d" % 5, "%-08d|" % 5, "% 08d" % 5)
