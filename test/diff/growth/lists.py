# How a list's buffer grows and shrinks with each operation.
from sys import getsizeof as size


def steps(change, count, start=None):
    items = [] if start is None else start
    seen = []
    last = size(items)
    for i in range(count):
        change(items, i)
        now = size(items)
        if now != last:
            seen.append((len(items), now))
            last = now
    return seen


print("append", steps(lambda l, i: l.append(i), 300))
print("insert", steps(lambda l, i: l.insert(0, i), 60))
print("extend 1", steps(lambda l, i: l.extend((i,)), 60))
print("extend 3", steps(lambda l, i: l.extend((i, i, i)), 40))
print("extend generator", steps(lambda l, i: l.extend(x for x in range(2)), 40))
print("+=", steps(lambda l, i: l.__iadd__([i]), 60))
print("slice assign", steps(lambda l, i: l.__setitem__(slice(len(l), None), [i]), 60))
print("pop", steps(lambda l, i: l.pop(), 300, list(range(300))))
print("pop(0)", steps(lambda l, i: l.pop(0), 100, list(range(100))))
print("del last", steps(lambda l, i: l.__delitem__(-1), 100, [0] * 100))
print("del slice", steps(lambda l, i: l.__delitem__(slice(0, 3)), 33, [0] * 100))
print("remove", steps(lambda l, i: l.remove(0), 50, [0] * 50))

items = [1, 2, 3]
sizes = [size(items)]
items *= 2
sizes.append(size(items))
items *= 5
sizes.append(size(items))
items *= 0
sizes.append(size(items))
print("*=", sizes)

items = list(range(10))
sizes = []
for text in ("items[2:5] = []", "items[0:0] = [1, 2, 3, 4, 5, 6]", "items[::2] = [0] * len(items[::2])", "del items[::2]", "items.clear()",
             "items += range(7)", "items.extend(b'abcdefgh')", "items.extend(items)", "items.sort()", "items.reverse()", "items[:] = []", "items.append(1)"):
    exec(text)
    sizes.append((len(items), size(items)))
print(sizes)

lists = [[] for _ in range(3)]
for row in lists:
    for value in range(4):
        row.append(value)
print([size(row) for row in lists])
grown = []
for n in (1, 10, 100, 1000, 10000, 100000):
    acc = []
    for i in range(n):
        acc.append(None)
    grown.append((n, size(acc)))
print(grown)
hinted = []
class Hint:
    def __init__(self, n, hint):
        self.n, self.hint = n, hint
    def __iter__(self):
        return iter(int, 1) if False else (x for x in range(self.n))
    def __length_hint__(self):
        return self.hint
for hint in (0, 3, 5, 8, 20):
    hinted.append(size(list(Hint(5, hint))))
print("length hints", hinted)
