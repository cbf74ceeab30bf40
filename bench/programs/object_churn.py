# Many short-lived objects: instances, tuples, lists, dicts, floats.
import sys
import time


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)


class Cell:
    __slots__ = ("value", "next")

    def __init__(self, value, next):
        self.value = value
        self.next = next


def work(n):
    p = Point(0, 0)
    q = Point(1.5, 2)
    head = None
    total = 0
    for i in range(n):
        p = p + q
        head = Cell((i, p.x), head)
        if i % 100 == 99:
            while head is not None:
                total += head.value[0]
                head = head.next
        d = {"x": p.x, "y": [i, total]}
        total += len(d["y"])
    return total, p.x, p.y


work(1000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(700000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
