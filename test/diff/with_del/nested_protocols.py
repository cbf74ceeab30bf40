# Nested with statements, async with, decorators as context managers, re-entrance, generators with context.
import contextlib

log = []


class R:
    def __init__(self, name, fail=None):
        self.name, self.fail, self.depth = name, fail, 0

    def __enter__(self):
        self.depth += 1
        log.append(f"+{self.name}{self.depth}")
        if self.fail == "enter":
            raise OSError(self.name)
        return self

    def __exit__(self, kind, value, tb):
        log.append(f"-{self.name}{self.depth}" + (f":{kind.__name__}" if kind else ""))
        self.depth -= 1
        if self.fail == "exit":
            raise OSError("exit " + self.name)
        return self.fail == "swallow"


def flush():
    out = " ".join(log)
    log.clear()
    return out


def run(label, f):
    try:
        result = f()
    except Exception as e:
        result = f"{type(e).__name__}({e}) context {e.__context__!r}"
    print(label, "|", result, "|", flush())


r = R("r")


def reenter():
    with r, r:
        with r:
            return r.depth


run("reenter", reenter)


def fails(*rs, error=None):
    def f():
        with contextlib.ExitStack() as stack:
            for q in rs:
                stack.enter_context(q)
            if error:
                raise error
            return "fine"
    return f


run("all fine", fails(R("a"), R("b")))
run("enter fails", fails(R("a"), R("b", "enter"), R("c")))
run("exit fails", fails(R("a"), R("b", "exit")))
run("both exits fail", fails(R("a", "exit"), R("b", "exit")))
run("body fails", fails(R("a"), R("b"), error=ValueError("body")))
run("swallowed inside", fails(R("a"), R("b", "swallow"), error=ValueError("body")))
run("swallow the exit's error", fails(R("a", "swallow"), R("b", "exit"), error=ValueError("body")))


def in_loop():
    for i in range(4):
        with R(str(i)):
            if i == 1:
                continue
            if i == 2:
                break
    else:
        log.append("else")
    return i


run("loop", in_loop)


def in_try():
    try:
        with R("t"):
            raise KeyError("k")
    except KeyError:
        with R("h"):
            log.append("handling")
    finally:
        with R("f"):
            log.append("final")
    return "out"


run("try", in_try)


def gen():
    with R("g"):
        yield 1
        with R("h", "swallow"):
            yield 2
            raise ValueError
        yield 3


run("generator", lambda: list(gen()))


def partial():
    g = gen()
    next(g), next(g)
    g.close()
    return "closed"


run("closed", partial)
run("thrown", lambda: [(g := gen()), next(g), next(g), g.throw(KeyError("in"))][3])


class Async:
    async def __aenter__(self):
        log.append("a+")
        return self

    async def __aexit__(self, *a):
        log.append("a-")


async def coro():
    async with Async(), Async():
        with R("s"):
            return "async result"


def drive():
    try:
        coro().send(None)
    except StopIteration as e:
        return e.value


run("async", drive)


@contextlib.contextmanager
def tag(name):
    log.append(f"<{name}>")
    yield
    log.append(f"</{name}>")


def html():
    with tag("a"), tag("b"):
        log.append("text")
    with tag("c"):
        with contextlib.suppress(ValueError):
            raise ValueError
    with tag("d"):
        raise KeyError("d")


run("tags", html)


@tag("decorated")
def twice(n):
    log.append("n" * n)
    return n


run("decorator", lambda: (twice(1), twice(2)))
for text in ("with 5: pass", "with R: pass", "with R('x') as 5: pass", "with: pass", "with R('x') as (a, b): pass", "with None: pass", "with object() as o: pass"):
    try:
        exec(text)
        print(text, "fine", flush())
    except (TypeError, SyntaxError) as e:
        print(text, type(e).__name__, e.msg if isinstance(e, SyntaxError) else e, flush())
