# Lists of weak references: order, identity of the plain one, reuse of addresses, references to references.
import gc
import sys
import weakref


class C:
    pass


c = C()
plain = weakref.ref(c)
cb1 = weakref.ref(c, print)
cb2 = weakref.ref(c, print)
proxy = weakref.proxy(c)
print([type(r).__name__ for r in weakref.getweakrefs(c)], weakref.getweakrefcount(c), weakref.getweakrefs(c)[0] is plain, cb1 is cb2, cb1 == cb2)
print("counts", sys.getrefcount(c), sys.getrefcount(plain), sys.getrefcount(cb1))
again = weakref.ref(c)
print(again is plain, sys.getrefcount(plain))
del again, cb1
print(weakref.getweakrefcount(c))
try:
    weakref.ref(plain)
except TypeError as e:
    print(e)


class R(weakref.ref):
    pass


rr = weakref.ref(R(c))
print("ref to a dead ref", rr())
rc = R(c)
rr = weakref.ref(rc)
print("ref to a ref", rr() is rc, weakref.getweakrefcount(rc))
del plain, rc
print(rr(), weakref.getweakrefcount(c))
c2 = C()
i = id(c2)
r = weakref.ref(c2)
del c2
c3 = C()
print("address reused", id(c3) == i, "ref stays dead", r() is None, weakref.ref(c3) is not r)
order = []
o = C()
refs = [weakref.ref(o, lambda _, n=n: order.append(n)) for n in range(5)]
plain = weakref.ref(o)
p = weakref.proxy(o, lambda _: order.append("proxy"))
refs.append(weakref.ref(o, lambda _: order.append("last")))
del o
print(order, plain())


def cb(r):
    order.append(("state", r() is None, a_ref() is None if "a_ref" in globals() else None))


order.clear()
o = C()
a_ref = weakref.ref(o)
b_ref = weakref.ref(o, cb)
del o
print(order)
order.clear()
o = C()


def resurrect_attempt(r):
    order.append(r())
    order.append(weakref.getweakrefcount(keeper))


keeper = C()
k_ref = weakref.ref(keeper)
r = weakref.ref(o, resurrect_attempt)
del o
print(order)


class D:
    def __del__(self):
        order.append(("del sees", self.ref() is self, type(self.ref()).__name__))


order.clear()
d = D()
d.ref = weakref.ref(d)
e_ref = weakref.ref(d, lambda _: order.append("callback"))
del d
print(order)
x = C()
x.cb = weakref.ref(x, lambda _: print("never: the reference dies with the object"))
del x
s = {weakref.ref(C())}
print(len(s), [q() for q in s])
k = [C() for _ in range(3)]
w = {weakref.ref(v): n for n, v in enumerate(k)}
print([w[weakref.ref(v)] for v in k])
del k[1], v
print(sum(q() is not None for q in w), len(w))
m = C()
m.self = m
mr = weakref.ref(m)
del m
print(mr() is not None, gc.collect() > 0, mr())
for t in (int, str, tuple, list, dict, type(None), object, float, bytes, slice, range, bool):
    print(t.__name__, t.__weakrefoffset__, end="; ")
print()
f = lambda: 1
fr = weakref.ref(f)
print(fr()(), weakref.getweakrefcount(f), weakref.getweakrefcount(5), weakref.getweakrefs("x"))
del f
print(fr())
