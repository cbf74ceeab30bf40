# Sizes of dicts, sets and views, by the way they were made.
from sys import getsizeof as size

print("empty", size({}), size(dict()), size(set()), size(frozenset()), size({1} - {1}))
print("unicode keys", [size({str(i): i for i in range(n)}) for n in range(0, 24)])
print("int keys", [size({i: i for i in range(n)}) for n in range(0, 24)])
print("fromkeys range", [size(dict.fromkeys(range(n))) for n in (0, 1, 5, 6, 10, 11, 21, 22, 100, 1000)])
print("fromkeys set", [size(dict.fromkeys(set(range(n)))) for n in (0, 1, 5, 6, 10, 11, 21, 22, 100)])
print("display", size({"a": 1}), size({"a": 1, "b": 2}), size({1: 1}), size({"a": 1, 2: 2}))
print("six", size({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}), size({1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6}))
print("dict(kw)", size(dict(a=1)), size(dict(a=1, b=2, c=3, d=4, e=5, f=6)))
print("dict(pairs)", size(dict([(1, 2)])), size(dict(zip("abcdefgh", range(8)))), size(dict([("a", 1)] * 9)))

big = {str(i): i for i in range(100)}
print("copy", size(big), size(big.copy()), size(dict(big)), size({**big}), size(big | {}), size({} | big))
for i in range(90):
    del big[str(i)]
print("after deletions", size(big), size(big.copy()), size(dict(big)), size({**big}), size({k: v for k, v in big.items()}))
big.clear()
print("cleared", size(big))

mixed = {"a": 1}
before = size(mixed)
mixed[1] = 2
print("general after a str-only table", before, size(mixed))

print("sets", [size(set(range(n))) for n in range(0, 24)])
print("frozensets", [size(frozenset(range(n))) for n in (0, 1, 4, 5, 19, 20, 76, 77)])
print("display", size({1, 2, 3}), size({1, 2, 3, 4, 5}), size({*range(20)}))
s = set(range(100))
print("ops", size(s), size(s | {1}), size(s & {1}), size(s - {1}), size(s ^ {1}), size(s.copy()), size(set(s)))
for i in range(95):
    s.discard(i)
print("after discards", size(s), size(s.copy()), size(set(s)), size(frozenset(s)))
s.clear()
print("cleared", size(s))

d = {1: 2}
print("views", size(d.keys()), size(d.values()), size(d.items()), size(iter(d)), size(iter(d.items())), size(reversed(d)))
print("basicsize", dict.__basicsize__, set.__basicsize__, frozenset.__basicsize__)

class D(dict):
    pass

class S(set):
    __slots__ = ()

print("subclasses", size(D()), size(D(a=1)), size(S()), size(S(range(10))), D.__basicsize__, S.__basicsize__)
from collections import OrderedDict, defaultdict, Counter, deque
print("collections", size(defaultdict(int)), size(Counter()), size(Counter("hello")), size(deque()), size(deque(range(64))), size(deque(range(65))))
print("ordered", size(OrderedDict()), size(OrderedDict(a=1)), size(OrderedDict.fromkeys(range(6))))
