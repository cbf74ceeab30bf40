# Expressions: precedence, associativity, short circuit, chained comparison, conditional, walrus, lambda, starred.
print(2 + 3 * 4 ** 2 ** 0 - 1, -2 ** 2, 2 ** -1, not 1 == 2, 1 < 2 < 3 != 4, 5 - 3 - 1, 7 // 2 * 2 + 7 % 2, ~1 + 1, 1 | 2 ^ 3 & 4, 1 << 2 + 1, 10 - -5, - - 5, 6 / 2 * 3, 1 if 0 else 2 if 0 else 3, (1 if 1 else 2) if 0 else 3)
log = []


def t(v, name=None):
    log.append(name or v)
    return v


def shown(value):
    out = (value, log[:])
    log.clear()
    return out


print(shown(t(1) and t(0) and t(2)), shown(t(0) or t("") or t([])), shown(t(1) < t(2) < t(3)), shown(t(3) < t(2) < t(1)), shown(not t(0) or t(5)), shown(t(1) if t(0) else t(2)), shown([t(1), t(2)][t(0)]), shown(t(1) + t(2) * t(3)), shown({t("k"): t("v")}), shown((lambda a, b=t("default"): a)(t("arg"))), shown(t([5])[t(0)]), shown(t(2) ** t(3) ** t(0)), shown(t(1) in t([1])), shown(t(1) == t(1) != t(2) == t(2)), shown(all(t(v) for v in (1, 0, 2))), shown(f"{t(1)}{t(2)!r:>{t(4)}}"))
x = [0]
x[t(0)] += t(5)
print(shown(x))
a = b = c = t([1])
print(shown(a is b is c))
if (n := len("hello")) > 3 and (m := n * 2):
    print(n, m)
while (chunk := x.pop() if x else None) is not None:
    print("chunk", chunk)
print([y := 1, y**2], (z := 5, z + 1), [last := i for i in range(3)], last, [w for v in range(4) if (w := v * v) > 1])
f = lambda *a, k=1, **kw: (a, k, kw)
print(f(), f(1, 2, k=3, z=4), (lambda: (yield_ := 5))(), (lambda x: lambda y: x + y)(1)(2), (lambda a, /, b, *, c: a + b + c)(1, 2, c=3), [g(2) for g in [lambda v, i=i: v * i for i in range(3)]], sorted("bA", key=lambda c: c.lower()), (lambda: None)())
print((1, 2) + (3,), (1,) * 3, [*(1, 2), *[3]], {**{"a": 1}, "b": 2}, {*"ab"} == {"a", "b"}, (*[1], 2), [1, 2][-1], "abc"[::-1], (1, 2, 3)[1:], {"a": {"b": [1]}}["a"]["b"][0], [[1]][0][0], "a" "b" 'c', "%d" % 3 + "x", -5 % 3, -5 // 3, divmod(-5, 3), 5 .real, 1.5.real, 1_000, 0xFF, 0b11, 0o17, 1e3, 1j * 1j, ..., not not 1)
print(1 in [1] == True, (1 in [1]) == True, 1 < 2 in [2], "a" not in "b" in "bc", None is None is not x, 1 == 1.0 == True, [] is not [], 3 > 2 == 2, not 1 in [2], 1 if "" else 0 or 5, [] or {} or "end", 0 and 1 or 2)
print(True if [] else False, "yes" if x == [] else "no", [v if v % 2 else -v for v in range(4)], {k: v if v else None for k, v in {"a": 0, "b": 1}.items()}, (lambda v: "pos" if v > 0 else "neg" if v < 0 else "zero")(0))
o = type("O", (), {"a": type("P", (), {"b": [1, 2, {"k": "deep"}]})()})()
print(o.a.b[2]["k"][1:3].upper().join(["x", "y"]), (o.a.b + [3])[-1], len(o.a.b[2]), o.a.__class__.__name__)
print(*[1, 2], *"ab", sep="-"), print(*[], end="\n"), print(**{"end": "!\n"})
assert (1, 2) == (1, 2) and not [] and {} == {}, "never"
try:
    assert 1 == 2, f"one is not {1 + 1}"
except AssertionError as e:
    print(repr(e))
try:
    assert []
except AssertionError as e:
    print(repr(e), e.args)
import operator
print(eval("1 +\\\n 2"), eval("(1\n+ 2)"), eval(" [1,\n2,\n]"), eval("{'a': 1,\n}"), eval("lambda: 5")(), eval("(lambda x, *y, z=1, **k: (x, y, z, k))(1, 2, z=3, w=4)"), eval("not-1"), eval("1if 1else 2"), eval("[i for i in(1,2)if i]"))
v = 5; v += 1; v -= 2; v *= 3; v /= 4; v //= 1; v **= 2; v %= 7; print(v)
v = 6; v &= 5; v |= 8; v ^= 3; v <<= 2; v >>= 1; print(v)
s = "a"; s += "b"; s *= 2; l = [1]; l += (2,); l += "x"; l *= 2; d = {1: 1}; d |= {2: 2}; st = {1}; st |= {2}; st -= {1}; print(s, l, d, st)
