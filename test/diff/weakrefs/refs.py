# weakref.ref: life, callbacks, equality, hashing, reuse, which types take them.
import weakref
import gc


class C:
    def __init__(self, n=0):
        self.n = n

    def __eq__(self, other):
        return isinstance(other, C) and self.n == other.n

    def __hash__(self):
        return hash(self.n)

    def __repr__(self):
        return f"C({self.n})"


c = C(1)
r = weakref.ref(c)
print(r() is c, r is weakref.ref(c), weakref.getweakrefcount(c), len(weakref.getweakrefs(c)))
cb = weakref.ref(c, lambda ref: print("callback", ref() is None, ref is cb))
print(cb is r, weakref.getweakrefcount(c), weakref.getweakrefs(c) == [r, cb])
print(r.__callback__, callable(cb.__callback__), type(r).__name__)
d = C(1)
s = weakref.ref(d)
print("equal while alive", r == s, hash(r) == hash(s), r == cb, r != s)
del c
print("dead", r(), r == s, cb.__callback__, weakref.getweakrefcount(d))
print("hash kept", hash(r) == hash(1))
del d
u = C(5)
v = weakref.ref(u)
del u
try:
    hash(v)
except TypeError as e:
    print(e)
print(v == v, v == weakref.ref(C(5)), v() is None)

for make in (lambda: 1, lambda: "a", lambda: (), lambda: [], lambda: {}, lambda: None, lambda: object(), lambda: 1.5, lambda: b"",
             lambda: set(), lambda: frozenset(), lambda: (lambda: 1), lambda: C, lambda: gc, lambda: len, lambda: range(3), lambda: (x for x in ()),
             lambda: C(1).__repr__, lambda: memoryview(b""), lambda: bytearray(), lambda: ValueError(), lambda: type("T", (), {"__slots__": ()})(),
             lambda: type("T", (), {"__slots__": ("__weakref__",)})(), lambda: type("T", (list,), {})(), lambda: type("T", (tuple,), {})(),
             lambda: type("T", (int,), {})(), lambda: property(), lambda: slice(1)):
    o = make()
    try:
        w = weakref.ref(o)
        print(type(o).__name__, "yes", w() is o)
    except TypeError as e:
        print(e)

print("callback order: last made first")
c = C()
refs = [weakref.ref(c, lambda _, i=i: print("  ", i)) for i in range(4)]
del refs[1]
del c
print("a callback dies with its reference")
c = C()
r = weakref.ref(c, lambda _: print("never"))
del r
del c


class R(weakref.ref):
    __slots__ = ("extra",)

    def __new__(cls, ob, callback=None, extra=None):
        self = super().__new__(cls, ob, callback)
        self.extra = extra
        return self

    def __init__(self, ob, callback=None, extra=None):
        super().__init__(ob, callback)


c = C()
q = R(c, None, "more")
q2 = R(c, None, "other")
print(q() is c, q.extra, q is q2, q == q2, isinstance(q, weakref.ref), weakref.getweakrefcount(c))
for bad in (lambda: weakref.ref(), lambda: weakref.ref(c, 1, 2), lambda: weakref.ref(c, callback=print)):
    try:
        bad()
    except TypeError as e:
        print(e)
print("repr", str(q).startswith("<weakref at 0x"), "dead" in repr(v), str(weakref.ref(c)).split(";")[1].split(" at ")[0])
