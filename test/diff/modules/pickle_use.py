# pickle and copyreg: every kind of value, protocols, recursion, classes with state, errors.
import copy
import copyreg
import io
import pickle
from collections import OrderedDict, deque, namedtuple
from dataclasses import dataclass
from enum import Enum

Point = namedtuple("Point", "x y")


class Color(Enum):
    RED = 1


@dataclass
class Data:
    a: int
    b: list


class Plain:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return type(o) is type(self) and vars(o) == vars(self)


class State:
    def __init__(self):
        self.keep, self.drop = 1, 2

    def __getstate__(self):
        return {"keep": self.keep}

    def __setstate__(self, s):
        self.__dict__.update(s, restored=True)


class Reduce:
    def __reduce__(self):
        return (Plain, ("reduced",))


class NewArgs:
    def __new__(cls, x):
        self = super().__new__(cls)
        self.x = x
        return self

    def __getnewargs__(self):
        return (self.x,)


class Slots:
    __slots__ = ("a", "b")


class ListSub(list):
    pass


values = [None, True, 5, -5, 255, 65536, 2**31, 2**70, -(2**200), 1.5, float("inf"), 2j, "", "text", "\u0416\U0001f600", "x" * 300, b"", b"bytes", b"y" * 300, bytearray(b"ba"), (), (1,), (1, 2, 3, 4), [], [1, [2]], {}, {"a": 1, 2: [3]}, {1, 2}, frozenset([3]), ..., NotImplemented, int, len, Plain(5), Point(1, 2), Color.RED, Data(1, [2]), OrderedDict(a=1), deque([1, 2], maxlen=3), range(5), slice(1, 2), complex, ValueError("e", 1), NewArgs(7)]
for p in range(pickle.HIGHEST_PROTOCOL + 1):
    good = 0
    for v in values:
        r = pickle.loads(pickle.dumps(v, p))
        good += r == v or repr(r) == repr(v) or vars(r) == vars(v)
    print(p, good, len(values))
for v in (None, 5, "abc", b"abc", [1, 2], {"k": (1, 2)}, 1.5, 2**70, {1}, Plain(1)):
    print(repr(v)[:20].split(" object")[0], [pickle.dumps(v, p) for p in (0, 2, 4)])
rec = [1]
rec.append(rec)
r = pickle.loads(pickle.dumps(rec))
print(r[1] is r, pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL)
a = [1]
r = pickle.loads(pickle.dumps([a, a]))
print(r[0] is r[1], vars(pickle.loads(pickle.dumps(State()))), pickle.loads(pickle.dumps(Reduce())).v, pickle.loads(pickle.dumps(NewArgs(3))).x)
s = Slots()
s.a = 5
t = pickle.loads(pickle.dumps(s))
print(t.a, hasattr(t, "b"), copy.copy(s).a)
l = ListSub([1, 2])
l.attr = "x"
m = pickle.loads(pickle.dumps(l))
print(m, m.attr, type(m).__name__)
f = io.BytesIO()
p = pickle.Pickler(f)
p.dump([1, 2])
p.dump("second")
f.seek(0)
u = pickle.Unpickler(f)
print(u.load(), u.load())
try:
    u.load()
except EOFError as e:
    print("EOFError", e)
for bad in (lambda: pickle.dumps(lambda: 0), lambda: pickle.dumps((x for x in ())), lambda: pickle.loads(b""), lambda: pickle.loads(b"garbage"), lambda: pickle.loads(b"\x80\x04."), lambda: pickle.loads("str"), lambda: pickle.dumps(1, 99), lambda: pickle.loads(b"cno_such_module\nx\n."), lambda: pickle.loads(b"cos\nno_such_name\n.")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])


class Ext:
    pass


copyreg.pickle(Ext, lambda o: (str, ("made by copyreg",)))
print(pickle.loads(pickle.dumps(Ext())))
