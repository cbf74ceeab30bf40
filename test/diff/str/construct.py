# str: construction, conversion, encoding and decoding, escapes, ord and chr, repr and ascii.
print(str(), str(5), str(1.5), str(None), str("x"), str(b"abc", "ascii"), str(b"\xe9", "latin-1") == "\xe9", str(b"\xff", "utf-8", "replace") == "\ufffd", str(object=7), str(b"x"), str(bytearray(b"q"), encoding="utf-8"))
for s in ["abc", "it's", 'say "hi"', "both ' and \"", "tab\tnew\nline\r", "\x00\x1f\x7f", "\x80\xa0\xad\xe9", "\u0416\u200b\ue000", "\U0001f600\U000e0001", "\\back", "\ud800", "", "\u2028", "\x1b[0m"]:
    print(ascii(repr(s)), ascii(s), len(s))
for ch in ["a", "\x00", "\xff", "\u0100", "\uffff", "\U0010ffff"]:
    print(ord(ch), chr(ord(ch)) == ch)
for bad in (lambda: ord("ab"), lambda: ord(""), lambda: ord(5), lambda: chr(-1), lambda: chr(0x110000), lambda: chr("a"), lambda: chr(10**30), lambda: str(b"\xff", "utf-8"), lambda: str("x", "utf-8"), lambda: str(5, "utf-8"), lambda: str(b"a", "no-such-codec"),
            lambda: "\u0416".encode("ascii"), lambda: "a\u0416b\u0417".encode("latin-1"), lambda: "\ud800".encode(), lambda: "a".encode("nope"), lambda: b"\x80abc".decode(), lambda: b"ab\xc3".decode(), lambda: b"\xed\xa0\x80".decode(), lambda: b"\xf8".decode(), lambda: b"abc".decode("utf-16"), lambda: b"\xff".decode("ascii"), lambda: "\u0416".encode("ascii", "nope")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
text = "a\xe9\u0416\U0001f600"
for codec in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7", "unicode_escape", "raw_unicode_escape", "utf-8-sig"):
    data = text.encode(codec)
    print(codec, data, data.decode(codec) == text)
for errors in ("ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace"):
    print(errors, text.encode("ascii", errors), text.encode("latin-1", errors))
for errors in ("ignore", "replace", "backslashreplace", "surrogateescape"):
    print(errors, ascii(b"a\xffb\xc3\x28c\xe2\x82".decode("utf-8", errors)), ascii(b"a\x80".decode("ascii", errors)))
print("\udcff".encode("utf-8", "surrogateescape"), "\ud800".encode("utf-8", "surrogatepass"), ascii(b"\xed\xa0\x80".decode("utf-8", "surrogatepass")))
try:
    "ab\u0416".encode("ascii")
except UnicodeEncodeError as e:
    print(e.encoding, e.start, e.end, e.reason, e.object == "ab\u0416", e.args[0])
try:
    b"ab\xff".decode()
except UnicodeDecodeError as e:
    print(e.encoding, e.start, e.end, e.reason, e.object)
print("\N{GREEK SMALL LETTER ALPHA}" == "\u03b1", "\x41\101\u0041\U00000041", r"\n\x41", "a\
b", '''tri"ple'
line''', "\a\b\f\v\0".encode(), b"\x41\101\n\\", rb"\x", Rb"\d", "a" 'b' """c""")


class S:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


class R:
    def __repr__(self):
        return "only repr"


class Bad:
    def __str__(self):
        return 5

    def __repr__(self):
        return b"x"


print(str(S()), repr(S()), [S()], f"{S()} {S()!r} {S()!s} {S()!a}", "%s %r" % (S(), S()), str(R()), "{0} {0!r}".format(S()))
for f in (str, repr, ascii):
    try:
        f(Bad())
    except TypeError as e:
        print(e)


class Sub(str):
    def __str__(self):
        return "sub!"


x = Sub("abc")
print(x, repr(x), str(x), type(str(x)).__name__, x + "d", type(x + "d").__name__, type(x.upper()).__name__, type(x[:]).__name__, f"{x}", "%s" % x, x == "abc", hash(x) == hash("abc"), {"abc": 1}[x], len(x), "".join([x]), type("".join([x])).__name__, x.join(["1", "2"]))
print("abc".__hash__() == hash("abc"), "abc".__contains__("b"), "abc".__getnewargs__(), "abc".__len__(), "abc".__add__("d"), "abc".__mul__(2), "abc".__rmul__(2), "abc".__mod__(()), "%s".__mod__(5), "abc".__eq__(5), "abc".__format__(">5"))
print(hash(""), hash("a"), hash("abc"), hash("\u0416"), hash("\U0001f600"), hash("hello world"), hash(b"abc") == hash("abc"), hash(b"\xff"), hash("a" * 100))
