# Generators: next, send, throw, close, return values, states, errors.
def g():
    x = yield 1
    print("got", x)
    try:
        y = yield 2
        print("got", y)
    except ValueError as e:
        print("caught", e)
        yield "recovered"
    return "result"


i = g()
print(next(i), i.send("a"), i.throw(ValueError("v")))
try:
    next(i)
except StopIteration as e:
    print("stop", e.value, e.args)
try:
    next(i)
except StopIteration as e:
    print("again", e.value)
print(type(i).__name__, i.__name__, i.__qualname__, i.gi_frame, i.gi_running, i.gi_code.co_name, i.gi_yieldfrom)
i = g()
try:
    i.send(5)
except TypeError as e:
    print(e)
try:
    i.throw(KeyError("unstarted"))
except KeyError as e:
    print("thrown", e)
print(list(i))
i = g()
next(i)
print(i.close(), next(i, "closed"), i.close())
i = g()
print(i.gi_frame is not None, i.gi_frame.f_lineno)
next(i)
print(i.gi_frame.f_lineno, i.gi_frame.f_locals)


def reenter():
    yield next(me)


me = reenter()
try:
    next(me)
except ValueError as e:
    print(e)


def stops():
    yield 1
    raise StopIteration("inner")


try:
    list(stops())
except RuntimeError as e:
    print(e, repr(e.__cause__))


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


import itertools
print(list(itertools.islice(fib(), 10)), [x for x, _ in zip(fib(), range(5))], sum(itertools.takewhile(lambda v: v < 100, fib())))
print(list(x * 2 for x in range(3)), sum(x for x in range(4)), max((len(w), w) for w in ["a", "bbb", "cc"]), dict((k, v) for k, v in zip("ab", [1, 2])), "".join(c for c in "abc"), (x for x in ()).__name__, set(x % 2 for x in range(5)), tuple(y for x in [[1, 2], [3]] for y in x), list(a + b for a in "xy" for b in "12" if b != a))
gen = (print("evaluating", n) or n for n in range(3))
print("made")
print(next(gen), next(gen))
del gen
n = 10
lazy = (n + i for i in range(2))
n = 100
print(list(lazy))
try:
    e = (x for x in undefined)
except NameError as err:
    print("outermost at once:", err)
late = (undefined for x in [1])
try:
    next(late)
except NameError as err:
    print("body late:", err)


def cleanup():
    try:
        yield 1
    finally:
        print("cleanup")


for v in cleanup():
    print(v)
    break
c = cleanup()
next(c)
c.close()


def ret():
    return 5
    yield


try:
    next(ret())
except StopIteration as e:
    print(e.value)


def with_args(*args, k=1, **kw):
    yield args, k, kw


print(next(with_args(1, 2, k=3, z=4)), list(map(next, [with_args(), fib()])))
for bad in (lambda: len(fib()), lambda: fib()[0], lambda: next(5), lambda: next(fib(), 1, 2), lambda: iter(5), lambda: fib().send(), lambda: fib().throw(5), lambda: list(fib(1)), lambda: fib().throw("x")):
    try:
        print(bad())
    except TypeError as e:
        print(e)


def swallow():
    while True:
        try:
            yield
        except Exception as e:
            print("swallowed", type(e).__name__)


s = swallow()
next(s)
s.throw(ValueError)
s.throw(KeyError("x"))
s.close()
u, v, *w = (x for x in range(5))
print(u, v, w)
