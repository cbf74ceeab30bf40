# f-strings, % and str.format with numbers, strings and format specifications.
import sys
import time


def work(n):
    total = 0
    for i in range(n):
        a = f"{i}:{i * 2:>8}|{i / 3:.3f}|{'x' * (i % 5)!r:<10}"
        b = "%d-%s-%05.1f-%x" % (i, a[:4], i * 0.5, i)
        c = "{0:,} {1:^12} {name}".format(i * 1000, b[:8], name=i)
        total += len(a) + len(b) + len(c) + len(str(i)) + len(repr(i * 0.1))
    return total


work(300)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(190000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
