# A starred annotation of *args and a starred default of a TypeVarTuple; a delegate whose close cannot be looked up.
import sys
from typing import TypeVarTuple

Ts = TypeVarTuple("Ts")


def f(*args: *tuple[int, ...]) -> None: ...


def g(*args: *Ts) -> tuple[*Ts]: ...


class A[*Us = *tuple[int, str]]: ...


type Alias[*Vs = *tuple[float]] = tuple[*Vs]
print(f.__annotations__, g.__annotations__, A.__type_params__[0].__default__, Alias.__type_params__[0].__default__)


class Broken:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def __getattr__(self, attr):
        1 / 0


def delegate():
    yield from Broken()


for act in (lambda gen: gen.send(1), lambda gen: gen.throw(AttributeError)):
    gen = delegate()
    print(next(gen))
    try:
        act(gen)
    except ZeroDivisionError as e:
        print(e)
heard = []
sys.unraisablehook = lambda u: heard.append((u.exc_type.__name__, type(u.object).__name__))
gen = delegate()
next(gen)
print(gen.close(), heard[:1])
