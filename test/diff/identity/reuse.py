# Addresses come back: last freed, first reused, in each size class and free list.
import sys


def reuse(make):
    a = make()
    first = id(a)
    del a
    b = make()
    return id(b) == first


class P:
    def __init__(self):
        self.x = 1


class S:
    __slots__ = ("a", "b")


print("object", reuse(object))
print("float", reuse(lambda: float("1.5")))
print("complex", reuse(lambda: complex("1j")))
print("int", reuse(lambda: int("123456789")))
print("big int", reuse(lambda: int("9" * 40)))
print("str", reuse(lambda: "".join(["ab", "cd"])))
print("bytes", reuse(lambda: bytes([1, 2, 3])))
print("list", reuse(lambda: []), reuse(lambda: [1, 2, 3]))
print("tuple", reuse(lambda: tuple([1, 2])))
print("dict", reuse(lambda: {}), reuse(lambda: {"a": 1}))
print("set", reuse(set), reuse(lambda: {1, 2}), reuse(lambda: frozenset([1])))
print("instance", reuse(P), reuse(S))
print("function", reuse(lambda: (lambda: 1)))
print("range, slice", reuse(lambda: range(5)), reuse(lambda: slice(1, 2)))
print("method", reuse(lambda: P().__init__))
print("exception", reuse(lambda: ValueError("x")))
print("bytearray", reuse(lambda: bytearray(5)))


def lifo(make, n=5):
    things = [make() for _ in range(n)]
    ids = [id(t) for t in things]
    while things:
        things.pop()
    again = [make() for _ in range(n)]
    return [ids.index(id(t)) if id(t) in ids else None for t in again]


print("popped from the end", lifo(object), lifo(S))


def fifo(make, n=5):
    things = [make() for _ in range(n)]
    ids = [id(t) for t in things]
    while things:
        things.pop(0)
    again = [make() for _ in range(n)]
    return [ids.index(id(t)) if id(t) in ids else None for t in again]


print("popped from the front", fifo(object), fifo(S))
print("floats", lifo(lambda: float("2.5")), fifo(lambda: float("2.5")))
print("instances", lifo(P), fifo(P))
a, b, c = object(), object(), object()
ia, ib, ic = id(a), id(b), id(c)
del b
del a
d, e = object(), object()
print("two freed", id(d) == ia, id(e) == ib)
print("temporaries share", id(object()) == id(object()), id([]) == id([]), id(P()) == id(P()))
print("but not while alive", id(x := object()) == id(object()))
print("neighbours", all(id(q) % 16 == 0 for q in [object() for _ in range(20)]))
x = [object() for _ in range(100)]
steps = {abs(id(q) - id(p)) for p, q in zip(x, x[1:])}
print("usual distance between neighbours", 16 in steps)
