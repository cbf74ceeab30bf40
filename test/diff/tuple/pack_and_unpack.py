import sys
def f(i):
    a, b = i, i+1
    t = (a, b)
    p, (q, r) = (a, (b, t))
    x, y, z = t + (5,)
    for k, (u, v) in enumerate([(1, 2), (3, 4), (i, i)]): x += u*v+k
    d = {}
    d[a, b] = 1; d[(a, b, p)] = 2
    for (k, *rest), v in d.items(): x += len(rest)
    m, n = "ab"
    o, = [i]
    try:
        a, b = t + (1,)
    except ValueError as e: w = str(e)
    try:
        a, b = 5
    except TypeError as e: w += str(e)
    try:
        a, b, c = (1, 2)
    except ValueError as e: w += str(e)
    return x, y, z, q, r is t, m, n, o, w, sys.getrefcount(t), sys.getrefcount(i) if i > 1000 else 0
class T(tuple): pass
for i in range(2000): r = f(i)
print(r)
def g(x):
    a, b = x()
    return a, b
for i in range(900): g(lambda: (i, i))
for v in ([1, 2], (3, 4), T((5, 6)), {7: 8, 9: 10}, "xy", iter([1, 2]), (1,), range(3)):
    try: print(g(lambda: v))
    except ValueError as e: print(e)
class D:
    def __del__(self): print("del")
def h():
    a, b = D(), 1
    a, b = b, (a, a)
    print("x"); c, d = b; b = None; print("y"); c = None; print("z")
h()
def k(n):
    return n, [n], {n}
for i in range(1000): s = k(i)
print(s, sys.getrefcount(s[1]))
import gc
gc.collect(); before = sys.getallocatedblocks()
for i in range(5000): f(i); k(i)
gc.collect()
print(sys.getallocatedblocks() - before < 60)
