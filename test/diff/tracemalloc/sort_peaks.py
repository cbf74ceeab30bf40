# The most that a sort takes: the array of keys, and the run that a merge copies.
import random
import tracemalloc

random.seed(3)
numbers = list(range(2000))
mixed = numbers[:]
random.shuffle(mixed)
texts = [str(i) for i in mixed]
runs = [*range(0, 900, 3), *range(1, 900, 3), *range(2, 900, 3)]
tracemalloc.start()


def peak(name, function):
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    function()
    after, most = tracemalloc.get_traced_memory()
    print(name, after - before, most - before)


def key(x):
    return -x


for _ in range(2):
    peak("nothing", lambda: None)
    peak("sort", lambda: mixed.copy().sort())
    peak("sorted", lambda: sorted(mixed))
    peak("key", lambda: sorted(mixed, key=key))
    peak("reverse key", lambda: sorted(mixed, key=key, reverse=True))
    peak("texts", lambda: sorted(texts))
    peak("in order", lambda: sorted(numbers))
    peak("backwards", lambda: sorted(numbers, reverse=True))
    peak("three runs", lambda: sorted(runs))
    peak("three runs, key", lambda: sorted(runs, key=key))
    for n in (3, 100, 127, 128, 129, 300, 600):
        peak(f"first {n}, key", lambda: sorted(mixed[:n], key=key))
        peak(f"first {n}", lambda: sorted(mixed[:n]))
