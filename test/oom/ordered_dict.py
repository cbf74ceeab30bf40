# OrderedDict: filling, moving, popping, copying, comparing, iterating; colliding keys; a subclass.
from collections import OrderedDict


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return self.n == other.n

    def __repr__(self):
        return f"K{self.n}"


class Sub(OrderedDict):
    def __missing__(self, key):
        return "missing " + key


o = OrderedDict((str(i), [i]) for i in range(12))
o.move_to_end("3")
o.move_to_end("5", last=False)
del o["7"]
print(o, o.pop("1"), o.pop("zz", None), o.popitem(), o.popitem(last=False))
print(list(o.items())[:2], list(reversed(o)), list(o.values())[-1])
k = OrderedDict((Key(i), i) for i in range(7))
del k[Key(2)]
k.move_to_end(Key(1))
print(k, k.copy() == k, k == dict(k))
s = Sub(a=1, b=2)
s.attribute = s
s["c"] = s
print(s["zz"], list(s.copy()), list(s | {"d": 4}), s.setdefault("e", 5), OrderedDict.fromkeys("xyz", 1))
s.update([("f", 6)], g=7)
print(list(s), s.__reduce__()[0], len(list(s.__reduce__()[4])))
it = iter(o)
print(next(it), list(it.__reduce__()[1][0])[:3])
o.clear()
try:
    next(it)
except RuntimeError as e:
    print(e)
try:
    o.popitem()
except KeyError as e:
    print(e)
