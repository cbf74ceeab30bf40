# Free lists: how many freed objects of one type are kept, seen through sys.getallocatedblocks.
import sys
import gc

gc.disable()


def kept(make, n):
    """The blocks that stay allocated after n objects were made and freed: those on a free list."""
    gc.collect()
    holder = [None] * n
    before = sys.getallocatedblocks()
    for i in range(n):
        holder[i] = make(i)
    peak = sys.getallocatedblocks() - before
    for i in range(n):
        holder[i] = None
    after = sys.getallocatedblocks() - before
    return peak, after


class Plain:
    pass


class Slotted:
    __slots__ = ("a",)


def closure(i):
    return lambda: i


kept(lambda i: Slotted(), 300)
for name, make in [
    ("float", lambda i: i + 0.5),
    ("int", lambda i: i + 1000),
    ("object", lambda i: object()),
    ("slotted", lambda i: Slotted()),
    ("plain", lambda i: Plain()),
    ("tuple of 2", lambda i: (i, i)),
    ("str", lambda i: "%d!" % i),
    ("set", lambda i: {i}),
    ("bytes", lambda i: b"x%d" % i),
    ("complex", lambda i: i + 1j),
    ("range", lambda i: range(i)),
]:
    kept(make, 300)
    print(name, kept(make, 300), kept(make, 100))

print("lists", kept(lambda i: [], 100)[1] <= 80)
print("tuples of each length", [kept(lambda i: (i,) * n, 50)[0] for n in range(1, 5)])
gc.collect()
a = [[] for _ in range(10)]
ids = [id(x) for x in a]
a.clear()
b = [[] for _ in range(10)]
print("lists come from the free list", [ids.index(id(x)) if id(x) in ids else None for x in b])
d = [{} for _ in range(10)]
ids = [id(x) for x in d]
d.clear()
e = [{} for _ in range(10)]
print("dicts too", [ids.index(id(x)) if id(x) in ids else None for x in e])
t = [(i, i + 1) for i in range(10)]
ids = [id(x) for x in t]
t.clear()
u = [(i + 5, i) for i in range(10)]
print("tuples", [ids.index(id(x)) if id(x) in ids else None for x in u])
f = [i / 7 for i in range(1, 11)]
ids = [id(x) for x in f]
f.clear()
g = [i / 9 for i in range(1, 11)]
print("floats", [ids.index(id(x)) if id(x) in ids else None for x in g])
