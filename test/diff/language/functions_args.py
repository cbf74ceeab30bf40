# Function signatures and calls: every kind of parameter, defaults evaluated once, errors with many arguments.
def a(x, y=2, *args, k, m=5, **kw):
    return x, y, args, k, m, kw


def b(p, /, q, *, r=3):
    return p, q, r


def c(p, q=1, /, r=2, *s, t=3, **u):
    return p, q, r, s, t, u


def d(*, only, other=1):
    return only, other


def e(*args, **kwargs):
    return args, kwargs


def g(self, /, **self_kw):
    return self, self_kw


print(a(1, k=2), a(1, 2, 3, 4, k=5, z=6), a(y=1, x=2, k=3), a(*[1, 2, 3], **{"k": 4, "m": 5, "n": 6}), b(1, 2), b(1, q=2, r=4), c(1), c(1, 2, 3, 4, 5, t=6, p=7, q=8), d(only=1), e(), e(1, a=2), g(1, self=2))
calls = """
a()
a(1)
a(1, 2, 3)
a(k=1)
a(1, x=2, k=3)
b(1)
b(p=1, q=2)
b(1, 2, 3)
b(1, 2, 3, 4)
b(1, 2, s=3)
b(1, 2, r=3, z=4)
b()
c()
c(p=1)
d()
d(1)
d(1, only=2)
d(only=1, bad=2)
d(other=1)
e(**{"a": 1}, **{"a": 2})
e(a=1, **{"a": 2})
e(*1)
e(**1)
e(**{1: 2})
e(*[1], *None)
g()
g(self=1)
(lambda x, y, z: 0)()
(lambda x, y, z: 0)(1)
(lambda x, y, z: 0)(1, 2, 3, 4)
(lambda x, y=1: 0)(1, 2, 3)
(lambda x, *, y, z: 0)(1)
(lambda *, y: 0)()
(lambda: 0)(x=1)
(lambda: 0)(1, 2)
(lambda x: 0)(1, x=1)
(lambda x, /: 0)(x=1)
(lambda x, y, /: 0)(1, y=2)
len(obj=1)
int(x=1)
int("1", bas=2)
print(1, foo=2)
sorted([1], kee=1)
"".join()
[].append(x=1)
{}.get()
{}.get(1, 2, 3)
dict.fromkeys()
str.upper()
object(1)
type("A", (), {}, x=1)
K()
K(1, 2)
K(b=1)
K(1).m()
K(1).m(1, 2)
K.m(1)
K(1).s(1, 2)
K(1).c(1)
""".strip().splitlines()


class K:
    def __init__(self, a):
        self.a = a

    def m(self, x):
        return x

    @staticmethod
    def s(x):
        return x

    @classmethod
    def c(cls):
        return cls


for call in calls:
    try:
        print(call, "=>", eval(call))
    except TypeError as err:
        print(call, "=>", err)
count = 0


def default():
    global count
    count += 1
    return count


def uses(x=default(), y=[]):
    y.append(x)
    return x, len(y)


print(uses(), uses(), uses(9), count, uses.__defaults__)
uses.__defaults__ = (100, [0])
print(uses())


def annotated(a: 1 + 1, *b: "str", c: list = [], **d: None) -> {}:
    v: int
    w: str = "w"
    return w


print(annotated.__annotations__, annotated(1))


def many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z):
    return a + z


print(many(*range(26)), many(**{ch: i for i, ch in enumerate("abcdefghijklmnopqrstuvwxyz")}))
try:
    many(*range(20))
except TypeError as err:
    print(err)
try:
    many()
except TypeError as err:
    print(err)
print((lambda *a: a)(*range(300))[-1], len((lambda **k: k)(**{f"k{i}": i for i in range(300)})), max(*[1, 2], *[5]), dict(**{"a b": 1, "": 2}), (lambda *a, **k: (a, k))(*(), **{}))


def outer(x):
    def inner(y=x, *, z=lambda: x):
        return y, z()
    x += 1
    return inner


print(outer(1)(), outer(1)(5))


def rec(n, *acc):
    return acc if n == 0 else rec(n - 1, n, *acc)


print(rec(5), uses.__name__, a.__kwdefaults__, c.__defaults__, d.__kwdefaults__, c.__code__.co_posonlyargcount, a.__code__.co_varnames)
f = a
f.attr = "on function"
print(f.attr, a.attr, f is a, callable(f), f.__get__(5)(k=1)[0], a.__call__(1, k=2)[0])
