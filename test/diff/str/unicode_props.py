# Unicode: normalisation, categories, names, case of special characters, identifiers, widths, sorting, combining.
import unicodedata as u

chars = "aZ5 \t\n_-$€é\xdfÅ\u0130\u0131ſĀβΣςЖאا中あ가😀\u200b\u00a0\u2028²½Ⅷ٣\u0301\ufb01\u1e9e\x00\x7f\u00ad\ud7a3\U0001d400"
for ch in chars:
    print(ascii(ch), u.category(ch), u.bidirectional(ch), u.combining(ch), u.east_asian_width(ch), u.mirrored(ch), u.name(ch, "none"), u.decimal(ch, None), u.digit(ch, None), u.numeric(ch, None), ascii(u.decomposition(ch)), ascii(ch.upper()), ascii(ch.lower()), ascii(ch.casefold()), ascii(ch.title()), int(ch.isalpha()), int(ch.isnumeric()), int(ch.isprintable()), int(ch.isidentifier()), int(ch.isspace()))
for text in ("é", "e\u0301", "ﬁ", "①", "Å", "가", "ｱ", "\u1e9b\u0323", "x²"):
    print(ascii(text), [ascii(u.normalize(f, text)) for f in ("NFC", "NFD", "NFKC", "NFKD")], [u.is_normalized(f, text) for f in ("NFC", "NFD")])
print(u.lookup("GREEK SMALL LETTER ALPHA") == "α", u.lookup("SNOWMAN"), "\N{SNOWMAN}", u.unidata_version)
for bad in (lambda: u.lookup("NO SUCH"), lambda: u.name("\x00"), lambda: u.decimal("x"), lambda: u.category("ab"), lambda: u.normalize("XXX", "a"), lambda: u.category(5), lambda: u.numeric("a")):
    try:
        print(bad())
    except (KeyError, ValueError, TypeError) as e:
        print(type(e).__name__, e)


def plain(text):
    return "".join(c for c in u.normalize("NFD", text) if not u.combining(c))


print(plain("Crème brûlée à la façon d'Ångström"), sorted(["zebra", "Äpfel", "apfel", "Zoo", "éclair", "eclair"], key=lambda s: (plain(s).casefold(), s)), [len(s) for s in ("é", "e\u0301", "😀", "👨\u200d👩\u200d👧")], "straße".upper(), "STRASSE".casefold() == "straße".casefold(), "ΌΣΟΣ".lower(), "İ".lower().encode(), "ǆ".title().encode(), "ŉ".upper().encode(), "ﬃ".upper())
print([s.isidentifier() for s in ("abc", "été", "变量", "1a", "a-b", "ªb", "℘", "·a", "a·")], "\u0661\u0662".isdecimal(), int("\u0661\u0662"), "½".isnumeric(), "²".isdigit(), float("\u0661.\u0665"), "Ⅷ".isnumeric(), "一".isnumeric(), u.numeric("一"), u.numeric("½"))
print("a\u0301b"[::-1].encode(), "é" == "e\u0301", u.normalize("NFC", "e\u0301") == "é", "😀é".encode("utf-8"), "😀é".encode("utf-16-le"), [hex(ord(c)) for c in "😀é"], "\U0001F600" == "😀", "ÀÉ".swapcase(), "ǅ".lower().encode(), "x\u200by".split(), "a\u00a0b\u2003c\u3000d".split(), "a\u2028b\x85c\x1dd".splitlines(), "Hello WORLD ǆ".title().encode())
table = {ord("ä"): "ae", ord("ö"): "oe", ord("ß"): "ss", 0x1F600: None}
print("Käse größer 😀!".translate(table), "ÄÖ".lower().translate(table), ascii("naïve café"), "naïve".encode("ascii", "ignore"), "naïve".encode("ascii", "xmlcharrefreplace"), "naïve".encode("latin-1"), b"na\xefve".decode("latin-1"), "naïve".encode("cp1252"), "€".encode("cp1252"), "日本".encode("utf-8").hex())
