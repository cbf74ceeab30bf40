# Strings: concatenation, join, slices, find, replace, split, case, compare.
import sys
import time


def work(n):
    total = 0
    for r in range(n):
        s = ""
        for i in range(50):
            s += chr(97 + (i * r) % 26)
        parts = [s[i : i + 5] for i in range(0, 50, 5)]
        text = " ".join(parts)
        total += len(text.split()) + text.find("ab") + text.count("a")
        up = text.upper().replace("A", "bb").strip().lower()
        total += len(up) + up.startswith("a") + (up > text)
        for ch in text:
            if ch in "aeiou":
                total += ord(ch)
        total += hash(up) != 0
    return total


work(100)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(55000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
