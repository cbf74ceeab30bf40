# Edit distances by dynamic programming, on strings.
import sys
import time


def distance(a, b):
    previous = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        current = [i]
        for j, cb in enumerate(b, 1):
            cost = 0 if ca == cb else 1
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost))
        previous = current
    return previous[-1]


def work(n):
    words = ["kitten", "sitting", "saturday", "sunday", "rosettacode", "raisethysword", "generation", "reference", "allocation"]
    total = 0
    for _ in range(n):
        for a in words:
            for b in words:
                total += distance(a, b)
    return total


work(1)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(400)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
