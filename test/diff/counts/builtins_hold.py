# What built-in objects hold: iterators, views, slices, partials, methods, memoryviews, ranges, exceptions.
from sys import getrefcount as rc
import functools
import itertools
import operator
import weakref


class O:
    def method(self):
        pass

    def __call__(self):
        pass

    def __iter__(self):
        return iter(())


o = O()
b = rc(o)


def held(make):
    thing = make()
    n = rc(o) - b
    del thing
    return n, rc(o) - b


for name, make in [
    ("list", lambda: [o]), ("tuple", lambda: (o,)), ("dict value", lambda: {1: o}), ("dict key", lambda: {o: 1}), ("set", lambda: {o}), ("frozenset", lambda: frozenset([o])),
    ("slice", lambda: slice(o, o, o)), ("method", lambda: o.method), ("builtin method", lambda: o.__str__), ("partial", lambda: functools.partial(o, o, k=o)),
    ("list iterator", lambda: iter([o])), ("call iterator", lambda: iter(o, o)), ("reversed", lambda: reversed([o])), ("enumerate", lambda: enumerate([o])),
    ("zip", lambda: zip([o], [o])), ("map", lambda: map(o, [o])), ("filter", lambda: filter(o, [o])), ("chain", lambda: itertools.chain([o], [o])), ("repeat", lambda: itertools.repeat(o)),
    ("cycle", lambda: itertools.cycle([o])), ("islice", lambda: itertools.islice([o], 1)), ("product", lambda: itertools.product([o], [o])), ("tee", lambda: itertools.tee([o])),
    ("exception", lambda: ValueError(o)), ("StopIteration", lambda: StopIteration(o)), ("property", lambda: property(o)), ("staticmethod", lambda: staticmethod(o)), ("super", lambda: super(O, o)),
    ("weakref", lambda: weakref.ref(o)), ("proxy", lambda: weakref.proxy(o)), ("itemgetter", lambda: operator.itemgetter(o)), ("dict view", lambda: {1: o}.values()), ("dict items", lambda: iter({1: o}.items())),
    ("closure", lambda: (lambda x: (lambda: x))(o)), ("default", lambda: (lambda x=o: 0)), ("generator", lambda: (lambda x: (yield x))(o)), ("instance attribute", lambda: setattr(n := O(), "a", o) or n),
    ("deque", lambda: __import__("collections").deque([o, o])), ("defaultdict", lambda: __import__("collections").defaultdict(o)), ("namespace", lambda: __import__("types").SimpleNamespace(a=o)),
    ("class attribute", lambda: type("T", (), {"a": o}) and None), ("list repeated", lambda: [o] * 5), ("nested", lambda: [[o], (o, {o: o})]), ("lru_cache", lambda: functools.lru_cache(o)),
    ("mappingproxy", lambda: __import__("types").MappingProxyType({1: o})), ("group", lambda: ExceptionGroup("g", [ValueError(o)])), ("starmap", lambda: itertools.starmap(o, [(o,)])),
    ("groupby", lambda: itertools.groupby([o], o)), ("accumulate", lambda: itertools.accumulate([o], o)), ("pairwise", lambda: itertools.pairwise([o, o])), ("chain iterating", lambda: next(c := itertools.chain([o, o])) and c),
    ("zip started", lambda: next(z := zip([o, o], [o, o])) and z), ("Counter", lambda: __import__("collections").Counter([o, o])), ("method of method", lambda: o.method.__func__),
]:
    print(name, *held(make))
import gc
gc.collect()
print("after collection", rc(o) - b)
