# When collections run: thresholds against allocations minus deallocations, at which operations they happen.
import gc

gc.collect()
log = []
gc.callbacks.append(lambda phase, info: phase == "start" and log.append(info["generation"]))


def collections(action, threshold=(100, 5, 5)):
    gc.disable()
    gc.collect()
    log.clear()
    gc.set_threshold(*threshold)
    gc.enable()
    result = action()
    gc.disable()
    return len(log), [log.count(g) for g in range(3)]


print("temporary lists never trigger", collections(lambda: [len([1, 2]) for _ in range(1000)]))
print("held lists", collections(lambda: [[i] for i in range(1000)]))
print("held tuples of ints", collections(lambda: [(i, i) for i in range(1000)]))
print("held dicts", collections(lambda: [{"k": i} for i in range(1000)]))
print("held sets", collections(lambda: [{i} for i in range(1000)]))
print("held floats", collections(lambda: [i / 2 for i in range(1000)]))
print("held strings", collections(lambda: [str(i) for i in range(1000)]))


class P:
    pass


class S:
    __slots__ = ()


print("held instances", collections(lambda: [P() for _ in range(1000)]))
print("slots without references", collections(lambda: [S() for _ in range(1000)]))
print("objects", collections(lambda: [object() for _ in range(1000)]))
print("functions", collections(lambda: [(lambda: 0) for _ in range(1000)]))
print("bound methods", collections(lambda: [P().__init__ for _ in range(1000)]))
print("generators", collections(lambda: [(x for x in ()) for _ in range(1000)]))
print("iterators", collections(lambda: [iter(()) for _ in range(1000)]))
print("exceptions", collections(lambda: [ValueError(i) for i in range(1000)]))
print("ranges", collections(lambda: [range(i) for i in range(1000)]))


def loop(n):
    keep = []
    for i in range(n):
        keep.append([])


def recursive(n):
    x = [n]
    return [x] + recursive(n - 1) if n else []


def native():
    return list(map(list, [()] * 1000))


def sorting():
    return sorted(range(1000), key=lambda v: [v])


print("loop", collections(lambda: loop(1000)), "recursion", collections(lambda: recursive(300)), "map", collections(native), "keys of a sort", collections(sorting))
print("thresholds", collections(lambda: loop(1000), (10, 10, 10)), collections(lambda: loop(1000), (500, 1, 1)), collections(lambda: loop(1000), (1, 1, 1))[0] > 100, collections(lambda: loop(1000), (0, 1, 1)))
gc.callbacks.clear()
gc.set_threshold(2000, 10, 10)
