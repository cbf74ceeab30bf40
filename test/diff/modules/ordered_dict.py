# OrderedDict: sizes, counts, memory per line, order, errors.
import gc, sys, pickle, copy, weakref, tracemalloc
from collections import OrderedDict
O = OrderedDict
print(sys.getsizeof(O()), O.__basicsize__, O.__itemsize__, O.__dictoffset__, O.__weakrefoffset__, O.__flags__, O.__mro__)
print(sorted(vars(O)))
for n in 'keys values items'.split():
    v = getattr(O(a=1), n)(); t = type(v)
    print(t, t.__basicsize__, sys.getsizeof(v), t.__mro__, t.__flags__, sorted(vars(t)), v)
    i = iter(v)
    print(type(i), sys.getsizeof(i), type(i).__flags__, sorted(vars(type(i))), next(i), list(reversed(v)))
for k, v in sorted(vars(O).items()): print(k, getattr(v, '__text_signature__', None), type(v))
print([sys.getsizeof(O((i, i) for i in range(n))) for n in range(13)])
o = O(); sizes = []
for i in range(200):
    o[str(i)] = i
    sizes.append(sys.getsizeof(o))
print(sizes)
for i in range(190): del o[str(i)]
print(sys.getsizeof(o), o)
o.clear(); print(sys.getsizeof(o), o)
key = ("a key", 5)
o = O({key: []}); print(sys.getrefcount(key), sys.getrefcount(o), gc.is_tracked(O()), gc.is_tracked(o))
o.move_to_end(key); print(sys.getrefcount(key)); del o[key]; print(sys.getrefcount(key))
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other): return self.n == other.n
    def __repr__(self): return f"K({self.n})"
ks = [K(i) for i in range(5)]
o = O((k, k.n) for k in ks)
o.move_to_end(K(1)); o.move_to_end(K(3), last=False); del o[K(0)]; print(o, o.pop(K(4)), o.popitem(), o.popitem(False), o)
print([sys.getrefcount(k) for k in ks])
class S(O):
    def __missing__(self, key): return f"no {key}"
    def __setitem__(self, key, value): super().__setitem__(key, value * 2)
s = S(a=1, b=2); s.attr = 5
print(s, s["zz"], s.attr, s.copy(), type(s | {"q": 1}), s | {"q": 1}, {"q": 1} | s, s == O(a=2, b=4), s.__reduce__()[:4], s.__dict__)
s |= [("z", 1)]; print(s, sys.getsizeof(s), S.__basicsize__, weakref.ref(s)() is s)
class D(O):
    def __delitem__(self, key): print("del", key); super().__delitem__(key)
    def __getitem__(self, key): print("get", key); return super().__getitem__(key)
    def __contains__(self, key): print("in", key); return super().__contains__(key)
d = D(a=1, b=2); print(d.pop("a"), d.pop("q", None), d.popitem(), d.setdefault("z", 3), d.setdefault("z"))
d = D(a=1, b=2); print(d.copy(), list(d.items()), list(d.values()))
for p in range(5):
    o = O([("b", 1), ("a", [2])]); o.x = o
    r = pickle.loads(pickle.dumps(o, p)); print(r, r.x is r, type(r))
it = iter(O(a=1, b=2, c=3).items()); next(it)
print(list(pickle.loads(pickle.dumps(it))), list(copy.copy(it)), list(it))
print(copy.copy(O(a=1)), copy.deepcopy(O(a=[1])), O(a=1, b=2) == O(b=2, a=1), O(a=1, b=2) == dict(b=2, a=1), O(a=1) != O(a=1), O(a=1) != O(b=1), O(a=1).__eq__(3), O(a=1) == 1)
print(O(a=1).keys() & O(a=2, b=1).keys(), sorted(O(a=1).keys() | "bc"), O(a=1).items() ^ O(a=1).items(), O(a=1).keys() == {"a"}, O(a=1).keys().isdisjoint("b"), O(a=1).items() - {("a", 1)}, O(a=1).keys().mapping)
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
o = O(a=1, b=2); it = iter(o); o.clear(); t(lambda: next(it)); t(lambda: next(it))
o = O(a=1, b=2); it = iter(o); o['c'] = 1; t(lambda: next(it)); t(lambda: next(it))
o = O(a=1, b=2); it = iter(o); o.move_to_end('a'); t(lambda: next(it))
o = O(a=1, b=2); it = iter(o); dict.__setitem__(o, 'z', 1); t(lambda: next(it)); t(lambda: next(it))
o = O(a=1, b=2); it = iter(o.items()); dict.__delitem__(o, 'a'); dict.__setitem__(o, 'q', 1); t(lambda: next(it))
t(lambda: O(1, 2)); t(lambda: O().update(1, 2)); t(lambda: O([1])); t(lambda: O([(1,)])); t(lambda: O([(1, 2, 3)])); t(lambda: O([()])); t(lambda: O(5))
t(lambda: O().popitem()); t(lambda: O().pop(3)); t(lambda: O().move_to_end(3)); t(lambda: O().pop()); t(lambda: O(a=1)["b"]); t(lambda: O().__delitem__("x"))
t(lambda: O.fromkeys()); t(lambda: O(a=1).popitem(0, 1)); t(lambda: O(a=1).setdefault()); t(lambda: O() < O()); t(lambda: O() | 3); t(lambda: hash(O())); t(lambda: O()[[]]); t(lambda: O([([], 1)])); t(lambda: type(O().keys())())
t(lambda: O.fromkeys("abc", 7)); t(lambda: O.fromkeys(iterable="a", value=2)); t(lambda: O(**{"a": 1, "self": 2, "other": 3})); t(lambda: O().update(self=1))
o = O(); o["self"] = o; print(o); o.clear()
del s, d, r, it; gc.collect()
o = O(a=1); o.cycle = o; w = weakref.ref(o); del o; print(gc.collect(), w())
o = O(a=1); o["a"] = o; w = weakref.ref(o); del o; print(gc.collect(), w())
class M(dict):
    def keys(self): return ["k"]
    def __getitem__(self, k): return "v"
print(O(M(z=1)), O(a=0, **M(q=1)), dict(O([("b", 1), ("a", 2)])), list(O([("b", 1), ("a", 2)]) | O(c=3)), [*O(x=1, y=2)], {**O(x=1)})
def deep():
    o = O()
    for _ in range(20000): o = O(a=o)
    return o
x = deep(); del x
tracemalloc.start()
def fill():
    o = O()
    for i in range(1000):
        o[i] = None
    return o
first = fill.__code__.co_firstlineno
def show(what):
    snap = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
    lines = [(s.traceback[0].lineno - first, s.size, s.count) for s in snap.statistics("lineno")]
    print(what, sorted(line for line in lines if not 6 <= line[0] <= 9))
o = fill(); show("filled")
c = o.copy(); show("copied")
it = o.items(); i = iter(it); p = next(i); show("iterating")
for k in range(0, 1000, 2): o.pop(k)
show("popped")
o.clear(); del c, i, it, p; show("cleared")
