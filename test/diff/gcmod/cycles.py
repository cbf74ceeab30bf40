# Cycles of every kind are found, and what merely looks like one is not.
import functools
import gc
import weakref

gc.disable()
gc.collect()
freed = []


class N:
    def __init__(self, name):
        self.name = name
        weakref.finalize(self, freed.append, name).atexit = False


def check(label):
    early = sorted(freed)
    freed.clear()
    n = gc.collect()
    print(label, "| freed at once", early, "| by the collector", sorted(freed), n)
    freed.clear()


N("alone")
check("no cycle")
a = N("self")
a.a = a
del a
check("self")
a, b = N("a"), N("b")
a.o, b.o = b, a
del a, b
check("pair")
ring = [N("r%d" % i) for i in range(5)]
for x, y in zip(ring, ring[1:] + ring[:1]):
    x.next = y
del ring, x, y
check("ring")
n = N("list")
n.l = [n]
del n
check("through a list")
n = N("dict")
n.d = {"k": {"k2": n}}
del n
check("through dicts")
n = N("tuple")
n.t = ((n,),)
del n
check("through tuples")
n = N("set")
n.s = {n}
del n
check("through a set")
n = N("bound method")
n.m = n.__init__
del n
check("bound method")
n = N("lambda")
n.f = lambda n=n: n
del n
check("default")


def closing():
    n = N("closure")
    n.f = lambda: n


closing()
check("closure")


def generating():
    n = N("generator")

    def g():
        n.g
        yield n

    n.g = g()
    next(n.g)


generating()
check("generator")
n = N("iterator")
n.i = iter([n])
del n
check("iterator")
n = N("property")
n.p = property(lambda s: n)
del n
check("property with a global")


def handler():
    n = N("exception")
    try:
        raise ValueError
    except ValueError as e:
        n.e = e


handler()
check("exception, frame, local")
a = N("tail")
b = N("head")
b.b = b
b.tail = a
del a, b
check("cycle with a tail")
a, b = N("kept"), N("loop")
b.b = b
b.kept = a
del b
check("cycle holding something kept")
del a
check("then that")
n = N("partial")
n.p = functools.partial(print, n)
del n
check("partial")
class K:
    x = N("class attribute")
K.me = K
del K
check("class")
n = N("map")
n.m = map(lambda q: q, [n])
n.z = zip([n])
n.e = enumerate([n])
n.r = reversed([n])
n.c = {"x": n}.values()
del n
check("many iterators")
