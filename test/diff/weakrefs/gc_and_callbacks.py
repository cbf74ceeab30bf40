# Weak references to parts of cycles: when they are cleared, which callbacks run, what they can see.
import gc
import weakref

gc.disable()
gc.collect()


class N:
    def __init__(self, name):
        self.name = name


class D(N):
    def __del__(self):
        print("del", self.name, "own ref:", self.ref() is self if hasattr(self, "ref") else None)


log = []


def note(name):
    return lambda ref: print("callback", name, ref() is None)


a, b = N("a"), N("b")
a.o, b.o = b, a
ra = weakref.ref(a, note("outside the cycle"))
del a, b
print(ra() is not None, gc.collect(), ra())

a = N("x")
a.me = a
a.ref = weakref.ref(a, note("inside the cycle: not called"))
del a
print(gc.collect())

a, b = N("p"), N("q")
a.o, b.o = b, a
a.watch = weakref.ref(b, note("one part of garbage watches another: not called"))
outside = weakref.ref(a, note("outside"))
del a, b
print(gc.collect(), outside())

d = D("with del")
d.me = d
d.ref = weakref.ref(d)
o = weakref.ref(d)
del d
print("before", o() is not None)
print(gc.collect(), o())


class Back:
    def __del__(self):
        global saved
        saved = self


x = Back()
x.me = x
plain = weakref.ref(x)
w = weakref.ref(x, note("before resurrection"))
del x
gc.collect()
print("resurrected", saved is not None, plain() is saved, w())
saved = None
gc.collect()
print("finally gone", plain())
k = weakref.WeakKeyDictionary()
key = N("key")
k[key] = [key]
del key
print("value cycle through a weak dict stays", gc.collect(), len(k))
k.clear()
v = weakref.WeakValueDictionary()
n = N("n")
n.me = n
v["n"] = n
del n
print(len(v), gc.collect() > 0, len(v))
order = []
things = [N(str(i)) for i in range(5)]
for t in things:
    t.all = things
refs = [weakref.ref(t, lambda r, i=i: order.append(i)) for i, t in enumerate(things)]
del things, t
gc.collect()
print("callbacks in a ring", sorted(order), order)
