# Method calls: plain, inherited, through super, static, class, property.
import sys
import time


class Base:
    def __init__(self, n):
        self.n = n

    def step(self, k):
        self.n = (self.n + k) & 0xFFFF
        return self.n

    def twice(self, k):
        return self.step(k) + self.step(k + 1)

    @property
    def value(self):
        return self.n

    @staticmethod
    def mix(a, b):
        return a ^ b

    @classmethod
    def size(cls):
        return 4


class Derived(Base):
    def step(self, k):
        return super().step(k) + 1


def work(n):
    b, d = Base(1), Derived(2)
    total = 0
    for i in range(n):
        total += b.twice(i) + d.twice(i)
        total ^= b.mix(b.value, d.value) + d.size()
    return total


work(3000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(300000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
