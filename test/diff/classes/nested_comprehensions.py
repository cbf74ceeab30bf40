# Comprehensions in comprehensions in class bodies: the inner ones see the outer ones' names, not the class's.
a = "global"


class C:
    a = "class"
    pairs = [(a, [x for x in [1, 2] if a]) for a in [0, 1]]
    rows = [[x for x in [1, 2] if a] for a in [0, 1]]
    sums = {b: {b + c for c in range(b)} for b in range(3)}
    deep = [[[a + b + c for c in (a, b)] for b in (a, 2)] for a in (5, 6)]
    outer = [a for _ in [0]]
    inner = [[a for x in [1]] for _ in [0]]
    made = [[(lambda: v)() for x in [1]] for v in [7, 8]]


print(C.pairs, C.rows, C.sums, C.deep, C.outer, C.inner, C.made, C.a, sorted(k for k in vars(C) if k[0] != "_"))


def f():
    class D:
        z = [[y for x in [1]] for y in [2, 3]]
        w = [[(y, q) for x in [1]] for y in [2, 3] for q in [y]]

    return D.z, D.w


print(f())
