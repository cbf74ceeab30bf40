# gc.callbacks: what they are given, in what order, errors in them, changes while collecting.
import gc
import sys

gc.disable()
gc.collect()
log = []


def first(phase, info):
    log.append(("first", phase, dict(info)))


def second(phase, info):
    log.append(("second", phase, sorted(info)))


gc.callbacks.append(first)
gc.callbacks.append(second)


class Node:
    def __init__(self):
        self.me = self


Node()
Node()
gc.collect()
for entry in log:
    print(entry)
log.clear()
gc.collect(0)
gc.collect(1)
print([(name, phase, info["generation"]) for name, phase, info in log if name == "first"])
gc.callbacks.remove(second)


def broken(phase, info):
    raise RuntimeError("in callback " + phase)


errors = []
sys.unraisablehook = lambda u: errors.append((u.exc_type.__name__, str(u.exc_value), getattr(u.object, "__name__", u.object), u.err_msg))
gc.callbacks.insert(0, broken)
log.clear()
print("collected", gc.collect())
print(errors)
print([phase for _, phase, _ in log])
gc.callbacks.remove(broken)
sys.unraisablehook = sys.__unraisablehook__


def makes_garbage(phase, info):
    Node()


gc.callbacks.append(makes_garbage)
print("garbage made in callbacks", gc.collect() > 0)
gc.callbacks.remove(makes_garbage)
inner = []


def reenters(phase, info):
    inner.append(gc.collect())


gc.callbacks.append(reenters)
gc.collect()
print("collecting while collecting", inner)
gc.callbacks.clear()
print(gc.callbacks, type(gc.callbacks).__name__)
gc.callbacks.append(len)
errors.clear()
sys.unraisablehook = lambda u: errors.append(u.exc_type.__name__)
gc.collect()
print(errors)
gc.callbacks.clear()
print(gc.collect())
