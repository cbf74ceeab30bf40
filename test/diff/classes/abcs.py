# abc and collections.abc: abstract methods, registration, mixin methods, subclass hooks.
import abc
import collections.abc as cabc


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        """Area."""

    @property
    @abc.abstractmethod
    def name(self):
        ...

    @classmethod
    @abc.abstractmethod
    def make(cls):
        ...

    def describe(self):
        return f"{self.name} {self.area()}"


for missing in (Shape, type("Half", (Shape,), {"area": lambda s: 1}), type("One", (Shape,), {"area": 1, "name": 2})):
    try:
        missing()
    except TypeError as e:
        print(e)


class Square(Shape):
    name = "square"

    def __init__(self, n=2):
        self.n = n

    def area(self):
        return self.n**2

    @classmethod
    def make(cls):
        return cls(5)


print(Square().describe(), Square.make().describe(), sorted(Shape.__abstractmethods__), Square.__abstractmethods__, isinstance(Square(), Shape), type(Shape).__name__)


class Plug(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Plug:
            return any("plug" in vars(b) for b in other.__mro__) or NotImplemented
        return NotImplemented


class HasPlug:
    plug = 1


print(isinstance(HasPlug(), Plug), issubclass(int, Plug), Plug.register(int) is int, isinstance(5, Plug), issubclass(bool, Plug))
try:
    Plug.register(5)
except TypeError as e:
    print(e)
for name in ("Hashable", "Iterable", "Iterator", "Reversible", "Sized", "Container", "Callable", "Collection", "Sequence", "MutableSequence", "Set", "MutableSet", "Mapping", "MutableMapping", "Generator", "Coroutine", "Awaitable", "ByteString" if False else "Buffer"):
    cls = getattr(cabc, name)
    print(name, [type(v).__name__ for v in (1, "a", b"", [], (), {}, set(), frozenset(), range(1), iter([]), len, {}.keys(), (x for x in ()), bytearray(), memoryview(b"")) if isinstance(v, cls)], sorted(cls.__abstractmethods__))


class Stack(cabc.MutableSequence):
    def __init__(self, *a):
        self.l = list(a)

    def __getitem__(self, i):
        return self.l[i]

    def __setitem__(self, i, v):
        self.l[i] = v

    def __delitem__(self, i):
        del self.l[i]

    def __len__(self):
        return len(self.l)

    def insert(self, i, v):
        self.l.insert(i, v)


s = Stack(1, 2, 3)
s.append(4); s.extend([5, 6]); s.reverse(); s += [7]
print(s.l, s.pop(), s.index(3), s.count(1), 2 in s, list(reversed(s)), s.remove(6), s.l, isinstance(s, cabc.Sequence))
s.clear()
print(len(s))


class LowerDict(cabc.MutableMapping):
    def __init__(self, *a, **k):
        self.d = {}
        self.update(*a, **k)

    def __getitem__(self, k):
        return self.d[k.lower()]

    def __setitem__(self, k, v):
        self.d[k.lower()] = v

    def __delitem__(self, k):
        del self.d[k.lower()]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


d = LowerDict({"A": 1}, B=2)
print(d["a"], "b" in d, d.get("Z"), d.pop("B"), d.setdefault("C", 3), list(d.items()), list(d.keys()), d == {"a": 1, "c": 3}, d.popitem(), len(d), dict(d), repr(d.keys())[:9])


class Bits(cabc.Set):
    def __init__(self, it=()):
        self.n = sum(1 << i for i in set(it))

    def __contains__(self, x):
        return bool(self.n >> x & 1)

    def __iter__(self):
        return (i for i in range(self.n.bit_length()) if self.n >> i & 1)

    def __len__(self):
        return self.n.bit_count()


a, b = Bits([1, 2, 3]), Bits([2, 3, 4])
print(list(a & b), list(a | b), list(a - b), list(a ^ b), a <= b, a == Bits([3, 2, 1]), a.isdisjoint(b), list(a & [1]), a != b, Bits([2]) < a)
try:
    cabc.Sized()
except TypeError as e:
    print(e)
try:
    class Bad(cabc.Iterator): pass
    Bad()
except TypeError as e:
    print(e)
