# typing, types, generics, unions, type parameters of PEP 695.
import types
import typing
from typing import Any, Callable, Generic, NamedTuple, Optional, Protocol, TypedDict, TypeVar, Union, get_args, get_origin, get_type_hints, runtime_checkable

print(list[int], dict[str, list[int]], tuple[int, ...], list[int].__origin__, list[int].__args__, list[int] == list[int], list[int](), type(list[int]()).__name__, list[int] | None, int | str, int | None, (int | str).__args__, isinstance(5, int | str), isinstance("x", int | None), issubclass(int, int | str), int | int, int | str == str | int, hash(int | str) == hash(str | int), type(int | str).__name__, str | list[int])
for bad in (lambda: isinstance(1, list[int]), lambda: list[int][str], lambda: 5 | int, lambda: int | "x", lambda: int[str], lambda: issubclass(int, list[int]), lambda: class_of_nothing):
    try:
        print(bad())
    except (TypeError, NameError) as e:
        print(type(e).__name__, e)
T = TypeVar("T")
print(Optional[int], Union[int, str], Union[int, None], Callable[[int], str], Any, T, typing.List[int], typing.Dict[str, int], Union[int, int], typing.Literal[1, "a"], typing.ClassVar[int], typing.Tuple[int, ...], get_args(dict[str, int]), get_origin(list[int]), get_args(Union[int, str]), get_origin(Optional[int]))


class Box(Generic[T]):
    def __init__(self, v: T):
        self.v = v


class Stack[T]:
    items: list[T]

    def push(self, x: T) -> None: ...


def first[X: (int, str)](xs: list[X]) -> X:
    return xs[0]


type Pair[A, B] = tuple[A, B]
print(Box[int], Box[int](5).v, Box.__parameters__, Stack[int], Stack.__type_params__, first.__type_params__, first([1]), Pair, Pair.__value__, Pair[int, str], Pair.__type_params__, first.__type_params__[0].__constraints__, Stack.__mro__[1].__name__, Stack.__orig_bases__)


class P(Protocol):
    def meth(self) -> int: ...


@runtime_checkable
class R(Protocol):
    def run(self): ...


class HasRun:
    def run(self):
        pass


print(isinstance(HasRun(), R), isinstance(5, R))
try:
    isinstance(5, P)
except TypeError as e:
    print(e)
try:
    P()
except TypeError as e:
    print(e)


class Emp(NamedTuple):
    name: str
    id: int = 3

    def hello(self):
        return f"hi {self.name}"


class Movie(TypedDict, total=False):
    title: str
    year: int


print(Emp("x"), Emp("x").hello(), Emp._field_defaults, Movie(title="t"), Movie.__annotations__, Movie.__total__, type(Movie(title="a")).__name__)


def f(a: int, b: "str" = "x", *c: float, d: Optional[int] = None) -> list["int"]:
    x: undefined_name = 5
    return x


print(f.__annotations__, get_type_hints(f), f(1))
print(typing.cast(int, "x"), typing.TYPE_CHECKING, typing.NewType("Id", int)(5), typing.get_type_hints(Emp))
ns = types.SimpleNamespace(a=1, b=[2])
ns.c = 3
print(ns, ns == types.SimpleNamespace(a=1, b=[2], c=3), vars(ns), repr(types.SimpleNamespace()))
del ns.a
try:
    ns.a
except AttributeError as e:
    print(e)
mp = types.MappingProxyType({"k": 1})
print(mp, mp["k"], "k" in mp, list(mp), mp | {"z": 2}, len(mp), mp.get("q"), mp == {"k": 1})
try:
    mp["k"] = 2
except TypeError as e:
    print(e)
for name in ("FunctionType", "LambdaType", "GeneratorType", "MethodType", "BuiltinFunctionType", "ModuleType", "NoneType", "EllipsisType", "NotImplementedType", "UnionType", "GenericAlias", "CodeType", "FrameType", "TracebackType", "CellType", "MappingProxyType", "WrapperDescriptorType", "MethodWrapperType", "GetSetDescriptorType", "MemberDescriptorType"):
    t = getattr(types, name)
    print(name, t.__name__, t.__module__, end="; ")
print()
C = types.new_class("C", (Box,), {}, lambda ns: ns.update(z=1))
print(C.z, types.MethodType(lambda self: self, 5)(), types.resolve_bases((list[int],)), types.FunctionType((lambda x: x + 1).__code__, {})(4), types.CellType(5).cell_contents, types.ModuleType("m").__name__)
for bad in (lambda: types.CellType().cell_contents, lambda: types.NoneType(1), lambda: types.FunctionType(5, {}), lambda: types.MethodType(5), lambda: types.GeneratorType(), lambda: types.FrameType(), lambda: types.TracebackType(1, 2, 3, 4), lambda: types.CodeType(), lambda: types.MethodType(len, None)):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
