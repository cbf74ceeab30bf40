import sys
from collections import deque
def f(s, d, l, st, dq, i):
    st.add(i); st.add(i+1); st.discard(i-1); st.add("k%d" % (i % 7))
    if i in st: st.remove(i)
    d[i] = i*2
    x = d.get(i); y = d.get(i+1000000); z = d.get(i+3, s); w = d.setdefault(i % 5, s); v = d.setdefault(s, l)
    l.append(i); l.append(i*2+1)
    if len(l) > 20: l.pop(); l.pop()
    q = s.upper(), s.strip(), s.strip("ab"), s.find("b"), s.startswith("a"), s.split("b"), s.replace("a", "bb"), ",".join(l2), s.isalpha(), s.zfill(i % 9), s.center(10, "*")
    dq.append(i); dq.append(s); dq.popleft()
    for k, vv in d.items(): pass
    return x, y, z, w is s, v is l, q
l2 = ["a", "b"]
class S(str): pass
class D(dict):
    def __missing__(self, k): return 1
st = set(); d = {}; l = []; dq = deque([1]); s = "abcab"
for i in range(3000):
    r = f(s, d, l, st, dq, i)
print(r, len(st), len(d), l[:5], len(dq))
print([sys.getrefcount(o) for o in (s, d, l, st, dq)])
for bad in (lambda: f(S("xyz"), D(), [], set(), deque(maxlen=2), 5), lambda: f("x", {}, [], set(), deque(), 10**30), lambda: f("x", {}, [], frozenset(), deque(), 1), lambda: f(1, {}, [], set(), deque(), 1)):
    try: print(bad())
    except Exception as e: print(type(e), e)
def g(l):
    l.pop()
a = list(range(2000))
for i in range(2000): g(a)
try: g(a)
except IndexError as e: print(e)
def h(st, i):
    st.remove(i)
st = set(range(1000))
for i in range(1000): h(st, i)
try: h(st, 5)
except KeyError as e: print(repr(e))
class K:
    def __hash__(self): return 5
    def __eq__(self, o):
        print("eq"); return True
def m(d, i): return d.get(i, 7)
dd = {K(): 1}
for i in range(900): m({1: 2}, i)
print(m(dd, 5), m(dd, 6))
def t(s, x): return s.find(x), s.split(x)
for i in range(900): t("abc", "b")
for x in (None, 5, b"b", S("b")):
    try: print(t("abc", x))
    except TypeError as e: print(e)
