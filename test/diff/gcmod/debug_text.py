# The text of DEBUG_COLLECTABLE on stderr: each object found, by type and address.
import gc
import sys

gc.disable()
gc.collect()


class Node:
    def __init__(self):
        self.me = self


Node()
l = []
l.append(l)
d = {}
d["d"] = d
del l, d
gc.set_debug(gc.DEBUG_COLLECTABLE)
print(gc.collect(), flush=True)


def cell():
    x = lambda: x


cell()
print(gc.collect(), flush=True)
t = ([],)
t[0].append(t)
del t
s = {1}
f = frozenset([1])
print(gc.collect(), flush=True)
gc.set_debug(0)
Node()
print(gc.collect())
