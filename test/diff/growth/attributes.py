# Instance attributes: inline values, shared keys, when the dictionary appears, when sharing ends.
import gc
import sys
from sys import getsizeof as size

gc.disable()


class A:
    def __init__(self, n=3):
        self.x = 1
        self.y = 2
        if n > 2:
            self.z = 3


def blocks(make):
    gc.collect()
    before = sys.getallocatedblocks()
    obj = make()
    return sys.getallocatedblocks() - before, obj


blocks(A)
print("instance", blocks(A)[0], size(A()))
a, b = A(), A()
print("dict appears", size(a.__dict__), size(b.__dict__), size(A(2).__dict__))


def touched():
    o = A()
    o.__dict__
    return o


blocks(touched)
print("blocks with dict", blocks(touched)[0])
a.w = 4
print("one more key", size(a.__dict__), size(b.__dict__), list(a.__dict__))
c = A()
c.w = 5
print("others can follow", size(c.__dict__), size(A().__dict__))
d = A()
del d.x
print("deleted", size(d.__dict__), list(d.__dict__))
d.x = 9
print("put back", size(d.__dict__), list(d.__dict__))
e = A()
for i in range(50):
    setattr(e, f"k{i}", i)
print("many", size(e.__dict__), size(A().__dict__))
f = A()
f.__dict__ = {"x": 10}
print("own dict", f.x, size(f.__dict__), hasattr(f, "y"))
g = A()
g.__dict__["dyn"] = 1
print("through the dict", g.dyn, size(g.__dict__))
vars(g)["x"] = 50
print(g.x, g.__dict__.pop("y"), hasattr(g, "y"), size(g.__dict__))
h = A()
h.__dict__.clear()
print("cleared", size(h.__dict__), hasattr(h, "x"))
h.x = 1
print(size(h.__dict__), h.__dict__)


class Order:
    def __init__(self, flip):
        if flip:
            self.b, self.a = 1, 2
        else:
            self.a, self.b = 1, 2


p, q = Order(False), Order(True)
print("orders", list(p.__dict__), list(q.__dict__), size(p.__dict__), size(q.__dict__))


class Wide:
    def __init__(self):
        for i in range(31):
            setattr(self, f"a{i}", i)


print("wide", size(Wide()), size(Wide().__dict__))


class Sub(A):
    def __init__(self):
        super().__init__()
        self.extra = 1


print("subclass", size(Sub()), size(Sub().__dict__))
many = [A() for _ in range(100)]
n, more = blocks(lambda: [A() for _ in range(100)])
print("100 instances", n)
n, _ = blocks(lambda: [o.__dict__ for o in more])
print("100 dicts", n)
print(size(many[0].__dict__), sys.getrefcount(many[0].__dict__), many[0].__dict__ is many[0].__dict__)
