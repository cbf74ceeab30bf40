# What special methods, properties and statements see of an object's count, through a function's local.
import sys
from sys import getrefcount as rc
print=print
class A:
    def m(self): return rc(self)
    @property
    def p(self): return rc(self)
    @staticmethod
    def s(x): return rc(x)
    @classmethod
    def c(cls, x): return rc(x)
    def __enter__(self): print("enter", rc(self)); return self
    def __exit__(self,*a): print("exit", rc(self), [rc(x) for x in a])
    def __add__(self, o): return rc(self), rc(o)
    def __radd__(self, o): return rc(self), rc(o)
    def __getitem__(self, k): return rc(self), rc(k)
    def __call__(self, *a, **k): return rc(self), rc(a), rc(k), [rc(x) for x in a], {n: rc(v) for n, v in k.items()}
    def __getattr__(self, n):
        if n.startswith("zz"): return rc(self)
        raise AttributeError(n)
    def __iter__(self): yield rc(self); yield rc(self)
    def __contains__(self, x): print("contains", rc(self), rc(x)); return True
    def __bool__(self): print("bool", rc(self)); return True
    def __len__(self): print("len", rc(self)); return 3
    def __eq__(self, o): print("eq", rc(self), rc(o)); return True
    def __lt__(self, o): print("lt", rc(self), rc(o)); return True
    def __hash__(self): print("hash", rc(self)); return 7
    def __format__(self, s): return f"<{rc(self)} {rc(s)>100}>"
    def __str__(self): return f"S{rc(self)}"
    def __repr__(self): return f"R{rc(self)}"
    def __del__(self): print("del", rc(self))
    def __setitem__(self, k, v): print("set", rc(self), rc(k), rc(v))
    def __iadd__(self, o): print("iadd", rc(self), rc(o)); return self
    def __neg__(self): return rc(self)
    def __index__(self): print("index", rc(self)); return 1
def main():
    a = A(); b = A()
    print(rc(a), a.m(), a.p, a.s(a), a.c(a), A.m(a), A().m(), A().p)
    print(a + b, a + 1, 1 + b, A() + A(), a[b], A()[A()], -a, -A())
    print(a(b), a(*[b]), a(b, k=b), a(**{"k": b}), A()(A(), k=A()))
    print(a.zz, A().zz, list(a), [x for x in a], [*a], (*a,), {*A()})
    print(b in a, not a, bool(a), len(a), a == b, a != b, a < b, a > b, max(a, b) is b)
    print(hash(a), hash(A()), f"{a} {b!r} {a!s} {A()}", "%s %r" % (a, b), "{} {!r}".format(a, A()))
    a[b] = A()
    a += b
    with a: print("in", rc(a))
    with A() as x, A(): print("in", rc(x))
    with a as y:
        try: 1/0
        except ZeroDivisionError as e: print(rc(e), rc(e.__traceback__))
    del y
    print([10,20,30][a], [1,2,3][a:], (1,2)[A()])
    if a and b: print("yes")
    while A(): break
    d = {a: b}
    print(rc(a), rc(b))
    d[A()] = 5
    print(rc(a), len(d))
    t = (a, b, a); print(rc(a)); l = [a] * 10; print(rc(a)); s = {a, b}; print(rc(a), rc(b))
    del t, l, s, d
    print(rc(a), rc(b))
    z = lambda q=a: rc(q)
    print(z(), z(A()), rc(a))
    def g(w): 
        def h(): return rc(w)
        print(rc(w), h())
        return h
    h = g(a); print(rc(a)); del h; print(rc(a))
    match a:
        case A() as k: print("match", rc(a), rc(k))
    assert a
    for i in (a, b): print(rc(i))
    print(rc(i), rc(a), rc(b))
    print(sorted([a, b], key=lambda v: rc(v)))
    print(list(map(rc, [a, b])), list(filter(lambda v: print(rc(v)), [a, b])))
    import functools
    p = functools.partial(rc, a); print(p(), rc(a))
    return a
r = main(); print(rc(r))
