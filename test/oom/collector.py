# The collector itself: its callbacks, what it tells, what it keeps.
import gc


class Node:
    def __init__(self, name):
        self.name = name
        self.me = self


class Reviver(Node):
    def __del__(self):
        kept.append(self)


kept = []
told = []


def callback(phase, info):
    told.append((phase, dict(info)))


def work():
    gc.collect()
    told.clear()
    kept.clear()
    gc.callbacks.append(callback)
    try:
        Node("a")
        Reviver("b")
        found = gc.collect()
        count = gc.collect(0)
    finally:
        gc.callbacks.remove(callback)
    phases = [phase for phase, info in told]
    for r in kept:
        r.me = None
    x = Node("x")
    holders = [type(o).__name__ for o in gc.get_referrers(x) if o is x.__dict__]
    inside = len(gc.get_referents(x)), gc.is_tracked(x), gc.is_tracked(()), [gc.is_finalized(r) for r in kept]
    many = len(gc.get_objects()) > 10, len(gc.get_stats()), len(gc.get_count()), gc.get_threshold()
    x.me = None
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        Node("kept")
        gc.collect()
        garbage = [o.name for o in gc.garbage if isinstance(o, Node)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    if len(told) < 4 or len(kept) < 1 or len(garbage) < 1:
        print("MemoryError where nothing can be raised")
    return found, count, phases, len(kept), holders, inside, many, garbage


print(work())
