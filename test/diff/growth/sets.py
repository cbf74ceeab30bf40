# How a set's table grows, what shrinks it, and the order of iteration that follows.
from sys import getsizeof as size


def grow(values, kind=set):
    s = set()
    last = size(s)
    seen = [(0, last)]
    for value in values:
        s.add(value)
        now = size(s)
        if now != last:
            seen.append((len(s), now))
            last = now
    return seen


print("ints", grow(range(60000)))
print("strs", grow(str(i) for i in range(700)))
print("tuples", grow((i, i) for i in range(100)))

s = set(range(1000))
while len(s) > 3:
    s.pop()
print("popped", len(s), size(s), sorted(s))
s.add(5000)
print("added", len(s), size(s))
for i in range(4000, 4300):
    s.add(i)
print("refilled", len(s), size(s))

for n in (1, 4, 5, 10, 30, 100):
    s = set()
    s.update(range(n))
    t = set()
    t |= set(range(n))
    f = frozenset(range(n))
    print(n, size(s), size(t), size(f), size(set(list(range(n)))), size({x for x in range(n)}))

print("order of ints")
print(set([9, 17, 1, 33, 8, 0, 25]))
print({40, 8, 16, 24, 32}, {-1, -2, -3}, set(range(20, 0, -3)))
print("order of strings")
print({"apple", "banana", "cherry", "date", "elder", "fig", "grape"})
print(set("the quick brown fox"))
print("order after deletion")
s = {"a", "b", "c", "d", "e", "f"}
s.remove("c")
s.add("g")
s.add("c")
print(s)
print("order of others")
print({1.5, 2.5, -0.5, 1e10}, {(1, 2), (3, 4), (5, 6)}, {None, True, 0, "x", b"y"} - {None})
print({2**61 - 1, 2**61, 2**61 + 5, 2**100}, {1 + 2j, 3 - 1j})
print(frozenset({1, 2}) | {3, 99, 1024}, {frozenset({1}), frozenset({2}), frozenset()})
u = {1, 2, 3} | {100, 200, 300} ^ {3, 4}
print(u, u - {100}, u & set(range(150)), size(u))
print({"x": {3, 1, 2}, "y": {"b", "a"}})
acc = set()
for word in "now is the time for all good men to come to the aid of their country".split():
    acc.add(word)
    acc ^= {word[:2]}
print(acc)
