# Cycles that pass through generators, frames, exceptions, iterators and native objects are found; refcounts after are right.
import functools
import gc
import itertools
import operator
import sys
import types
import weakref

gc.disable()
gc.collect()


class N:
    pass


def check(name, build):
    n = N()
    ref = weakref.ref(n)
    build(n)
    del n
    before = ref() is None
    found = gc.collect()
    print(f"{name:<22}", before, ref() is None, found > 0)


def attr(f):
    return lambda n: setattr(n, "x", f(n))


def generator(n):
    def g():
        n
        yield 1
        yield n
    n.x = g()
    next(n.x)


def running_locals(n):
    def g():
        me = n
        box = [me, (me,)]
        yield box
    n.x = g()
    next(n.x)


def coroutine(n):
    async def c():
        await types.coroutine(lambda: (yield n))()
    n.x = c()
    n.x.send(None)


def exception(n):
    try:
        raise ValueError(n)
    except ValueError as e:
        n.x = e


def traceback_frame(n):
    def inner():
        local = n
        raise KeyError
    try:
        inner()
    except KeyError as e:
        n.x = e.__traceback__


def context(n):
    a, b = ValueError(n), KeyError()
    a.__context__, b.__cause__ = b, a
    n.x = b


def descriptor(n):
    n.x = type("T", (), {"p": property(lambda s: n), "f": lambda s: n})()


def own_class(n):
    T = type("T", (), {})
    T.instance = n
    n.x = T


def metaclass(n):
    M = type("M", (type,), {})
    T = M("T", (), {})
    M.keep = n
    n.x = T


def module(n):
    m = types.ModuleType("m")
    m.n = n
    n.x = m


def lru(n):
    @functools.lru_cache
    def f(v):
        return [n]
    f(1)
    n.x = f


def nested_function(n):
    def f(k=[n]):
        return f
    n.x = f


def group(n):
    n.x = ExceptionGroup("g", [ValueError(n), ExceptionGroup("h", [KeyError(n)])])


def weak_callback(n):
    t = N()
    n.t = t
    n.x = weakref.ref(t, lambda r, n=n: None)


for name, build in [
    ("attribute", attr(lambda n: n)), ("list", attr(lambda n: [n])), ("tuple", attr(lambda n: ((n,),))), ("dict value", attr(lambda n: {1: n})), ("dict key", attr(lambda n: {n: 1})), ("set", attr(lambda n: {n})), ("frozenset", attr(lambda n: frozenset([n]))),
    ("generator", generator), ("generator locals", running_locals), ("coroutine", coroutine), ("exception", exception), ("traceback", traceback_frame), ("contexts", context), ("group", group), ("descriptor", descriptor), ("class", own_class), ("metaclass", metaclass), ("module", module), ("lru_cache", lru), ("function", nested_function),
    ("bound method", attr(lambda n: n.__init__)), ("partial", attr(lambda n: functools.partial(print, n))), ("list iterator", attr(lambda n: iter([n]))), ("tuple iterator", attr(lambda n: iter((n,)))), ("dict iterator", attr(lambda n: iter({n: 1}.items()))), ("set iterator", attr(lambda n: iter({n}))), ("reversed", attr(lambda n: reversed([n]))), ("enumerate", attr(lambda n: enumerate([n]))), ("zip", attr(lambda n: zip([n]))), ("map", attr(lambda n: map(print, [n]))), ("filter", attr(lambda n: filter(n, []))),
    ("chain", attr(lambda n: itertools.chain([n]))), ("cycle", attr(lambda n: itertools.cycle([n]))), ("repeat", attr(lambda n: itertools.repeat(n))), ("product", attr(lambda n: itertools.product([n]))), ("tee", attr(lambda n: itertools.tee([n]))), ("islice", attr(lambda n: itertools.islice([n], 1))), ("groupby", attr(lambda n: itertools.groupby([n]))), ("count", attr(lambda n: itertools.starmap(n, []))),
    ("slice", attr(lambda n: slice(n))), ("property", attr(lambda n: property(n))), ("staticmethod", attr(lambda n: staticmethod(n))), ("super", attr(lambda n: super(N, n))), ("namespace", attr(lambda n: types.SimpleNamespace(n=n))), ("mappingproxy", attr(lambda n: types.MappingProxyType({1: n}))), ("deque", attr(lambda n: __import__("collections").deque([n]))), ("defaultdict", attr(lambda n: __import__("collections").defaultdict(lambda: n))), ("itemgetter", attr(lambda n: operator.itemgetter(n))), ("cell", attr(lambda n: types.CellType(n))), ("generic alias", attr(lambda n: types.GenericAlias(list, (n,)))), ("dict view", attr(lambda n: {1: n}.values())), ("weak callback", weak_callback), ("union-like", attr(lambda n: [types.MethodType(print, n)])),
]:
    check(name, build)
