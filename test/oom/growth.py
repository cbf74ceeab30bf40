# Tables and buffers that grow and shrink: dict, set, list, str of every kind, bytes, bytearray.
class K:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        return self.v % 7

    def __eq__(self, o):
        return self.v == o.v


def work():
    d = {}
    for i in range(60):
        d[f"k{i}"] = i
    for i in range(0, 60, 2):
        del d[f"k{i}"]
    d[5] = "int key"
    d.update({(1, 2): 3}, other=4)
    e = d | {"more": 1}
    general = {K(i): i for i in range(20)}
    s = set(range(40))
    s |= {"a", 2.5, None, (1, 2)}
    t = frozenset(s) - {1, 2, 3}
    s.difference_update(range(30))
    l = list(range(30))
    l[5:10] = "abcdefgh"
    l.extend(x for x in range(40))
    l += l
    del l[::3]
    l.insert(0, "first")
    l.sort(key=str)
    texts = ["ascii" * 5, "caf\xe9" * 5, "\u0416\u0436" * 5, "\U0001f600" * 5]
    joined = "-".join(texts)
    built = ""
    for x in texts:
        built += x
    b = bytearray()
    for i in range(300):
        b.append(i % 256)
    b[10:20] = b"replaced with more"
    del b[:100]
    parts = joined.split("-"), joined.upper(), joined.replace("\u0416", "zh"), joined.encode("utf-8"), built.center(120, "*"), joined.translate({233: "e"})
    return len(d), len(e), general[K(3)], len(s), len(t), len(l), l[:3], len(built), len(b), [len(p) for p in parts], bytes(b[:4]) * 3, d.setdefault("z", []), d.pop("z"), dict.fromkeys("abc", 0), sorted({1: 2, 3: 4}.items())


print(work())
