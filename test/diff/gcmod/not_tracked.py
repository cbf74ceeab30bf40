# What the collector does not watch: frames that run, struct sequences made natively, context variables with plain defaults.
import contextvars
import gc
import os
import sys
import time

for value in (time.localtime(), os.stat("/"), sys.version_info, sys.flags, sys.thread_info, time.struct_time(range(9))):
    print(type(value).__name__, gc.is_tracked(value), sys.getrefcount(value))


def frame_of_function():
    kept = []
    frame = sys._getframe()
    print(gc.is_tracked(frame), [type(r).__name__ for r in gc.get_referrers(kept)])
    return frame, kept


frame, kept = frame_of_function()
print(gc.is_tracked(frame), [type(r).__name__ for r in gc.get_referrers(kept) if r is frame])


def generator():
    kept = []
    yield [type(r).__name__ for r in gc.get_referrers(kept)]
    yield kept


g = generator()
print(next(g), gc.is_tracked(g.gi_frame))
found = next(g)
print([type(r).__name__ for r in gc.get_referrers(found) if r is g])

for default in ([], (), 5):
    print(gc.is_tracked(contextvars.ContextVar("v", default=default)))
print(gc.is_tracked(contextvars.ContextVar("v")))


def complex_constants():
    x = 1j
    y = -3j
    z = 1.5 + 2j
    print(sys.getrefcount(x), sys.getrefcount(y), sys.getrefcount(z), x, y, z, 2 * 3j, 1 - 2j)


complex_constants()
print(complex_constants.__code__.co_consts[1:4])
