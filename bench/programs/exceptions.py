# Raising and catching: in the same function, through three frames, with finally, own classes.
import sys
import time


class Own(Exception):
    def __init__(self, n):
        super().__init__(n)
        self.n = n


def thrower(n):
    if n % 3 == 0:
        raise ValueError(n)
    if n % 3 == 1:
        raise Own(n)
    return n


def middle(n):
    try:
        return thrower(n)
    finally:
        middle.calls += 1


def outer(n):
    return middle(n) + 1


def work(n):
    middle.calls = 0
    total = 0
    for i in range(n):
        try:
            total += outer(i)
        except ValueError as e:
            total += e.args[0] & 7
        except Own as e:
            total += e.n & 15
        try:
            [][i]
        except IndexError:
            total += 1
        try:
            total += {"a": 1}["b"]
        except (KeyError, TypeError):
            pass
    return total, middle.calls


work(1000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(450000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
