# User classes as containers, iterators, context managers: the protocols and their fallbacks.
class Seq:
    def __init__(self, *items):
        self.items = list(items)

    def __getitem__(self, i):
        print("get", i, end="; ")
        return self.items[i]

    def __len__(self):
        return len(self.items)


s = Seq("a", "b", "c")
print(list(s))
print("b" in s)
print("z" in s)
print(list(reversed(s)))
print([*s], tuple(s))
x, *y = s
print(x, y, max(s), "-".join(s), dict(enumerate(s)), list(zip(s, range(2))), sorted(s), iter(s) is not None, bool(s), bool(Seq()))
it = iter(s)
print(next(it), it.__length_hint__(), list(it))


class Map:
    def __init__(self):
        self.d = {}

    def __getitem__(self, k):
        return ("got", k)

    def __setitem__(self, k, v):
        self.d[str(k)] = v

    def __delitem__(self, k):
        print("del", k)

    def __contains__(self, k):
        return k == "yes"

    def keys(self):
        return ["k1", "k2"]


m = Map()
m["a"] = 1
m[1:2] = "slice"
m[1, 2] = "tuple"
m[...] = "dots"
m["n"] = m["a"]
del m["x"], m[::2]
print(m.d, "yes" in m, "no" in m, dict(m), {**m}, (lambda **k: k)(**m))
m["aug"] = 1
try:
    m["aug"] += 1
except TypeError as e:
    print(e)


class Iter:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n

    def __length_hint__(self):
        return self.n


import operator
print(list(Iter(3)), sum(Iter(4)), 1 in Iter(3), operator.length_hint(Iter(7)), list(zip(Iter(2), Iter(5))), [a for a in Iter(2)], set(Iter(3)) == {0, 1, 2}, max(Iter(3)), "".join(map(str, Iter(3))), dict(zip("ab", Iter(2))), any(Iter(2)), all(Iter(2)), list(filter(None, Iter(3))))


class BadIter:
    def __iter__(self):
        return 5


class BadNext:
    def __iter__(self):
        return self


class NoneIter:
    __iter__ = None

    def __getitem__(self, i):
        return i


class RaisesLen:
    def __len__(self):
        raise ValueError("len fails")

    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i


class NegLen:
    def __len__(self):
        return -5


class BigLen:
    def __len__(self):
        return 10**20


class FloatLen:
    def __len__(self):
        return 1.5


class NoneContains:
    __contains__ = None

    def __iter__(self):
        return iter([1])


class BadHint:
    def __iter__(self):
        return iter([1])

    def __length_hint__(self):
        return -1


for bad in (lambda: iter(BadIter()), lambda: list(BadNext()), lambda: iter(NoneIter()), lambda: list(RaisesLen()), lambda: len(NegLen()), lambda: len(BigLen()), lambda: len(FloatLen()), lambda: 1 in NoneContains(), lambda: list(BadHint()), lambda: reversed(5), lambda: reversed({1}), lambda: next([]), lambda: len(5), lambda: 5 in 5, lambda: Map()[0], lambda: iter(int), lambda: list(5), lambda: 1 in BadIter(), lambda: [x for x in RaisesLen()], lambda: bool(NegLen())):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
calls = iter([1, 2, 3, 0, 5])
print(list(iter(lambda: next(calls), 0)), list(calls))


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


print([10, 20, 30][Index(1)], "abc"[Index(0):Index(2)], range(5)[Index(-1)], bytes(Index(2)), hex(Index(255)), operator.index(Index(3)), (1, 2) * Index(2))
