# contextlib: ExitStack, contextmanager, closing, suppress, redirect, nullcontext; order and exceptions.
import contextlib
import io


class M:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, *info):
        print("exit", self.name, info[0] and info[0].__name__)

    def close(self):
        print("close", self.name)


with contextlib.ExitStack() as stack:
    a = stack.enter_context(M("a"))
    stack.callback(print, "callback", 1, end="!\n")
    stack.push(lambda *info: print("pushed", info[0]))
    stack.enter_context(M("b"))
    print("body")
with contextlib.ExitStack() as stack:
    stack.enter_context(M("kept"))
    rest = stack.pop_all()
    print("popped")
print("outside")
rest.close()
try:
    with contextlib.ExitStack() as stack:
        stack.enter_context(M("x"))
        stack.push(lambda *info: print("sees", info[0].__name__))
        raise ValueError("through")
except ValueError as e:
    print("caught", e)
with contextlib.ExitStack() as stack:
    stack.push(lambda *info: True)
    raise KeyError("suppressed")


@contextlib.contextmanager
def managed(name):
    print("before", name)
    try:
        yield name * 2
    except ValueError as e:
        print("handled", e)
    finally:
        print("after", name)


with managed("m") as v:
    print(v)
with managed("n"):
    raise ValueError("inside")
try:
    with managed("o"):
        raise TypeError("not handled")
except TypeError as e:
    print("out", e)


@managed("deco")
def decorated(x):
    print("decorated", x)


decorated(1)
decorated(2)


@contextlib.contextmanager
def twice():
    yield 1
    yield 2


try:
    with twice():
        pass
except RuntimeError as e:
    print(e)


@contextlib.contextmanager
def never():
    if False:
        yield


try:
    with never():
        pass
except RuntimeError as e:
    print(e)
with contextlib.closing(M("c")) as c:
    print(c.name)
with contextlib.suppress(KeyError, IndexError):
    {}["x"]
    print("not reached")
with contextlib.suppress(Exception):
    pass
out = io.StringIO()
with contextlib.redirect_stdout(out):
    print("hidden")
print(repr(out.getvalue()))
with contextlib.nullcontext(5) as five:
    print(five)


class Deco(contextlib.ContextDecorator):
    def __enter__(self):
        print("deco in")
        return self

    def __exit__(self, *a):
        print("deco out")


@Deco()
def work():
    print("work")
    return 3


print(work())
try:
    with contextlib.ExitStack() as s:
        s.callback(lambda: 1 / 0)
        raise ValueError("first")
except ZeroDivisionError as e:
    print(repr(e), repr(e.__context__))
print(isinstance(M("i"), contextlib.AbstractContextManager))
