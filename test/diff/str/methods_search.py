# str: find, index, count, startswith, replace, in, partition, with all the arguments and empty strings.
s = "the cat sat on the mat with the hat"
print(s.find("the"), s.find("the", 1), s.find("the", 1, 10), s.find("xyz"), s.find(""), s.find("", 100), s.find("", 35), s.rfind("the"), s.rfind("the", 0, 20), s.rfind(""), s.find("t", -3), s.find("at", -8, -1))
print(s.index("cat"), s.rindex("at"), s.count("the"), s.count("at", 10), s.count(""), "".count(""), "aaaa".count("aa"), s.count("e", 3, -3))
for bad in (lambda: s.index("dog"), lambda: s.rindex("dog"), lambda: s.find(1), lambda: s.count(), lambda: s.find("a", "b"), lambda: 1 in s, lambda: s.startswith(1), lambda: s.startswith(["t"]),
            lambda: s.replace("a"), lambda: s.partition(""), lambda: s.split(""), lambda: s.startswith(("t", 1)), lambda: s.replace("a", "b", "c"), lambda: s.split(1), lambda: s.index("t", 100)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(s.startswith("the"), s.startswith(("cat", "the")), s.startswith("cat", 4), s.startswith("cat", 4, 6), s.startswith(""), s.endswith("hat"), s.endswith(("x", "at")), s.endswith("mat", 0, 22), s.endswith("", 50), s.startswith(()))
print(s.replace("the", "a"), s.replace("the", "a", 1), s.replace("", "-")[:12], "abc".replace("", "-", 2), "aaa".replace("a", "bb"), "aaa".replace("aa", "b"), "abc".replace("x", "y"), "".replace("", "x"), "".replace("a", "x"), "abc".replace("b", ""), "abc".replace("abc", ""), "a.b".replace(".", "\u0416"), "\u0416x".replace("\u0416", "z"), "aXbX".replace("X", "YY", count=1))
print("cat" in s, "" in s, "" in "", "Cat" in s, "a" not in "b", "\u0416" in s, "\x00" in "a\x00b")
print(s.partition(" "), s.rpartition(" "), s.partition("xyz"), s.rpartition("xyz"), "a".partition("a"), "aXbXc".rpartition("X"))
print("abc".removeprefix("ab"), "abc".removeprefix("x"), "abc".removesuffix("bc"), "abc".removesuffix(""), "abcabc".removeprefix("abc"))
wide = "\u0416\u0417\u0418\u0416" * 3 + "\U0001f600"
print(wide.find("\u0418"), wide.rfind("\u0416"), wide.count("\u0416\u0417"), wide.find("\U0001f600"), wide.find("a"), wide.index("\u0418\u0416\u0416"), wide.startswith("\u0416\u0417"), ascii(wide.replace("\u0417", "z")))
long = "ab" * 1000 + "abc" + "ab" * 1000
print(long.find("abc"), long.rfind("abc"), long.count("ab"), long.count("ba"), long.replace("abc", "X").count("X"), long.find("bca"), long.index("c"), ("a" * 500 + "b").find("a" * 100 + "b"))
for needle in ("a", "ab", "aab", "b" * 3):
    hay = "aabaabaaabbb"
    print(needle, [i for i in range(len(hay)) if hay.startswith(needle, i)], hay.find(needle), hay.rfind(needle), hay.count(needle), hay.split(needle), hay.replace(needle, "_"))
print("a,b,,c".split(","), "a,b,,c".split(",", 1), "a,b,,c".rsplit(",", 1), "a,b,,c".rsplit(","), "".split(","), "".split(), "   ".split(), " a  b ".split(), " a  b ".split(" "), " a  b c ".split(None, 1), " a  b c ".rsplit(None, 1), "a--b--c".split("--"), "a--b".split("--", 0), "abc".split("abc"), "x\ty\nz".split(), "a b c".split(maxsplit=1), "a b c".split(sep="b"), "a\u2003b\x1cc\x85d".split())
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines(), "a\n\nb".splitlines(), "a\r\n\rb".splitlines(keepends=True))
print("-".join(["a", "b"]), "".join([]), "-".join("abc"), "-".join({"k": 1}), ", ".join(str(i) for i in range(4)), "\u0416".join(["a", "b"]))
for bad in (lambda: "-".join([1]), lambda: "-".join(["a", None]), lambda: "-".join(5), lambda: "".join(["a", b"b"])):
    try:
        bad()
    except TypeError as e:
        print(e)
