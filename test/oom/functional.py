# functools and itertools: every iterator type, caches, partials.
import functools
import itertools as it
import operator


@functools.total_ordering
class Num:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __lt__(self, o):
        return self.v < o.v

    @functools.cached_property
    def square(self):
        return self.v ** 2


@functools.singledispatch
def show(x):
    return "other"


@show.register
def _(x: int):
    return f"int {x}"


def work():
    @functools.lru_cache(maxsize=3)
    def cached(a, *, k=0):
        return [a, k]

    @functools.cache
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    for i in range(6):
        cached(i % 4, k=i % 2)
    p = functools.partial(functools.partial(max, 5), 7, key=lambda v: -v)
    a, b = it.tee(x * 2 for x in range(6))
    out = [cached.cache_info()[:2], fib(20), p(3), list(a), sum(b)]
    out += [list(x) for x in (it.chain([1], "ab"), it.chain.from_iterable(["ab", [3]]), it.islice(it.count(5, 2), 1, 6, 2), it.islice(it.cycle("abc"), 5), it.repeat("r", 2), it.accumulate([1, 2, 3], operator.mul), it.compress("abcd", [1, 0, 1]), it.dropwhile(str.isalpha, "ab1c"), it.takewhile(str.isalpha, "ab1c"), it.filterfalse(None, [0, 1, ""]), it.starmap(pow, [(2, 3), (3, 2)]), it.zip_longest("ab", "c", fillvalue="-"), it.product("ab", repeat=2), it.permutations("abc", 2), it.combinations("abcd", 2), it.combinations_with_replacement("ab", 2), it.pairwise("abcd"), it.batched("abcdefg", 3))]
    out += [[(k, list(g)) for k, g in it.groupby("aabccc")], list(map(operator.add, [1, 2], [3, 4])), list(filter(None, [0, 1, 2])), list(zip("ab", [1, 2])), list(enumerate("ab", 5)), list(reversed([1, 2])), functools.reduce(operator.add, [[1], [2]])]
    out += [operator.itemgetter(1, 0)("ab"), operator.attrgetter("v")(Num(3)), operator.methodcaller("upper")("x"), sorted([3, 1, 2], key=functools.cmp_to_key(lambda x, y: y - x)), Num(3).square, Num(1) <= Num(2), show(5), show("x")]
    return out


print(work())
