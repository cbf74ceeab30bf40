# str.format and format_map: fields, attributes, indexes, conversions, nesting, errors.
class P:
    def __init__(self):
        self.x = 3
        self.d = {"k": [10, 20], "1": "one", 1: "int one"}


p = P()
print("{} {}".format(1, 2), "{0} {1} {0}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{0.x} {0.d[k]} {0.d[k][1]}".format(p), "{d[1]} {d[k][0]}".format(d=p.d), "{0[0]}{0[2]}".format("xyz"), "{{}} {{{}}}".format(5), "{!r} {!s} {!a}".format("a", "b", "\u0416"), "{:>5}|{:<5}|{:^5}".format(1, 2, 3))
print("{:{}}".format(5, 10), "{:{w}.{p}f}".format(3.14159, w=10, p=2), "{0:{1}{2}}".format("x", "*^", 9), "{:{fill}{align}{width}}".format(7, fill="-", align="<", width=4), "{0!r:>6}".format("a"), "{x!s:^7}".format(x=5))
print("{} {name} {}".format(1, 2, name="n"), "{a[b]}".format(a={"b": 7}), "{0[-1]}".format({"-1": "minus"}), "{0.__class__.__name__}".format(5), "{:%}".format(0.25), "{:,}".format(1234567), "{:b} {:o} {:x} {:X} {:#x}".format(10, 10, 255, 255, 255), "{:c}".format(65), "{:e}".format(12345.678), "{:+d} {: d}".format(5, 5))


class D(dict):
    def __missing__(self, key):
        return f"<{key}>"


print("{a} {b}".format_map({"a": 1, "b": 2}), "{a} {zz}".format_map(D(a=1)), "{0}".format(*[5]), "{k}".format(**{"k": 1}), "".format(), "{}".format(()), "{:}".format(3), "{0:}".format("q"))
cases = ["{", "}", "{0", "{0]}", "{}{0}", "{0}{}", "{!}", "{!x}", "{0!rr}", "{5}", "{name}", "{0.zzz}", "{0[5]}", "{0[k}", "{:d}", "{0.}", "{0[]}", "{:{:{}}}", "{0!r", "a}b", "{ 0}", "{0 }", "{.x}", "{[0]}", "{0..x}", "{0!}", "{0!r:d}", "{99999999999999999999}", "{-1}", "{0[a]b}"]
for c in cases:
    try:
        print(repr(c), repr(c.format("text", 1, 2)))
    except Exception as e:
        print(repr(c), type(e).__name__, e)
import string
print(list(string.Formatter().parse("a{b!r:c}d{{e}}{0}")), string.Formatter().format("{0} {x}", 1, x=2), string.Formatter().vformat("{a}", (), {"a": 1}))


class Own(string.Formatter):
    def get_value(self, key, args, kwargs):
        return f"[{key}]"


print(Own().format("{a} {0} {b:>6}"))
t = string.Template("$who likes ${what}, $$5")
print(t.substitute(who="a", what="b"), t.safe_substitute(who="a"), t.template, t.get_identifiers(), t.is_valid())
for bad in (lambda: t.substitute(who=1), lambda: string.Template("$").substitute(), lambda: string.Template("${x").substitute(x=1)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
print(string.ascii_lowercase, string.digits, string.hexdigits, string.punctuation, repr(string.whitespace), string.capwords("a bc  d"), string.octdigits, len(string.printable))
