# Finalizers and callbacks that change things while a collection runs.
import gc
import weakref

gc.disable()
gc.collect()


class Base:
    def __init__(self, name):
        self.name, self.me = name, self


class Creates(Base):
    def __del__(self):
        Base("created in del of " + self.name)
        self.extra = [self]


class Collects(Base):
    def __del__(self):
        print("nested collect", gc.collect())


class Breaks(Base):
    def __del__(self):
        self.me = None
        print("broke", self.name)


class Links(Base):
    def __del__(self):
        alive.append(self.name)
        self.link = alive


class Toggles(Base):
    def __del__(self):
        gc.set_threshold(5)
        gc.enable()
        junk = [[i] for i in range(50)]
        gc.disable()
        print("toggled", len(junk))


class Swaps(Base):
    def __del__(self):
        self.__class__ = Base
        self.__dict__ = {"name": "swapped", "me": self}


class Raises(Base):
    def __del__(self):
        raise ValueError(self.name)


import sys
sys.unraisablehook = lambda u: print("unraisable", u.exc_value)
alive = []
for cls in (Creates, Collects, Breaks, Links, Toggles, Swaps, Raises):
    cls("one")
    x, y = cls("two"), cls("three")
    x.o, y.o = y, x
    del x, y
    first = gc.collect()
    second = gc.collect()
    print(cls.__name__, first, second, gc.collect())
print(alive)
gc.set_threshold(2000)


class Watch:
    def __init__(self, target):
        self.ref = weakref.ref(target, self.gone)
        self.log = []

    def gone(self, ref):
        self.log.append(gc.collect())
        self.log.append(len([[] for _ in range(10)]))


b = Base("watched")
w = Watch(b)
del b
print(gc.collect(), w.log)
saved = []


class Saves(Base):
    def __del__(self):
        saved.append(self.other)


p, q = Saves("p"), Base("q")
p.other, q.other = q, p
del p, q
print("part saved", gc.collect(), [s.name for s in saved], saved[0].other.name)
saved.clear()
print("then", gc.collect(), saved)
lists = [[] for _ in range(5)]
for a, b in zip(lists, lists[1:] + lists[:1]):
    a.append(b)
r = Base("ring")
lists[0].append(r)
r.lists = lists[0]
del lists, a, b, r
print("ring of lists with an instance", gc.collect())
d = {}
d["k"] = Creates("in a dict")
d["k"].d = d
del d
print(gc.collect() >= 2, gc.collect(), gc.collect())
print(gc.garbage)
