# Automatic collections: when generation 0 passes its threshold, and how often the older ones are collected.
import gc

events = []


def watch(phase, info):
    if phase == "stop":
        events.append((info["generation"], info["collected"]))


class Node:
    __slots__ = ("other", "__weakref__")


def pair():
    a, b = Node(), Node()
    a.other, b.other = b, a


gc.collect()
gc.set_threshold(100, 3, 3)
gc.callbacks.append(watch)
for _ in range(2000):
    pair()
gc.callbacks.remove(watch)
gens = [g for g, _ in events]
print("collections", len(events), "by generation", [gens.count(i) for i in range(3)])
print("sequence", gens[:20])
print("collected in all", sum(c for _, c in events) > 3700)
print("each of generation 0 finds the young garbage", {c for g, c in events[5:] if g == 0} <= set(range(90, 110)))

gc.collect()
events.clear()
gc.set_threshold(50, 2, 2)
gc.callbacks.append(watch)
keep = []
for i in range(1000):
    keep.append([i])
gc.callbacks.remove(watch)
gens = [g for g, _ in events]
print("kept objects", len(events) > 10, gens[:12])
print("nothing collected", sum(c for _, c in events))
keep = None
gc.set_threshold(0)
gc.callbacks.append(watch)
events.clear()
for _ in range(3000):
    pair()
print("threshold 0 never collects", events)
gc.callbacks.remove(watch)
print("collected by hand", gc.collect())
gc.set_threshold(100, 10, 10)
gc.disable()
gc.callbacks.append(watch)
for _ in range(3000):
    pair()
print("disabled", events)
gc.callbacks.clear()
gc.enable()
gc.collect()

gc.set_threshold(10, 10, 10)
seen = []
gc.callbacks.append(lambda phase, info: seen.append(phase))
x = [[] for _ in range(40)]
gc.callbacks.clear()
print("start and stop alternate", seen[:4], len(seen) % 2)
gc.set_threshold(2000, 10, 10)
