# get_referrers and get_referents, for each kind of holder.
import gc

gc.disable()
target = type("Target", (), {})()
target2 = object()


def kinds(obj):
    return sorted(type(r).__name__ for r in gc.get_referrers(obj) if r is not globals())


print("only the module", kinds(target))
l = [target]
t = (target, 1)
d = {"k": target}
s = {target}
f = frozenset([target])
print("containers", kinds(target))
del l, t, d, s, f
gc.collect()


class Holder:
    def __init__(self, x):
        self.x = x


class Slot:
    __slots__ = ("x",)


h = Holder(target)
s = Slot()
s.x = target
print("instances", kinds(target))
h.__dict__
print("with its dict", kinds(target))
del h, s


def default(x=target):
    pass


def closure(x=None):
    x = target
    return lambda: x


c = closure()
print("function", kinds(target))
print("cell holds it", [type(r).__name__ for r in gc.get_referrers(target) if type(r).__name__ == "cell"])
del default, c


def gen():
    local = target
    yield
    yield local


g = gen()
next(g)
print("generator", kinds(target))
del g
m = target.__str__
print("bound", kinds(target))
del m

print("referents of a list", gc.get_referents([1, "a", None]))
print("of a tuple", gc.get_referents((1, 2)), "of two", gc.get_referents([1], (2,)))
print("of a dict", gc.get_referents({"a": 1, 2: "b"}), gc.get_referents({1: 2}))
print("of a set", sorted(gc.get_referents({1, 2, 3})))
print("of atoms", gc.get_referents(1, "a", 2.5, b"x", None))
h = Holder("value")
print("of an instance", "value" in gc.get_referents(h), Holder in gc.get_referents(h))
print("of a slice", gc.get_referents(slice(1, 2, 3)), gc.get_referents(range(3)))
print("of a method", [type(x).__name__ for x in gc.get_referents([].append)], [type(x).__name__ for x in gc.get_referents(h.__init__)])
print("of an exception", gc.get_referents(ValueError("x")))
print("of a property", [type(x).__name__ for x in gc.get_referents(property(len, None, None, "doc"))])
print("of a function", [type(x).__name__ for x in gc.get_referents(default)] if "default" in globals() else "deleted")
print("of a cell", gc.get_referents((lambda q: (lambda: q))(42).__closure__[0]))
print("of iterators", gc.get_referents(iter([1])), [type(x).__name__ for x in gc.get_referents(enumerate([]))], gc.get_referents(zip([5])) != [])
print("of nothing", gc.get_referents(), gc.get_referrers())
print("several", len(gc.get_referrers(target, target2)) >= 1)
for cls in (Holder, Slot):
    names = [type(x).__name__ for x in gc.get_referents(cls)]
    print(cls.__name__, "dict" in names, "tuple" in names, object in gc.get_referents(cls))
