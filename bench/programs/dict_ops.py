# Dicts: insertion, lookup, missing keys, deletion, iteration, int and str keys.
import sys
import time


def work(n):
    total = 0
    names = ["key%d" % i for i in range(200)]
    for r in range(n):
        d = {}
        for i, name in enumerate(names):
            d[name] = i
            d[i] = name
        for name in names:
            total += d[name]
            if name in d:
                total += 1
        for i in range(0, 200, 3):
            del d[i]
        total += d.get("missing", 2) + d.setdefault("new", 5)
        for k, v in d.items():
            if v == 7:
                total += 1
        total += len(d.keys()) + sum(x for x in d.values() if type(x) is int)
    return total


work(20)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(4500)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
