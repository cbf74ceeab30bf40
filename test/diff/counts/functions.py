# Counts across calls: recursion, closures, defaults, bound methods, generators, decorators.
from sys import getrefcount as rc

obj = object()


def depth(n, x):
    return [rc(x)] + (depth(n - 1, x) if n else [])


print("recursion", depth(4, obj))


def keep(x):
    def inner():
        return rc(x)
    return inner


k = keep(obj)
print("closure", rc(obj), k())
k2 = keep(obj)
print("two closures", rc(obj), k2())
del k, k2
print("closures gone", rc(obj))


def default(x=obj):
    return rc(x)


print("default", rc(obj), default())
default.__defaults__ = ()
print("default removed", rc(obj))
default.__kwdefaults__ = {"q": obj}
print("kwdefault", rc(obj))
del default
print("function gone", rc(obj))


class C:
    def method(self):
        return rc(self)

    def give(self):
        return self.method


c = C()
print("instance", rc(c))
m = c.method
print("bound method holds", rc(c), m())
ms = [c.method for _ in range(5)]
print("five more", rc(c))
del m, ms
print("call", c.method(), c.give()(), rc(c))
print("function of the class", rc(C.method), rc(C.__dict__["method"]))


def gen(x):
    yield rc(x)
    yield rc(x)


g = gen(obj)
print("generator made", rc(obj))
print("in it", next(g), next(g))
print("exhausted", next(g, None), rc(obj))
g = gen(obj)
g.close()
print("closed", rc(obj))
print("for over it", [n for n in gen(obj)])

l = [lambda: obj for _ in range(3)]
print("globals are not held by lambdas", rc(obj))
l = [lambda o=obj: o for _ in range(3)]
print("defaults are", rc(obj))
del l


def swap(a, b):
    a, b = b, a
    return rc(a), rc(b)


print("swap inside", swap(obj, object()))


def rebinding(x):
    x = None
    return rc(obj)


print("caller's stack still holds the argument?", rebinding(obj))


def deleting(x):
    del x
    return rc(obj)


print("del of a parameter", deleting(obj))
import functools
p = functools.partial(rc, obj)
print("partial", rc(obj), p())
del p
print("map", list(map(rc, [obj, obj])), [rc(v) for v in [obj]])
print("sorted key", sorted([3, 1, 2], key=lambda v: rc(obj)), rc(obj))
print("end", rc(obj))
