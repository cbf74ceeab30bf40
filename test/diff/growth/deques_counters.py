# deque, Counter, OrderedDict and StringIO as they grow and shrink; and dict views over a changing dict.
import io
import sys
from collections import Counter, OrderedDict, deque
from sys import getsizeof as size

d = deque()
seen = [size(d)]
for i in range(300):
    d.append(i)
    if size(d) != seen[-1]:
        seen.append(size(d))
print("append", seen)
for i in range(300):
    d.popleft()
    if size(d) != seen[-1]:
        seen.append(size(d))
print("popleft", seen[5:], len(d))
d.extendleft(range(130))
print("extendleft", size(d), d[0], d[129])
d.rotate(65)
print("rotated", size(d), d[0])
d.clear()
print("cleared", size(d))
print("bounded", [size(deque(range(n), maxlen=10)) for n in (0, 5, 10, 1000)], size(deque(range(100))), size(deque([1]) * 100), size(deque(range(64)).copy()))
r = deque(range(10), maxlen=10)
for i in range(1000):
    r.append(i)
print(size(r), list(r)[:3])
o = OrderedDict()
steps = [(0, size(o))]
for i in range(50):
    o[i] = i
    if size(o) != steps[-1][1]:
        steps.append((len(o), size(o)))
print("ordered", steps[:8], steps[-1])
while o:
    o.popitem(last=False)
print("emptied", size(o), len(o))
c = Counter()
for word in "a b c a b a d e f g h i j k a".split():
    c[word] += 1
print("counter", size(c), size(Counter(range(100))), c.most_common(2))
s = io.StringIO()
for n in (10, 100, 1000):
    s.write("x" * n)
print("StringIO", len(s.getvalue()), size(s.getvalue()))
b = io.BytesIO()
for n in (10, 100, 1000):
    b.write(b"x" * n)
print("BytesIO", len(b.getvalue()), size(b.getvalue()), size(io.BytesIO(b"x" * 50)) > 100)
k = {}
keys, items = k.keys(), k.items()
for i in range(20):
    k[i] = i
print("views", size(keys), size(items), len(keys), size(k), list(keys)[-1])
m = memoryview(bytearray(1000))
print("memoryview", size(m), size(m[:10]), size(m.cast("I")), size(memoryview(bytearray(12)).cast("B", [3, 4])))
z = [size(tuple(range(n))) for n in range(0, 40, 5)]
print("tuples", z, [size((0,) * n) for n in (19, 20, 21)])
lst = []
for i in range(5):
    lst.extend([0] * 7)
    print(size(lst), end=" ")
lst[10:20] = []
print(size(lst), size(lst[:]), size(list(lst)))
