# dataclasses: fields, defaults, order, frozen, slots, inheritance, post-init, replace, errors.
from dataclasses import dataclass, field, fields, asdict, astuple, replace, FrozenInstanceError, KW_ONLY, InitVar, is_dataclass, make_dataclass
from typing import ClassVar


@dataclass
class P:
    x: int
    y: int = 5
    tags: list = field(default_factory=list)
    hidden: str = field(default="h", repr=False, compare=False)
    count: ClassVar[int] = 0


p = P(1)
q = P(1, 5)
print(p, p == q, p is q, p.tags is q.tags, P(2, tags=[1]), p != P(2), P(1, hidden="z") == p, P.count, [f.name for f in fields(P)], asdict(p), astuple(p), replace(p, x=9), is_dataclass(P), is_dataclass(p), P.__match_args__)
for bad in (lambda: P(), lambda: P(1, 2, 3, 4, 5), lambda: P(1, z=3), lambda: p < q, lambda: hash(p), lambda: replace(p, zz=1), lambda: fields(5), lambda: asdict(5)):
    try:
        print(bad())
    except TypeError as e:
        print(e)


@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = 0

    def bump(self):
        return replace(self, minor=self.minor + 1)


print(V(1) < V(1, 1), sorted([V(2), V(1, 5), V(1)]), hash(V(1)) == hash(V(1, 0)), {V(1): "one"}[V(1)], V(1).bump(), max(V(1), V(3)))
for bad in (lambda: setattr(V(1), "major", 2), lambda: delattr(V(1), "minor"), lambda: setattr(V(1), "new", 2)):
    try:
        bad()
    except FrozenInstanceError as e:
        print(type(e).__name__, e)


@dataclass
class Post:
    a: int
    b: InitVar[int]
    c: int = field(init=False)

    def __post_init__(self, b):
        self.c = self.a + b


print(Post(1, 2), Post(1, 2).c)


@dataclass
class Base:
    x: int
    y: int = 1


@dataclass
class Child(Base):
    z: int = 2
    x: str = "overridden"


@dataclass
class Kw:
    a: int
    _: KW_ONLY
    b: int = 1
    c: int


@dataclass(slots=True)
class S:
    x: int
    y: int = 2


@dataclass(eq=False, repr=False)
class Bare:
    x: int


@dataclass(kw_only=True)
class AllKw:
    x: int = 0
    y: int


@dataclass(unsafe_hash=True)
class UH:
    x: int


print(Child(), Child("a", 3, 4), Kw(1, c=3), S(1), S.__slots__, hasattr(S(1), "__dict__"), Bare(1) == Bare(1), "Bare object" in repr(Bare(1)), AllKw(y=2), hash(UH(1)) == hash(UH(1)), [f.name for f in fields(Child)])
try:
    Kw(1, 2, c=3)
except TypeError as e:
    print(e)
cases = ["@dataclass\nclass A:\n    x: int = 1\n    y: int", "@dataclass\nclass A:\n    x: list = []", "@dataclass(frozen=True)\nclass A(P):\n    pass", "@dataclass(order=True)\nclass A:\n    x: int\n    def __lt__(self, o): pass", "@dataclass\nclass A:\n    x: int = field(default=1, default_factory=list)", "@dataclass(eq=False, order=True)\nclass A:\n    x: int"]
for case in cases:
    try:
        exec(case)
        print("fine")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
M = make_dataclass("M", [("x", int), ("y", int, 5), "z" if False else ("z", str, field(default="q"))], namespace={"total": lambda self: self.x + self.y})
print(M(1), M(1).total())


@dataclass
class Tree:
    value: int
    left: "Tree | None" = None
    right: "Tree | None" = None


t = Tree(1, Tree(2), Tree(3, Tree(4)))
print(t, asdict(t), astuple(t.left), t == Tree(1, Tree(2), Tree(3, Tree(4))))
t.left = t
print(repr(t)[:60])
f = fields(P)[1]
print(f.name, f.type, f.default, f.init, f.repr, f.compare, f.kw_only)
