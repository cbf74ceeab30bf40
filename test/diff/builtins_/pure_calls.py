import sys
def f(a, b, c, s, t):
    m = min(a, b)
    n = max(a, b, c)
    k = min(a+1, b*2, c) + 1
    z = max(s, t)
    y = min(s*2.0, t) - 0.5
    w = abs(a - b) + abs(s - t)
    v = ord("x") - ord(str(a % 10))
    o = len("abc") + max(len([1]), len((1, 2)))
    if min(a, b) < max(b, c): o += 1
    return m is a or m is b, m, n is a or n is b or n is c, n, k, z, z is s or z is t, y, w, v, o, abs(-a), abs(-s), max(s, a)
for i in range(1500): r = f(i, 1500 - i, i*2 % 77, i/3, 5.5)
print(r)
nan = float("nan")
print(f(5, 5, 5, nan, 1.0), f(5, 5, 5, 1.0, nan), f(-0, 0, 0, -0.0, 0.0), f(0, 0, 0, 0.0, -0.0))
print(f(True, 2, 3, 1.0, 2.0), f(10**20, 2, 3, 1.0, 2.0), f(2, 10**20, 10**30, 1, 2))
class N(int):
    def __lt__(self, o): return True
    def __gt__(self, o): return False
    def __abs__(self): return 77
print(f(N(5), 6, 7, 1.0, 2.0))
def g(s): return ord(s)
for i in range(600): g("ab"[i % 2])
for bad in ("", "ab", b"a", 5, "\U0001f600"):
    try: print(g(bad))
    except TypeError as e: print(e)
def h(a, b): return max(a, b)
for i in range(600): h(i, 5)
for x in (("a", "b"), (1, "a"), ([1], [2]), (1, 2.5)):
    try: print(h(*x))
    except TypeError as e: print(e)
import builtins
def j(a): return abs(a) + 1
for i in range(600): j(-i)
old = builtins.abs
builtins.abs = lambda x: 100
print(j(5))
builtins.abs = old
print(j(-5))
def q(a, b):
    big = 2**70
    return sys.getrefcount(min(a, big)), sys.getrefcount(a)
for i in range(600): r = q(i*1000, 5)
print(r)
