# Reading and writing instance attributes, slots and class attributes.
import sys
import time


class Plain:
    scale = 3

    def __init__(self):
        self.a = 0
        self.b = 1
        self.c = 2


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 0
        self.b = 5


def work(n):
    p = Plain()
    s = Slotted()
    for i in range(n):
        p.a = p.b + i
        p.b = p.c
        p.c = p.a & 255
        s.a = s.b ^ p.c
        s.b = s.a + p.scale & 1023
    return p.a, p.b, p.c, s.a, s.b


work(10000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(3000000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
