# Words of a text: split, strip, count in dicts, group, sort by frequency.
import sys
import time


def make_text(n):
    stems = ["heap", "pool", "arena", "block", "count", "cycle", "frame", "stack", "list", "dict", "set", "tuple", "the", "a", "of", "and"]
    words = []
    x = 7
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        word = stems[(x >> 8) % 16]
        if x & 64:
            word = word.capitalize()
        if x & 128:
            word += str(x % 50)
        words.append(word + ("." if i % 12 == 11 else "," if i % 5 == 4 else ""))
    return " ".join(words)


def work(n):
    text = make_text(n)
    counts = {}
    groups = {}
    for raw in text.split():
        word = raw.strip(".,").lower()
        counts[word] = counts.get(word, 0) + 1
        groups.setdefault(word[0], set()).add(word)
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:5]
    letters = {}
    for ch in text:
        if ch.isalpha():
            letters[ch] = letters.get(ch, 0) + 1
    sentences = [s.split() for s in text.split(".")]
    return best, len(counts), sum(map(len, groups.values())), max(letters, key=letters.get), max(map(len, sentences))


work(500)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(220000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
