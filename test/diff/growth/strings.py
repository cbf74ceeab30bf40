# Strings that grow in place by +=, by join, by io; sizes of what comes out.
import io
from sys import getsizeof as size

s = ""
sizes = []
for i in range(40):
    s += "ab"
    sizes.append(size(s))
print(sizes)

s = "start"
same = 0
for i in range(200):
    before = id(s)
    s += "x"
    same += before == id(s)
print("grown in place at times", same > 0, len(s), size(s))

s = "abc"
other = s + ""
keep = s
s += "def"
print(keep, s, size(keep), size(s), other is keep)

wide = ""
out = []
for ch in "ab\xe9\u0416\U0001f600z":
    wide += ch
    out.append((len(wide), size(wide)))
print(out)

parts = [str(i) for i in range(1000)]
joined = "".join(parts)
print(len(joined), size(joined), size(",".join(parts)), size("".join([])), size("".join(["one"])), "".join([joined]) is joined)

buffer = io.StringIO()
for part in parts:
    buffer.write(part)
print(buffer.getvalue() == joined, size(buffer.getvalue()), buffer.tell())
raw = io.BytesIO()
for part in parts[:50]:
    raw.write(part.encode())
print(raw.getvalue()[:12], size(raw.getvalue()), raw.getbuffer().nbytes)

b = b""
for i in range(20):
    b += b"xy"
print(len(b), size(b))
t = ()
for i in range(10):
    t += (i,)
print(t, size(t))
print("identity of no-ops", "abc"[:] is str("abc"), str(joined) is joined, joined[0:] is joined, joined * 1 is joined, joined.strip("x") is joined,
      joined.replace("q", "z") is joined, joined + "" is joined, "" + joined is joined, f"{joined}" is joined, "%s" % joined is joined,
      format(joined) is joined, joined.lower() is joined, joined.expandtabs() is joined, joined.ljust(3) is joined, joined.zfill(2) is joined)
t = (1, 2, 3)
b = b"abc"
print(t[:] is t, tuple(t) is t, t + () is t, () + t is t, t * 1 is t, b[:] is b, bytes(b) is b, b + b"" is b, b * 1 is b)
