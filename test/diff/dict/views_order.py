# Dict views as live sets, order under updates, merging, comparison, fromkeys with shared values, deep copies.
d = dict(zip("abcde", range(5)))
k, v, i = d.keys(), d.values(), d.items()
d["f"] = 5
del d["a"]
d["b"] = 100
print(list(k), list(v), list(i), len(k), "a" in k, 100 in v, ("b", 100) in i, ("b", 1) in i)
d["a"] = "again"
print(list(d), next(iter(d)), next(reversed(d)), list(reversed(d.values())), list(reversed(d.items()))[:2])
e = {"c": 1, "z": 2}
print(sorted(k & e), sorted(k | e), sorted(k - e), sorted(k ^ e.keys()), k & "abz" == {"a", "b"}, k.isdisjoint(e), k > {"c"}, k == set(d), {"c"} < k, sorted(i & {("a", "again")}), e.keys() == {"z", "c"}, e.items() == {"z": 2, "c": 1}.items(), d.values() == d.values())
for bad in (lambda: k[0], lambda: k + k, lambda: v | v, lambda: v & {1}, lambda: k.add("x"), lambda: hash(k), lambda: i - 5, lambda: k < 5, lambda: next(k), lambda: {1: []}.items() | {1} and {(1, ())} & {1: []}.items() or {1: []}.items() ^ {2}, lambda: k.mapping.__setitem__("x", 1)):
    try:
        print(bad())
    except (TypeError, AttributeError) as err:
        print(err)
print(repr({1: 2}.keys()), repr({}.values()), repr({"a": {}}.items()), type(k).__name__, type(iter(v)).__name__, type(reversed(i)).__name__, len(i))
a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
print(a | b, b | a, {**a, **b}, {**a, "y": 0}, dict(a, **b), a | {}, {} | a == a)
a |= b
a |= [("w", 9)]
print(a, list(a))
c = {"k": 1}
c.update([("m", 2)], n=3)
c.update({"k": 10})
c.update(())
c.setdefault("k", 99), c.setdefault("q", [])
c["q"].append(1)
print(c, c.pop("m"), c.popitem(), list(c))
shared = dict.fromkeys("ab", [])
shared["a"].append(1)
print(shared, dict.fromkeys([1, 1, 2]), dict.fromkeys("ab"), {x: x * 2 for x in "ab"}, dict.fromkeys({"p": 1, "q": 2}, 0))
inv = {v: k for k, v in {"one": 1, "uno": 1, "two": 2}.items()}
print(inv, sorted({"b": 2, "a": 3}.items(), key=lambda p: p[1]), max({"b": 2, "a": 3}, key={"b": 2, "a": 3}.get), dict(sorted({"z": 1, "y": 2}.items())), {**dict(enumerate("ab"))}, [*{"a": 1}], list(map(str, {1: 2})))
n = {}
for word in "the cat the dog a cat the end".split():
    n.setdefault(len(word), []).append(word)
print(n, {k: sorted(set(v)) for k, v in n.items()}, sum(map(len, n.values())))
print({1: "a", True: "b", 1.0: "c", "1": "d"}, {None: 1}[None], {(): 0}[()], {frozenset([1]): 2}[frozenset([1])], {1.5: "x"}[3 / 2], {"a": 1} == {"a": True}, {1: 1} != {2: 1}, {} == [], dict(a=1) is dict(a=1))
import copy
nested = {"l": [1], "d": {"x": [2]}}
s, p = nested.copy(), copy.deepcopy(nested)
nested["l"].append(9)
nested["d"]["x"].append(8)
print(s, p, s["d"] is nested["d"], p["d"] is nested["d"])
it = iter(d)
next(it)
d["new key"] = 1
try:
    next(it)
except RuntimeError as err:
    print(err)
it = iter(d.items())
list(it)
d["more"] = 2
print(next(it, "exhausted stays"))
g = {}
for x in range(10):
    g[x] = x
    if x > 2:
        g.pop(x - 3)
print(g, list(g.values())[0], len(g))
