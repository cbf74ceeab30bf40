# list.sort: stability, keys, errors during comparison, mutation while sorting, reverse, special orders, cmp_to_key.
import functools

records = [("b", 2), ("a", 1), ("b", 1), ("a", 2), ("c", 0)]
print(sorted(records, key=lambda r: r[0]), sorted(records, key=lambda r: r[1]), sorted(records, key=lambda r: r[0], reverse=True), sorted(records, key=lambda r: (r[1], r[0])))
calls = []


def key(x):
    calls.append(x)
    return -x


print(sorted([3, 1, 2], key=key), calls)


class V:
    compared = 0

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        V.compared += 1
        return self.n < other.n

    def __repr__(self):
        return str(self.n)


for n in (0, 1, 2, 3, 5, 10, 31, 32, 33, 64, 65, 100, 1000):
    for kind in ("sorted", "reversed", "mixed", "equal"):
        data = {"sorted": range(n), "reversed": range(n, 0, -1), "mixed": [(i * 7919) % 1009 for i in range(n)], "equal": [5] * n}[kind]
        items = [V(v) for v in data]
        V.compared = 0
        items.sort()
        ok = all(items[i].n <= items[i + 1].n for i in range(len(items) - 1))
        print(n, kind, V.compared, ok, end="; ")
    print()


class Fail:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        if self.n == 3 or other.n == 3:
            raise ValueError("cannot compare three")
        return self.n < other.n


items = [Fail(n) for n in (5, 4, 3, 2, 1)]
try:
    items.sort()
except ValueError as e:
    print(e, sorted(f.n for f in items))
items = [3, 1, 2]


def meddle(x):
    items.append(x)
    return x


try:
    items.sort(key=meddle)
except ValueError as e:
    print(e, items)


def look(x):
    print("list while sorting:", items2)
    return x


items2 = [2, 1]
items2.sort(key=look)
print(items2)
print(sorted([1, 2.5, True, -3]), sorted(["10", "9", "1"]), sorted(["10", "9", "1"], key=int), sorted([[2], [1, 5], []]), sorted([(1, "x"), (1, "a")], key=lambda t: t[1]), sorted([3, 1, 2], key=None), sorted(["a", "B"], key=str.casefold))
print(sorted([5, 3, 1], key=functools.cmp_to_key(lambda a, b: a - b)), sorted("bca", key=functools.cmp_to_key(lambda a, b: (a < b) - (a > b))), sorted(range(10), key=lambda x: x % 3), sorted(range(10), key=lambda x: x % 3, reverse=True))
for bad in (lambda: sorted([1, "a"]), lambda: sorted([None, 1]), lambda: sorted([{}, {}]), lambda: sorted(5), lambda: sorted([1], 2), lambda: sorted([1], key=5), lambda: sorted([1, 2], reverse="x"), lambda: sorted([1j, 2]), lambda: [].sort(foo=1), lambda: sorted([object(), object()]), lambda: sorted()):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
n = float("nan")
print(sorted([3.0, n, 1.0, 2.0]), min([n, 1]), max([2, n]))
big = [(i * 1103515245 + 12345) % 2147483648 for i in range(5000)]
s = sorted(big)
print(s[0], s[2500], s[-1], all(a <= b for a, b in zip(s, s[1:])), sum(s) == sum(big))
words = ("the quick brown fox jumps over the lazy dog " * 20).split()
w = sorted(words)
print(w[0], w[-1], w[50], w.count("the"), sorted(set(words)), sorted(set(words), key=lambda v: (len(v), v)))
f = sorted([b / 7 for b in big])
print(f[0], f[1234], sorted([2**70, -(2**70), 5, 2**65]), sorted([1.5, 1, 2, 0.5]), sorted(["\u0416", "a", "\xe9", "\U0001f600"]) == ["a", "\xe9", "\u0416", "\U0001f600"], sorted([b"b", b"a"]), sorted([True, False, True]), sorted([(2, 1), (1, 2), (1, 1)], reverse=True))
