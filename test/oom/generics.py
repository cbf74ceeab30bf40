# Type parameters, generic aliases, unions, named tuples, enumerations, data classes, abstract classes, dispatch.
import abc
import collections
import dataclasses
import enum
import functools
import typing


class Colour(enum.Enum):
    RED = 1
    BLUE = "b"


class Flag(enum.Flag):
    A = 1
    B = 2


def generic():
    class Box[T: (int, str), *Ts, **P]:
        item: T

        def get[U = int](self, other: U) -> T | U:
            return self.item

    type Pair[A] = tuple[A, A]
    params = Box.__type_params__
    out = [params, [p.__name__ for p in params], params[0].__constraints__, Box[int, str, [int]].__args__, Pair[int].__args__, Pair.__value__, repr(Pair), Box.get.__type_params__[0].__default__]
    T = typing.TypeVar("T", bound=int)
    P = typing.ParamSpec("P")
    out += [T.__bound__, P.args, list[T][int], dict[str, T].__parameters__, list[int] | None, int | str | None, (int | str) == (str | int), hash(int | str) == hash(str | int), isinstance(5, int | str), typing.Optional[int], typing.Callable[[int], str], collections.abc.Callable[[T], T][int], typing.get_type_hints(Box.get)["return"].__args__[1].__name__, list[int].__origin__, list[int](range(2)), tuple[int, ...], typing.NewType("N", int)(5)]
    return out


def made():
    Point = collections.namedtuple("Point", "x y", defaults=[5])

    @dataclasses.dataclass(order=True, frozen=True)
    class Data:
        a: int
        b: list = dataclasses.field(default_factory=list, compare=False)

    class Shape(abc.ABC):
        @abc.abstractmethod
        def area(self): ...

    @Shape.register
    class Other: ...

    @functools.singledispatch
    def show(v):
        return "any"

    @show.register
    def _(v: int):
        return "int"

    @functools.lru_cache(maxsize=3)
    def cached(n, *, k=1):
        return [n, k]

    class Lazy:
        @functools.cached_property
        def value(self):
            return [700]

        part = functools.partialmethod(lambda self, a, b: (a, b), 1)

    lazy = Lazy()
    p = Point(1)
    d = Data(1)
    out = [p, p._replace(y=7), p._asdict(), Point._fields, d, dataclasses.replace(d, a=300), d < Data(2), dataclasses.asdict(d), hash(d) == hash(Data(1)), isinstance(Other(), Shape), issubclass(Other, Shape), show(5), show("x"), [cached(n, k=n) for n in (1, 2, 3, 4, 1)][-1], cached.cache_info(), lazy.value is lazy.value, lazy.part(2), Colour("b"), Colour["RED"].value, list(Colour), Flag.A | Flag.B, ~Flag.A, Flag(3) & Flag.B]
    try:
        d.a = 5
    except dataclasses.FrozenInstanceError as e:
        out.append(str(e))
    key = functools.cmp_to_key(lambda a, b: b - a)
    out += [sorted([300, 100, 200], key=key), functools.reduce(lambda a, b: a + b, [[1], [2]]), functools.partial(max, 5, key=abs)(-7), functools.total_ordering(type("T", (), {"__lt__": lambda a, b: True}))() >= 5]
    counter = collections.Counter("abracadabra")
    chain = collections.ChainMap({"a": 1}, {"b": 2})
    ordered = collections.OrderedDict(a=1, b=2)
    ordered.move_to_end("a")
    default = collections.defaultdict(list, {"k": [1]})
    default["new"].append(1)
    out += [counter.most_common(2), counter - collections.Counter("aab"), +counter == counter, dict(chain), chain.new_child({"a": 9})["a"], ordered, ordered.popitem(last=False), default, default | {"z": 1}, default.copy(), collections.UserString("ab") + "c", collections.UserList([1]) + [2]]
    return out


# What typing has cached of the last run's parameters would count as this one's.
for forget in typing._cleanups:
    forget()
print(generic(), made())
