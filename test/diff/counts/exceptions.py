# Counts while exceptions are raised, caught, chained, kept: frames and tracebacks hold what they hold.
from sys import getrefcount as rc
import sys

o = object()
base = rc(o)


def fails(x):
    local = x
    raise ValueError("no")


try:
    fails(o)
except ValueError:
    print("in the handler", rc(o) - base)
print("after the handler", rc(o) - base)

try:
    fails(o)
except ValueError as error:
    kept = error
    print("named", rc(kept), rc(o) - base)
print("kept exception holds its frames", rc(kept), rc(o) - base)
kept.__traceback__ = None
print("traceback dropped", rc(o) - base)
del kept

e = KeyError(o)
print("argument", rc(o) - base, rc(e))
try:
    raise e
except KeyError as caught:
    print("raised", rc(e), caught is e)
print("after", rc(e))
e = e.with_traceback(None)
print("no traceback", rc(e))
del e
print("gone", rc(o) - base)

first = ValueError("first")
try:
    try:
        raise first
    except ValueError:
        raise KeyError("second")
except KeyError as second:
    print("context", second.__context__ is first, rc(first))
print("context gone", rc(first))
try:
    raise TypeError("third") from first
except TypeError as third:
    print("cause", third.__cause__ is first, rc(first))
print("cause gone", rc(first))


def finally_holds():
    local = o
    try:
        raise ValueError
    finally:
        print("in finally", rc(o) - base)


try:
    finally_holds()
except ValueError:
    pass
print("after finally", rc(o) - base)


def with_return():
    local = o
    try:
        return rc(o) - base
    finally:
        local = None


print("return through finally", with_return(), rc(o) - base)


class Ctx:
    def __enter__(self):
        return self

    def __exit__(self, *info):
        print("exit", [type(i).__name__ for i in info], rc(info), rc(info[1]) if info[1] else None)
        return True


with Ctx() as c:
    raise ValueError(o)
print("swallowed", rc(c), rc(o) - base)
with Ctx() as c:
    pass
err = None
for n in range(3):
    try:
        raise ValueError(n)
    except ValueError as x:
        err = x
print("last one", err.args, rc(err))
print("exc_info outside", sys.exc_info())
g = ExceptionGroup("g", [err, ValueError("b")])
print("in a group", rc(err), rc(g), rc(g.exceptions))
sub = g.subgroup(lambda x: x.args == ("b",))
print("subgroup", rc(err), len(sub.exceptions), rc(sub))
del g, sub
print("group gone", rc(err), rc(o) - base)
