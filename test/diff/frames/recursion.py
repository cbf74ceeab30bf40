# Recursion limit: RecursionError, its message, recovery, deep structures that must not crash.
import sys

print(sys.getrecursionlimit())


def forever(n):
    return forever(n + 1)


for _ in range(3):
    try:
        forever(0)
    except RecursionError as e:
        print(type(e).__name__, e)


def depth():
    try:
        return 1 + depth()
    except RecursionError:
        return 0


d = depth()
print(900 < d < 1000)
sys.setrecursionlimit(300)
d2 = depth()
print(200 < d2 < 300, sys.getrecursionlimit())
sys.setrecursionlimit(5000)
print(4900 < depth() < 5000)
sys.setrecursionlimit(1000)
for bad in (0, -5, "x", 10**20):
    try:
        sys.setrecursionlimit(bad)
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)


def low():
    try:
        sys.setrecursionlimit(1)
    except RecursionError as e:
        return str(e)


print(low())


class R:
    def __repr__(self):
        return repr(self)

    def __eq__(self, o):
        return self == o

    def __getattr__(self, n):
        return getattr(self, n + "x")

    def __hash__(self):
        return hash(self)

    def __len__(self):
        return len(self)

    def __add__(self, o):
        return self + o

    def __call__(self):
        return self()

    def __bool__(self):
        return bool(self)

    def __iter__(self):
        return iter(self)

    def __lt__(self, o):
        return self < o


r = R()
for f in (lambda: repr(r), lambda: r == 1, lambda: r.x, lambda: hash(r), lambda: len(r), lambda: r + 1, lambda: r(), lambda: bool(r), lambda: list(r), lambda: r < 1):
    try:
        f()
        print("no error")
    except RecursionError as e:
        print("RecursionError")
l = []
for _ in range(100000):
    l = [l]
try:
    repr(l)
except RecursionError as e:
    print(e)
try:
    l == [[[]]]
    print("compared")
    m = []
    for _ in range(100000):
        m = [m]
    l == m
except RecursionError as e:
    print(e)
del l, m
print("deep lists freed")


class Node:
    def __init__(self, n):
        self.next = n


n = None
for _ in range(200000):
    n = Node(n)
del n
print("deep chain freed")
t = ()
for _ in range(100000):
    t = (t,)
try:
    hash(t)
except RecursionError as e:
    print(e)
del t
d = {}
for _ in range(50000):
    d = {1: d}
del d
g = None


def nested_generators(n):
    if n:
        yield from nested_generators(n - 1)
    yield n


try:
    print(sum(nested_generators(500)), sum(1 for _ in nested_generators(2000)))
except RecursionError as e:
    print("generators:", e)
try:
    eval("(" * 150 + "1" + ")" * 150)
    print("fine")
except (RecursionError, SyntaxError, MemoryError) as e:
    print(type(e).__name__, e)
try:
    eval("(" * 1000 + ")" * 1000)
except (RecursionError, SyntaxError, MemoryError) as e:
    print(type(e).__name__, e)


def mutual_a(n):
    return mutual_b(n - 1) if n else "bottom"


def mutual_b(n):
    return mutual_a(n - 1) if n else "bottom"


print(mutual_a(900))
import functools
print(functools.reduce(lambda a, b: a + b, range(10000)))


@functools.lru_cache(None)
def cached(n):
    return n if n < 2 else cached(n - 1) + cached(n - 2)


print(cached(300))
try:
    sorted([3, 2, 1], key=forever)
except RecursionError as e:
    print("in key:", e)
print("alive")
