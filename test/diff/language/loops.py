# for and while: else, break, continue, iteration protocols, changes while iterating, targets.
def primes(n):
    out = []
    for i in range(2, n):
        for p in out:
            if i % p == 0:
                break
        else:
            out.append(i)
    return out


print(primes(40))
n, out = 27, []
while n != 1:
    n = 3 * n + 1 if n % 2 else n // 2
    if n > 5000:
        break
    out.append(n)
else:
    out.append("reached one")
print(len(out), max(out[:-1]) if isinstance(out[-1], str) else out[-1])
for x in []:
    pass
else:
    print("empty for runs else")
while False:
    pass
else:
    print("false while runs else")
for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 1:
            break
        print(i, j, end="; ")
    else:
        print("inner else", i, end="; ")
print()
items = [1, 2, 3, 4, 5, 6]
for x in items:
    if x % 2 == 0:
        items.remove(x)
print(items)
items = [1, 2, 3]
for x in items:
    if len(items) < 6:
        items.insert(0, x * 10)
print(items, x)
d = {"a": 1, "b": 2}
for k, v in d.items():
    d[k] = v * 10
print(d)
for i, (a, b) in enumerate(zip("xy", [1, 2]), start=1):
    print(i, a, b, end="; ")
for a, b, *c in [(1, 2), (3, 4, 5, 6)]:
    print(a, b, c, end="; ")
t = [0, 0]
for t[0] in range(3):
    t[1] += t[0]
print(t)
d = {}
for d["key"] in "ab":
    pass
print(d)


class Attr:
    pass


a = Attr()
for a.value in (1, 2):
    pass
print(a.value)
i = 10
for i in range(i):
    i += 100
print(i)
it = iter(range(10))
for x in it:
    if x == 3:
        break
print(x, list(it))
it = iter([1, 2, 3, 4])
print([(x, next(it)) for x in it])


def countdown(n):
    while n > 0:
        n -= 1
        if n == 5:
            continue
        if n == 2:
            return "returned", n
    return "ended"


print(countdown(8), countdown(2))
for ch in "héllo":
    print(ascii(ch), end=" ")
for b in b"ab":
    print(b, end=" ")
for k in {"x": 1}:
    print(k, end=" ")
for line in """one
two""".splitlines():
    print(line, end=" ")
print()
total = 0
for i in range(10**5):
    if i & 1:
        continue
    total += i
print(total, i)
k = 0
while True:
    k += 1
    try:
        if k < 3:
            continue
        break
    finally:
        print("finally", k)
try:
    for x in 5:
        pass
except TypeError as e:
    print(e)
try:
    for a, b in [1]:
        pass
except TypeError as e:
    print(e)
for x in range(2): print(x, end=","); print("same line", end=" ")
print()
matrix = [[1, 2], [3, 4]]
print([c for row in matrix for c in row if c != 2], [[r[i] for r in matrix] for i in range(2)], sum(c for row in matrix for c in row), [*zip(*matrix)])
found = next((i for i, v in enumerate("hello") if v == "l"), -1)
print(found, any(v > 3 for r in matrix for v in r), max(range(5), key=lambda v: (v - 2) ** 2), sorted(range(5), key=lambda v: -v)[:2])
rows = iter(["h1", "h2", "", "body1", "body2"])
header = list(iter(lambda: next(rows), ""))
print(header, list(rows))
