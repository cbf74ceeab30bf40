"""A tour of Python's memory: counts, addresses, cycles, pools, weak references, growth. Run it with `npm start`."""
import gc
import sys
import weakref


def heading(text):
    print(f"\n{text}\n{'-' * len(text)}")


heading("1. Every object counts its references")
data = ["a", "list"]
print("one name:             ", sys.getrefcount(data) - 1)
again = data
holder = {"key": data}
print("and a name and a dict:", sys.getrefcount(data) - 1)
del again, holder
print("after del:            ", sys.getrefcount(data) - 1)

heading("2. What is freed is used again at once")


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


p = Point(1, 2)
where = id(p)
del p
q = Point(3, 4)
print("the next Point has the same address:", id(q) == where)

heading("3. Sizes are CPython's, to the byte")
for value in (0, 2**30, 1.5, "", "text", (), [], [1, 2, 3], {}, set(), q):
    print(f"{sys.getsizeof(value):5} bytes  {type(value).__name__:6} {value if type(value) is not Point else 'Point(3, 4)'}")
growth, items, last = [], [], 0
for i in range(64):
    items.append(i)
    if sys.getsizeof(items) != last:
        last = sys.getsizeof(items)
        growth.append(f"{i + 1}:{last}")
print("a list grows at length:bytes", *growth)

heading("4. A cycle outlives its names; the collector finds it")


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        print("   ", self.name, "goes")


gc.collect()
gc.disable()
a, b = Node("a"), Node("b")
a.other, b.other = b, a
ref = weakref.ref(a)
del a, b
print("names gone, alive:   ", ref() is not None)
print("gc.collect() found:  ", gc.collect())
print("after the collection:", ref())
gc.enable()

heading("5. Weak references say when something dies")
log = []
thing = Node("thing")
watch = weakref.ref(thing, lambda r: log.append("the callback ran"))
del thing
print(log, watch())

heading("6. Blocks come from pools, one size class each")
before = sys.getallocatedblocks()
points = [Point(i, -i) for i in range(10_000)]
print("10,000 points took", sys.getallocatedblocks() - before, "blocks")
del points
print("after del, left:  ", sys.getallocatedblocks() - before)

heading("7. Out of memory is an exception like any other")
try:
    huge = bytearray(2**40)
except MemoryError:
    print("MemoryError caught, and the program goes on")

heading("8. A program of some size")


def primes(n):
    sieve = bytearray([1]) * (n + 1)
    for i in range(2, int(n**0.5) + 1):
        if sieve[i]:
            sieve[i * i :: i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i in range(2, n + 1) if sieve[i]]


class Tree:
    def __init__(self, key):
        self.key, self.left, self.right = key, None, None

    def insert(self, key):
        node = self
        while True:
            side = "left" if key < node.key else "right"
            child = getattr(node, side)
            if child is None:
                setattr(node, side, Tree(key))
                return
            node = child

    def depth(self):
        return 1 + max((t.depth() for t in (self.left, self.right) if t), default=0)


found = primes(50_000)
tree = Tree(found[len(found) // 2])
seed = 42
for _ in range(len(found)):
    seed = (seed * 1103515245 + 12345) % 2**31
    tree.insert(found[seed % len(found)])
words = {}
for n in found:
    words.setdefault(n % 97, []).append(str(n))
print(len(found), "primes; a tree", tree.depth(), "deep;", len(words), "lists in a dict")
