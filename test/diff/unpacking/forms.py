# Unpacking in assignments, loops, calls and displays, with order of evaluation and errors.
a, b = 1, 2
(c, d), e = (3, 4), 5
[f, [g, *h]] = [6, [7, 8, 9]]
*i, j = "xyz"
k, *l = [1]
m, = (5,)
*n, = range(3)
(o) = 7
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)
p = q = r, s = 1, 2
print(p, q, r, s)
x = [0, 0, 0]
idx = 0
idx, x[idx] = 1, "at one"
print(idx, x)
x[0], x[1:], (y, x[-1]) = "zero", [5, 6], ("y", "last")
print(x, y)


class Obj:
    pass


ob = Obj()
ob.a, ob.b = 1, 2
ob.c, *ob.d = "abc"
dct = {}
dct["p"], dct["q"] = "pq"
*dct["rest"], dct["last"] = range(4)
print(vars(ob), dct)
for (u, v), w in [((1, 2), 3), ("ab", 4)]:
    print(u, v, w, end="; ")
for first, *rest in [[1, 2, 3], "x", (4, 5)]:
    print(first, rest, end="; ")
for ob.loop in range(2):
    pass
print(ob.loop, [p + q for p, q in [(1, 2), (3, 4)]], {k: v for k, (v, *_) in {"a": (1, 2)}.items()})


def it(n):
    for i in range(n):
        print("  yield", i)
        yield i


try:
    a, b = it(5)
except ValueError as err:
    print(err)
cases = ["a, b = 1, 2, 3", "a, b = [1]", "a, b, *c = [1]", "a, b = 5", "a, b = None", "a, b = 'abc'", "a, = []", "(a, b), c = (1, 2), ", "a, b = {1: 2}", "[a, b] = it(0)", "a, *b, c = 'x'", "*a, b = []", "a, (b, c) = 1, 2", "a, b = {1, 2, 3}", "x[5], y = 1, 2", "a, b = dict.fromkeys(range(3))", "a, b = (i for i in range(3))", "a, b = range(10**6)"]
for case in cases:
    try:
        exec(case)
        print(case, "fine")
    except Exception as err:
        print(case, "->", type(err).__name__, err)
for case in ["*a = [1]", "*a, *b = [1]", "a, b += 1, 2", "() = 5", "[] = ()", "a = *b", "f() = 1", "1 = x", "a, 1 = 2, 3", "(a, b): int = 1", "*a", "print(*a, **b, *c)", "for *x in y: pass", "del *a", "(*a)", "{*a, **b}", "x = yield = 1", "None = 1", "a + 1 = 2", "[a, b.c, d[0]] = x", "(yield) = 1", "'a' = 1", "f'{x}' = 1", "a if b else c = 1", "[x for x in y] = 1", "lambda: 1 = 2", "-a = 1", "a.b: int", "a[0]: int = 5", "(a): int = 1", "x := 1", "(x.y := 1)", "a, b: int"]:
    try:
        compile(case, "c", "exec")
        print(case, "| compiles")
    except SyntaxError as err:
        print(case, "|", err.msg)


def call(*args, **kw):
    return args, kw


print(call(*[1, 2], 3, *"ab", k=1, **{"l": 2}, m=3, **{}), call(*{1: 2}, *{3}), call(**{"a b": 1}), call(*(i for i in range(2))), call(*(), **{}))
print([*[1], *(2, 3), *{4: 5}, *"s"], (*[1], 2), {*[1, 1], 2}, {**{"a": 1}, "b": 2, **{"a": 9}}, [*()], (*"ab",), [*range(3), *range(2)], {**{}, **{}})
for bad in (lambda: call(*5), lambda: call(*None), lambda: call(**5), lambda: call(**{1: 2}), lambda: call(**{"a": 1}, **{"a": 2}), lambda: [*5], lambda: {**[1]}, lambda: (*1.5,), lambda: {*[[]]}, lambda: call(k=1, **{"k": 2}), lambda: print(*[1], sep=5), lambda: call(1, *2, 3)):
    try:
        print(bad())
    except TypeError as err:
        print(err)
order = []


def t(v):
    order.append(v)
    return v


dct2 = {}
dct2[t("key1")], dct2[t("key2")] = t("value1"), t("value2")
call(t(1), *[t(2)], t(3), x=t(4), **{"y": t(5)})
{t("k"): t("v"), **{t("k2"): t("v2")}}
t([10, 20])[t(0)] = t("assigned")
print(order)
a, b, c = c, a, b = 1, 2, 3
print(a, b, c)
swap = [1, 2, 3]
swap[0], swap[2] = swap[2], swap[0]
swap[:2] = swap[1::-1]
print(swap)
head, *tail = it(2)
print(head, tail)
