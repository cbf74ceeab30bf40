# str: splitting and joining round trips over many separators, widths and kinds, compared with plain loops.
def split_by_hand(text, sep, most=-1):
    out, i = [], 0
    while most != 0:
        j = text.find(sep, i)
        if j < 0:
            break
        out.append(text[i:j])
        i = j + len(sep)
        most -= 1
    return out + [text[i:]]


def split_space(text):
    out, word = [], ""
    for ch in text + " ":
        if ch.isspace():
            if word:
                out.append(word)
            word = ""
        else:
            word += ch
    return out


texts = ["", ",", "a", "a,b", ",a,,b,", "aXbXXc", "one two  three", " lead", "trail ", "\ta\nb\x0bc\r\n", "a\u2003b\u00a0c", "\u0416,\u0417,,\u0418", "\U0001f600-\U0001f601--", "x" * 50 + "," + "y" * 50, ",".join(map(str, range(30))), "abababab", "--a--b--"]
seps = [",", "X", "--", "ab", "\u0416", "\U0001f600", " ", "b"]
checks = 0
for t in texts:
    for s in seps:
        for most in (-1, 0, 1, 2, 100):
            assert t.split(s, most) == split_by_hand(t, s, most), (t, s, most)
            right = [p[::-1] for p in split_by_hand(t[::-1], s[::-1], most)][::-1]
            assert t.rsplit(s, most) == right, (t, s, most)
            checks += 2
        assert s.join(t.split(s)) == t and s.join(t.rsplit(s)) == t
        a, b, c = t.partition(s)
        assert a + b + c == t and (b == s or (b, c) == ("", ""))
        a, b, c = t.rpartition(s)
        assert a + b + c == t and (b == s or (a, b) == ("", ""))
        assert t.count(s) == len(t.split(s)) - 1 and t.replace(s, "<>") == "<>".join(t.split(s))
        assert (s in t) == (t.find(s) >= 0) == (t.rfind(s) >= 0)
        checks += 6
    assert t.split() == split_space(t), t
    assert "".join(t.splitlines(True)) == t and [l.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029") for l in t.splitlines(True)] == t.splitlines()
    print(ascii(t)[:40], len(t.split()), len(t.split(",")), [len(w) for w in t.split()][:5], len(t.splitlines()), t.split(None, 1)[:1] == t.split()[:1])
print(checks)
for parts in ([], [""], ["a"], ["a", "b"], ["", "", ""], ["\u0416", "a"], ["\U0001f600", "\xe9", "z"], [str(i) for i in range(100)]):
    for s in ("", ",", "\u0416", "--"):
        joined = s.join(parts)
        assert len(joined) == sum(map(len, parts)) + len(s) * max(0, len(parts) - 1)
        print(len(joined), max(map(ord, joined), default=0), end=" ")
    print(s.join(iter(parts)) == s.join(tuple(parts)) == joined, "".join(dict.fromkeys(parts)) == "".join(sorted(set(parts), key=parts.index)))
csv = 'name,"quoted, field",plain\n"he said ""hi""",2,3\n'


def parse(line):
    out, field, quoted, i = [], "", False, 0
    while i < len(line):
        ch = line[i]
        if quoted:
            if ch == '"' and line[i + 1:i + 2] == '"':
                field += '"'
                i += 1
            elif ch == '"':
                quoted = False
            else:
                field += ch
        elif ch == '"':
            quoted = True
        elif ch == ",":
            out.append(field)
            field = ""
        else:
            field += ch
        i += 1
    return out + [field]


print([parse(l) for l in csv.splitlines()])
table = [["id", "name", "score"], ["1", "Ann", "9.5"], ["22", "Bartholomew", "10"]]
widths = [max(len(r[i]) for r in table) for i in range(3)]
print("\n".join(" | ".join(c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(zip(r, widths))).rstrip() for r in table))
print("snake_case_word".title().replace("_", ""), "".join(w[0] for w in "portable network graphics".split()).upper(), "CamelCaseString".replace("C", " C").split(), " ".join(w[::-1] for w in "olleh dlrow".split()), "".join(sorted("banana")), "-".join("%02d" % n for n in (1, 2, 3)), "a=1;b=2".replace(";", "=").split("="), dict(p.split("=") for p in "a=1;b=2".split(";")), "%".join("a b".split()), "racecar" == "racecar"[::-1])
