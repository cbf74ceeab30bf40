# Statistics of a text: words, sentences, readability, n-grams, an index, a histogram, Caesar and Vigenere ciphers.
import re
import string
from collections import Counter, defaultdict

TEXT = """It was the best of times, it was the worst of times. It was the age of wisdom;
it was the age of foolishness! Was it the epoch of belief? It was the epoch of incredulity,
it was the season of light -- it was the season of darkness. "We had everything before us,"
they said; "we had nothing before us." Dr. Smith's 2 dogs ran 3.5 miles in 10 minutes."""


def words(text):
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


def sentences(text):
    parts = re.split(r"(?<=[.!?])\s+(?=[A-Z\"])", text.replace("\n", " "))
    return [p.strip() for p in parts if p.strip()]


def syllables(word):
    groups = re.findall(r"[aeiouy]+", word)
    return max(1, len(groups) - (word.endswith("e") and not word.endswith("le") and len(groups) > 1))


def ngrams(seq, n):
    return zip(*(seq[i:] for i in range(n)))


w = words(TEXT)
s = sentences(TEXT)
print(len(TEXT), len(w), len(set(w)), len(s), TEXT.count("\n") + 1)
for sentence in s:
    print(len(words(sentence)), sentence[:40])
counts = Counter(w)
print(counts.most_common(6), sum(1 for c in counts.values() if c == 1))
print(Counter(map(len, w)).most_common(3), f"{sum(map(len, w)) / len(w):.3f}", max(w, key=len), sorted(set(x for x in w if len(x) > 8)))
syll = sum(map(syllables, w))
print(syll, f"{206.835 - 1.015 * len(w) / len(s) - 84.6 * syll / len(w):.2f}")
for n in (2, 3):
    print([(" ".join(g), c) for g, c in Counter(ngrams(w, n)).most_common(3)])
letters = Counter(ch for ch in TEXT.lower() if ch in string.ascii_lowercase)
for ch, n in letters.most_common(5):
    print(ch, n, "#" * (n // 2), f"{n / letters.total():.1%}")
print("missing:", "".join(sorted(set(string.ascii_lowercase) - set(letters))), "vowels:", sum(letters[v] for v in "aeiou"))
index = defaultdict(list)
for number, line in enumerate(TEXT.splitlines(), 1):
    for word in dict.fromkeys(words(line)):
        index[word].append(number)
for word in ("it", "age", "we", "dogs"):
    print(f"{word:<6}{index[word]}")
print(re.findall(r"\d+(?:\.\d+)?", TEXT), [float(x) for x in re.findall(r"\d+\.\d+", TEXT)], re.sub(r"\b(\w)(\w*)\b", lambda m: m[1].upper() + m[2], "title this text"), TEXT.title()[:30], TEXT.swapcase()[:20])


def caesar(text, shift):
    low, up = string.ascii_lowercase, string.ascii_uppercase
    return text.translate(str.maketrans(low + up, low[shift:] + low[:shift] + up[shift:] + up[:shift]))


def vigenere(text, key, sign=1):
    out, i = [], 0
    for ch in text:
        if ch.isalpha():
            base = ord("A" if ch.isupper() else "a")
            out.append(chr((ord(ch) - base + sign * (ord(key[i % len(key)]) - 97)) % 26 + base))
            i += 1
        else:
            out.append(ch)
    return "".join(out)


first = s[0]
secret = caesar(first, 3)
hidden = vigenere(first, "lemon")
print(secret, caesar(secret, 23) == first, hidden, vigenere(hidden, "lemon", -1) == first, sep="\n")
guess = (ord(Counter(c for c in secret.lower() if c.isalpha()).most_common(1)[0][0]) - ord("e")) % 26
print("guessed shift", guess)


def wrap(text, width):
    line, lines = "", []
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line]


def justify(line, width):
    parts = line.split()
    if len(parts) == 1:
        return line
    gaps, spaces = len(parts) - 1, width - sum(map(len, parts))
    return "".join(p + " " * (spaces // gaps + (i < spaces % gaps)) for i, p in enumerate(parts[:-1])) + parts[-1]


lines = wrap(TEXT, 40)
print("\n".join([justify(l, 40) for l in lines[:-1]] + lines[-1:]))
runs = re.sub(r"(.)\1+", lambda m: f"{m[1]}{len(m[0])}", "aaabccdddd")
print(runs, re.sub(r"(\D)(\d*)", lambda m: m[1] * int(m[2] or 1), runs), "".join(sorted("anagram")) == "".join(sorted("nagaram")), [p for p in w if p == p[::-1] and len(p) > 1], " ".join(reversed(first.split()))[:30])
