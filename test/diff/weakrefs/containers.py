# WeakValueDictionary, WeakKeyDictionary, WeakSet.
import weakref
import gc


class C:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"C({self.n})"


d = weakref.WeakValueDictionary()
a, b, c = C(1), C(2), C(3)
d["a"], d["b"], d["c"] = a, b, c
print(len(d), sorted(d), d["a"], d.get("z"), "b" in d, sorted(d.keys()), sorted(map(str, d.values())))
del b
print(len(d), sorted(d), "b" in d, d.get("b", "default"))
try:
    d["b"]
except KeyError as e:
    print("KeyError", e)
d["temp"] = C(9)
print("temporary gone", len(d))
print(d.pop("a"), len(d), d.setdefault("c", a), d.setdefault("n", a))
print(sorted(k for k, v in d.items()), [r() for r in d.valuerefs()][:1])
e = d.copy()
print(type(e).__name__, len(e), e == d, dict(d) == dict(e))
d.update(x=a, y=c)
del c
print(sorted(d.items(), key=str))
it = iter(d.items())
first = next(it)
del a
print("while iterating", len(list(it)) >= 0, type(d | e).__name__)
first = it = None
d.clear()
print(len(d), len(e))

k = weakref.WeakKeyDictionary()
a, b = C(1), C(2)
k[a], k[b] = "one", "two"
print(len(k), k[a], a in k, k.get(C(1)), sorted(k.values()))
del a
print(len(k), list(k.items()))
k[b] = "again"
print(list(k.keys()), k.pop(b), len(k))
try:
    k[1] = 2
except TypeError as error:
    print(error)
b.self = None
k[b] = b
del b
print("value holds its key", len(k))
k.clear()

s = weakref.WeakSet()
items = [C(i) for i in range(5)]
for i in items:
    s.add(i)
print(len(s), items[0] in s, sorted(x.n for x in s))
del items[0]
i = None
print(len(s), sorted(x.n for x in s))
s.discard(items[0])
print(len(s), s.isdisjoint([items[0]]))
t = weakref.WeakSet(items)
print(len(s & t), len(s | t), len(t - s), len(s ^ t), s <= t, s == t)
n = 0
for x in t:
    n += 1
    if items:
        items.pop()
x = None
# How many are left depends on the order, and so on addresses.
print("iterated", n >= 1, len(t) == len(items), len(s) <= len(items))
try:
    s.add(5)
except TypeError as error:
    print(error)
gc.collect()
w = weakref.WeakSet()
for n in range(100):
    w.add(C(n))
print("all temporary", len(w))
m = weakref.WeakMethod(C(1).__repr__)
print("WeakMethod of a temporary", m())
c = C(7)
m = weakref.WeakMethod(c.__repr__)
print(m()(), m == weakref.WeakMethod(c.__repr__))
del c
print(m())
