# Who holds what while a program runs: callers' stacks, suspended frames, exceptions being handled, iterators in loops, with statements.
from sys import getrefcount as rc
import sys


class O:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False

    def __iter__(self):
        return iter([self])


o = O()
b = rc(o)


def d(*held):
    return rc(o) - b - len(held)


def level(n, x):
    return [d()] if n == 0 else [d()] + level(n - 1, x)


print("recursion holds its argument twice a level", level(3, o))


def local_copy(x):
    y = x
    z = [y, (y,)]
    return d()


print(local_copy(o))


def popped(x):
    values = [x, x, x]
    got = [d()]
    values.pop()
    got.append(d())
    values.clear()
    got.append(d())
    del x
    got.append(d())
    return got


print(popped(o))
for item in o:
    print("loop", d())
    for inner in (item, item):
        print("inner loop", d())
del item, inner
print("after", d())
with o as w:
    print("with", d())
    with w:
        print("nested", d())
del w
print("after with", d())


def handler():
    try:
        raise ValueError(o)
    except ValueError as e:
        inside = d()
        try:
            raise KeyError(o)
        except KeyError as k:
            nested = d()
        return inside, nested, d()


print("handlers", handler(), d())


def gen():
    x = o
    yield d()
    try:
        yield d()
    finally:
        final.append(d())


final = []
g = gen()
print("suspended", next(g), next(g), d())
g.close()
print("closed", final, d())


def callback(f, *args):
    return f(*args)


print("forwarded", callback(lambda a, b: d(), o, o), callback(callback, lambda a: d(), o), callback(lambda *a: d(), o, o, o))
print("keywords", (lambda **k: d())(a=o, b=o), (lambda a, *, k: d())(o, k=o), dict(a=o) and d())
print("method", O.__enter__(o) is o, o.__enter__.__self__ is o, d())
t = (o, [o, {"k": o}])
match t:
    case (first, [second, {"k": third}]):
        print("captured", d())
del first, second, third
print("tuple", d())
x, (y, *z) = t
print("unpacked", d())
del t, x, y, z
print("dropped", d())
data = {i: o for i in range(3)}
print("dict", d(), sum(v is o for v in data.values()), d())
for k, v in list(data.items()):
    del data[k]
del v
print("emptied", d())
s = sorted([(1, o), (0, o)], key=lambda p: p[0])
print("sorted", d())
s[0], s[1] = s[1], s[0]
print("swapped", d())
s.clear()
frame = (lambda q: sys._getframe())(o)
print("frame object", d())
frame.clear()
print("cleared frame", d())
del frame


def defaults(p=o, *, q=o):
    return d()


print("defaults", d(), defaults(), defaults(o, q=o))
del defaults
print("gone", d())


def nested():
    v = o

    def one():
        def two():
            return v
        return two
    return one()


f = nested()
print("closure", d(), f() is o, rc(f.__closure__[0].cell_contents) - b)
f = None
print("end", d())
