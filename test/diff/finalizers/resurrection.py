# __del__ that brings its object back; PEP 442: once for each object, cycles with finalizers are collected.
import gc

gc.disable()
saved = []


class R:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)
        saved.append(self)


r = R("one")
r.data = [1, 2]
del r
print("saved", saved[0].name, saved[0].data)
saved.clear()
print("second death is silent", saved)

a, b = R("a"), R("b")
a.other, b.other = b, a
del a, b
print("collect", gc.collect())
print("resurrected cycle", sorted(x.name for x in saved), saved[0].other.other is saved[0])
saved.clear()
print("collect again", gc.collect() > 0, saved)


class Once:
    count = 0

    def __del__(self):
        Once.count += 1
        if Once.count == 1:
            self.again = self


Once()
print("count", Once.count)
print("self cycle made in __del__", gc.collect() > 0, Once.count)


class Half:
    """One of a cycle resurrects: the whole cycle stays."""

    def __init__(self, name, save):
        self.name, self.save = name, save

    def __del__(self):
        print("del", self.name)
        if self.save:
            saved.append(self)


x, y, z = Half("x", False), Half("y", True), Half("z", False)
x.n, y.n, z.n = y, z, x
del x, y, z
gc.collect()
print("saved one keeps all", [s.name for s in saved], saved[0].n.name, saved[0].n.n.name, saved[0].n.n.n is saved[0])
saved.clear()
gc.collect()
print("gone silently", saved)


class Maker:
    def __init__(self, depth):
        self.depth = depth

    def __del__(self):
        if self.depth:
            Maker(self.depth - 1)
        print("made", self.depth)


Maker(3)


class Swap:
    def __del__(self):
        self.__class__ = Other


class Other:
    def __del__(self):
        print("never called for it")


Swap()
l = []


class InList:
    def __del__(self):
        l.append(self)


l.append(InList())
l.pop()
print(len(l), type(l[0]).__name__)
l.clear()
print(len(l))
g = R("garbage")
g.me = g
g.extra = R("inner")
del g
print("collected", gc.collect(), sorted(s.name for s in saved))
saved[:] = []
print(gc.collect() > 0, gc.garbage)
