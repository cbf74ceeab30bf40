# How a dict grows, is resized, is compacted, and when its keys change form.
from sys import getsizeof as size


def grow(keys):
    d = {}
    last = size(d)
    seen = [(0, last)]
    for key in keys:
        d[key] = None
        now = size(d)
        if now != last:
            seen.append((len(d), now))
            last = now
    return seen


print("int keys", grow(range(3000)))
print("str keys", grow(map(str, range(3000))))
print("float keys", grow(i / 4 for i in range(100)))
print("mixed", grow(x for i in range(60) for x in (i, str(i))))

d = {str(i): i for i in range(5)}
print("five", size(d))
for step in range(12):
    del d[next(iter(d))]
    d["n%d" % step] = step
    print(step, len(d), size(d), list(d)[-1])

print("delete and insert many times keeps the table small")
d = {}
highest = 0
for i in range(2000):
    d[i] = i
    if i >= 4:
        del d[i - 4]
    highest = max(highest, size(d))
print(len(d), size(d), highest)

d = {}
for i in range(1000):
    d[i] = i
for i in range(999):
    del d[i]
print("after deletes", len(d), size(d))
d["one more"] = 1
print("insertion", len(d), size(d))
for i in range(100):
    d[-i - 5] = i
print("refill", len(d), size(d))

print("update and setdefault")
a, b = {}, {}
a.update({i: i for i in range(50)})
for i in range(50):
    b.setdefault(i, i)
print(size(a), size(b), a == b)
a.update(zip(range(50, 60), range(10)))
a |= {i: 0 for i in range(100, 130)}
print(len(a), size(a))
c = dict(a)
c.popitem()
print(size(c), c.pop(0), size(c), c.pop(1, None), size(c))
print("popitem to the end", end=" ")
seen = set()
while c:
    c.popitem()
    seen.add(size(c))
print(sorted(seen), size(c))
print("presized display", size({1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 10, 11: 11}))
print("comprehension", size({i: i for i in range(11)}), size(dict(((i, i) for i in range(11)))), size({i: i for i in range(12)}))

class Point:
    def __init__(self):
        self.x = 1
        self.y = 2

p = Point()
print("keys of an instance", size(p.__dict__))
for i in range(40):
    setattr(p, "extra%d" % i, i)
print("many attributes", size(p.__dict__), len(p.__dict__))
