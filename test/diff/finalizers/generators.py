# Finalization of generators, of their finally blocks, of frames that end early.
import gc


def g(name):
    try:
        print(name, "started")
        yield 1
        yield 2
    except GeneratorExit:
        print(name, "GeneratorExit")
        raise
    finally:
        print(name, "finally")


x = g("never started")
del x
x = g("started")
next(x)
del x
print("--")
x = g("exhausted")
print(list(x))
del x
print("-- break")
for v in g("broken"):
    break
print("after break")


def holding():
    yield from g("inner")
    print("not reached")


x = holding()
next(x)
print("-- del outer")
del x


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("refuses")
        yield 2


import sys
sys.unraisablehook = lambda u: print("unraisable:", u.exc_type.__name__, u.exc_value, type(u.object).__name__)
x = stubborn()
next(x)
del x
x = stubborn()
next(x)
try:
    x.close()
except RuntimeError as e:
    print(e)


def failing():
    try:
        yield 1
    finally:
        raise KeyError("in finally")


x = failing()
next(x)
del x
print("-- cycle")


def cyclic():
    me = yield
    try:
        yield me
    finally:
        print("cyclic finally")


x = cyclic()
next(x)
x.send(x)
del x
print("collect", gc.collect())


class D:
    def __del__(self):
        print("local died")


def with_local():
    d = D()
    yield


x = with_local()
next(x)
x.close()
print("closed")
x = with_local()
next(x)
next(x, None)
print("ended")


def early():
    d = D()
    try:
        return "value"
    finally:
        print("finally before local dies")


print(early())


async def coro():
    print("never runs")


import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    c = coro()
    del c
    print([str(w.message) for w in caught])
y = (print("evaluated", i) or i for i in range(3))
next(y)
y = None
print("done")
