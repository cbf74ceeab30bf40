# Coroutines, awaitables, asynchronous generators, comprehensions, context managers.
class Step:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        got = yield self.v
        return got


class Manager:
    async def __aenter__(self):
        return await Step("enter")

    async def __aexit__(self, *exc):
        await Step("exit")
        return True


async def numbers(n):
    try:
        for i in range(n):
            yield i
            await Step(f"after {i}")
    finally:
        await Step("closed")


async def main():
    out = []
    async with Manager() as m:
        out.append(m)
        raise ValueError("swallowed")
    out += [i async for i in numbers(3)]
    out.append({k: v async for k, v in pairs()})
    gen = numbers(5)
    out.append(await gen.asend(None))
    out.append(await anext(gen))
    await gen.aclose()
    agen = (x * 2 async for x in numbers(2))
    async for x in agen:
        out.append(x)
    try:
        await gen.athrow(KeyError("late"))
    except KeyError as e:
        out.append(repr(e))
    return out


async def pairs():
    for k in "ab":
        yield k, await Step(k)


def work():
    c = main()
    steps = []
    try:
        sent = None
        while True:
            steps.append(c.send(sent))
            sent = f"got {len(steps)}"
    except StopIteration as e:
        return steps, e.value


print(work())
