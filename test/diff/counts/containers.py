# What each container operation does to the counts of its elements.
from sys import getrefcount as rc
from collections import deque, defaultdict, OrderedDict

o = object()


def after(text, **names):
    space = {"o": o, "rc": rc, **names}
    exec(text, space)
    return rc(o)


base = rc(o)
print("base", base)
l = []
l.append(o)
print("append", rc(o) - base)
l.extend([o, o])
print("extend", rc(o) - base)
l.insert(0, o)
print("insert", rc(o) - base)
l += [o]
print("+=", rc(o) - base)
l *= 2
print("*=", rc(o) - base)
l[0] = None
print("setitem", rc(o) - base)
l[:3] = []
print("slice delete", rc(o) - base)
del l[::2]
print("extended delete", rc(o) - base, len(l))
x = l.pop()
print("pop", rc(o) - base)
l.reverse()
l.sort(key=id)
print("sort", rc(o) - base)
m = l.copy()
print("copy", rc(o) - base)
l.remove(o)
print("remove", rc(o) - base)
del l, m, x
print("gone", rc(o) - base)

d = {}
d["a"] = o
d.setdefault("b", o)
d.setdefault("a", o)
print("setdefault", rc(o) - base)
d.update(c=o)
d.update({"a": 1})
print("update", rc(o) - base)
e = {**d, "z": o}
print("merge", rc(o) - base)
print("get", rc(d.get("b")), rc(d["b"]))
print("values", [rc(v) - base for v in d.values()][1:], rc(o) - base)
it = iter(d.items())
pair = next(it)
print("pair", rc(pair), rc(o) - base)
pair = next(it)
print("second pair", rc(o) - base)
del pair, it
print("popitem", d.popitem()[0], rc(o) - base)
d.clear()
e.clear()
print("cleared", rc(o) - base)

s = {o}
f = frozenset([o])
s.add(o)
s.update([o, o])
print("sets", rc(o) - base)
u = s | f
i = s & f
print("operations", rc(o) - base)
s.discard(o)
del u, i, f
print("discarded", rc(o) - base)

q = deque([o] * 3)
q.appendleft(o)
q.rotate(1)
print("deque", rc(o) - base)
q.popleft()
q.extend([o, o])
print("deque", rc(o) - base)
q.clear()
dd = defaultdict(lambda: o)
dd[1], dd[2]
print("defaultdict", rc(o) - base)
del dd
od = OrderedDict(a=o, b=o)
od.move_to_end("a")
print("ordered", rc(o) - base)
del od
print("tuple concat", rc((o,) + (o, o)), rc(o) - base)
t = (o,) * 7
print("tuple times", rc(o) - base)
a, *b = t
print("unpacked", rc(o) - base)
del t, a, b
z = list(zip([o], [o]))
print("zip", rc(o) - base)
del z
print("enumerate", [rc(v) - base for _, v in enumerate([o])], rc(o) - base)
print("end", rc(o) - base)
