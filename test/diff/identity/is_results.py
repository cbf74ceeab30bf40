# `is` between results of operations: which return the same object, which make copies.
import copy


class L(list):
    pass


class T(tuple):
    pass


class S(str):
    pass


class I(int):
    pass


t, l, d, s, f, n, b = (1, [2]), [1], {"k": 1}, "some text here", frozenset([1]), 10**10, b"bytes here"
print("constructors", tuple(t) is t, list(l) is l, dict(d) is d, str(s) is s, frozenset(f) is f, int(n) is n, bytes(b) is b, float(x := 1.5) is x, complex(c := 1j) is c, bool(True) is True, type(t) is tuple)
print("slices", t[:] is t, l[:] is l, s[:] is s, b[:] is b, t[0:2] is t, s[0:len(s)] is s, t[::1] is t, t[:1] is t, ()[1:] is tuple(), ""[5:] == "")
print("copies", copy.copy(t) is t, copy.deepcopy((1, 2)) is not None, copy.deepcopy(t) is t, copy.copy(s) is s, copy.copy(f) is f, d.copy() is d, f.copy() is f, copy.copy(n) is n)
print("arithmetic", n + 0 is n, n * 1 is n, -(-n) is n, +n is n, abs(n) is n, n | 0 is n, n // 1 is n, int(n) is n, round(n) is n, x + 0.0 is x, +x is x, abs(x) is x)
print("strings", s.lower() is s, s.strip() is s, s.replace("zz", "q") is s, s + "" is s, "" + s is s, s * 1 is s, s.format() is s, s % () is s, f"{s}" is s, "".join([s]) is s, s.center(3) is s, s.zfill(1) is s, s.expandtabs() is s, s.encode() is s.encode(), s.title() is s, s.removeprefix("q") is s, s.translate({}) is s, s.lstrip("q") is s, s.rjust(1) is s, s.split("q")[0] is s, s.partition("q")[0] is s, s.splitlines()[0] is s)
print("bytes", b.lower() is b, b.strip() is b, b.replace(b"q", b"z") is b, b + b"" is b, b * 1 is b, b"".join([b]) is b, b.center(1) is b, b.removesuffix(b"q") is b)
print("tuples", t + () is t, () + t is t, t * 1 is t, t * 0 is tuple(), (*t,) is t, tuple(iter(t)) is t, sorted(t, key=id) is t)
print("sets", f | f is f, f & f is f, f - frozenset() is f, f.union() is f, f.intersection() is f, frozenset() is frozenset(), frozenset("") is frozenset([]))
print("subclasses", tuple(T(t)) is t, str(S(s)) is s, type(int(I(5))).__name__, list(L(l)) is l, T(t)[:] is t, type(S(s)[:]).__name__, type(I(5) + 0).__name__, S(s).strip() is s)
print("methods return self?", l.sort(), l.append(2), (l.__iadd__([3])) is l, d.__ior__({}) is d, iter(it := iter(l)) is it, (g := (q for q in l)).__iter__() is g, enumerate(l).__iter__() is not l)
x2 = l
x2 += [9]
x3 = t
x3 += ()
x4 = s
x4 += ""
x5 = n
x5 += 0
print("in place", x2 is l, x3 is t, x4 is s, x5 is n)
print("or and and", (l or d) is l, (l and d) is d, ([] or d) is d, (None or s) is s, (l if l else d) is l, max(l, l) is l, min([n]) is n, max(t, key=id) in t)
print("default get", d.get("zz", s) is s, d.setdefault("k2", l) is l, d["k2"] is l, d.pop("k2") is l, getattr(s, "zz", n) is n, next(iter([]), s) is s)
print("containers keep identity", [s][0] is s, (s,)[0] is s, {1: s}[1] is s, list({s: 1})[0] is s, [*[s]][0] is s, dict(a=s)["a"] is s, (lambda *a: a)(s)[0] is s, (lambda **k: k)(a=s)["a"] is s, list(map(lambda q: q, [s]))[0] is s, sorted([s])[0] is s, sum([n], 0) is n)
k = "key one"
k2 = "".join(["key", " one"])
e = {k: 1}
e[k2] = 2
print("dict keeps the first key", next(iter(e)) is k, k2 is k, {1: "a", 1.0: "b"}, next(iter({1, 1.0, True})), type(next(iter({True, 1}))).__name__)
