# Coroutines driven by hand: await, __await__, async with, async for, errors, states; no event loop.
class Suspend:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


def run(coro, answers=()):
    """Drives a coroutine: prints what it yields, sends it the answers."""
    answers = iter(answers)
    send = None
    while True:
        try:
            out = coro.send(send)
        except StopIteration as e:
            return e.value
        print("  suspended with", out)
        send = next(answers, None)


async def simple():
    return 5


async def two():
    a = await Suspend("first")
    b = await Suspend("second")
    return a, b


async def nested():
    x = await two()
    y = await simple()
    return x, y


print(run(simple()), run(two(), [1, 2]), run(nested(), ["p", "q"]))
c = two()
print(type(c).__name__, c.__name__, c.cr_running, c.cr_frame is not None, c.cr_await, c.cr_code.co_name)
c.send(None)
print(c.cr_await is not None)
try:
    c.throw(ValueError("thrown in"))
except ValueError as e:
    print(e)
try:
    c.send(None)
except RuntimeError as e:
    print(e)


class Ctx:
    async def __aenter__(self):
        print("enter", await Suspend("entering"))
        return "ctx"

    async def __aexit__(self, kind, value, tb):
        print("exit", kind and kind.__name__)
        await Suspend("leaving")
        return kind is ValueError


async def with_it(fail):
    async with Ctx() as c:
        print("body", c)
        if fail:
            raise fail
    return "after"


print(run(with_it(None), ["in", "out"]))
print(run(with_it(ValueError("x"))))
try:
    run(with_it(KeyError("y")))
except KeyError as e:
    print("out", e)


class Count:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        await Suspend(self.n)
        return self.n


async def loop():
    out = []
    async for x in Count(3):
        out.append(x)
    else:
        out.append("else")
    out += [y async for y in Count(2)]
    out.append({y: y async for y in Count(1)})
    out.append([await Suspend(i) async for i in Count(1)])
    return out


print(run(loop()))


async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("agen got", got)
            await Suspend(f"inside {i}")
    finally:
        print("agen finally")


async def use():
    return [x async for x in agen(2)]


print(run(use()))


async def manual():
    g = agen(3)
    print(await anext(g), await g.asend("hello"), type(g).__name__)
    try:
        await g.athrow(ValueError("into agen"))
    except ValueError as e:
        print("back", e)
    print(await anext(g, "default"))
    h = agen(1)
    await anext(h)
    await h.aclose()
    try:
        await anext(h)
    except StopAsyncIteration:
        print("ended")


run(manual())
for bad in ("await 5", "[x async for x in [1]]", "5 .x"):
    async def f():
        return eval(bad)
    try:
        compile(bad, "x", "eval")
        print(bad, "compiles")
    except SyntaxError as e:
        print(bad, "->", e.msg)


async def await_int():
    await 5


async def for_list():
    async for x in [1]:
        pass


async def with_int():
    async with 5:
        pass


class BadAwait:
    def __await__(self):
        return 5


async def bad_await():
    await BadAwait()


for f in (await_int, for_list, with_int, bad_await):
    try:
        run(f())
    except TypeError as e:
        print(e)
c = simple()
try:
    iter(c)
except TypeError as e:
    print(e)
c.close()
import inspect
print(inspect.iscoroutinefunction(simple), inspect.isasyncgenfunction(agen))
x = simple()
print(inspect.getcoroutinestate(x))
x.close()
print(inspect.getcoroutinestate(x))
import types


@types.coroutine
def old():
    r = yield "old style"
    return r


async def uses_old():
    return await old()


print(run(uses_old(), ["answer"]))
lam = lambda: (i async for i in Count(1))
print(type(lam()).__name__)
