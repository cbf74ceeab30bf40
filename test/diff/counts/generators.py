# Counts of values held by suspended frames: locals, stack temporaries, sent values, yield from.
from sys import getrefcount as rc

o = object()
b = rc(o)


def d():
    return rc(o) - b


def local(x):
    y = x
    yield d()
    del y
    yield d()
    del x
    yield d()


g = local(o)
print("created", d())
print([n for n in g], d())


def temporaries(x):
    z = [x, (yield "in list"), x]
    yield len(z)


g = temporaries(o)
next(g)
print("one on the stack of a suspended frame", d())
g.send(o)
print("sent", d())
g.close()
print("closed", d())


def call(x):
    def f(*a):
        return a
    r = f(x, x, (yield), x)
    yield r


g = call(o)
next(g)
print("arguments waiting", d())
g.send(1)
print("called", d())
del g
print("dropped", d())


def echo():
    got = None
    while True:
        got = yield got


g = echo()
next(g)
print("sends", [rc(g.send(o)) - b for _ in range(3)], d())
g.send(None)
print("forgotten", d())
g.send(o)
del g
print("dropped", d())


def outer(x):
    yield from inner(x)


def inner(x):
    yield d()
    yield d()


g = outer(o)
print("delegated", next(g), next(g), d())
print(next(g, "end"), d())


def returning(x):
    yield
    return x


g = returning(o)
next(g)
try:
    next(g)
except StopIteration as e:
    print("in StopIteration", d(), rc(e.value) - b)
print("after", d())


def handler(x):
    try:
        yield d()
        raise ValueError(x)
    except ValueError as e:
        yield d()
        yield d()


g = handler(o)
print(next(g), next(g), next(g), d())
g.close()
print("closed in handler", d())


def with_finally(x):
    try:
        yield
    finally:
        print("finally", d())


g = with_finally(o)
next(g)
del g
print("end", d())


async def coro(x):
    await wait()
    return x


class wait:
    def __await__(self):
        yield d()


c = coro(o)
print("coroutine made", d(), "running", c.send(None))
try:
    c.send(None)
except StopIteration as e:
    print("returned", rc(e.value) - b)
print(d())
c = coro(o)
c.send(None)
c.close()
print("closed", d())


def many(x):
    while True:
        yield x


gs = [many(o) for _ in range(5)]
print("five", d(), [next(q) is o for q in gs], d())
gs.clear()
print("none", d())
f = (o for _ in range(3))
print(next(f) is o, d())
next(f)
print(d())
