# Loops over itertools: chain, islice, zip, product, combinations, permutations, accumulate, groupby, map, filter.
import itertools
import sys
import time


def work(n):
    total = 0
    data = list(range(60))
    for r in range(n):
        for x in itertools.chain(data, data):
            total += x
        for x in itertools.islice(itertools.count(r), 50):
            total += x & 3
        for a, b in zip(data, itertools.repeat(r)):
            total += a
        for a, b in itertools.product(range(8), range(8)):
            total += a * b
        for a, b, c in itertools.combinations(range(9), 3):
            total += a + b + c
        for p in itertools.permutations((1, 2, 3, 4)):
            total += p[0]
        total += sum(itertools.accumulate(data))
        for key, group in itertools.groupby(data, lambda x: x // 10):
            total += key + len(list(group))
        total += sum(map(lambda x, y: x + y, data, data))
        total += len(list(filter(lambda x: x & 1, data)))
        for x in itertools.takewhile(lambda x: x < 40, data):
            total += x
        for x in itertools.dropwhile(lambda x: x < 40, data):
            total += x
        for a, b in itertools.zip_longest(data, data[:40], fillvalue=0):
            total += b
        total += sum(itertools.starmap(pow, zip(data, itertools.repeat(2))))
        for i, x in enumerate(itertools.compress(data, itertools.cycle((1, 0, 1)))):
            total += i
        for a, b in itertools.pairwise(data):
            total += b - a
    return total


work(50)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(7000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
