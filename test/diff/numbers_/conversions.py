# Numbers in text: int() of many texts, bases, bytes, formatting with separators, parsing back; units, time, money.
def duration(seconds):
    parts = []
    for name, size in (("week", 604800), ("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {name}{'s' * (count != 1)}")
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1] if parts else "now"


def human(n):
    for unit in ("B", "KiB", "MiB", "GiB", "TiB"):
        if abs(n) < 1024 or unit == "TiB":
            return f"{n:.1f} {unit}" if unit != "B" else f"{n} B"
        n /= 1024


def parse_size(text):
    import re
    m = re.fullmatch(r"\s*([\d.]+)\s*([kmgt]?)i?b?\s*", text, re.I)
    if not m:
        raise ValueError(f"not a size: {text!r}")
    return int(float(m[1]) * 1024 ** " kmgt".index(m[2].lower() or " "))


def ordinal(n):
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


print([duration(s) for s in (0, 1, 61, 3600, 90061, 10**6)])
print([human(n) for n in (0, 1023, 1024, 1536, 10**6, 5 * 1024**3, 10**15, -2048)])
print([parse_size(s) for s in ("512", "1k", "1.5 MiB", "2GB", " 3 t ")])
for bad in ("x", "1.2.3k", "", "5 zb"):
    try:
        print(parse_size(bad))
    except ValueError as e:
        print(e)
print([ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 112, 1003)])
for n in (0, 7, 255, -255, 65535, 10**9):
    print(f"{n:d} {n:x} {n:X} {n:o} {n:b} {n:#x} {n:#o} {n:#b} {n:,} {n:_} {n:+} {n:08d} {n:>12} {n:<12}| {n:^12}| {n:e} {n:%}")
for v in ("12", "0b101", "0o17", "0xff", "-0x1F", "1_000", " 42\n", "٣٤", "1e3", "", "0x", "12abc"):
    row = []
    for base in (0, 2, 8, 10, 16, 36):
        try:
            row.append(int(v, base))
        except ValueError:
            row.append(None)
    print(repr(v), row)
for n in (0, 1, 255, 256, -1, 2**31 - 1, -(2**31)):
    b = n.to_bytes(5, "big", signed=True)
    print(n, b.hex(), n.to_bytes(5, "little", signed=True).hex(), int.from_bytes(b, "big", signed=True) == n, int.from_bytes(b, "big"))
print([f"{x:.2f}" for x in (0.005, 0.015, 0.025, 1.005, 2.675, 1e10)], [f"{c // 100}.{c % 100:02d}" for c in (5, 150, 12345)], f"{1234567.891:,.2f}".replace(",", " ").replace(".", ","), "{:>10,}".format(-1234567), "%05d %-6d| %+d" % (42, 42, 42))
celsius = [-40, 0, 36.6, 100]
print([f"{c}C = {c * 9 / 5 + 32:g}F" for c in celsius], [round((f - 32) * 5 / 9, 2) for f in (-40, 32, 98.6, 212)])


def gray(n):
    return n ^ n >> 1


def to_base64(n):
    import string
    digits = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    out = ""
    while True:
        n, r = divmod(n, 64)
        out = digits[r] + out
        if not n:
            return out


print([f"{gray(i):04b}" for i in range(10)], to_base64(10**15), [bin(n).count("1") for n in (7, 255, 1023, 10**6)], [n & -n for n in (12, 40, 7)], [(n & (n - 1)) == 0 for n in (1, 2, 3, 64)], int("".join(reversed(bin(1234)[2:])), 2), [chr(65 + n) for n in range(5)], [ord(c) - 96 for c in "abc"], f"{ord('€'):#06x}", "\N{EURO SIGN}".encode().hex(" "))
h, s, v = 210 / 360, 0.5, 0.8
import colorsys
print([round(c * 255) for c in colorsys.hsv_to_rgb(h, s, v)], "#%02x%02x%02x" % tuple(round(c * 255) for c in colorsys.hsv_to_rgb(h, s, v)), [int("ff8800"[i:i + 2], 16) for i in (0, 2, 4)])
