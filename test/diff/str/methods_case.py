# str: case, padding, stripping, classification, on ASCII, Latin-1 and wider text.
samples = ["hello World", "HELLO", "", "h", "it's a test", "stra\xdfe", "\xc9cole", "\u0130stanbul", "\u0416\u0443\u043a", "\ufb01sh", "\u03a3\u0391\u03a3", "a1b2 C3", "\U00010400\U00010428", "\u01c5x", "\xb5m", "\u1e9e"]
for s in samples:
    print(ascii(s), ascii(s.upper()), ascii(s.lower()), ascii(s.title()), ascii(s.capitalize()), ascii(s.swapcase()), ascii(s.casefold()))
tests = ["abc", "ABC", "Abc", "abc1", "123", "", " ", "\t\n", "a b", "Title Case", "Title case", "\u0416", "\xb2", "\u0663", "\u2160", "_x1", "1x", "class", "\xe9", "\x00", "\u3000", "\xaa", "\u00bd", "\U0001f600", "\u4e09", "\u0301", "\u01c5"]
for s in tests:
    print(ascii(s), "".join("01"[f] for f in (s.isalpha(), s.isdigit(), s.isdecimal(), s.isnumeric(), s.isalnum(), s.isspace(), s.islower(), s.isupper(), s.istitle(), s.isidentifier(), s.isprintable(), s.isascii())))
print("ab".center(7) + "|", "abc".center(6, "*"), "abc".center(8, "*"), "ab".center(5, "-"), "a".center(4, "."), "ab".ljust(5) + "|", "ab".rjust(5), "ab".ljust(5, "\u0416") == "ab" + "\u0416" * 3, "abc".center(2), "".center(3, "x"))
print("42".zfill(5), "-42".zfill(5), "+42".zfill(6), "abc".zfill(5), "".zfill(3), "--1".zfill(5), "12345".zfill(3))
print("a\tb".expandtabs(), "a\tbc\td".expandtabs(4), "\t".expandtabs(3) + "|", "ab\n\tc".expandtabs(4), "a\tb".expandtabs(0), "a\tb".expandtabs(1), "abcd\te".expandtabs(4), "a\r\tb".expandtabs(2), "x\t".expandtabs(tabsize=2) + "|")
print([" ab ".strip(), " ab ".lstrip(), " ab ".rstrip(), "xxabxx".strip("x"), "xyabyx".strip("xy"), "abc".strip("abc"), "\t\n ab\x0b\x0c\r".strip(), "\u2003ab\xa0".strip(), "ab".strip(""), "mississippi".strip("ipm"), "  ".strip(), "\x1c\x1dab\x1f".strip(), "\u0416ab\u0416".strip("\u0416"), "aXb".rstrip(None)])
for bad in (lambda: "a".center(), lambda: "a".center("x"), lambda: "a".center(5, "ab"), lambda: "a".center(5, 1), lambda: "a".strip(1), lambda: "a".zfill("x"), lambda: "a".ljust(10**30), lambda: "a".expandtabs("x"), lambda: "a".upper(1), lambda: "x" * 10**19):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
t = str.maketrans("abc", "xyz", "d")
print(t, "aabbccdd".translate(t), "abc".translate({97: "AA", 98: None, 99: 0x416}) == "AA\u0416", "abc".translate(str.maketrans({"a": "1", "b": ""})), "xyz".translate({}), "hi".translate({104: 105}))
for bad in (lambda: str.maketrans("ab", "c"), lambda: str.maketrans(1), lambda: str.maketrans({"ab": 1}), lambda: str.maketrans("a", 1), lambda: "a".translate({97: 1.5}), lambda: "a".translate({97: 0x110000}), lambda: str.maketrans("a")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(sorted(["b", "A", "a", "B", "_", "1", "\xe9", "Z"]), sorted(["banana", "Apple", "cherry"], key=str.lower), sorted("hello"), max("abcz"), min("hello world"))
print("abc" < "abd", "abc" < "ab", "Z" < "a", "" < "a", "a" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "a" + "b" "c", "10" < "9", "\xff" < "\u0100", "\uffff" < "\U00010000")
print("abcdef"[::2], "abcdef"[::-1], "abcdef"[-2:], "abcdef"[1:-1], "abcdef"[10:], "abcdef"[-100:2], "abcdef"[4:1:-1], "abcdef"[5::-2], "abc"[0], "abc"[-1], "\u0416bc"[0] == "\u0416", len("\U0001f600\u0416a"))
for bad in (lambda: "abc"[5], lambda: "abc".__getitem__("a"), lambda: "abc".__getitem__(1.0), lambda: "abc"[::0], lambda: "abc" + 1, lambda: 1 + "abc", lambda: "a" * "b", lambda: "a" * 1.5, lambda: "a" < 1, lambda: "a" - "b", lambda: -"a", lambda: "a".nothing, lambda: "abc".__getitem__(7)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
