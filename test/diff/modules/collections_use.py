# collections: deque, Counter, OrderedDict, defaultdict, ChainMap, UserDict and friends.
from collections import *

d = deque([1, 2, 3])
d.append(4); d.appendleft(0); d.extend([5]); d.extendleft("ab"); d.rotate(2); d.rotate(-1); d.insert(1, "i")
print(d, len(d), d[0], d[-1], d.pop(), d.popleft(), d.index(2), d.count(1), 3 in d, list(reversed(d)), d.copy() == d, d.maxlen)
d.remove("i") if "i" in d else None
d.reverse(); d[0] = "set"; del d[1]
print(d, deque("abcdef", 3), deque(maxlen=2), deque([1]) + deque([2]), deque([1, 2]) * 2, deque([1]) < deque([2]), deque([1, 2]) == deque([1, 2]), repr(deque([[]])), bool(deque()))
m = deque(maxlen=3)
for i in range(5): m.append(i)
m.appendleft(9); m.extend("xy"); m += [7]
print(m, m.maxlen)
for bad in (lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[5], lambda: deque([1]).remove(5), lambda: deque([1]).index(9), lambda: deque(5), lambda: deque([], -1), lambda: hash(deque()), lambda: deque([1], 1).insert(0, 5), lambda: deque([1])["a"], lambda: deque([1]) + [2], lambda: deque([1, 2])[0:1], lambda: deque([], "x"), lambda: deque([1]).rotate("x")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
q = deque([1, 2])
try:
    for x in q: q.append(x)
except RuntimeError as e:
    print(e)
q = deque(); q.append(q); print(q); q.clear()
c = Counter("hello world")
print(c, c["l"], c["zz"], c.most_common(2), c.total(), sorted(c.elements())[:4], c + Counter("l"), c - Counter("lllo"), c & Counter("held"), Counter(a=1) | Counter(a=3, b=1), -Counter(a=-2), +Counter(a=-2, b=1), Counter(a=1) == Counter(a=1, b=0), Counter(a=1) <= Counter(a=2))
c.update("ll"); c.subtract({"l": 3, "q": 1}); del c["w"]; c["n"] += 5
print(sorted(c.items()), Counter({"a": 2}), Counter([1, 1, 2]), Counter(), dict(Counter("aab")), Counter("ab").keys() == {"a", "b"}, Counter(a=3).copy(), c.get("none"))
o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a"); o.move_to_end("c", last=False); o["d"] = 4; del o["b"]
print(o, o.popitem(), o.popitem(last=False), o, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) == {"a": 1}, list(reversed(OrderedDict(a=1, b=2))), o | {"z": 1}, OrderedDict.fromkeys("ab"), o.copy() == o, o.pop("zz", "default"), o.setdefault("new"))
for bad in (lambda: OrderedDict().popitem(), lambda: o.move_to_end("zz"), lambda: o["none"], lambda: OrderedDict([1]), lambda: o.pop("none")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
dd = defaultdict(list)
dd["a"].append(1); dd["b"]
print(dd, dd["a"], "zz" in dd, dd.get("zz"), dd.default_factory, defaultdict(int, {"x": 1})["y"], defaultdict(lambda: "v")[1], defaultdict(None) == {}, dd.copy(), dd | {"c": 1}, (dd | {"c": 1}).default_factory)
try:
    defaultdict()["x"]
except KeyError as e:
    print("KeyError", e)
try:
    defaultdict(5)
except TypeError as e:
    print(e)
r = defaultdict(lambda: r); print(r["self"] is r); del r
tree = lambda: defaultdict(tree)
t = tree(); t["a"]["b"]["c"] = 1; print(dict(t["a"]["b"]), list(t))
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
cm["c"] = 5
print(cm, cm["a"], cm["b"], list(cm), len(cm), cm.maps, cm.parents, cm.new_child({"a": 0})["a"], dict(cm), cm.get("zz"), "b" in cm, cm.pop("c"))
try:
    del cm["b"]
except KeyError as e:
    print(e)
class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
class UL(UserList):
    pass
class US(UserString):
    pass
u = U(a=1); u["b"] = 2; print(u, u.data, dict(u), UL([1, 2]) + [3], UL([3, 1]).data, US("abc").upper(), US("a") + "b", len(US("xyz")), type(UL([1])[0:1]).__name__)
N = namedtuple("N", "a b"); print(N(1, b=2)._replace(a=5), N(*"xy"), sorted([N(2, 1), N(1, 2)]))
