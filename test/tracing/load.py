# Loads a snapshot from the file of its first argument and prints what can be known of it but source lines.
import sys
import tracemalloc

snapshot = tracemalloc.Snapshot.load(sys.argv[1])
print(snapshot.traceback_limit, len(snapshot.traces))
for key in ("lineno", "traceback", "filename"):
    for s in snapshot.statistics(key):
        print(s, [(f.filename, f.lineno) for f in s.traceback], s.traceback.total_nframe)
filters = [tracemalloc.Filter(True, "*dump.py", lineno=7, all_frames=True), tracemalloc.DomainFilter(True, 0)]
part = snapshot.filter_traces(filters)
print(sum(t.size for t in part.traces), len(part.traces), {t.domain for t in part.traces})
print([str(d) for d in snapshot.compare_to(part, "lineno")])
