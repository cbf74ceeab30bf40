# tuple: construction, methods, comparison, hashing, errors, repr, subclassing.
t = (3, 1, 2, 1)
print(t, len(t), t[0], t[-1], t[1:3], t[::-1], t[::2], t.count(1), t.index(1), t.index(1, 2), 3 in t, 9 in t, t + (5,), t * 2, 0 * t, t == (3, 1, 2, 1), t < (3, 2), t != (), () < (0,))
print((), (1,), (1, 2), ((),), (1, (2, (3,))), tuple(), tuple([1, 2]), tuple("ab"), tuple({1: 2}), tuple(range(3)), tuple(x for x in "ab"), tuple(t) is t, 1,)
for bad in (lambda: t[9], lambda: t.__getitem__("a"), lambda: t.index(9), lambda: t + [1], lambda: t * "a", lambda: t < [1], lambda: (1,) < ("a",), lambda: t.append(1), lambda: tuple(5), lambda: tuple(1, 2), lambda: hash(([],)), lambda: t.count(), lambda: exec("t[0] = 1"), lambda: exec("del t[0]"), lambda: t.index(1, "x"), lambda: (1,) * 10**20, lambda: t.__getitem__(slice(1, 2, 0)), lambda: -t, lambda: tuple(x=1)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(hash(()), hash((1,)), hash((1, 2)), hash((1, 2, 3)), hash(("a", 1)), hash(((1, 2), (3, 4))), hash((1.0, 2)) == hash((1, 2)), hash((None,)) == hash((None,)), hash((-1, 0)), hash((True, False)) == hash((1, 0)), hash(tuple(range(100))))
r = ([],)
r[0].append(r)
print(r, repr(r))
try:
    r2 = (1, [2])
    r2[1] += [3]
except TypeError as e:
    print(e, r2)
a, b = 1, 2
a, b = b, a
(c,) = [5]
[d, e] = "xy"
x, *y, z = range(5)
print(a, b, c, d, e, x, y, z)
print(max((1, 2), (1, 3)), min([(2, 1), (1, 9)]), sorted([(2, "b"), (1, "z"), (2, "a")]), sum(((1,), (2,)), ()), (1, 2) in [(1, 2)], {(1, 2): "k"}[1, 2], isinstance((), tuple), bool(()), bool((0,)), list(reversed((1, 2, 3))), tuple(zip((1, 2), (3, 4))), tuple(enumerate("ab")), dict((("a", 1),)))


class P(tuple):
    def __new__(cls, *args):
        return super().__new__(cls, args)

    def __repr__(self):
        return "P" + super().__repr__()


p = P(1, 2, 3)
p.attr = "x"
print(p, p.attr, p == (1, 2, 3), p + (4,), type(p + ()).__name__, type(p[:]).__name__, type(p * 1).__name__, tuple(p) is p, type(tuple(p)).__name__, hash(p) == hash((1, 2, 3)), p[1], len(p), isinstance(p, tuple))
from collections import namedtuple
N = namedtuple("N", "x y z", defaults=[5, 6])
n = N(1, z=9)
print(n, n.x, n[1], n._asdict(), n._replace(x=7), N._fields, N._field_defaults, N._make([1, 2, 3]), n == (1, 5, 9), n + (1,), *n, N(1) < N(2), n._fields.index("y"), isinstance(n, tuple), N.__name__, N.__doc__, N.x.__doc__)
x, y, z = n
for bad in (lambda: N(), lambda: N(1, 2, 3, 4), lambda: n.w, lambda: setattr(n, "x", 5), lambda: namedtuple("A", "a a"), lambda: namedtuple("A", "class"), lambda: namedtuple("A", "_x"), lambda: namedtuple("1A", "x"), lambda: n._replace(q=1), lambda: N._make([1]), lambda: namedtuple("A", "x", defaults=[1, 2])):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(namedtuple("R", "a class a", rename=True)._fields, namedtuple("C", "a,b c")._fields, namedtuple("L", ["p", "q"])(1, 2))
it = iter((1, 2, 3))
print(next(it), it.__length_hint__(), list(it), (1, 2).__contains__(1), (1, 2).__add__((3,)), (1,).__mul__(2), (1, 2).__eq__([1, 2]), (1, 2).__getnewargs__(), (1, 2).__lt__((1, 3)))
