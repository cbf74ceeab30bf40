# tracemalloc: starting, stopping, traced memory, peaks, traces of single objects.
import tracemalloc
import gc

print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory(), tracemalloc.get_tracemalloc_memory())
tracemalloc.start()
print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit())
gc.collect()


def measure(make):
    before = tracemalloc.get_traced_memory()[0]
    obj = make()
    after = tracemalloc.get_traced_memory()[0]
    del obj
    return after - before, tracemalloc.get_traced_memory()[0] - before


class P:
    pass


class S:
    __slots__ = ("x",)


measure(object)
for name, make in [
    ("object", lambda: object()),
    ("bytes 1000", lambda: bytes(1000)),
    ("bytes 100000", lambda: bytes(100000)),
    ("bytearray 1000", lambda: bytearray(1000)),
    ("str 1000", lambda: "x" * 1000),
    ("wide str", lambda: "\u0416" * 1000),
    ("tuple 100", lambda: (None,) * 100),
    ("list 100", lambda: [None] * 100),
    ("list of range", lambda: list(range(100))),
    ("dict of 100", lambda: {i: i for i in range(100)}),
    ("set of 100", lambda: {i for i in range(100)}),
    ("big int", lambda: 1 << 10000),
    ("slots", lambda: S()),
    ("str.join", lambda: "".join(["abc"] * 100)),
    ("memoryview of bytes", lambda: memoryview(b"abc")),
]:
    measure(make)
    print(name, measure(make))

tracemalloc.reset_peak()
current, peak = tracemalloc.get_traced_memory()
print(current == peak or peak - current < 200)
big = bytes(500000)
del big
current2, peak2 = tracemalloc.get_traced_memory()
print("peak grew by about 500033:", 500000 < peak2 - current2 < 501000)
tracemalloc.reset_peak()
print(tracemalloc.get_traced_memory()[1] - tracemalloc.get_traced_memory()[0] < 1000)

obj = [bytes(10) for _ in range(3)]
tb = tracemalloc.get_object_traceback(obj)
print(type(tb).__name__, len(tb), tb[0].lineno, tb[0].filename.endswith("basics.py"), tb.total_nframe)
print(tracemalloc.get_object_traceback(5), tracemalloc.get_object_traceback("basics"))
tracemalloc.clear_traces()
print(tracemalloc.get_traced_memory()[0] < 1000, tracemalloc.get_object_traceback(obj), tracemalloc.is_tracing())
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory(), tracemalloc.get_object_traceback(obj))
for bad in (0, -1, 70000):
    try:
        tracemalloc.start(bad)
    except ValueError as e:
        print(bad, e)
try:
    tracemalloc.take_snapshot()
except RuntimeError as e:
    print(e)
tracemalloc.start(3)
print(tracemalloc.get_traceback_limit())
tracemalloc.start(10)
print(tracemalloc.get_traceback_limit())
tracemalloc.stop()
tracemalloc.stop()
