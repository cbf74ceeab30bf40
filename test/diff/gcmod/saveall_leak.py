# DEBUG_LEAK and DEBUG_SAVEALL in use: what lands in gc.garbage, and finalizers under them.
import gc
import sys

gc.disable()
gc.collect()
log = []


class Plain:
    def __init__(self, name):
        self.name, self.me = name, self


class Fin(Plain):
    def __del__(self):
        log.append(self.name)


gc.set_debug(gc.DEBUG_SAVEALL)
Plain("p")
Fin("f")
l = [1]
l.append(l)
del l
n = gc.collect()
print(n, len(gc.garbage), sorted(type(g).__name__ for g in gc.garbage), log)
print([g.name for g in gc.garbage if isinstance(g, Plain)], all(g.me is g for g in gc.garbage if isinstance(g, Plain)))
gc.set_debug(0)
print("garbage keeps them", gc.collect(), len(gc.garbage))
gc.garbage.clear()
print("let go", gc.collect(), log)
print("the list itself", type(gc.garbage).__name__, gc.garbage is gc.garbage, sys.getrefcount(gc.garbage) >= 2)
gc.garbage.append("put in by hand")
gc.collect()
print(gc.garbage)
del gc.garbage[:]
for flag in ("DEBUG_STATS", "DEBUG_COLLECTABLE", "DEBUG_UNCOLLECTABLE", "DEBUG_SAVEALL", "DEBUG_LEAK"):
    print(flag, getattr(gc, flag))
gc.set_debug(gc.DEBUG_UNCOLLECTABLE)
Plain("quiet")
print(gc.collect(), gc.get_debug())
gc.set_debug(gc.DEBUG_LEAK & ~gc.DEBUG_COLLECTABLE)
Plain("leaked")
print(gc.collect(), [g.name for g in gc.garbage if isinstance(g, Plain)])
gc.garbage.clear()
gc.set_debug(0)
print(gc.collect())
a, b = Fin("a"), Fin("b")
a.b, b.a = b, a
del a, b
gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.collect(), log[-2:], len(gc.garbage))
gc.set_debug(0)
for g in gc.garbage:
    print(type(g).__name__, gc.is_finalized(g), end=" ")
print()
gc.garbage.clear()
g = None
print(gc.collect(), len(log))
stats = gc.get_stats()
print(len(stats), all(set(s) == {"collections", "collected", "uncollectable"} for s in stats), [s["uncollectable"] for s in stats])
