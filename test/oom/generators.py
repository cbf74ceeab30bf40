# Generators, yield from, send, throw, close; coroutines and async generators driven by hand.
def work():
    def gen(n):
        try:
            for i in range(n):
                got = yield [i]
                if got:
                    yield (got, i)
        finally:
            closed.append(n)

    def outer():
        r = yield from gen(3)
        yield from [1, 2]
        return "done"

    class Await:
        def __await__(self):
            return (yield "suspended")

    async def coro():
        return [await Await(), await Await()]

    async def agen():
        for i in range(3):
            yield [i]

    async def use():
        return [x async for x in agen()]

    closed = []
    out = list(outer())
    g = gen(5)
    next(g)
    out.append(g.send("x"))
    g.close()
    h = gen(2)
    next(h)
    try:
        h.throw(ValueError("thrown"))
    except ValueError as e:
        out.append(str(e))
    c = coro()
    c.send(None)
    c.send(1)
    try:
        c.send(2)
    except StopIteration as e:
        out.append(e.value)
    try:
        use().send(None)
    except StopIteration as e:
        out.append(e.value)
    return len(out), closed, sum(x * x for x in range(10))


print(work())
