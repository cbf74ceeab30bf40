# Everything under tracemalloc, with several frames; snapshots taken and compared.
import tracemalloc


def make(n):
    return [{"k": i, "v": [i] * 3} for i in range(n)]


def work():
    tracemalloc.start(5)
    try:
        first = make(10)
        before = tracemalloc.take_snapshot()
        second = make(10)
        after = tracemalloc.take_snapshot()
        stats = after.compare_to(before, "lineno")
        size, peak = tracemalloc.get_traced_memory()
        tb = tracemalloc.get_object_traceback(second)
        return len(stats) > 0, size <= peak, tb is None or len(tb) > 1, len(first) + len(second), len(before.filter_traces([tracemalloc.Filter(True, "*oom*")]).traces) >= 0
    finally:
        tracemalloc.stop()


print(work())
