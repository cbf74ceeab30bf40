# Sizes of tuples and lists made in every way: displays, constructors, slices, concatenation, comprehension.
from sys import getsizeof as size

print("tuples", [size((0,) * n) for n in range(8)])
print("lists by multiplication", [size([0] * n) for n in range(10)])
print("lists from list()", [size(list(range(n))) for n in range(18)])
print("from a generator", [size(list(x for x in range(n))) for n in range(18)])
print("comprehension", [size([x for x in range(n)]) for n in range(18)])
print("from tuple", [size(list((0,) * n)) for n in range(10)])
print("from str", [size(list("x" * n)) for n in range(10)])
print("from set", [size(list(set(range(n)))) for n in range(10)])
print("from dict", [size(list(dict.fromkeys(range(n)))) for n in range(10)])

print("displays", size([]), size([1]), size([1, 2]), size([1, 2, 3]), size([1, 2, 3, 4]), size([1, 2, 3, 4, 5]))
a, b, c = 1, 2, 3
print("of variables", size([a]), size([a, b]), size([a, b, c]), size([a, b, c, a]), size([a, b, c, a, b]))
print("starred", size([*range(3)]), size([*range(5)]), size([*"abc", *"de"]), size([1, *"abc"]), size((*range(3), 1)))

numbers = list(range(20))
print("slices", size(numbers[:]), size(numbers[:3]), size(numbers[5:]), size(numbers[::2]), size(numbers[::-1]))
print("copy", size(numbers.copy()), size(sorted(numbers)), size(list(reversed(numbers))))
print("concat", size(numbers + [1]), size([1] + [2]), size(numbers * 2), size([] + []))
print("tuple of", size(tuple(numbers)), size(tuple(x for x in numbers)), size(tuple("abc")), size((1, 2) + (3,)))

t = tuple(range(10))
print("tuple slices", size(t[:]), size(t[2:4]), size(t[::3]), size(t * 3), size(t + t))
print("zip, enumerate", size(next(zip(t, t))), size(next(enumerate(t))), size(list(zip(t, t))), size(divmod(7, 2)))
print("split", size("a b c d e".split()), size("a".split()), size("".split()), size("a,b,c".split(",", 1)), size("x\ny\nz".splitlines()))

class L(list):
    pass

class P(tuple):
    pass

class Q(tuple):
    __slots__ = ()

class M(list):
    __slots__ = ("one", "two")

print("subclasses", size(L()), size(L([1, 2])), size(P()), size(P((1, 2))), size(Q((1,))), size(M()), size(M([1])))
print("basicsize", list.__basicsize__, tuple.__basicsize__, tuple.__itemsize__, L.__basicsize__, M.__basicsize__, P.__basicsize__)

from collections import namedtuple
Point = namedtuple("Point", "x y")
print("namedtuple", size(Point(1, 2)), Point.__basicsize__, Point.__itemsize__)
print("range, slice", size(range(0)), size(range(10**30)), size(slice(1)), size(slice(1, 2, 3)))
