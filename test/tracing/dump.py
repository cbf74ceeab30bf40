# Takes a snapshot of some allocations and dumps it to the file of its first argument.
import sys
import tracemalloc


def make(n):
    return [[i] * 10 for i in range(n)]


class C:
    pass


tracemalloc.start(3)
keep = make(50)
text = ["x" * 100 + str(i) for i in range(20)]
objects = [C() for _ in range(30)]
snapshot = tracemalloc.take_snapshot()
tracemalloc.stop()
snapshot.dump(sys.argv[1])
