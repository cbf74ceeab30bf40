# Objects in cycles that only the collector frees.
import sys
import time


class Node:
    def __init__(self, n):
        self.n = n
        self.me = self
        self.items = []


def work(n):
    total = 0
    for i in range(n):
        a, b = Node(i), Node(i + 1)
        a.other, b.other = b, a
        a.items.append(b)
        l = [a, b]
        l.append(l)
        total += l[0].other.n
    return total


work(5000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(420000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
