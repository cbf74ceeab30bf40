# Iterators of itertools are copied and pickled with their state.
import copy
import itertools as it
import pickle
import re
import warnings

warnings.simplefilter("ignore")

MAKERS = {
    "count": lambda: it.count(),
    "count by 2": lambda: it.count(1.5, 2),
    "count large": lambda: it.count(2**70),
    "cycle": lambda: it.cycle([1, 2, 3]),
    "chain": lambda: it.chain([1, 2], [3]),
    "islice": lambda: it.islice([1, 2, 3, 4, 5], 1, None, 2),
    "islice to 2": lambda: it.islice("abc", 2),
    "accumulate": lambda: it.accumulate([1, 2, 3]),
    "accumulate from 5": lambda: it.accumulate([1, 2], max, initial=5),
    "accumulate None": lambda: it.accumulate([None, 1, 2], lambda a, b: b),
    "zip_longest": lambda: it.zip_longest([1, 2], [3], fillvalue=0),
    "product": lambda: it.product("ab", [1, 2]),
    "product of nothing": lambda: it.product("ab", []),
    "permutations": lambda: it.permutations("abc", 2),
    "permutations too long": lambda: it.permutations("ab", 4),
    "combinations": lambda: it.combinations("abcd", 2),
    "with replacement": lambda: it.combinations_with_replacement("abc", 2),
    "compress": lambda: it.compress("abc", [1, 0, 1]),
    "starmap": lambda: it.starmap(pow, [(1, 2), (2, 3)]),
    "takewhile": lambda: it.takewhile(bool, [1, 2, 0, 3]),
    "dropwhile": lambda: it.dropwhile(bool, [1, 0, 3]),
    "filterfalse": lambda: it.filterfalse(None, [0, 1, 0]),
    "repeat": lambda: it.repeat(1, 3),
    "groupby": lambda: it.groupby("aab"),
}

for name, make in MAKERS.items():
    for taken in 0, 1, 2, 5:
        o = make()
        for _ in range(taken):
            next(o, None)
        print(name, taken, re.sub("0x[0-9a-f]+", "0x", repr(o.__reduce__())))
        if taken == 5 or name == "groupby":
            continue
        print(list(it.islice(copy.deepcopy(o), 4)), end=" ")
        if name != "accumulate None":
            print(list(it.islice(pickle.loads(pickle.dumps(o)), 4)))

for name in "cycle", "chain", "islice", "accumulate from 5", "product", "permutations", "combinations", "groupby":
    for state in None, (1,), (1, 2), ([], 1), ((0, 1), (2, 1)), 5:
        o = MAKERS[name]()
        try:
            o.__setstate__(state)
            print(name, state, list(it.islice(o, 2)) if name != "groupby" else "")
        except (TypeError, ValueError) as e:
            print(name, state, type(e).__name__, e)

warnings.simplefilter("error")
try:
    it.count().__reduce__()
except DeprecationWarning as e:
    print(e)
