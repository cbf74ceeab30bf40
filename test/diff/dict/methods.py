# dict: every method, order, views, merging, errors.
d = {"b": 1, "a": 2}
d["c"] = 3; d["b"] = 10; d.update(e=5); d.update({"f": 6}); d.update([("g", 7)], h=8); d |= {"i": 9}; d |= [("j", 10)]
print(d, len(d), list(d), d["a"], d.get("zz"), d.get("zz", 0), d.pop("e"), d.pop("e", "none"), d.popitem(), d.setdefault("a", 99), d.setdefault("new"), "a" in d, "zz" not in d)
print(list(d.items()), list(d.keys()), list(d.values()), list(reversed(d)), list(reversed(d.items())), dict(d) == d, d.copy() is d, d == {}, {1: 2} == {1.0: 2.0}, {"a": 1, "b": 2} == {"b": 2, "a": 1})
print({**{"x": 1}, "y": 2, **{"x": 3}}, {"a": 1} | {"a": 2, "b": 3}, dict(a=1, **{"b": 2}), dict([("k", "v")], k2=1), dict(zip("ab", [1, 2])), dict.fromkeys("abc"), dict.fromkeys([1, 2], 0), {i: i * i for i in range(4) if i % 2}, dict({"z": 1}), dict())
for bad in (lambda: d["zz"], lambda: {}.popitem(), lambda: d.pop("zz"), lambda: {[]: 1}, lambda: {{}: 1}, lambda: d[[]], lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict("ab"), lambda: d.update(5), lambda: d.update([(1,)]), lambda: d | 5, lambda: d + d, lambda: d < d, lambda: hash(d), lambda: d.get(), lambda: dict(1, 2), lambda: d.fromkeys(), lambda: d.fromkeys(5), lambda: d.nothing, lambda: d.__delitem__("zz"), lambda: {**5}, lambda: dict(**{1: 2}), lambda: [] in d, lambda: d.get([]), lambda: d.setdefault([], 1), lambda: {(1, []): 2}, lambda: print(**{"a": 1, 2: 3}), lambda: {1: 2}[2.5]):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
for mutate in ("d2['x'] = 1", "del d2['a']", "d2.clear()", "d2.pop('a')", "d2.update(z=1)"):
    d2 = {"a": 1, "b": 2, "c": 3}
    try:
        for k in d2:
            exec(mutate)
        print(mutate, "fine", d2)
    except RuntimeError as e:
        print(mutate, e)
d2 = {"a": 1, "b": 2}
for k in d2:
    d2[k] = k * 2
    d2["a"] = 0
print(d2)
for k in list(d2):
    del d2[k]
print(d2)
k, v, i = {"a": 1, "b": 2}.keys(), {"a": 1, "b": 2}.values(), {"a": 1, "b": 2}.items()
print(k, v, i, len(k), "a" in k, 1 in v, ("a", 1) in i, ("a", 2) in i, k & {"a", "z"}, k | {"q"}, k - {"a"}, sorted(k ^ {"a", "z"}), i & {("a", 1)}, k == {"a", "b"}, k <= {"a", "b", "c"}, k.isdisjoint("xyz"), i == {("b", 2), ("a", 1)}, v == v, {"a": 1}.values() == {"a": 1}.values(), type(k).__name__, k.mapping, sorted(i - {("a", 1)}), list(reversed(v)))
x = {"k": 1}; view = x.keys(); x["l"] = 2; print(view, list(view), len(view))
it = iter({"a": 1, "b": 2}); print(next(it), it.__length_hint__(), list(it), list(it))
order = {}
for ch in "hello world": order[ch] = order.get(ch, 0) + 1
print(order, max(order, key=order.get), sorted(order.items(), key=lambda p: (-p[1], p[0]))[:3])
del order["l"]; order["l"] = "again"; order.pop("h"); order["h"] = "back"; print(order, next(iter(order)), list(order)[-1])
class Missing(dict):
    def __missing__(self, key):
        self[key] = key * 2
        return "made"
m = Missing(a=1); print(m["a"], m["q"], m["q"], m.get("zz"), m, "zz" in m, type(m.copy()).__name__, type(m | {}).__name__, Missing.fromkeys("ab"), m == {"a": 1, "q": "qq"})
class H:
    def __init__(self, h, n): self.h, self.n = h, n
    def __hash__(self): return self.h
    def __eq__(self, o): return isinstance(o, H) and self.n == o.n
    def __repr__(self): return f"H{self.n}"
c = {H(1, i): i for i in range(10)}; print(c, c[H(1, 5)], H(1, 99) in c, len(c)); del c[H(1, 3)]; print(c.pop(H(1, 7)), list(c.values()), c.get(H(2, 5)))
r = {}; r["self"] = r; r["list"] = [r]; print(r, {1: {2: {3: {}}}}, {"a": None, 2: (1,), None: [], True: "t", 1.5: 1j, b"x": ...})
n = float("nan"); nd = {n: 1}; print(nd[n], float("nan") in nd, {0: "a", 0.0: "b", False: "c"}, {1: "i", True: "b"}, {"a": 1}.__contains__("a"), {}.__len__(), {"a": 1}.__getitem__("a"), {"x": 1}.__eq__(5), {1: 2}.__or__({3: 4}), {1: 2}.__ior__([(5, 6)]), {1: 2}.__ror__({9: 9}))
