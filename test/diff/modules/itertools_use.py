# itertools: every function.
from itertools import *
import operator

take = lambda n, it: list(islice(it, n))
print(take(3, count()), take(3, count(5, -2)), take(3, count(0.5, 0.5)), take(5, cycle("ab")), list(repeat("x", 3)), take(2, repeat(1)), list(chain("ab", [1])), list(chain.from_iterable(["ab", "c"])))
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)), list(accumulate([])), list(accumulate([3, 1, 4], max)))
print(list(compress("abcdef", [1, 0, 1, 0, 1])), list(dropwhile(lambda x: x < 3, [1, 5, 2])), list(takewhile(lambda x: x < 3, [1, 5, 2])), list(filterfalse(lambda x: x % 2, range(5))), list(filterfalse(None, [0, 1, ""])), list(starmap(pow, [(2, 3), (3, 2)])), list(pairwise("abcd")), list(batched("abcdefg", 3)))
print(list(islice("abcdef", 2)), list(islice("abcdef", 1, 4)), list(islice("abcdef", 0, None, 2)), list(islice("abc", 5, 10)), list(islice("abcdef", 1, None, 3)))
print(list(zip_longest("ab", [1, 2, 3])), list(zip_longest("a", [1, 2], fillvalue="-")), list(product("ab", [1, 2])), list(product("ab", repeat=2)), list(product()), list(product([])), list(permutations("abc", 2)), list(permutations([1, 2, 3]))[:3], list(permutations("ab", 3)), list(combinations("abcd", 2)), list(combinations([1], 0)), list(combinations_with_replacement("ab", 2)))
print([(k, list(g)) for k, g in groupby("aaabbca")], [(k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)], [k for k, g in groupby([1, 1, 2])])
a, b = tee([1, 2, 3])
print(next(a), next(a), next(b), list(a), list(b))
x, y, z = tee("ab", 3)
print(list(x), list(z), list(y), tee([1], 0), tee([1], 1)[0].__next__())
g = groupby("aab")
k1, g1 = next(g)
k2, g2 = next(g)
print(k1, list(g1), k2, list(g2))
print(take(3, map(lambda i: i * i, count(1))), sum(islice(count(1), 100)), list(zip(count(), "abc")), dict(zip("ab", count(1))), ["".join(p) for p in product("01", repeat=3)], len(list(permutations(range(6)))), sum(1 for _ in combinations(range(15), 5)))
for bad in (lambda: islice([], -1), lambda: islice([]), lambda: islice([], "a"), lambda: count("x"), lambda: repeat(), lambda: list(chain(5)), lambda: list(chain.from_iterable([1])), lambda: cycle(5), lambda: list(starmap(pow, [1])), lambda: product(5), lambda: permutations("ab", -1), lambda: combinations("ab"), lambda: list(zip_longest([1], foo=1)), lambda: tee([1], -1), lambda: list(batched("ab", 0)), lambda: islice([], 0, 5, 0), lambda: permutations("ab", "x"), lambda: list(accumulate([1, "a"])), lambda: list(batched("abcd", 3, strict=True)), lambda: list(zip([1], [1, 2], strict=True)), lambda: list(zip([1, 2], [1], strict=True)), lambda: list(zip([1], [], [], strict=True)), lambda: compress([1]), lambda: groupby()):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(repr(count(5)), repr(count(1, 2)), repr(repeat("x", 2)), repr(repeat(1)), repr(cycle([]))[:17], operator.length_hint(repeat(1, 5)), list(cycle([])))


class Counter:
    def __init__(self, n):
        self.n = n
        self.asked = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.asked += 1
        if self.asked > self.n:
            raise StopIteration
        return self.asked


c = Counter(10)
print(list(islice(c, 3)), c.asked, next(takewhile(lambda v: v < 6, c)), list(takewhile(lambda v: v < 6, c)), c.asked)
c = Counter(5)
print(list(zip(c, range(3))), c.asked, list(zip(range(1), Counter(3))))
