# str of each kind, formatting, encoding, splitting, joining; bytes and bytearray; memoryview.
def work():
    s = "abc" * 5
    t = s + "\xe9" + "\u0416" + "\U0001f600"
    parts = [s.upper(), t.lower(), s.replace("a", "xyz"), ",".join([s, t]), t.encode(), s.split("b"), t[::-1], f"{s!r:>30}{t}", "%s-%d" % (s, 5), "{:x}".format(255), s.title(), s.partition("b"), t.splitlines(), s.translate({97: "zz"}), repr(t), ascii(t)]
    b = bytearray(b"abc")
    b.extend(range(100))
    b += b"more"
    m = memoryview(b)
    parts += [bytes(m[2:50]), b.upper(), b.split(b"c"), b.hex(), bytes(30), m.tolist(), m.cast("B", [107, 1]).shape if len(m) == 107 else len(m)]
    m.release()
    text = ""
    for i in range(20):
        text += str(i)
    return len(parts), text, b"".join([b"a", b"b"]).decode()


print(work())
