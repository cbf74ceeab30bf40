# Numbers in words and back: Roman numerals, English words, bases, Luhn, ISBN, primes, perfect numbers.
ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def to_roman(n):
    if not 0 < n < 4000:
        raise ValueError(f"{n} is out of range")
    out = ""
    for value, sign in ROMAN:
        count, n = divmod(n, value)
        out += sign * count
    return out


def from_roman(text):
    values = {s: v for v, s in ROMAN if len(s) == 1}
    total = 0
    for a, b in zip(text, text[1:] + "I"):
        total += -values[a] if values[a] < values[b] else values[a]
    if to_roman(total) != text:
        raise ValueError(f"{text} is not well formed")
    return total


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def words(n):
    if n < 0:
        return "minus " + words(-n)
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ("-" + ONES[n % 10] if n % 10 else "")
    if n < 1000:
        return ONES[n // 100] + " hundred" + (" and " + words(n % 100) if n % 100 else "")
    for power, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if n >= power:
            rest = n % power
            return words(n // power) + " " + name + (("" if rest >= 100 else " and") + " " + words(rest) if rest else "")


def base(n, b, digits="0123456789abcdefghijklmnopqrstuvwxyz"):
    return "-" * (n < 0) + base(abs(n), b) if n < 0 else digits[n] if n < b else base(n // b, b) + digits[n % b]


def luhn(text):
    digits = [int(c) for c in reversed(text) if c.isdigit()]
    return (sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])) % 10 == 0


def isbn10(text):
    chars = text.replace("-", "")
    return len(chars) == 10 and sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(chars)) % 11 == 0


print([to_roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)], [from_roman(r) for r in ("MMXXIV", "XLII", "CDXLIV")], all(from_roman(to_roman(n)) == n for n in range(1, 4000)))
for bad in (0, 4000, -1):
    try:
        to_roman(bad)
    except ValueError as e:
        print(e)
for bad in ("IIII", "IC", "XQ", "VX"):
    try:
        from_roman(bad)
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)
for n in (0, 13, 42, 100, 115, 999, 1000, 1001, 21345, 10**6, 1234567890, -7):
    print(n, words(n))
print(base(255, 16), base(255, 2), base(10**12, 36), base(-10, 3), int(base(10**20, 7), 7) == 10**20, len("".join(words(i) for i in range(1, 101)).replace(" ", "").replace("-", "")))
print(luhn("4539 1488 0343 6467"), luhn("8273 1232 7352 0569"), isbn10("3-598-21508-8"), isbn10("3-598-21507-X"), isbn10("3-598-21508-9"))
print([n for n in range(2, 1000) if sum(d for d in range(1, n) if n % d == 0) == n], [n for n in range(100, 1000) if sum(int(c) ** 3 for c in str(n)) == n], [n for n in range(1, 200) if str(n * n).endswith(str(n))])
