# Scopes: global, nonlocal, closures, late binding, class bodies, default values, del, exec.
x = "global"


def read():
    return x


def shadow():
    x = "local"
    return x


def assign_global():
    global x, fresh
    x = "changed"
    fresh = "made"


print(read(), shadow(), read())
assign_global()
print(x, fresh)


def unbound():
    print(x)
    x = 1


try:
    unbound()
except UnboundLocalError as e:
    print(e)


def counter():
    n = 0

    def up(k=1):
        nonlocal n
        n += k
        return n

    def get():
        return n

    return up, get


up, get = counter()
up()
up(5)
up2, get2 = counter()
up2()
print(get(), get2(), up.__closure__[1].cell_contents if len(up.__closure__) > 1 else up.__closure__[0].cell_contents, up.__code__.co_freevars, counter.__code__.co_cellvars)
fs = [lambda: i for i in range(3)]
print([f() for f in fs], [f() for f in [lambda i=i: i for i in range(3)]])
fs = []
for i in range(3):
    fs.append(lambda: i)
i = 99
print([f() for f in fs])


def outer():
    a = 1

    def middle():
        b = 2

        def inner():
            nonlocal a
            a += b
            return a, b, x
        return inner
    return middle()


f = outer()
print(f(), f())


class C:
    x = "class"
    y = x + "!"
    z = [x for _ in range(1)]
    try:
        w = [y for _ in range(1)]
    except NameError as e:
        w = str(e)

    def method(self):
        return x

    def via_self(self):
        return self.x, C.x

    def default(self, v=x):
        return v

    class Inner:
        inherited = x


print(C.y, C.z, C.w, C().method(), C().via_self(), C().default(), C.Inner.inherited)


def make():
    x = "enclosing"

    class D:
        before = x
        x = "own" if False else x

    class E:
        value = x
    return D.before, D.x, E.value


try:
    print(make())
except NameError as e:
    print(e)


def f(a, b=[], *args, c={}, **kw):
    b.append(a)
    c[a] = len(b)
    return b, c


print(f(1), f(2), f(3, [9]), f.__defaults__, f.__kwdefaults__)


def params(a, /, b, *, c):
    return a, b, c


print(params(1, 2, c=3), params(1, b=2, c=3))
for bad in (lambda: params(a=1, b=2, c=3), lambda: params(1, 2, 3), lambda: params(1, 2), lambda: params(1), lambda: params(1, 2, c=3, d=4), lambda: params(1, b=2, **{"b": 3}), lambda: params(*5), lambda: params(**5), lambda: params(1, 2, *[3], c=4), lambda: params(), lambda: f(), lambda: (lambda: 1)(1), lambda: (lambda a, b, c: 1)(1, 2, 3, 4), lambda: (lambda *, k1, k2: 1)(), lambda: (lambda a=1: 1)(1, 2)):
    try:
        bad()
    except TypeError as e:
        print(e)
comp = [y := 5, y + 1]
print(comp, y, [last := v for v in range(3)], last, any((hit := v) > 1 for v in [1, 2, 3]), hit)
print([x for x in [1, 2]], x, {k: v for k, v in {"a": 1}.items()}, [[x for x in range(y)] for y in range(3)], [(a, b) for a in range(2) for b in range(a)])


def delete():
    v = 1

    def show():
        return v
    del v
    try:
        return show()
    except NameError as e:
        return f"{type(e).__name__}: {e}"


print(delete())


def recursive_default(n, cache={0: 0, 1: 1}):
    if n not in cache:
        cache[n] = recursive_default(n - 1) + recursive_default(n - 2)
    return cache[n]


print(recursive_default(50), len(recursive_default.__defaults__[0]))
print((lambda *a, **k: (a, k))(1, *[2, 3], 4, x=1, **{"y": 2}), (lambda a, *b, c=5: (a, b, c))(1, 2, 3), (lambda: (yield))().__class__.__name__)
