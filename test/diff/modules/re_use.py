# re: matching, groups, substitution, splitting, flags, errors.
import re

print(re.match(r"\d+", "123abc"), re.match("x", "abc"), re.search(r"(\w+)@(\w+)", "to: bob@site now").groups(), re.fullmatch(r"[a-c]+", "abcab") is not None, re.findall(r"\d+", "1 22 333"), re.findall(r"(\w)(\d)", "a1 b2"), [m.span() for m in re.finditer("a", "banana")], re.split(r"[,;]\s*", "a, b;c,d"), re.split(r"(-)", "a-b-c"), re.split("x*", "axbc"), re.split(r"\s", "a b c", maxsplit=1), re.escape("a.b*c[d]"))
m = re.search(r"(?P<year>\d{4})-(?P<month>\d\d)(-(\d\d))?", "on 2024-05 it")
print(m.group(), m.group(1, 2), m["year"], m.groupdict(), m.groups(), m.groups("none"), m.start(), m.end("month"), m.span(3), m.lastindex, m.lastgroup, m.pos, m.endpos, m.string, m.re.pattern, m.expand(r"\2/\g<year>"), m.regs if hasattr(m, "regs") else "")
print(re.sub(r"\d", "#", "a1b22"), re.sub(r"(\w)(\w)", r"\2\1", "abcd"), re.sub(r"\w+", lambda m: m.group().title(), "hello big world"), re.sub("a", "b", "aaaa", count=2), re.subn("x", "y", "axbx"), re.sub(r"(?P<n>\d)", r"<\g<n>>", "1a2"), re.sub("", "-", "abc"), re.sub(r"\b", "|", "ab cd"), re.sub("(a)|b", r"[\1]", "ab"), re.sub(r"x", r"\\n\n", "axb"))
print(re.findall("ab", "AB ab aB", re.I), re.findall("^a", "a\nab\nba", re.M), re.findall("a.b", "a\nb axb", re.S), re.findall(r"a b # comment", "ab", re.X), re.findall(r"\w+", "\xe9a b", re.A), re.findall(r"(?i:A)b", "ab aB Ab"), re.compile("x", re.I | re.M).flags, re.compile("(?s)a.b").match("a\nb") is not None, re.findall(r"(?m)^\w", "a\nb"))
cases = [(r"a{2,3}", "aaaa"), (r"a{2,3}?", "aaaa"), (r"a+?b", "aaab"), (r"a*+b", "aaab"), (r"(?=a)\w", "ba"), (r"(?<=b)a", "ba"), (r"(?<!b)a", "baa"), (r"(?!a)\w", "ab"), (r"(a|b)+c", "ababc"), (r"(?:ab)+", "ababx"), (r"(.)\1", "abccd"), (r"(?P<q>['\"])x(?P=q)", "'x'"), (r"[^a-c]+", "abcxyz"), (r"[\w.-]+@", "a.b-c@d"), (r"\Aab\Z", "ab"), (r"\D\S\W", "a1 b"), (r"^$", ""), (r"(a)?(?(1)b|c)", "ab"), (r"[a\]b]+", "a]b"), (r"[-a]+", "-a-"), (r"\x41\u0042\103", "ABC"), (r"a|b|", "c"), (r"(a*)*", "aaa"), (r"(?>a+)b", "aab"), (r"\$\d+\.\d{2}", "cost $12.50"), ("\u0416+", "x\u0416\u0416"), (r"(\w+) \1", "the the"), (r".{3}", "ab\ncd ef"), (r"[\d-]", "-"), (r"(x+x+)+y", "xxxxxxxxxxxxy")]
for pattern, text in cases:
    m = re.search(pattern, text)
    print(pattern, m and (m.group(), m.span(), m.groups()))
for bad in ("(", ")", "[", "a**", "*a", "(?P<n>a)(?P<n>b)", r"\1", "(?P<1>a)", "a{3,1}", "(?<=a+)b", r"\g", "[z-a]", "(?z)", "(?P=x)", "\\", "(?P<n", "(?i", r"\N{x}", "(a)(?(2)b)", "x(?i)y", r"\p"):
    try:
        re.compile(bad)
        print(bad, "compiles")
    except re.error as e:
        print(bad, "->", e.msg, e.pos, "|", e)
p = re.compile(r"(\d)(?P<x>\w)?")
print(p.groups, p.groupindex, p.pattern, p.flags, p, p.match("1a", 0).groups(), p.search("ab1", 2), p.findall("1a2"), p.fullmatch("1"), p.match("x1", 1), p.sub("z", "1a"), p == re.compile(r"(\d)(?P<x>\w)?"), p.match("a1b", 1, 2).groups())
print(re.findall(rb"\d+", b"1 22"), re.sub(b"a", b"b", b"aa"), re.match("(a)(b)?", "a").group(2), bool(re.match("", "")), [m[0] for m in re.finditer(r"\b\w", "big red dog")], re.template if hasattr(re, "template") else "gone", re.I, repr(re.I | re.M), re.purge())
for bad in (lambda: re.match("a", b"a"), lambda: re.match(5, "a"), lambda: re.match("a", 5), lambda: re.sub("(a)", r"\2", "a"), lambda: re.match("(a)", "a").group(5), lambda: re.match("(a)", "a")["n"], lambda: re.sub("a", 5, "a"), lambda: p.match(), lambda: re.compile(p, re.I), lambda: re.sub("a", r"\g<zz>", "a")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
tokens = re.compile(r"\s*(?:(?P<num>\d+\.?\d*)|(?P<name>[a-z_]\w*)|(?P<op>[-+*/()=]))")
print([(m.lastgroup, m.group(m.lastgroup)) for m in tokens.finditer("x1 = 3.14*(y - 2)")], re.sub(r"(?<!^)(?=[A-Z])", "_", "camelCaseName").lower(), re.sub(r"_(\w)", lambda m: m[1].upper(), "snake_case_name"))
