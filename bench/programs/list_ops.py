# Lists: append, index, slice, pop, insert, extend, reverse, membership.
import sys
import time


def work(n):
    total = 0
    for r in range(n):
        items = []
        for i in range(100):
            items.append(i ^ r)
        items.extend(items[10:30])
        items[5:10] = [1, 2, 3]
        items.insert(3, r)
        items.reverse()
        for i in range(len(items)):
            total += items[i]
            items[i] = total & 7
        while len(items) > 50:
            total += items.pop()
        total += 5 in items
        total += items.count(3)
        del items[::2]
        total += len(items + items) + len(items * 2)
    return total


work(50)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(28000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
