# bytes: construction, methods, indexing, comparison, hex, errors.
print(bytes(), bytes(3), bytes([1, 2, 255]), bytes(b"x"), bytes("h\xe9", "utf-8"), bytes("h", "ascii"), bytes(range(5)), bytes(bytearray(b"q")), bytes(memoryview(b"mv")), bytes(x for x in (65, 66)))
for bad in (lambda: bytes("x"), lambda: bytes(-1), lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes(["a"]), lambda: bytes(1.5), lambda: bytes(None), lambda: bytes("x", "nope"), lambda: bytes(3, "ascii"), lambda: b"a" + "b", lambda: b"a" < "b", lambda: b"abc"[10], lambda: b"abc".__getitem__("x"), lambda: b"a" * 1.5, lambda: b"a".join(["b"]), lambda: b"a".find("a"), lambda: "a" in b"a", lambda: 256 in b"a", lambda: b"abc".index(b"z"), lambda: bytes.fromhex("1"), lambda: bytes.fromhex("zz"), lambda: b"a".replace("a", "b"), lambda: b"".split(b""), lambda: bytes(10**20)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
b = b"the cat sat on the mat"
print(b[0], b[-1], b[1:5], b[::-1][:5], b[100:], len(b), b"cat" in b, 116 in b, list(b"abc"), b == b"x", b"a" < b"b", b"a" + b"b", b"ab" * 2, b"" == bytes(), b"a" == "a", hash(b"abc") == hash(bytearray(b"abc")[:] and b"abc"))
print(b.find(b"at"), b.find(116), b.rfind(b"at"), b.index(b"sat"), b.count(b"at"), b.count(116), b.startswith(b"the"), b.endswith((b"x", b"mat")), b.replace(b"at", b"og"), b.replace(b"t", b"", 2), b.find(b"q"), b.find(b"", 50))
print(b.split(), b.split(b"t", 2), b.rsplit(b" ", 1), b.partition(b"sat"), b.rpartition(b"zz"), b"a\nb\r\nc".splitlines(), b" x ".strip(), b"xxaxx".strip(b"x"), b"abc".lstrip(b"a"), b"abc".rstrip(b"c"), b", ".join([b"a", bytearray(b"b")]))
print(b.upper(), b.title(), b.capitalize(), b"AbC".swapcase(), b"ABC\xc9".lower(), b"a".center(5, b"*"), b"ab".ljust(4) + b"|", b"7".zfill(3), b"-7".zfill(4), b"a\tb".expandtabs(4), b"abc".removeprefix(b"a"), b"abc".removesuffix(b"c"))
for s in (b"abc", b"ABC", b"123", b"", b" \t", b"a1", b"Ab Cd", b"\xe9"):
    print(s, s.isalpha(), s.isdigit(), s.isalnum(), s.isspace(), s.islower(), s.isupper(), s.istitle(), s.isascii())
print(b"\x00\xff".hex(), b"abcdef".hex("-"), b"abcdef".hex(":", 2), b"abcde".hex(" ", -2), bytes.fromhex("00 ff Ab"), bytes.fromhex(""), b"abc".decode(), b"\xe9".decode("latin-1") == "\xe9", b"abc".translate(bytes(range(1, 256)) + b"\0"), b"hello".translate(None, b"l"), bytes.maketrans(b"ab", b"xy")[95:100])
for s in (b"abc", b"it's", b'"', b"'\"", b"\x00\t\n\r\\\x7f\x80\xff", b"", b"\xe9"):
    print(repr(s), str(s), s.__repr__())


class B:
    def __bytes__(self):
        return b"from __bytes__"


class Bad:
    def __bytes__(self):
        return "x"


class Sub(bytes):
    pass


print(bytes(B()), Sub(b"x"), type(Sub(b"ab") + b"c").__name__, type(Sub(b"ab")[0:]).__name__, type(Sub(b"ab").upper()).__name__, Sub(b"a") == b"a", bytes(Sub(b"q")))
try:
    bytes(Bad())
except TypeError as e:
    print(e)
print(sorted([b"b", b"a", b"B"]), max(b"abc"), sum(b"abc"), b"abc".__contains__(b"b"), b"%d" % 5, {b"k": 1}[b"k"], b"a" in [b"a"], bytes(5).count(0), b"abc"[1:2], b"abc"[::2], b"a" b"b", bytes.__mro__)
print([hash(x) for x in (b"", b"a", b"abc", b"\xff" * 20)], ascii(b"\xe9"), int.from_bytes(b"ab", "big"), b"12".isdigit(), int(b"12"), float(b"1.5"), b"1,2".split(b","))
