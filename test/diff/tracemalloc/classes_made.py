# What making classes takes when the free lists are used up: the copy of a namespace is never an old table.
import tracemalloc

dicts = [{} for _ in range(30)]
tables = [{"a": 1} for _ in range(30)]
tuples = [(1,) * n for n in range(1, 20) for _ in range(20)]
lists = [[] for _ in range(90)]
tracemalloc.start()
class Em: pass
class En: pass
class Eo(En): pass
class Eq(Exception): pass
c = [{"a": 1}.copy() for _ in range(20)]
c = None
d = [{"a": 1} for _ in range(20)]
snapshot = tracemalloc.take_snapshot()
own = [t for t in snapshot.traces if t.traceback[0].filename == __file__]
for line in sorted({t.traceback[0].lineno for t in own}):
    print(line, sorted(t.size for t in own if t.traceback[0].lineno == line))
