# Trees of tuples and of instances: built, walked and dropped.
import sys
import time


class Tree:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


def make(depth):
    return Tree(make(depth - 1), make(depth - 1)) if depth else Tree(None, None)


def check(tree):
    return 1 + check(tree.left) + check(tree.right) if tree.left is not None else 1


def pairs(depth):
    return (pairs(depth - 1), pairs(depth - 1)) if depth else ()


def count(pair):
    return 1 + sum(map(count, pair))


def work(depth):
    total = check(make(depth))
    for d in range(4, depth, 2):
        for _ in range(1 << (depth - d - 1)):
            total += check(make(d))
    return total, count(pairs(depth - 2))


work(6)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(17)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
