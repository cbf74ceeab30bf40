# Weak references, callbacks, cycles with finalizers, collections.
import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name
        self.links = [self]


class Fin(Node):
    def __del__(self):
        log.append(self.name)


log = []


def work():
    n = Node("a")
    refs = [weakref.ref(n), weakref.ref(n, lambda r: log.append("callback")), weakref.proxy(n)]
    d = weakref.WeakValueDictionary()
    d["n"] = n
    s = weakref.WeakSet([n])
    f = weakref.finalize(n, log.append, "finalized")
    del n
    Fin("fin")
    gc.collect()
    a, b = Fin("x"), Fin("y")
    a.other, b.other = b, a
    del a, b
    gc.collect()
    return refs[0]() is None, len(d), len(s), gc.get_count()[1:] is not None, len(gc.get_referents([1, 2]))


print(work(), sorted(log))
