# A leak found as people find it: two snapshots, filters, the top differences, the line that grows.
import gc
import tracemalloc


class Session:
    registry = []

    def __init__(self, user):
        self.user = user
        self.buffer = bytearray(2000)
        self.history = [f"{user}-{i}" for i in range(20)]


def handle(n, leak):
    session = Session("user%d" % n)
    if leak:
        Session.registry.append(session)
    return len(session.history)


def cache(n, store={}):
    store[n] = ("cached value %d" % n) * 10
    return store[n]


def work(rounds, leak):
    total = 0
    for n in range(rounds):
        total += handle(n, leak)
        cache(n % 10)
    return total


work(5, False)
drain = [[[], {}, (i, i), (i,), float(i)] for i in range(200)]
gc.collect()
tracemalloc.start()
work(20, False)
gc.collect()
first = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
work(20, False)
gc.collect()
second = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
stable = [d for d in second.compare_to(first, "lineno") if abs(d.size_diff) > 3000]
print("stable:", [(d.traceback[0].lineno, d.size_diff) for d in stable])
work(30, True)
gc.collect()
third = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
for d in third.compare_to(second, "lineno")[:3]:
    print("line", d.traceback[0].lineno, "size", d.size_diff, "count", d.count_diff)
print("leaked sessions", len(Session.registry))
Session.registry.clear()
gc.collect()
fourth = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
worst = fourth.compare_to(third, "lineno")[0]
print("freed", worst.traceback[0].lineno, worst.size_diff, worst.count_diff)
tracemalloc.reset_peak()
before = tracemalloc.get_traced_memory()[0]
big = [bytes(1000) for _ in range(100)]
during, peak = tracemalloc.get_traced_memory()
print(100000 < during - before < 110000, peak >= during)
big = None
print(tracemalloc.get_traced_memory()[0] - before < 1000, tracemalloc.get_traced_memory()[1] == peak)
tracemalloc.stop()
