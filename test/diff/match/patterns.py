# match statements: every kind of pattern, guards, captures, classes, errors.
from dataclasses import dataclass
from enum import Enum


@dataclass
class Point:
    x: int
    y: int


class Color(Enum):
    RED = 1
    BLUE = 2


class Pair:
    __match_args__ = ("left", "right")

    def __init__(self, left, right):
        self.left, self.right = left, right


class NoArgs:
    a = 1


CONST = 42


class ns:
    value = "namespaced"


def classify(v):
    match v:
        case None:
            return "none"
        case True | False:
            return "bool"
        case 0:
            return "zero"
        case -1 | -2.5 | 3 + 4j:
            return "special number"
        case "hello" | "hi" as greeting:
            return f"greeting {greeting}"
        case b"raw":
            return "bytes"
        case ns.value:
            return "dotted"
        case int(n) if n > 1000:
            return f"big {n}"
        case int() | float():
            return f"number {v}"
        case str(s):
            return f"string of {len(s)}"
        case []:
            return "empty sequence"
        case [x]:
            return f"one {x}"
        case [1, 2, *rest]:
            return f"starts 1 2, rest {rest}"
        case [Point(x=0, y=0), *_]:
            return "starts at origin"
        case [first, *_, last] if first == last:
            return f"same ends {first}"
        case [_, [_, inner]]:
            return f"nested {inner}"
        case (a, b):
            return f"pair {a} {b}"
        case [*all]:
            return f"list {all}"
        case {"type": "circle", "r": r}:
            return f"circle {r}"
        case {"type": t, **rest} if rest:
            return f"{t} with {rest}"
        case {"a": {"b": [_, deep]}}:
            return f"deep {deep}"
        case {1: one}:
            return f"one is {one}"
        case {}:
            return f"mapping of {len(v)}"
        case Point(0, y):
            return f"on axis {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point(x=px):
            return f"point {px}"
        case Pair(Point(a, _), str() as right):
            return f"pair {a} {right}"
        case Pair(left=l):
            return f"left {l}"
        case Color.RED:
            return "red"
        case Color():
            return "other color"
        case NoArgs(a=1, b=_):
            return "has b"
        case NoArgs(a=1):
            return "a only"
        case type():
            return "a class"
        case set() | frozenset():
            return "set"
        case _:
            return f"other {type(v).__name__}"


no_b = NoArgs()
with_b = NoArgs()
with_b.b = 5
for v in [None, True, 0, 0.0, -1, -2.5, 3 + 4j, "hello", "hi", "namespaced", b"raw", 5000, 7, 2.5, "text", [], (), [9], [1, 2], [1, 2, 3, 4], [Point(0, 0), 1], [5, 6, 5], [1, [2, 3]], (7, 8), [1, 3, 5], range(3), {"type": "circle", "r": 2}, {"type": "sq", "side": 1}, {"type": "sq"}, {"a": {"b": [0, "d"]}}, {1: "i", 2: 3}, {}, {"z": 1}, Point(0, 5), Point(3, 3), Point(1, 2), Pair(Point(1, 2), "r"), Pair(1, 2), Color.RED, Color.BLUE, no_b, with_b, int, {1, 2}, object(), b"other", bytearray(b"x"), "", 1j, memoryview(b"ab"), (1, 2, 3), [[], []], 10**20]:
    print(classify(v))


def guard(v, log):
    match v:
        case x if log.append(("first", x)):
            pass
        case [x, y] if log.append(("second", x, y)) or x > y:
            return "greater", x
        case (x, *y):
            return "rest", x, y
        case x:
            return "whole", x


log = []
print(guard([2, 1], log), guard([1, 2], log), guard(5, log), log)
for subject in ((1, 2), [1, 2], "12", b"12", {1, 2}, iter([1, 2]), {1: 1, 2: 2}, range(1, 3)):
    match subject:
        case [a, b]:
            print(type(subject).__name__, "matches sequence")
        case {}:
            print(type(subject).__name__, "matches mapping")
        case _:
            print(type(subject).__name__, "neither")
match 1, 2:
    case 1, x:
        print("open sequence", x)
match {"k": 1, "l": 2}:
    case {"k": k, **kw}:
        print(k, kw)
match [1, [2, [3, [4]]]]:
    case [a, [b, [c, [d]]]]:
        print(a, b, c, d)


class Weird:
    __match_args__ = "x"


class Weird2:
    __match_args__ = ("x", 5)


class Weird3:
    __match_args__ = ("x",)
    x = 1


for src in ["match Weird():\n case Weird(1): pass", "match Weird2():\n case Weird2(1, 2): pass", "match Weird3():\n case Weird3(1, 2): pass", "match 5:\n case int(1, 2): pass", "match Weird3():\n case Weird3(1, x=1): pass", "match 5:\n case CONST(): pass", "match NoArgs():\n case NoArgs(1): pass"]:
    try:
        exec(src)
        print("fine")
    except Exception as e:
        print(type(e).__name__, e)
for src in ["match x:\n case a: pass\n case b: pass", "match x:\n case a | b: pass", "match x:\n case [a, a]: pass", "match x:\n case {**r, 'k': 1}: pass", "match x:\n case [*a, *b]: pass", "match x:\n case 1 | _ | 2: pass", "match x:\n case a as _: pass", "match x:\n case f'{x}': pass", "match x:\n case {'a': 1, 'a': 2}: pass", "match x:\n case -a: pass", "match x:\n case P(a=1, a=2): pass", "match x:\n case P(a=1, 2): pass", "match x:\n pass", "match x:\n case 1 + 2: pass", "match x:\n case {x: 1}: pass", "match = case = 5", "match (x)", "match x:\n case (a, b) | (b, a): pass", "match x:\n case (a) | (b): pass"]:
    try:
        compile(src, "m", "exec")
        print("compiles:", src.replace("\n", "/"))
    except SyntaxError as e:
        print(e.msg)
match = {"match": 1}
case = match["match"]
_ = 5
print(match, case, _)
