# Async generators, async comprehensions, asend, athrow, aclose, driven by hand.
class Yield:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        return (yield self.v)


def drive(coro, *sends):
    trace, sends, value = [], iter(sends), None
    try:
        while True:
            trace.append(coro.send(value))
            value = next(sends, None)
    except StopIteration as e:
        return trace, e.value
    except Exception as e:
        return trace, f"{type(e).__name__}: {e}"


async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got is not None:
                await Yield(("got", got))
    except ValueError as e:
        yield f"caught {e}"
    finally:
        await Yield("cleanup")


async def collect():
    return [x async for x in agen(3)]


print(drive(collect()))


async def sending():
    g = agen(5)
    out = [await g.asend(None), await g.asend("a"), await anext(g)]
    out.append(await g.athrow(ValueError("v")))
    try:
        await anext(g)
    except StopAsyncIteration:
        out.append("stop")
    return out


print(drive(sending()))


async def closing():
    g = agen(5)
    await anext(g)
    await g.aclose()
    try:
        await anext(g)
    except StopAsyncIteration:
        return "closed"


print(drive(closing()))


async def comprehensions():
    a = [x * 2 async for x in agen(3) if x]
    b = {x async for x in agen(2)}
    c = {x: await Yield(x) async for x in agen(2)}
    d = (y async for y in agen(2))
    e = [z async for z in d]
    f = [await Yield(i) for i in range(2)]
    g = [[x async for x in agen(i)] for i in range(3)]
    h = [x for i in [1, 2] for x in [j async for j in agen(i)]]
    return a, b, c, e, f, g, h


print(drive(comprehensions(), *"abcdefghijklmnopqrstuvwxyz"))


async def loops():
    out = []
    async for x in agen(5):
        if x == 1:
            continue
        if x == 3:
            break
        out.append(x)
    else:
        out.append("else")
    async for x in agen(0):
        pass
    else:
        out.append("empty else")
    return out


print(drive(loops()))
g = agen(2)
print(type(g).__name__, g.__name__, g.ag_running, g.ag_frame is not None, g.ag_await)
for bad in (lambda: iter(g), lambda: next(g), lambda: [x for x in g], lambda: len(g), lambda: g.send(1)):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


async def reraise():
    async for x in agen(2):
        raise KeyError(x)


print(drive(reraise()))


async def stop_inside():
    async def bad():
        yield 1
        raise StopAsyncIteration("inner")
    return [x async for x in bad()]


print(drive(stop_inside()))


async def gen_return():
    async def early():
        yield 1
        return
        yield 2
    return [x async for x in early()]


print(drive(gen_return()))


class AIter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        await Yield("next")
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def both():
    return [x async for x in AIter(2)], await anext(AIter(0), "default")


print(drive(both()))
for src in ("async def f():\n yield 1\n return 2", "async def f():\n yield from g()", "def f():\n async for x in y: pass", "def f():\n await x", "async def f():\n def g():\n  await x", "async def f(): return [await x for x in y]", "def f(): return [x async for x in y]", "async def f(): return (await x for x in y)", "async def f():\n lambda: await x", "await = 5", "class C:\n await x"):
    try:
        compile(src, "a", "exec")
        print("compiles")
    except SyntaxError as e:
        print(e.msg)
