# The with statement in all its forms: order, values, exceptions, suppression, several items.
class M:
    def __init__(self, name, swallow=False, fail_enter=False, fail_exit=False):
        self.name, self.swallow, self.fail_enter, self.fail_exit = name, swallow, fail_enter, fail_exit

    def __enter__(self):
        print("enter", self.name)
        if self.fail_enter:
            raise RuntimeError("enter of " + self.name)
        return self.name.upper()

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value, tb is not None)
        if self.fail_exit:
            raise KeyError("exit of " + self.name)
        return self.swallow

    def __del__(self):
        print("del", self.name)


with M("a"):
    print("body")
with M("a") as x:
    print("as", x)
with M("a") as x, M("b") as y:
    print(x, y)
with (
    M("a") as x,
    M("b"),
    M("c") as (p),
):
    print("parenthesised", x, p)
with M("t") as (one):
    print(one)
with M("ab") as (u, v):
    print(u, v)
with M("xyz") as [first, *rest]:
    print(first, rest)
d = {}
with M("k") as d["key"]:
    print(d)
with M("s", swallow=True):
    raise ValueError("swallowed")
try:
    with M("n"):
        raise ValueError("passed on")
except ValueError as e:
    print("caught", e)
with M("outer", swallow=True), M("inner"):
    raise ValueError("inner sees it first")
try:
    with M("o"), M("f", fail_enter=True):
        print("never")
except RuntimeError as e:
    print("caught", e)
try:
    with M("x", fail_exit=True):
        raise ValueError("replaced")
except KeyError as e:
    print("caught", e, "context", repr(e.__context__))
try:
    with M("x", fail_exit=True):
        pass
except KeyError as e:
    print("caught", e, "context", e.__context__)


def returning():
    with M("r"):
        return "value"


print(returning())


def looping():
    for i in range(3):
        with M("l%d" % i):
            if i == 0:
                continue
            if i == 1:
                break
    return i


print(looping())


def gen():
    with M("g"):
        yield 1
        yield 2


for v in gen():
    print(v)
    break
print("generator dropped")
with M("nest1"):
    with M("nest2", swallow=True):
        raise TypeError("x")
    print("between")


class NoExit:
    def __enter__(self):
        print("never entered")


class NoEnter:
    def __exit__(self, *a):
        pass


for cls in (NoExit, NoEnter, int):
    try:
        with cls():
            pass
    except TypeError as e:
        print(e)


class Odd:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return "truthy"


with Odd():
    raise ValueError
print("end")
