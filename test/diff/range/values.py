# range and slice objects: indexing, containment, equality, hashing, big values, errors.
for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 2), range(-3, 3), range(10**20, 10**20 + 5, 2)):
    print(r, list(r), len(r), bool(r), r.start, r.stop, r.step, list(reversed(r)))
r = range(0, 100, 7)
print(r[3], r[-1], r[2:5], r[::-1], r[::2], r[5:2], 49 in r, 50 in r, 49.0 in r, "x" in r, r.index(21), r.count(21), r.count(5), max(r), sum(r), r == range(0, 99, 7), hash(r) == hash(range(0, 99, 7)), range(0) == range(5, 5), range(1, 2, 5) == range(1, 9, 10), r != list(r), True in range(3))
for bad in (lambda: range(), lambda: range(1.5), lambda: range("a"), lambda: range(1, 2, 0), lambda: range(1, 2, 3, 4), lambda: r[100], lambda: r.__getitem__("a"), lambda: r.index(5), lambda: len(range(10**30)), lambda: range(3) + range(2), lambda: range(3) < range(4), lambda: setattr(r, "start", 1), lambda: r.index("x"), lambda: exec("r[0] = 1"), lambda: range(None), lambda: range(stop=5)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
big = range(10**30)
print(big[-1], big[10**25], 10**29 in big, big[5:10], bool(big), big.index(10**28), hash(range(10**30)) == hash(big), repr(big[::10**29]))
it = iter(range(3))
print(next(it), it.__length_hint__(), list(it), next(it, "end"))
it = iter(range(10**20, 10**20 + 2)); print(list(it), type(it).__name__, type(iter(range(2))).__name__)
class I:
    def __index__(self): return 4
print(list(range(I())), range(I(), 10), range(10)[I()], [1, 2, 3, 4, 5, 6][I():], range(True))
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), slice(1, 2) == slice(1, 2), slice(1, 2) < slice(1, 3), s.indices(5), s.indices(100), slice(None, None, -1).indices(4), slice(-3, None).indices(10), slice(-100, 100).indices(3), hash(slice(1, 2)) == hash(slice(1, 2)), list(range(10))[s], "abcdefghijk"[s], slice("a", [1], None))
for bad in (lambda: slice(), lambda: slice(1, 2, 0).indices(5), lambda: slice(1).indices(-1), lambda: slice("a").indices(5), lambda: [1][slice(1.5, None)], lambda: slice(1, 2, 3, 4), lambda: setattr(s, "start", 5), lambda: hash(slice([], 1))):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
class G:
    def __getitem__(self, k): return k
g = G()
print(g[1], g[1:2], g[:], g[::2], g[1, 2], g[1:2, 3], g[...], g[()], g[1:2:3, ..., None], g[a := 5], g[-1:], g[*[1, 2]], g[1, *[2, 3]], g["x":"y"])
print([list(range(*slice(a, b, c).indices(6))) for a in (None, 1, -2) for b in (None, 4, -1) for c in (1, -1, 2)])
print(sum(range(1, 101)), [x for x in range(20, 0, -6)], list(zip(range(3), range(10, 13))), tuple(range(-5, 0)), set(range(3)), dict(enumerate(range(2))), list(map(lambda x: x * 2, range(3))), [*range(2), *range(2)], max(range(5), key=lambda v: -v), sorted(range(5), reverse=True))
