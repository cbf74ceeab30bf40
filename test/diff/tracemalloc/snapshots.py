# Comparing snapshots, grouping by traceback, filters, the text of statistics and traces, dump and load.
import tracemalloc
import os
import tempfile


def name(frame):
    return os.path.basename(frame.filename), frame.lineno


def inner(n):
    return [bytes(100) for _ in range(n)]


def middle(n):
    return inner(n)


def outer(n):
    return middle(n)


tracemalloc.start(5)
first = tracemalloc.take_snapshot()
kept = outer(10)
more = inner(5)
second = tracemalloc.take_snapshot()
only = [tracemalloc.Filter(True, __file__)]
one, two = first.filter_traces(only), second.filter_traces(only)
for diff in two.compare_to(one, "lineno"):
    if diff.size_diff:
        print(name(diff.traceback[0]), diff.size, diff.size_diff, diff.count, diff.count_diff)
print("by traceback")
for stat in two.statistics("traceback"):
    if stat.count >= 5:
        print(stat.count, stat.size, [name(f) for f in stat.traceback], stat.traceback.total_nframe)
print("cumulative")
for stat in two.statistics("lineno", cumulative=True):
    if stat.count >= 5:
        print(name(stat.traceback[0]), stat.count, stat.size)
del kept
third = tracemalloc.take_snapshot().filter_traces(only)
gone = [d for d in third.compare_to(two, "lineno") if d.size_diff < 0]
print("freed", [(name(d.traceback[0]), d.size_diff, d.count_diff) for d in gone][:2])
trace = [t for t in two.traces if t.size == 133][0]
print(trace.domain, trace.size, len(trace.traceback), [name(f) for f in trace.traceback])
print(str(trace.traceback[0]).rsplit("/", 1)[-1], str(trace).rsplit("/", 1)[-1])
print([line.strip() if i % 2 else line.rsplit("/", 1)[-1] for i, line in enumerate(trace.traceback.format())])
print([line.strip() for line in trace.traceback.format(limit=1)][1:], len(trace.traceback.format(most_recent_first=True)), len(trace.traceback.format(-2)))
path = os.path.join(tempfile.gettempdir(), "glassheap-%d.snapshot" % os.getpid())
two.dump(path)
loaded = tracemalloc.Snapshot.load(path)
os.unlink(path)
print(len(loaded.traces) == len(two.traces), loaded.traceback_limit, loaded.statistics("lineno")[:3] == two.statistics("lineno")[:3])
nothing = second.filter_traces([tracemalloc.Filter(False, "*")])
print(len(nothing.traces), len(second.filter_traces(()).traces) == len(second.traces))
line = inner.__code__.co_firstlineno + 1
exact = second.filter_traces([tracemalloc.Filter(True, __file__, line)])
print(sum(t.size for t in exact.traces), len(exact.traces))
anywhere = second.filter_traces([tracemalloc.Filter(True, __file__, line - 0, all_frames=True)])
print(len(anywhere.traces) == len(exact.traces))
domain = second.filter_traces([tracemalloc.DomainFilter(True, 0)])
print(len(domain.traces) == len(second.traces))
f = tracemalloc.Filter(False, "abc*.pyc", 3)
print(f.inclusive, f.filename_pattern, f.lineno, f.all_frames, f.domain)
for bad in (lambda: second.statistics("bad"), lambda: second.statistics("traceback", True), lambda: second.filter_traces(5)):
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
s = two.statistics("filename")[0]
print(str(s).rsplit("/", 1)[-1])
d = two.compare_to(one, "filename")[0]
print(str(d).rsplit("/", 1)[-1])
tracemalloc.stop()
