# deque, OrderedDict, defaultdict, Counter, ChainMap, namedtuple, UserDict.
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict, deque, namedtuple

Point = namedtuple("Point", "x y", defaults=[0])


def work():
    q = deque(range(150), maxlen=140)
    q.extendleft("abc")
    q.rotate(7)
    q.append("end")
    q.insert
    other = deque(q)
    other.clear()
    del q[3]
    o = OrderedDict((k, i) for i, k in enumerate("abcdef"))
    o.move_to_end("a")
    o.pop("c")
    o["g"] = 1
    del o["b"]
    r = OrderedDict(reversed(o.items()))
    d = defaultdict(list)
    for i in range(20):
        d[i % 6].append(i)
    c = Counter("mississippi")
    c.update("miss")
    chain = ChainMap({"a": 1}, {"b": 2})
    chain["c"] = 3
    u = UserDict(x=1)
    u["y"] = 2
    p = Point(1)
    return len(q), q[0], list(reversed(q))[:2], q.count("end"), list(o.items()), list(r), o == r, dict(d), c.most_common(2), (c - Counter("ss"))["s"], dict(chain), dict(u), p, p._replace(y=5), p._asdict(), repr(deque([1], 2)), other


print(work())
