# functools and operator: partial, reduce, cmp_to_key, wraps, caches; operator's functions and getters.
import functools
import operator
from functools import partial, reduce

add = partial(lambda a, b, c=0: (a, b, c), 1)
print(add(2), add(2, c=5), partial(add, 3)(c=1), add.args, add.keywords, partial(int, base=2)("101"), partial(print, "x", end="!\n")(), add.func(1, 2))
p = partial(max, 5)
print(p(3, 9), repr(p), partial(p, 10).args, partial(len).func is len)
for bad in (lambda: partial(), lambda: partial(5), lambda: partial(len)(), lambda: reduce(operator.add, []), lambda: reduce(5, [1, 2]), lambda: reduce(operator.add, 5), lambda: functools.lru_cache(maxsize="x")(len), lambda: functools.cmp_to_key(), lambda: functools.wraps()):
    try:
        print(bad())
    except TypeError as e:
        print(e)
print(reduce(operator.add, [1, 2, 3]), reduce(lambda a, b: f"({a}{b})", "abcd"), reduce(operator.mul, [], 5), reduce(max, [3, 9, 2]))


class M:
    def f(self, x):
        return ("f", x)

    g = functools.partialmethod(f, "preset")


print(M().g())


@functools.lru_cache(maxsize=3, typed=True)
def cached(x, y=0):
    return f"{x!r}-{y}"


print(cached(1), cached(1.0), cached(1), cached(2, y=1), cached(y=1, x=2), cached(3), cached(1), cached.cache_info())
try:
    cached([])
except TypeError as e:
    print(e)


def base(a: int) -> str:
    "base doc"


@functools.wraps(base)
def wrapper(*a):
    pass


wrapper2 = functools.update_wrapper(lambda: 0, base, assigned=("__name__",), updated=())
print(wrapper.__name__, wrapper.__doc__, wrapper.__annotations__, wrapper.__wrapped__ is base, wrapper2.__name__, wrapper2.__doc__)
o = operator
print(o.add(1, 2), o.sub(5, 3), o.mul(2, 3), o.truediv(7, 2), o.floordiv(7, 2), o.mod(7, 3), o.pow(2, 3), o.neg(5), o.pos(-5), o.abs(-3), o.invert(5), o.not_(0), o.truth([]), o.and_(6, 3), o.or_(6, 3), o.xor(6, 3), o.lshift(1, 4), o.rshift(16, 2), o.matmul.__name__, o.lt(1, 2), o.ge(1, 2), o.eq(1, 1.0), o.ne(1, 2), o.is_(None, None), o.is_not(1, None), o.contains([1], 1), o.concat("a", "b"), o.countOf([1, 1], 1), o.indexOf("abc", "b"), o.getitem([5], 0), o.index(True), o.length_hint([1, 2]))
l = [1, 2, 3]
o.setitem(l, 0, 9); o.delitem(l, 1); l = o.iadd(l, [4]); print(l, o.iconcat([1], [2]), o.ior({1}, {2}), o.call(len, "abc"))
print(o.itemgetter(1)("abc"), o.itemgetter(0, 2)("abc"), o.itemgetter("k")({"k": 5}), o.itemgetter(slice(1, 3))("abcd"), o.attrgetter("real")(5), o.attrgetter("real", "imag")(1j), o.attrgetter("__class__.__name__")("x"), o.methodcaller("upper")("abc"), o.methodcaller("split", ",", maxsplit=1)("a,b,c"), repr(o.itemgetter(1, "x")), repr(o.attrgetter("a.b")), repr(o.methodcaller("f", 1, k=2)))
rows = [("b", 2), ("a", 2), ("c", 1)]
print(sorted(rows, key=o.itemgetter(1, 0)), max(rows, key=o.itemgetter(1)), list(map(o.itemgetter(0), rows)), dict(sorted(rows)), sum(map(o.mul, [1, 2], [3, 4])))
for bad in (lambda: o.itemgetter(), lambda: o.attrgetter(5), lambda: o.attrgetter("x.y")(5), lambda: o.itemgetter(5)([1]), lambda: o.methodcaller(), lambda: o.methodcaller("nope")(1), lambda: o.indexOf([], 1), lambda: o.add(1), lambda: o.index(1.5), lambda: o.methodcaller(5), lambda: o.truth(), lambda: o.concat(1, 2)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
K = functools.cmp_to_key(lambda a, b: (a > b) - (a < b))
print(K(1) < K(2), K(1) == K(1), sorted([3, 1, 2], key=K), min([5, 2], key=K))
