# Interned keys in instance dicts, keyword arguments, class dicts, module dicts, json-like loads; memory shared by equal strings.
import gc
import json
import sys


class C:
    pass


def made(s):
    return "".join(list(s))


def is_interned(s):
    return sys._is_interned(s)


a, b = C(), C()
setattr(a, made("alpha"), 1)
setattr(b, made("alpha"), 2)
print("attribute keys are one object", next(iter(a.__dict__)) is next(iter(b.__dict__)), is_interned(next(iter(a.__dict__))))
a.__dict__[made("direct")] = 1
print("set through the dict", [is_interned(k) for k in a.__dict__])
d = {made("dict key"): 1}
print("plain dict key", is_interned(next(iter(d))))


def f(**kw):
    return list(kw)


print("keywords", [is_interned(k) for k in f(one=1, **{made("two"): 2})])
T = type(made("Tname"), (), {made("attr_x"): 1})
print("type()", is_interned(T.__name__), [is_interned(k) for k in T.__dict__ if k.startswith("attr")])
exec("made_global = 1", globals())
print("globals", is_interned([k for k in globals() if k == "made_global"][0]))
globals()[made("by_item")] = 1
print("globals by item", is_interned([k for k in globals() if k == "by_item"][0]))
rows = json.loads('[{"name": "x", "size": 1}, {"name": "x", "size": 2}]')
k0, k1 = list(rows[0]), list(rows[1])
print("json keys shared", [p is q for p, q in zip(k0, k1)], "values shared", rows[0]["name"] is rows[1]["name"], is_interned(k0[0]))
from collections import namedtuple
N = namedtuple("N", "first second")
print("namedtuple", [is_interned(n) for n in N._fields])
import types
print("namespace", [is_interned(k) for k in vars(types.SimpleNamespace(**{made("nskey"): 1}))])
print("dir", all(is_interned(n) for n in dir(C)), "code names", all(map(is_interned, f.__code__.co_varnames)), is_interned(f.__name__), is_interned(f.__qualname__))
code = compile("result = 'identifier_like' + 'not like' if 0 else ('ok', 'no t', 'x.y')", "c", "exec")
print([(c, [is_interned(s) for s in c]) for c in code.co_consts if isinstance(c, tuple)])
words = ("to be or not to be " * 50).split()
before = len({id(w) for w in words})
words = [sys.intern(w) for w in words]
print("ids", before > 10, len({id(w) for w in words}), sorted(set(words)))
gc.collect()
base = sys.getallocatedblocks()
keep = [made("shared value %d" % (i % 3)) for i in range(300)]
plain = sys.getallocatedblocks() - base
keep = None
keep = [sys.intern(made("shared value %d" % (i % 3))) for i in range(300)]
print("blocks", plain, sys.getallocatedblocks() - base)
s = sys.intern(made("only one holder here"))
i = id(s)
del s
print("mortal", sys.intern(made("only one holder here")) == "only one holder here")
print("single letters", all(is_interned(chr(c)) for c in range(128)), is_interned(""), is_interned(str(1)), is_interned(str(12)), is_interned(repr(1.5)), is_interned("a" + made("b")), is_interned(made("ab")[0]))
e = made("equal"), made("equal")
print(e[0] is e[1], sys.intern(e[0]) is sys.intern(e[1]), e[0] is e[1])
try:
    getattr(a, made("missing"))
except AttributeError as err:
    print(is_interned(err.name), err.name)
