# What CPython has loaded before a script begins, the collector and tracemalloc do not notice when it is imported.
import gc
import tracemalloc

gc.disable()
tracemalloc.start()
for name in ("abc", "codecs", "io", "os", "stat", "posixpath", "genericpath", "_collections_abc", "encodings", "time"):
    before = gc.get_count()[0]
    traced = tracemalloc.get_traced_memory()[0]
    __import__(name)
    print(name, gc.get_count()[0] - before < 3, tracemalloc.get_traced_memory()[0] - traced < 700)
tracemalloc.stop()
gc.enable()
gc.collect()
before = [s["collections"] for s in gc.get_stats()]
import weakref

print([s["collections"] - b for s, b in zip(gc.get_stats(), before)], gc.isenabled())
import functools

with open(__file__) as f:
    print(len(f.read()) > 100)
print([s["collections"] - b for s, b in zip(gc.get_stats(), before)], gc.collect() >= 0)
