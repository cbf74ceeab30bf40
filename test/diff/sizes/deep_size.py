# The memory of whole structures: a recursive sum of getsizeof over gc.get_referents.
import gc
import sys


def total(obj):
    seen, todo, size, count = set(), [obj], 0, 0
    while todo:
        o = todo.pop()
        if id(o) in seen or isinstance(o, (type, type(sys), type(total))):
            continue
        seen.add(id(o))
        size += sys.getsizeof(o)
        count += 1
        todo.extend(gc.get_referents(o))
    return size, count


class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next


class Slim:
    __slots__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value, self.next = value, next


def chain(cls, n):
    head = None
    for i in range(n):
        head = cls(i + 1000, head)
    return head


def tree(depth):
    return {"left": tree(depth - 1), "right": tree(depth - 1), "depth": depth} if depth else None


for label, obj in [
    ("ints", list(range(1000, 1100))), ("small ints", list(range(100))), ("floats", [i / 3 for i in range(100)]), ("strings", [str(i) * 3 for i in range(100)]),
    ("tuples", [(i, i + 1) for i in range(1000, 1100)]), ("dicts", [{"a": i} for i in range(50)]), ("sets", [{i, -i} for i in range(50)]), ("tree", tree(5)),
    ("chain of instances", chain(Node, 50)), ("chain with slots", chain(Slim, 50)), ("matrix", [[0.5] * 10 for _ in range(10)]), ("shared rows", [[0.5] * 10] * 10),
    ("nested tuples", ((1, (2, (3, (4,)))),) * 3), ("bytes", [bytes(i) for i in range(20)]), ("mixed", {"k": [1, (2, "three"), {4.5, "six"}], "n": None}),
    ("frozensets", frozenset(frozenset([i]) for i in range(10))), ("words", "the cat sat on the mat the end".split()), ("big ints", [10**i for i in range(30)]),
    ("str keys", {str(i): i for i in range(100)}), ("int keys", {i: str(i) for i in range(100)}), ("bytearrays", [bytearray(b"x" * i) for i in range(10)]),
]:
    print(label, *total(obj))
a, b = total(chain(Node, 100)), total(chain(Slim, 100))
print("slots save", a[0] - b[0])
