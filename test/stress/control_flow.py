# Calls, generators, exceptions, closures, context managers, coroutines in deep mixtures, with a checksum.
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 60


class Ctx:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append("+")
        return self

    def __exit__(self, kind, value, tb):
        self.log.append(kind.__name__ if kind else "-")
        return kind is KeyError


def gen(n, log):
    try:
        for i in range(n):
            got = yield [i] * (i % 3)
            if got:
                log.append(str(got))
    except ValueError as e:
        log.append(f"v{e}")
        yield ["caught"]
    finally:
        log.append("f")


def delegate(n, log):
    result = yield from gen(n, log)
    yield [result]


async def step(n):
    if n % 5 == 4:
        raise LookupError(n)
    return [n] * 2


async def chain(n):
    out = []
    for i in range(n):
        try:
            out += await step(i)
        except LookupError as e:
            out.append(e.args[0])
    return out


def drive(coro):
    try:
        coro.send(None)
    except StopIteration as e:
        return e.value


def make(n):
    total = 0

    def add(*args, **kw):
        nonlocal total
        total += sum(args) + sum(kw.values()) + n
        return total

    return add, lambda: total


def recurse(n, log):
    with Ctx(log):
        if n == 0:
            raise (KeyError, ValueError, IndexError)[len(log) % 3](n)
        try:
            return recurse(n - 1, log) or n
        except ValueError as e:
            raise RuntimeError(n) from e
        except RuntimeError as e:
            log.append(f"r{e.args[0]}")
            return n


def once(i):
    log = []
    g = delegate(i % 6, log)
    parts = [next(g, None)]
    if i % 3 == 0 and parts[0] is not None:
        try:
            parts.append(g.throw(ValueError(i)))
        except ValueError as e:
            parts.append(e.args)
    else:
        parts.extend(g)
    g.close()
    add, read = make(i)
    for k in range(4):
        add(*range(k), x=k, **{"y": 1})
    try:
        parts.append(recurse(i % 5, log))
    except (ValueError, IndexError, RuntimeError) as e:
        parts.append((type(e).__name__, e.args, type(e.__cause__).__name__))
    try:
        raise ExceptionGroup("g", [ValueError(i), KeyError(i)])
    except* ValueError as eg:
        parts.append(len(eg.exceptions))
    except* KeyError as eg:
        parts.append(str(eg.exceptions[0]))
    parts += [drive(chain(i % 7)), read(), [f(i) for f in [lambda v, k=k: v * k for k in range(3)]], {k: v for k, v in zip("ab", (i, [i]))}]
    match parts[-1]:
        case {"a": a, **rest}:
            parts.append((a, rest))
    return repr(parts) + "".join(log)


texts = [once(i) for i in range(N)]
print(len(texts), sum(map(len, texts)), texts[7], texts[-1], hash("".join(texts)) % 10**6)
