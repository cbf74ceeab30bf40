# match statements, dataclasses, enums, unpacking, walrus, imports.
from dataclasses import dataclass
from enum import Enum


@dataclass
class Point:
    x: int
    y: int = 0


class Color(Enum):
    RED = 1
    BLUE = 2


def kind(v):
    match v:
        case Point(x=0, y=y):
            return f"axis {y}"
        case Point(x, y):
            return f"point {x} {y}"
        case [first, *rest]:
            return [first, rest]
        case {"k": k, **others}:
            return (k, others)
        case Color.RED:
            return "red"
        case str() | bytes():
            return "text"
        case _:
            return None


def work():
    out = [kind(v) for v in (Point(0, 5), Point(1, 2), [1, 2, 3], {"k": 1, "l": 2}, Color.RED, "x", 5)]
    (a, *b), c = (1, 2, 3), {**{"x": 1}, "y": 2}
    if (n := len(out)) > 3:
        out.append([*b, *c, n])
    import string, textwrap
    return out, textwrap.fill("some words to wrap here", 10), string.capwords("a b")


print(work())
