# Built-in iterators, itertools, functools, collections.
import functools
import itertools
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple


def work():
    out = [list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1])), list(zip("ab", [1, 2])), list(enumerate("ab")), list(reversed([1, 2])), sorted("cab"), list(iter([1, 2].pop, 1))]
    out += [list(itertools.chain("ab", [1])), list(itertools.islice(itertools.count(10**9), 3)), list(itertools.product("ab", repeat=2)), list(itertools.permutations("abc", 2)), list(itertools.combinations("abc", 2)), [(k, list(g)) for k, g in itertools.groupby("aab")], list(itertools.accumulate([1000, 2000])), [list(t) for t in itertools.tee([1, 2])], list(itertools.zip_longest("a", "bc")), list(itertools.pairwise("abc")), list(itertools.batched("abcd", 3))]
    d = deque(range(100), maxlen=80)
    d.rotate(5)
    dd = defaultdict(list)
    dd["a"].append(1)
    o = OrderedDict(a=1, b=2)
    o.move_to_end("a")
    P = namedtuple("P", "x y")
    out += [Counter("hello").most_common(1), list(o), P(1, 2)._replace(x=5), functools.reduce(lambda a, b: a + b, ["x", "y"]), functools.partial(max, 5)(3)]

    @functools.lru_cache(maxsize=4)
    def cached(n):
        return [n]

    for i in range(8):
        cached(i)
    return len(out), len(d), dict(dd), cached.cache_info().hits


print(work())
