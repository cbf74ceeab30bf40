# list: every method, with good and bad arguments.
l = [3, 1, 2]
l.append(5); l.extend([7, 8]); l.extend("ab"); l.extend({1: 2}); l.extend(x for x in (9,)); l.insert(0, 0); l.insert(100, "end"); l.insert(-1, "before")
print(l, len(l), l.index(1), l.index(1, 3), l.count(1), l.pop(), l.pop(0), l.pop(-2), l)
l.remove("a"); l.reverse(); print(l)
c = l.copy(); c.clear(); print(c, l == l.copy(), l is l.copy(), l.__len__())
for bad in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].index(2), lambda: [1].remove(2), lambda: [1].insert("a", 1), lambda: [].append(), lambda: [].append(1, 2), lambda: [].extend(5), lambda: [1].pop("x"), lambda: [1][5], lambda: [1].__getitem__("a"), lambda: [1].__setitem__(5, 1), lambda: [1].__delitem__(5), lambda: [1] + (2,), lambda: [1] * "a", lambda: [1] < (2,), lambda: [1] < ["a"], lambda: hash([]), lambda: [1, 2].sort(1), lambda: [1, "a"].sort(), lambda: [1].index(1, "x"), lambda: list(5), lambda: list(1, 2), lambda: [].nothing, lambda: [1].__setitem__(slice(0, 1), 5), lambda: [1, 2, 3].__setitem__(slice(0, 3, 2), [1]), lambda: [0] * 10**20, lambda: [1] - [1], lambda: list(x=1), lambda: [1].__getitem__(slice(None, None, 0))):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
n = list(range(10))
print(n[2:5], n[:3], n[7:], n[-3:], n[::3], n[::-1], n[8:2:-2], n[100:], n[-100:2], n[5:2], n[True], n[-1], n[:-1:2])
n[2:4] = ["x", "y", "z"]; print(n)
n[::2] = [0] * len(n[::2]); print(n)
n[1:1] = [1, 1]; n[len(n):] = [99]; n[:0] = "ab"; print(n)
del n[0], n[-1], n[2:5], n[::2]; print(n)
n[:] = n[::-1]; n[1:3] = []; n[0:2] = iter([5, 6, 7]); print(n)
n[:] = n + n; n *= 2; n += "z"; n += (1,); print(n)
n[2:4] = n; print(n, len(n))
print([1] + [2], [0] * 3, 2 * [1, 2], [] * 5, [1] * -1, [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [2] > [1, 5], [1, 2] != [1, 2], [1, [2, 3]] == [1, [2, 3]], 1 in [1.0], "a" not in ["b"], [float("nan")] == [float("nan")])
s = [5, 2, 8, 1]
print(s.sort(), s, s.sort(reverse=True), s, sorted(s), sorted(s, reverse=True), sorted("hello"), sorted({3: 1, 1: 2}), sorted(["b", "A"], key=str.lower), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([3, 1, 2], key=lambda v: -v), sorted([True, 0, 1.5]))
print(list(), list("abc"), list((1, 2)), list({1: 2, 3: 4}), list(range(3)), list(map(str, [1])), list([1, [2]]), list(b"ab"), list(zip("ab", [1, 2])))
r = [1, 2]; r.append(r); print(r, repr(r), str([r])[:20], r == r, [[]] * 2, [None, True, 1.5, "x", b"y", (1,), {2}, {3: 4}])
it = iter([1, 2, 3]); print(next(it), it.__length_hint__(), list(it), list(it), it.__length_hint__())
m = [1, 2, 3]; out = []
for x in m:
    out.append(x)
    if x < 3 and len(m) < 8: m.append(x * 10)
print(out, m)
m = [1, 2, 3, 4]
for x in m: m.remove(x)
print(m, list(reversed([1, 2])), [x for x in reversed(m)], max(m), min([3, 1]), sum([1, 2]), any(m), all([]), len([[]]))
a = b = [1]; a += [2]; print(b, a is b); a = a + [3]; print(b, a is b)
x = [1, 2, 3]; x[0], x[1] = x[1], x[0]; i = 0; i, x[i] = 2, 9; print(x, i)
