# re, io, string formatting, codecs.
import io
import re

WORD = re.compile(r"(?P<first>\w)(\w*)")


def work():
    out = [WORD.sub(lambda m: m["first"].upper() + m[2], "some words here"), WORD.findall("ab cd"), [m.span() for m in WORD.finditer("x yz")], re.split(r"[,;]\s*", "a, b;c"), re.fullmatch(r"\d+", "123").group(), re.search(r"(?i)B+", "aBbc").start(), WORD.match("hey").groupdict(), re.sub(r"(a)(b)", r"\2\1", "abab"), re.escape("a.b")]
    s = io.StringIO("line one\nline two\n")
    out += [s.readline(), list(s), s.seek(0), s.read(4)]
    s.write("more")
    out.append(s.getvalue())
    b = io.BytesIO()
    b.write(b"x" * 100)
    b.seek(10)
    b.truncate()
    out += [len(b.getvalue()), b.getbuffer()[:2].tobytes()]
    t = io.TextIOWrapper(io.BytesIO("d\xe9j\xe0\nvu".encode()), encoding="utf-8")
    out += [t.readline(), t.read()]
    r = io.BufferedReader(io.BytesIO(b"buffered data"), 8)
    out += [r.read(4), r.peek()[:3], r.readline()]
    x, name = 255, "n\xe4me"
    out += [f"{x:#x} {x:>8,} {name!a:^12} {2.5:+.3e} {x=}", "{0} {1[k]} {2.real:.2f}".format(1, {"k": "v"}, 2.5), "%5d|%-5s|%r|%c" % (1, "a", "b", 67), "\u0416".encode("utf-16"), b"\xd0\x96".decode(), "caf\xe9".encode("latin-1"), "a\tb".expandtabs(4), "x".zfill(5), "Ab".swapcase(), "a b".title(), "abc".partition("b"), "one\ntwo".splitlines()]
    try:
        "\udc80".encode()
    except UnicodeEncodeError as e:
        out.append(str(e))
    return out


print(work())
