# str: operations that mix Latin-1, two-byte and four-byte strings: results, sizes and narrowing.
from sys import getsizeof as size

A, L, W, X = "ascii", "caf\xe9", "\u0416\u0443\u043a", "\U0001f600\U0001f601"
kinds = {"A": A, "L": L, "W": W, "X": X}
for p in kinds:
    for q in kinds:
        a, b = kinds[p], kinds[q]
        c = a + b
        print(p + q, len(c), size(c), size(c[:len(a)]), size(c[len(a):]), c.startswith(a), c.endswith(b), c.find(b), c.count(a), size(c.replace(a, "")), size(c.upper()), size(c * 2), size(a.join([b, b])), size(b.center(9, a[0])), a < b, a == b, hash(c) == hash(a + b), size(c.encode("utf-8")), size(c.encode("utf-16")), c[::-1][::-1] == c)
text = A + L + W + X
for i in range(0, len(text), 2):
    print(i, ascii(text[i:i + 3]), size(text[i:i + 3]), size(text[:i]), size(text[i:]))
print(size(text.translate({0x1F600: None, 0x1F601: None})), size("".join(c for c in text if c < "\u0100")), size("".join(c for c in text if c < "\x80")), size(text.encode("ascii", "ignore").decode()), size(text.encode("ascii", "replace").decode()))
grow = ""
for ch in "a\x7f\x80\xff\u0100\uffff\U00010000\U0010ffff":
    grow += ch
    print(len(grow), size(grow), end="; ")
print()
for ch in ("a", "\x80", "\xff", "\u0100", "\U00010000"):
    print([size(ch * n) for n in (0, 1, 2, 10)], size(f"{ch}"), size("%s" % ch), size("{}".format(ch)), size(str(ch)), size(ch + "x"), size(("x" + ch)[0]), size([ch][0].lower()), size(ch.encode("utf-8").decode()))
print(size("\u0130".lower()), size("\xdf".upper()), size("\ufb01".upper()), size("\xb5".upper()), size("\u212a".lower()), size("\u0178".lower()), size("\xff".upper()))
big = W * 1000
print(size(big), size(big.replace("\u0416", "a")), size(big.replace("\u0416", "").replace("\u0443", "").replace("\u043a", "z")), size(big[::3]), big.count("\u043a"), big.find("\u043a\u0416"), big.rindex("\u0416"), len(big.split("\u0443")))
print(max(text), min(text), sorted(text) == sorted(text, key=ord), [hex(ord(c)) for c in sorted(text)[-3:]], "\uffff" < "\U00010000", "\ud800" < "\ue000", ascii(max(["\uffff", "\U00010000"])))
import io
buf = io.StringIO()
for part in (A, L, W, X):
    buf.write(part)
    print(size(buf.getvalue()), end=" ")
print(repr(text), ascii(text), len(repr(X)), size(repr(X)), size(ascii(X)), "\ud800".encode("utf-16", "surrogatepass"), size("\ud800"), len("\ud83d\ude00"), "\ud83d\ude00" == "\U0001f600")
