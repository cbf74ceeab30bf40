# weakref.finalize objects.
import weakref
import gc


class C:
    def __init__(self, n):
        self.n = n


log = []
c = C(1)
f = weakref.finalize(c, log.append, "died")
print(f.alive, f.peek()[0] is c, f.peek()[2:], f.atexit)
del c
print(log, f.alive, f.peek(), f(), f.detach())
c = C(2)
f = weakref.finalize(c, lambda *a, **k: (a, k), 1, 2, x=3)
print("called by hand", f(), f(), f.alive)
c = C(3)
f = weakref.finalize(c, log.append, "detached")
obj, func, args, kw = f.detach()
print(obj is c, args, kw, f.alive)
obj = None
del c
print(log)
c = C(4)
for i in range(3):
    weakref.finalize(c, log.append, i)
del c
print("order", log[1:])
c = C(5)
c.me = c
weakref.finalize(c, log.append, "cycle")
del c
print(len(log), gc.collect() > 0, log[-1])


def fail():
    raise ValueError("finalize failed")


import sys
sys.unraisablehook = lambda u: print("unraisable", u.exc_type.__name__, u.exc_value)
c = C(6)
weakref.finalize(c, fail)
del c
print("goes on")


class Resource:
    opened = 0

    def __init__(self, name):
        Resource.opened += 1
        self.name = name
        self.close = weakref.finalize(self, Resource._close, name)

    @staticmethod
    def _close(name):
        Resource.opened -= 1
        print("closing", name)


r = Resource("one")
q = Resource("two")
r.close()
print(Resource.opened, r.close.alive, q.close.alive)
del r, q
print(Resource.opened)
try:
    weakref.finalize(1, print)
except TypeError as e:
    print(e)
f = weakref.finalize(C, print, "class is alive until exit")
f.atexit = False
x, y = C("x"), C("y")
fx = weakref.finalize(x, print, "at exit x")
fy = weakref.finalize(y, print, "at exit y")
print("end", fx.atexit, repr(fx).startswith("<finalize object at"))
