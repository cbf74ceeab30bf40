# Slices of lists, strings and tuples with every kind of bound, and assignment and deletion through them.
base = list(range(8))
bounds = (None, 0, 2, 7, 10, -1, -3, -10)
steps = (None, 1, 2, 3, -1, -2, -3)
lines = []
for step in steps:
    row = []
    for start in bounds:
        for stop in bounds:
            s = slice(start, stop, step)
            got = base[s]
            assert "".join(map(str, got)) == "01234567"[s] and tuple(got) == tuple(base)[s] and bytes(got) == bytes(base)[s] and got == [base[i] for i in range(*s.indices(8))] and got == list(range(8)[s])
            row.append(len(got))
    print(step, row, sum(row))
for start in (None, 1, -2, 10):
    for stop in (None, 0, 3, -1):
        l = base[:]
        l[start:stop] = "xy"
        m = base[:]
        del m[start:stop]
        n = base[:]
        n[start:stop] = []
        print(start, stop, l, m, m == n)
for start, stop, step in ((None, None, 2), (1, None, 3), (None, None, -2), (6, 1, -2), (0, 0, 2), (5, 2, 1)):
    l = base[:]
    s = slice(start, stop, step)
    count = len(l[s])
    l[s] = ["*"] * count
    m = base[:]
    del m[s]
    print(start, stop, step, l, m)
    for wrong in (count + 1, count - 1):
        if wrong >= 0 and step != 1:
            try:
                l[s] = [0] * wrong
            except ValueError as e:
                print("  ", e)
l = [1, 2, 3]
l[1:2] = l
l[:0] = l[::-1]
l[len(l):] = (9,)
l[-1:] = {7: 1}
l[2:2] = (x * x for x in (3, 4))
print(l, l[-3:], l[:-3][::-1])
for bad in (lambda: l.__setitem__(slice(0, 2), 5), lambda: l["a":], lambda: l[1.0:], lambda: l[::0], lambda: l.__setitem__(slice(None, None, 2), [1]), lambda: l[None], lambda: l[()], lambda: l.__getitem__((1, 2)), lambda: "abc".__getitem__(slice(0, 1, 0)), lambda: l.__delitem__("x"), lambda: l[object():]):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class Idx:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


print(l[Idx(1):Idx(4)], l[Idx(-1)], base[::Idx(3)], base[: 10**30], base[-(10**30) :: 10**30], base[True:False], "héllo"[1:3], b"abc"[-2:], range(10)[2:8:3][-1], (1, 2, 3)[-2:], bytearray(b"abcdef")[::2], memoryview(b"abcdef")[1:4].tobytes())
rot = lambda seq, n: seq[n:] + seq[:n]
chunks = lambda seq, n: [seq[i:i + n] for i in range(0, len(seq), n)]
print(rot(base, 3), rot("abcdef", -2), chunks(base, 3), chunks("abcdefg", 2), base[::2] + base[1::2], [*zip(base[::2], base[1::2])], base[:3] * 2, sorted(base[::-1]) == base, base[:] == base and base[:] is not base, base[3:3], base[-0:], base[:-0], base[~0], base[-1:0:-1])
