# Weak proxies: everything goes through, until the object is dead.
import weakref


class C:
    def __init__(self, n):
        self.n = n

    def method(self, x):
        return self.n + x

    def __add__(self, o):
        return self.n + (o.n if isinstance(o, C) else o)

    def __radd__(self, o):
        return o + self.n

    def __len__(self):
        return self.n

    def __getitem__(self, k):
        return k * self.n

    def __setitem__(self, k, v):
        self.n = v

    def __contains__(self, x):
        return x == self.n

    def __iter__(self):
        return iter(range(self.n))

    def __eq__(self, o):
        return self.n == o

    def __lt__(self, o):
        return self.n < o

    def __hash__(self):
        return 1

    def __bool__(self):
        return self.n > 2

    def __str__(self):
        return f"C:{self.n}"

    def __int__(self):
        return self.n

    def __neg__(self):
        return -self.n

    def __iadd__(self, o):
        self.n += o
        return self


class Callable(C):
    def __call__(self, *a, **k):
        return a, k


c = C(3)
p = weakref.proxy(c)
print(p is weakref.proxy(c), type(p).__name__, weakref.getweakrefcount(c))
print(p.n, p.method(2), p + 1, 1 + p, p + p, len(p), p[4], 3 in p, list(p))
print(p == 3, p != 3, p < 5, bool(p), str(p), int(p), -p)
p.n = 10
print(c.n)
p[0] = 7
print(c.n, hasattr(p, "zzz"))
p.extra = "x"
print(c.extra)
del p.extra
print(hasattr(c, "extra"))
try:
    hash(p)
except TypeError as e:
    print(e)
print(isinstance(p, C), p.__class__ is C, type(p) is C)
print("%s" % p, f"{p}", repr(p).startswith("<weakproxy at 0x"))
q = p
q += 5
print(type(q).__name__, c.n)
f = Callable(1)
fp = weakref.proxy(f)
print(type(fp).__name__, fp(1, 2, x=3))
try:
    p()
except TypeError as e:
    print(e)
dead = []
cb = weakref.proxy(c, lambda x: dead.append(type(x).__name__))
del c, q
print("dead", dead)
for text in ("p.n", "p + 1", "len(p)", "p[0]", "list(p)", "p == 3", "bool(p)", "str(p)", "p.n = 1", "del p.n", "3 in p", "int(p)", "p.method"):
    try:
        exec(text)
        print(text, "worked")
    except ReferenceError as e:
        print(text, "->", e)
print(repr(p).startswith("<weakproxy at 0x"))
print(weakref.ProxyTypes == (weakref.ProxyType, weakref.CallableProxyType), weakref.ProxyType.__name__)
s = {1, 2}
sp = weakref.proxy(s)
print(sorted(sp), sp | {3}, len(sp), 1 in sp)
try:
    weakref.proxy(1)
except TypeError as e:
    print(e)
