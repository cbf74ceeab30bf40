# dict and set: tables of many sizes against a model of pairs; order, membership, deletion patterns, equality of copies.
def lcg(seed):
    while True:
        seed = (seed * 1103515245 + 12345) % 2**31
        yield seed >> 8


for n in (0, 1, 2, 5, 6, 7, 10, 11, 21, 22, 43, 85, 86, 170, 700):
    r = lcg(n)
    keys = [next(r) % (3 * n + 1) for _ in range(n)]
    for kind in (int, str, lambda k: (k, k), float, lambda k: frozenset([k]), lambda k: b"%d" % k):
        model, d, s = [], {}, set()
        for k in map(kind, keys):
            if k not in [p[0] for p in model[-400:]] and k not in d:
                model.append((k, len(model)))
            d.setdefault(k, len(d))
            s.add(k)
        assert list(d.items()) == model and len(s) == len(d) and all(k in d and k in s for k, _ in model)
        gone = [k for i, (k, _) in enumerate(model) if i % 3 == 1]
        for k in gone:
            assert d.pop(k) == dict(model)[k]
            s.remove(k)
        model = [p for p in model if p[0] not in gone]
        assert list(d.items()) == model and list(reversed(d)) == [k for k, _ in reversed(model)] and set(d) == s == d.keys() and dict(d) == d == d.copy() == {**d}
        for k in gone[:5]:
            d[k] = "back"
        assert list(d)[len(model):] == gone[:5] and not any(k in s for k in gone)
    print(n, len(d), len(s), sum(hash(k) % 97 for k in map(kind, keys)) if n < 50 else "-", d == dict(reversed(d.items())), list(d)[:2])


class Bad:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 4

    def __eq__(self, o):
        return isinstance(o, Bad) and self.n == o.n

    def __repr__(self):
        return f"<{self.n}>"


d = {Bad(i): i for i in range(40)}
for i in range(0, 40, 2):
    del d[Bad(i)]
print(list(d.values()), d[Bad(7)], Bad(8) in d, len(d))
for i in range(0, 40, 4):
    d[Bad(i)] = -i
print(list(d.values()), d.pop(Bad(12)), d.popitem(), {Bad(1), Bad(5), Bad(1)} == {Bad(5), Bad(1)})
s = {Bad(i) for i in range(20)}
s -= {Bad(i) for i in range(0, 20, 3)}
print(sorted(b.n for b in s), len(s | {Bad(100)}), len(s & {Bad(1), Bad(3)}), Bad(2) in s)
m = {}
for i in range(3000):
    m[i % 100, i % 7] = i
    if i % 5 == 0:
        m.pop(((i * 3) % 100, i % 7), None)
print(len(m), sum(m.values()), list(m)[:3], list(m.items())[-1])
q = {}
for i in range(2000):
    q[i] = 1
    if len(q) > 8:
        del q[next(iter(q))]
print(list(q), len(q))
neg = {-1: "a", -2: "b", 2**61 - 2: "c", 2**61 - 1: "d", 0: "e"}
print(neg, hash(-1) == hash(-2), neg[-1], neg[-2], neg[2**61 - 2], neg.get(2**62 - 3))
print({1: "a", 1.0: "b", True: "c"}, {0.1 + 0.2: 1, 0.3: 2}, {"": 1, b"": 2, (): 3, 0: 4, None: 5}, {float("inf"): 1}[1e999], {2**100: "big"}[2.0**100])
