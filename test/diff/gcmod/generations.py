# Objects move from generation to generation; collecting one generation looks only at it and younger ones.
import gc

gc.disable()
gc.collect()


def generation(obj):
    return [g for g in range(3) if any(o is obj for o in gc.get_objects(generation=g))]


a = [1]
print("new", generation(a))
gc.collect(0)
b = [2]
print("after one young collection", generation(a), generation(b))
gc.collect(0)
print("second young collection", generation(a), generation(b))
gc.collect(1)
c = [3]
print("after a middle collection", generation(a), generation(b), generation(c))
gc.collect(2)
print("after a full one", generation(a), generation(b), generation(c))


class Node:
    def __init__(self, name):
        self.name, self.me = name, self

    def __del__(self):
        print("  del", self.name)


Node("young")
print("young cycle, gen 0:", gc.collect(0))
n = Node("aged once")
gc.collect(0)
del n
print("gen 0:", gc.collect(0))
print("gen 1:", gc.collect(1))
n = Node("aged twice")
gc.collect(1)
del n
print("gen 0:", gc.collect(0), "gen 1:", gc.collect(1))
print("gen 2:", gc.collect(2))
old = Node("old")
gc.collect()
young = Node("held by old")
old.other = young
del young
print("young held by old survives", gc.collect(0), gc.collect(1))
del old
print("both", gc.collect())
x, y = Node("x"), Node("y")
x.o, y.o = y, x
gc.collect(0)
z = Node("z young, points to garbage")
z.x = x
del x, y, z
print("mixed, gen 0:", gc.collect(0))
print("gen 1:", gc.collect(1))
keep = [[] for _ in range(100)]
print("counts", gc.get_count()[0] >= 100, gc.get_count()[1:])
gc.collect(0)
print("counts", gc.get_count()[0] < 30, gc.get_count()[1:])
d = {}
d["list"] = []
t = ([],)
i = iter([])
f = lambda: d
print("generations of others", [generation(v) for v in (d, t, i, f, Node)])
gc.collect()
print([generation(v) for v in (d, t, i, f, Node)])
gc.freeze()
print("frozen", [generation(v) for v in (d, t, i, f)], len(gc.get_objects()) < 20)
d["self"] = d
del d
print("frozen garbage stays", gc.collect())
gc.unfreeze()
gc.collect()
print("freeze count", gc.get_freeze_count())
