# Counts inside every kind of statement: loops, with, comprehension, match, unpacking, conditional expressions.
from sys import getrefcount as rc
from contextlib import contextmanager

o = object()
b = rc(o)


def d(x=None):
    return rc(o) - b


print("for over tuple", [d() for x in (o,)], d())
for x in (o, o):
    print(d(), end=" ")
print("loop variable stays", d())
del x
for i, (x, y) in enumerate([(o, o)]):
    print("unpacking target", d())
del x, y, i
print("list comprehension", [d() for x in [o] for y in [x]])
print("set comprehension", {d() for x in [o]}, "dict", {d(): d() for x in [o]})
print("generator expression", list(d() for x in [o]))
print("nested", [[d() for y in [x]] for x in [o]])
print("condition", d(o) if o else None, (o and d()), (None or d()))
print("comparison", o == o, o is o, o in [o], d())
print("list display with calls", [o, d(), o, d()][1::2], d())
print("dict display with calls", list({1: o, 2: d()}.values())[1], {o: d()}[o])
print("f-string", f"{d()} {o!r:.7} {d()}")
print("call with many", max(d(o), d(o), d()), d())
print("arguments held", (lambda a, b, c: d())(o, o, o))
print("starred", (lambda *a: d())(o, o), (lambda *a: d())(*[o, o]), (lambda **k: d())(a=o, b=o))
print("star", [*[o], d()][1], (*(o,), d())[1])


@contextmanager
def managed(x):
    yield x


with managed(o) as m:
    print("with", d())
print("after with", d())
del m

match [o, 1]:
    case [x, 1]:
        print("match capture", d())
print("captured name stays", d())
del x
match {"k": o}:
    case {"k": v, **rest}:
        print("mapping pattern", d())
del v, rest

x, *y = [o, o, o]
print("star target", d())
del x, y
x = y = [o]
x[0] = y[0]
print("self assignment", d())
del x, y
l = [o]
l[0], l[0] = o, o
print("items", d())
del l
a = b2 = None
a = o if d() == 0 else None
print("conditional", d())
del a
while True:
    w = o
    print("in while", d())
    break
del w
assert o, "never"
try:
    t = (o, 1 / 0)
except ZeroDivisionError:
    print("abandoned tuple", d())
try:
    f = [o, [o, {o: undefined}]]
except NameError:
    print("abandoned nest", d())
try:
    d(o, o, o)
except TypeError as e:
    print("wrong call", e)
print(d())
try:
    (lambda x, y: 1)(o)
except TypeError as e:
    print(e)
print(d())
try:
    x, y = [o, o, o]
except ValueError as e:
    print(e)
print(d())
del o
b = 0
print("end")
