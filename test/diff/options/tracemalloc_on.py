# Run with -X tracemalloc=3: tracing from the start, the limit, tracebacks of objects.
import sys
import tracemalloc


def inner():
    return bytes(1000)


def outer():
    return inner()


print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit(), sys._xoptions)
obj = outer()
tb = tracemalloc.get_object_traceback(obj)
base = inner.__code__.co_firstlineno
print([f.lineno - base for f in tb], tb.total_nframe)
current, peak = tracemalloc.get_traced_memory()
print(current > 10000, peak >= current)
big = [bytes(100) for _ in range(100)]
snap = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
stat = max(snap.statistics("lineno"), key=lambda s: s.count)
print(stat.traceback[0].lineno - base, stat.count >= 100, snap.traceback_limit)
tracemalloc.stop()
print(tracemalloc.is_tracing())
