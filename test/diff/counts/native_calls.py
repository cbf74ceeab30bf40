# Counts seen from inside calls that native code makes: sort keys, map, reduce, __eq__ in search, __hash__, callbacks, iteration.
import functools
import weakref
from sys import getrefcount as rc


class O:
    seen = []

    def __init__(self, n=0):
        self.n = n

    def note(self, what, *others):
        O.seen.append((what, rc(self), *(rc(o) for o in others)))

    def __lt__(self, o):
        self.note("lt", o)
        return self.n < o.n

    def __eq__(self, o):
        self.note("eq", o)
        return False

    def __hash__(self):
        self.note("hash")
        return 1

    def __repr__(self):
        self.note("repr")
        return "O"

    def __len__(self):
        self.note("len")
        return 1

    def __iter__(self):
        self.note("iter")
        return iter((1,))

    def __getitem__(self, k):
        self.note("getitem", k)
        return k

    def __setitem__(self, k, v):
        self.note("setitem", k, v)

    def __contains__(self, x):
        self.note("contains", x)
        return True

    def __add__(self, o):
        self.note("add", o)
        return self

    def __iadd__(self, o):
        self.note("iadd", o)
        return self

    def __call__(self, *a):
        self.note("call", *a)
        return a

    def __index__(self):
        self.note("index")
        return 0

    def __bool__(self):
        self.note("bool")
        return True

    def __format__(self, s):
        self.note("format")
        return ""

    def __getattr__(self, name):
        self.note("getattr")
        return self

    def __enter__(self):
        self.note("enter")
        return self

    def __exit__(self, *a):
        self.note("exit")

    def __del__(self):
        O.seen.append(("del", self.n))


def show(label, f, *args):
    O.seen.clear()
    try:
        f(*args)
    except Exception as e:
        O.seen.append(type(e).__name__)
    print(label, O.seen)


a, b = O(1), O(2)
l = [a, b]
show("sorted", lambda: sorted(l))
show("sort key", lambda: sorted(l, key=lambda v: (O.seen.append(("key", rc(v))), v.n)[1]))
show("max", lambda: max(a, b))
show("index", lambda: l.index(5))
show("in list", lambda: b in [a])
show("count", lambda: l.count(7))
show("remove", lambda: [a].remove(b))
show("list ==", lambda: [a] == [b])
show("dict get", lambda: {a: 1}.get(b))
show("set", lambda: {a, b})
show("hash", lambda: hash(a))
show("repr", lambda: repr(l))
show("len", lambda: len(a))
show("list()", lambda: list(a))
show("unpack", lambda: (lambda *q: q)(*a))
show("getitem", lambda: a[b])
show("setitem", lambda: a.__setitem__(b, l))
show("setitem statement", lambda: exec("a[b] = a", {"a": a, "b": b}))
show("in", lambda: b in a)
show("add", lambda: a + b)
show("sum", lambda: sum([a, b], a))
show("reduce", lambda: functools.reduce(lambda x, y: (O.seen.append(("red", rc(x), rc(y))), x)[1], [a, b]))
show("map", lambda: list(map(a, [b, b])))
show("filter", lambda: list(filter(None, [a])))
show("filter f", lambda: list(filter(lambda v: O.seen.append(rc(v)), [a])))
show("call", lambda: a(b, b))
show("partial", lambda: functools.partial(a, b)())
show("index use", lambda: [1, 2][a])
show("range", lambda: range(a, b))
show("bool", lambda: not a)
show("any", lambda: any([a]))
show("format", lambda: f"{a:x}")
show("%s", lambda: "%s" % a)
show("print to str", lambda: str(a))
show("getattr", lambda: a.missing)
show("hasattr", lambda: hasattr(a, "zz"))
show("sorted reverse", lambda: sorted([b, a], reverse=True))
show("temp", lambda: O(9)(O(8)))
show("temp add", lambda: O(7) + O(6))


def with_statement():
    with a:
        O.seen.append(("body", rc(a)))


show("with", with_statement)
show("weakref callback", lambda: (lambda t: weakref.ref(t, lambda r: O.seen.append("callback")))(O(5)))


def iadd():
    global a
    a += b


show("iadd", iadd)
print(rc(a), rc(b), rc(l))
