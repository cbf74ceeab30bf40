# _pickle: bytes of every protocol, hooks, memos, frames, files, sizes and counts, the texts of errors.
import _pickle
import collections
import copyreg
import functools
import gc
import hashlib
import io
import pickle
import sys
import tracemalloc
import types
from _pickle import PickleBuffer, Pickler, Unpickler, dumps, loads


def show(f, *args, **kw):
    try:
        print(repr(f(*args, **kw))[:200])
    except BaseException as e:
        print(type(e).__name__, "|", str(e).split(" at 0x")[0], "|", repr(e.__context__))


class Plain:
    class Inner:
        def method(self):
            pass

    def __init__(self, **kw):
        self.__dict__.update(kw)


class Slots:
    __slots__ = ("a", "b")


class Sub(dict):
    pass


class NewEx:
    def __new__(cls, *args, **kw):
        self = object.__new__(cls)
        self.got = args, kw
        return self

    def __getnewargs_ex__(self):
        return (1, 2), {"k": 3}


class Setter:
    def __reduce__(self):
        return Plain, (), {"x": 1}, None, None, setter


def setter(obj, state):
    obj.__dict__["set"] = state


class Stream:
    def __reduce__(self):
        return Plain, (), None, iter([1, 2, 3]), iter([("a", 1)])


rec = [1]
rec.append(rec)
rectup = ([],)
rectup[0].append(rectup)
both = Plain(a=1)
both.me = [both]
slots = Slots()
slots.b = 5
sub = Sub(x=1)
sub.attr = 2
values = [
    None, True, False, 0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**63, -(2**63), 2**2100, -(2**2040),
    0.0, -0.0, 1.5, 1e300, float("inf"), "", "a", "\xe9", "\u0416", "\U0001f600", "\ud800", "a\\b\nc\rd\0e\x1a", "x" * 255, "x" * 256,
    b"", b"a", bytes(range(256)), bytearray(), bytearray(b"abc"), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2], list(range(2500)),
    {}, {1: 2}, {1: 2, 3: 4}, dict.fromkeys(range(1001)), set(), {1}, set(range(1000)), frozenset(), frozenset([1, 2]), rec, rectup, both,
    int, type(None), type(...), type(NotImplemented), ..., NotImplemented, len, io.BytesIO.getvalue, Plain, Plain.Inner, Plain.Inner.method,
    Plain(), Plain(a=1, b=[2]), slots, sub, NewEx(), Setter(), collections.OrderedDict(a=1), collections.deque([1], 5), range(3), slice(1, 2, None),
    2j, ValueError("x", 1), types.SimpleNamespace(a=1), functools.partial(int, base=2), collections.Counter("aab"), iter([1, 2]), ["dup", "dup"], [Plain, Plain],
    collections.defaultdict(list, {1: [2]}),
]
for proto in range(6):
    digest = hashlib.sha256()
    for v in values:
        if v is not slots or proto >= 2:
            digest.update(dumps(v, proto))
    print(proto, digest.hexdigest())
    for v in values[:60]:
        if v not in (rec, rectup) if type(v) in (list, tuple) else True:
            w = loads(dumps(v, proto))
            if not (w == v and type(w) is type(v)) and type(v) is not Plain:
                print("differs", repr(v)[:40], repr(w)[:40])
for v in (both, sub, NewEx(), Setter(), Plain.Inner.method, io.BytesIO.getvalue, 2**100, {1}, b"\xff", bytearray(b"x")):
    print([dumps(v, p) for p in range(6)])
print([dumps(slots, p) for p in range(2, 6)])
show(dumps, slots, 0)
show(dumps, Stream(), 2)
r = loads(dumps(rectup))
print(r[0][0] is r, loads(dumps(both)).me[0].a, loads(dumps(NewEx(), 2)).got, vars(loads(dumps(Setter()))))

# Frames and files
big = ["y" * 1000] * 3 + ["z%d" % i * 20 for i in range(2000)] + [b"q" * 70000, bytearray(70000), "w" * 70000]
for proto in (3, 4, 5):
    pieces = []

    class Out:
        def write(self, data):
            pieces.append((type(data).__name__, len(data)))

    _pickle.dump(big, Out(), proto)
    print(proto, len(dumps(big, proto)), pieces)
    f = io.BytesIO()
    p = Pickler(f, proto)
    for o in (big, "second", [1]):
        p.dump(o)
    print(len(f.getvalue()), hashlib.md5(f.getvalue()).hexdigest())
    f.seek(0)
    u = Unpickler(f)
    print(u.load() == big, u.load(), u.load(), f.tell())
    show(u.load)


class Reader:
    def __init__(self, data):
        self.f = io.BytesIO(data)
        self.calls = []

    def read(self, n):
        self.calls.append(n)
        return self.f.read(n)

    def readline(self):
        self.calls.append("line")
        return self.f.readline()


for proto in (0, 2, 4):
    reader = Reader(dumps([1, "two", b"three" * 50, {4: 5.0}], proto))
    print(_pickle.load(reader), reader.calls)


class Peeking(Reader):
    def peek(self, n):
        self.calls.append(("peek", n))
        return self.f.getvalue()[self.f.tell() : self.f.tell() + 10]


reader = Peeking(dumps([1, "two", "three" * 50], 4) + b"rest")
print(_pickle.load(reader), reader.calls, reader.f.tell())

# Hooks
class Persistent(Pickler):
    def persistent_id(self, obj):
        return ("id", obj.k) if isinstance(obj, Plain) else None


class Finding(Unpickler):
    def persistent_load(self, pid):
        return "found %r" % (pid,)

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


for proto in range(6):
    f = io.BytesIO()
    Persistent(f, proto).dump([Plain(k=1), 2, Slots])
    print(f.getvalue())
    f.seek(0)
    print(Finding(f).load()[:2])


class Reducing(Pickler):
    def reducer_override(self, obj):
        if obj is Slots:
            return str, ("was Slots",)
        return NotImplemented


f = io.BytesIO()
Reducing(f, 4).dump([Slots, Plain, Slots])
print(loads(f.getvalue()))
f = io.BytesIO()
p = Pickler(f, 4)
p.dispatch_table = {Plain: lambda o: (list, ((1, 2),))}
p.dump(Plain())
print(f.getvalue(), p.dispatch_table.keys() == {Plain})
p.__init__(f)
print(hasattr(p, "dispatch_table"))


class Table(Pickler):
    dispatch_table = collections.ChainMap({Plain: lambda o: (str, ("P",))}, copyreg.dispatch_table)


f = io.BytesIO()
Table(f).dump([Plain(), 2j])
print(f.getvalue())
copyreg.add_extension("__main__", "Plain", 0x1234)
print(dumps(Plain, 2), loads(dumps(Plain, 2)), loads(b"\x83\x34\x12."))
copyreg.remove_extension("__main__", "Plain", 0x1234)

# Out-of-band buffers
buffers = []
data = dumps([PickleBuffer(b"ab"), PickleBuffer(bytearray(b"cd"))], 5, buffer_callback=buffers.append)
print(data, [bytes(b) for b in buffers], [type(x).__name__ for x in loads(data, buffers=buffers)])
print(dumps([PickleBuffer(b"ab"), PickleBuffer(bytearray(b"cd"))], 5))
show(dumps, PickleBuffer(b"ab"), 4)
show(dumps, PickleBuffer(memoryview(b"abcd")[::2]), 5)
b = bytearray(6)
pb = PickleBuffer(memoryview(b).cast("B", (2, 3)))
m = pb.raw()
print(m.format, m.shape, m.nbytes, m.obj is b, sys.getsizeof(pb), sys.getrefcount(pb))
m.release()
pb.release()
pb.release()
show(pb.raw)
show(memoryview, pb)
show(PickleBuffer)
show(PickleBuffer, 1)
b.append(1)

# Memos
p = Pickler(io.BytesIO())
x = ["one"]
before = sys.getrefcount(x)
p.dump([x, x])
print(len(p.memo.copy()), sorted(v[0] for v in p.memo.copy().values()), sys.getrefcount(x) - before, sys.getsizeof(p))
f = io.BytesIO()
q = Pickler(f)
q.memo = p.memo
q.dump(x)
print(f.getvalue())
q.memo = {id(x): (7, x)}
q.dump(x)
print(f.getvalue(), q.memo.__reduce__()[0])
q.clear_memo()
print(q.memo.copy(), sys.getsizeof(q))
p.memo.clear()
print(sys.getrefcount(x) - before)
for v in (1, {1: 2}, {1: ("a", 2)}, {1: (1, 2, 3)}):
    show(setattr, p, "memo", v)
show(delattr, p, "memo")
u = Unpickler(io.BytesIO(dumps(["a", "b"]) + b"h\x01."))
print(u.load(), u.memo.copy(), u.load())
v = Unpickler(io.BytesIO(b"h\x01.h\x05."))
v.memo = u.memo
print(v.load())
v.memo = {5: "five"} if False else {0: "zero"}
show(v.load)
for w in (1, {"a": 2}, {-1: 2}):
    show(setattr, v, "memo", w)
v.memo.clear()
print(v.memo.copy())
fast = Pickler(io.BytesIO(), 2)
fast.fast = 1
fast.dump([x, x])
show(fast.dump, "again")
cyc = [1]
cyc.append(cyc)
try:
    fast.dump(cyc)
except ValueError as e:
    print(str(e).split(" at ")[0])

# Sizes
print([sys.getsizeof(Pickler(io.BytesIO())), sys.getsizeof(Unpickler(io.BytesIO())), sys.getsizeof(Pickler.__new__(Pickler)), sys.getsizeof(Unpickler.__new__(Unpickler)), sys.getsizeof(p.memo)])
print(Pickler.__basicsize__, Unpickler.__basicsize__, PickleBuffer.__basicsize__)
sizes = []
p = Pickler(io.BytesIO(), 4)
for n in (5, 6, 20, 100, 1000, 20000, 60000):
    p.dump([str(i) + "k" for i in range(n)])
    sizes.append(sys.getsizeof(p))
print(sizes)
sizes = []
f = io.BytesIO(dumps(["%d" % i for i in range(100)]) + dumps([[[[1, 2]]]], 0) + dumps("line" * 50, 0))
u = Unpickler(f, encoding="latin-1")
for i in range(3):
    sizes.append(sys.getsizeof(u))
    u.load()
print(sizes, sys.getsizeof(u))
s = "\xe9" * 10
n = sys.getsizeof(s)
dumps(s)
print(sys.getsizeof(s) - n)


def peak(f, *args):
    gc.collect()
    tracemalloc.start()
    r = f(*args)
    result = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return result


small = [1, "two", (3.0, None)]
lots = [(i, str(i), [i]) for i in range(3000)]
for o in (None, small, lots):
    for proto in (2, 4):
        dumps(o, proto), loads(dumps(o, proto))
        print(peak(dumps, o, proto), peak(loads, dumps(o, proto)))
a = Plain(x=1)
key = "some key"
before = sys.getrefcount(a), sys.getrefcount(key), sys.getrefcount(Plain)
for i in range(3):
    loads(dumps([a, key, {key: a}]))
print(sys.getrefcount(a) - before[0], sys.getrefcount(key) - before[1], sys.getrefcount(Plain) - before[2])
print(list(vars(loads(dumps(Plain(interned=1)))))[0] is sys.intern("interned"))

# Errors
class Bad:
    def __init__(self, value):
        self.value = value

    def __reduce_ex__(self, proto):
        return self.value


new, newex = copyreg.__newobj__, copyreg.__newobj_ex__
for value in (
    1, (), (1,), (1, 2), (int, 2), (int, (), None, 4), (int, (), None, None, 5), (int, (), None, None, None, 6), (int, (), 1, 2, 3, 4, 5), (int, (), None, iter([]), iter([1, 2])),
    "no_such_name", "Plain", (new, ()), (new, (1,)), (new, (int,)), (newex, (1,)), (newex, (1, 2, 3)), (newex, (int, 2, 3)), (newex, (int, (), 3)),
):
    show(dumps, Bad(value))
sys.modules["broken"] = None
Broken = type("Broken", (), {"__module__": "broken"})
Other = type("Plain", (), {"__module__": "__main__"})
Weird = type("\xe9", (), {"__module__": "__main__"})
globals()["\xe9"] = Weird
for o in (Broken, Other, lambda: 0, type(lambda: 0), io, (i for i in ()), sys._getframe(), object().__init__, Weird):
    for proto in (2, 4):
        try:
            print(dumps(o, proto))
        except Exception as e:
            print(type(e).__name__, str(e).split(" at 0x")[0])


def local():
    class Local:
        pass

    return Local


show(dumps, local())
show(dumps, local()())
d = {}


class Changing:
    def __reduce__(self):
        d[len(d)] = 1
        return str, ()


d[0] = Changing()
d[1] = 2
show(dumps, d)
deep = []
for i in range(100000):
    deep = [deep]
show(dumps, deep)
del deep
for args in ((), (1, 6), (1, -1), (1, "a"), (1, 2**70), (1, True), (1, None)):
    show(dumps, *args)
for args in ((1,), (io.BytesIO(), 9), (io.BytesIO(), 4, True, print), ()):
    show(Pickler, *args)
show(Pickler.__new__(Pickler).dump, 1)
show(Unpickler.__new__(Unpickler).load)
show(Unpickler, 5)
show(Unpickler, io.BytesIO(), encoding="a\0b")
show(Unpickler, io.BytesIO(), errors=5)
show(loads, b"N.", encoding=None)
show(loads, 5)
show(loads, memoryview(b"N.N.")[::2])
show(loads, memoryview(b"xxN.yy")[2:4])
for data in (
    b"", b".", b"(.", b"N0.", b"N00.", b"(1N.", b"\x00", b"'", b"z", b"\xff", b"K", b"J\1\2", b"\x80", b"\x80\x06.", b"I1\n.", b"I01\n.", b"I00\n.", b"I0x1f\n.", b"I010\n.",
    b"I -5\n.", b"I99999999999999999999\n.", b"Ix\n.", b"I\n.", b"I5", b"L5L\n.", b"L5\n.", b"L0x10L\n.", b"L010L\n.", b"Lx\n.", b"F1.5\n.", b"F1e400\n.", b"Fnan\n.", b"F-inf\n.", b"F1x\n.",
    b"Fx\n.", b"S'a\\x41\\n'\n.", b"Sa\n.", b"S'\n.", b"T\3\0\0\0abc.", b"U\1\xff.", b"Va\\u0041\\n\n.", b"V\xe9\n.", b"X\1\0\0\0\xff.", b"\x8c\x03\xed\xa0\x80.", b"B\1\0\0\0a.", b"B\5\0\0\0a.", b"C\x00.",
    b"\x8e\xff\xff\xff\xff\xff\xff\xff\xff.", b"\x8d\xff\xff\xff\xff\xff\xff\xff\xff.", b"\x96\1\0\0\0\0\0\0\0a.", b"\x95\5\0\0\0\0\0\0\0N.", b"\x95\xff\xff\xff\xff\xff\xff\xff\xffN.",
    b"t.", b"(NNt.", b"N\x86.", b"l.", b"(NNl.", b"(NNd.", b"(Nd.", b"(NN\x91.", b"N(N\x90.", b"\x8f(NK\1\x90.", b"\x8f(]\x90.", b"]Na.", b"a.", b"](NNe.", b"(e.", b"N(Ne.", b"}NNs.", b"}(Nu.", b"}(u.", b"}(NNu.", b"Ns.",
    b"cbuiltins\nint\n(tR.", b"cbuiltins\nint\nNR.", b"NNR.", b"(cbuiltins\nint\no.", b"(ibuiltins\nlist\n.", b"(icollections\nOrderedDict\n.", b"(o.", b"cbuiltins\nint\n)\x81.", b"N)\x81.", b"cbuiltins\nint\nN\x81.",
    b"cbuiltins\ngenerator\n.", b"cos\nno_such\n.", b"cno_such_module\nx\n.", b"c\n.", b"\x80\x04\x8c\x03int\x8c\x03int\x93.", b"NN\x93.", b"\x80\x04\x8c\x08builtins\x8c\x0cstr.encode.x\x93.",
    b"c__builtin__\nxrange\n.", b"cbuiltins\nint\nN}\x92.", b"cbuiltins\nint\n)N\x92.", b"cbuiltins\nstr\n)}\x92.", b"h\1.", b"j\1\0\0\0.", b"g5\n.", b"gx\n.", b"Np5\ng5\n.", b"Np-1\n.", b"Nq\1h\1.", b"Nr\1\1\0\0j\1\1\0\0.", b"q\1.",
    b"\x94.", b"N\x94h\0\x86.", b"N2\x86.", b"2.", b"\x82\1.", b"\x82\0.", b"\x84\xff\xff\xff\xff.", b"PX\n.", b"P\xff\n.", b"NQ.", b"Q.", b"Nb.", b"NNb.", b"N}b.", b"b.", b"\x97.", b"\x98.", b"\x8a\x01\x80.", b"\x8a\0.", b"\x8b\xff\xff\xff\xff.", b"\x8b\1\0\0\0\7.", b"G12345678.",
):
    print(data, end=" ")
    show(loads, data)
show(loads, b"U\1\xff.", encoding="bytes")
show(loads, b"S'\\xe9'\n.", encoding="latin-1")
show(loads, b"U\1\xff.", errors="replace")
show(loads, b"U\1\xff.", encoding="no such")
show(loads, b"c__builtin__\nxrange\n.", fix_imports=False)
