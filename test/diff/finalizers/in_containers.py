# Order of death inside each kind of container, and of nested ones; deep chains.
import gc

gc.disable()
order = []


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        order.append(self.name)


def died(make):
    order.clear()
    x = make()
    del x
    return order[:]


r = range(5)
print("list", died(lambda: [D(i) for i in r]))
print("tuple", died(lambda: tuple(D(i) for i in r)))
print("dict", died(lambda: {i: D(i) for i in r}))
print("dict after reorder", died(lambda: (lambda d: (d.pop(1), d.__setitem__(1, D("new 1")), d)[2])({i: D(i) for i in r})))
print("set", sorted(died(lambda: {D(i) for i in r})))
print("nested lists", died(lambda: [[D((i, j)) for j in range(2)] for i in range(2)]))
print("dict of lists", died(lambda: {"a": [D("a0"), D("a1")], "b": D("b")}))
print("tuple in list in dict", died(lambda: {"k": [(D(1), D(2)), D(3)]}))


class P:
    pass


def attrs():
    p = P()
    p.a, p.b, p.c = D("a"), D("b"), D("c")
    return p


def with_dict():
    p = attrs()
    p.__dict__
    return p


class S:
    __slots__ = ("z", "a", "m")


def slots():
    s = S()
    s.m, s.z, s.a = D("m"), D("z"), D("a")
    return s


print("attributes", died(attrs), died(with_dict), "slots", died(slots))


class Chain(D):
    def __init__(self, name, next=None):
        super().__init__(name)
        self.next = next


print("chain", died(lambda: Chain(1, Chain(2, Chain(3)))))
print("closure", died(lambda: (lambda a, b: (lambda: (b, a)))(D("a"), D("b"))))
print("default", died(lambda: (lambda x=D("x"), *, k=D("k"): 0)))
print("generator", died(lambda: (lambda a: (yield a))(D("gen"))))
print("exception", died(lambda: ValueError(D(1), D(2))))
print("iterators", died(lambda: iter([D(1), D(2)])), died(lambda: zip([D("p")], [D("q")])), died(lambda: map(lambda v: v, [D("m")])), died(lambda: enumerate([D("e")])))
from collections import OrderedDict, deque, defaultdict
print("deque", died(lambda: deque([D(i) for i in r])), "ordered", died(lambda: OrderedDict((i, D(i)) for i in r)), "default", died(lambda: defaultdict(list, {i: D(i) for i in r})))
import functools
print("partial", died(lambda: functools.partial(print, D("arg"), k=D("kw"))), "slice", died(lambda: slice(D("start"), D("stop"), D("step"))))
print("module", died(lambda: (lambda m: (setattr(m, "x", D("x")), setattr(m, "y", D("y")), m)[2])(type(gc)("m"))))
order.clear()


def many(a, b, *args, **kw):
    c = D("c")
    d = D("d")


many(D("arg a"), D("arg b"), D("star"), k=D("kw"))
print("frame", order)
order.clear()
head = None
for i in range(50000):
    head = Chain(i, head)
del head
print("deep chain", len(order), order[0], order[-1])
order.clear()
nest = D("bottom")
for i in range(30000):
    nest = [nest, D(i)]
del nest
print("deep lists", len(order), order[:2], order[-2:])
order.clear()
t = D("bottom")
for i in range(30000):
    t = (t, D(i))
del t
print("deep tuples", len(order), order[:2], order[-2:])
order.clear()
d = D("bottom")
for i in range(5000):
    d = {"in": d, "x": D(i)}
del d
print("deep dicts", len(order), order[:2], order[-2:])
