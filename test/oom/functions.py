# Functions, closures, defaults, calls of every form, decorators, comprehension, recursion, lambdas.
def work():
    def outer(a, b=[], *args, c={}, **kw):
        total = a

        def inner(*more, **others):
            nonlocal total
            total += len(more) + len(others)
            return total

        return inner

    def deco(f):
        def wrapper(*a, **k):
            return f(*a, **k)

        return wrapper

    @deco
    @deco
    def fact(n):
        return 1 if n < 2 else n * fact(n - 1)

    f = outer(1, [2], 3, 4, c={"x": 1}, d=5)
    calls = [f(1, 2, k=3), f(*[1, 2], **{"a": 1}), fact(25), (lambda *a, **k: (a, k))(1, *range(5), x=1, **{"y": 2})]
    fs = [(lambda i: lambda: i)(i) for i in range(5)]
    m = [str.upper, "abc".upper, [].append, work.__call__]
    g = {i: [j for j in range(i)] for i in range(5)}
    exec("def made(x): return [x, x]", ns := {})
    return len(calls), [q() for q in fs], len(m), len(g), ns["made"](5), eval("[v * 2 for v in range(3)]")


print(work())
