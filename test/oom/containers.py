# list, tuple, dict, set, frozenset, range, slice: construction, growth, copying, sorting, merging.
def work():
    l = [i * 1000 for i in range(50)]
    l.extend(range(20))
    l[5:10] = [1, 2]
    l.sort(key=lambda v: -v)
    t = tuple(l) + (1, 2)
    d = {i: str(i) for i in range(40)}
    d.update({"k": l, "t": t})
    e = {**d, "z": 1} | {"y": 2}
    for i in range(30):
        del e[i]
    s = {i * 7 for i in range(50)} | set(t)
    f = frozenset(s) - {1, 2}
    u = s ^ f
    copies = [l[:], l * 2, dict(e), s.copy(), list(d.items()), sorted(d, key=str), list(zip(l, t)), list(reversed(l)), dict.fromkeys("abc"), l[::2], range(10)[::2], slice(1, 2)]
    a, *b = l
    return len(copies), len(e), len(u), len(b), max(l), list(e.keys() & {"k", "z"}) != []


print(work())
