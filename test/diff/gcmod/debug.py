# Debug flags: SAVEALL and garbage, COLLECTABLE's text on stderr, constants, get_stats.
import gc

gc.disable()
gc.collect()
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
print(gc.get_debug())
gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.get_debug() == gc.DEBUG_SAVEALL)


class Node:
    def __init__(self, n):
        self.n = n
        self.me = self


class WithDel(Node):
    def __del__(self):
        print("del", self.n)


Node(1)
Node(2)
WithDel(3)
print("collected", gc.collect())
print("garbage", sorted(type(o).__name__ for o in gc.garbage))
print(sorted(o.n for o in gc.garbage if isinstance(o, Node)))
gc.set_debug(0)
gc.garbage.clear()
print("again", gc.collect(), gc.garbage)

l = []
l.append(l)
gc.set_debug(gc.DEBUG_SAVEALL)
del l
gc.collect()
print([type(o).__name__ for o in gc.garbage], gc.garbage[0] is gc.garbage[0][0])
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect())

before = gc.get_stats()
print([sorted(s) for s in before])
Node(4)
Node(5)
gc.collect(1)
gc.collect(0)
gc.collect(0)
gc.collect()
after = gc.get_stats()
print([a["collections"] - b["collections"] for a, b in zip(after, before)])
print([a["collected"] - b["collected"] for a, b in zip(after, before)], [a["uncollectable"] for a in after])
try:
    gc.set_debug("x")
except TypeError as error:
    print(error)
try:
    gc.set_debug()
except TypeError as error:
    print(error)
