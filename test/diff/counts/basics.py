# Reference counts as sys.getrefcount shows them: names, containers, arguments.
import sys
from sys import getrefcount as rc

obj = object()
print("one name", rc(obj))
a = obj
print("two names", rc(obj))
a = None
print("back to one", rc(obj))
items = [obj, obj, obj]
print("three in a list", rc(obj))
items.pop()
print("two in a list", rc(obj))
t = (obj,)
d = {"k": obj, obj: 1}
s = {obj}
print("tuple, dict value and key, set", rc(obj))
del t, d, s
print("list only", rc(obj))
items.clear()
print("name only", rc(obj))


def f(x):
    return rc(x)


def g(*args, **kw):
    return rc(args[0]), rc(kw["k"]) if kw else None


print("through an argument", f(obj))
print("through *args", g(obj))
print("through both", g(obj, k=obj))
print("keyword", f(x=obj))
print("star call", f(*[obj]), f(**{"x": obj}))
print("default argument", (lambda x=obj: rc(x))(), rc(obj))
print("temporary list", rc([]), rc({}), rc(()) > 1000, rc(object()))
print("nested call", rc(f), f(f) - rc(f))
print("immortals", rc(None), rc(True), rc(0), rc(256), rc(""), rc("a"), rc(b""), rc(...), rc(()))
print("types", rc(int), rc(type), rc(object))
b = [0] * 10
print("multiplication", rc(b))
nested = [[obj]] * 5
print("shared rows", rc(nested[0]), rc(obj))
copy = nested[:]
print("after slice", rc(nested[0]))
copy2 = list(nested[0])
print("after list()", rc(obj))
del nested, copy, copy2
x = y = z = obj
print("chained assignment", rc(obj))
x, y = y, x
print("swap", rc(obj))
(x, (y, z)) = (1, (2, 3))
print("rebound", rc(obj))
for name in [obj] * 3:
    print("in a loop", rc(name))
print("after the loop", rc(obj))
del name
print("without the loop's name", rc(obj))
if (w := obj) is obj:
    print("walrus", rc(obj))
print(rc(obj), sys.getrefcount(obj))
try:
    rc()
except TypeError as error:
    print(error)
try:
    rc(1, 2)
except TypeError as error:
    print(error)
