# Counts in and after comprehensions, generator expressions, lambdas, and their hidden variables.
from sys import getrefcount as rc
import sys

o = object()
b = rc(o)
data = [o] * 4


def d():
    return rc(o) - b


print("list holds", d())
print("list comprehension variable", [d() for v in data], d())
print("filter", [v for v in data if d() > 0].__len__(), d())
x = [v for v in data]
print("result kept", d())
del x
print("two loops", [d() for v in data[:2] for w in data[:2]], d())
print("tuple targets", [d() for v, w in [(o, o)]], d())
print("starred target", [d() for v, *w in [(o, o, o)]], d())
g = (v for v in data)
print("generator made", d(), rc(data))
next(g)
print("one taken", d())
next(g)
print("two taken", d())
list(g)
print("exhausted", d(), rc(data))
del g
print("gone", rc(data))
g = (v for v in data)
next(g)
g.close()
print("closed", d(), rc(data))
g = None
print("nested", sum(1 for v in (w for w in data)), d())
print("map", [d() for v in map(lambda q: q, data)], d())
print("filter object", [d() for v in filter(lambda q: True, data)], d())
print("zip", [d() for v, w in zip(data, data)], d())
print("zip kept pairs", len([p for p in zip(data, data)]), d())
print("enumerate", [d() for i, v in enumerate(data)], d())
print("reversed", [d() for v in reversed(data)], d())
print("sorted", [d() for v in sorted(data, key=id)], d())
print("iter", d(), rc(data))
it = iter(data)
print("iterator holds the list", rc(data))
list(it)
print("exhausted lets go", rc(data))
f = lambda v=o: v
print("default", d())
del f
print("set comprehension", len({v for v in data}), d())
print("dict comprehension", len({v: v for v in data}), d())
k = {i: v for i, v in enumerate(data)}
print("dict kept", d())
k.clear()
print("any", any(d() > 100 for v in data), "all", all(d() >= 0 for v in data), d())
print("early end", next(v is o for v in data), d())
try:
    [1 / 0 for v in data]
except ZeroDivisionError:
    print("failed comprehension", d())
try:
    print(sum(1 / 0 for v in data))
except ZeroDivisionError as e:
    print("failed generator", d())
print("after", d())


class C:
    attr = [rc(o) - b for v in data]


print(C.attr, d())
print((lambda: [d() for v in data])(), (lambda q: [d() for v in [q]])(o), d())
print([(y := v) is o for v in data[:1]], d())
del y, data
print("end", d())
