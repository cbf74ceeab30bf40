# enum: members, values, aliases, iteration, flags, auto, methods, errors.
from enum import Enum, IntEnum, Flag, IntFlag, auto, unique, StrEnum


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = "b"
    CRIMSON = 1

    def describe(self):
        return f"{self.name}={self.value}"

    @classmethod
    def default(cls):
        return cls.GREEN


print(Color.RED, repr(Color.RED), Color(1), Color["BLUE"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED.describe(), Color.default(), Color.RED.name, Color.BLUE.value, Color.__members__, Color.RED in Color, 1 in Color, 99 in Color, isinstance(Color.RED, Color), type(Color.RED), Color.RED == 1, Color.RED is Color.RED, hash(Color.RED) == hash("RED"), {Color.RED: "r"}[Color.RED], f"{Color.RED}", Color("b"))
for bad in (lambda: Color(5), lambda: Color["X"], lambda: Color.X, lambda: Color.RED < Color.GREEN, lambda: setattr(Color, "RED", 5), lambda: delattr(Color, "RED"), lambda: setattr(Color.RED, "value", 5), lambda: type("Sub", (Color,), {}), lambda: Color(), lambda: Color.RED.zzz):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


class N(IntEnum):
    ONE = 1
    TWO = auto()
    TEN = 10
    ELEVEN = auto()


print(N.ONE + 1, N.TWO, repr(N.TEN), N.ELEVEN.value, N.ONE < N.TWO, sorted([N.TEN, N.ONE]), [10, 20, 30][N.ONE], N.ONE == 1, f"{N.TWO}", "%d" % N.TEN, max(N), N(10).name, int(N.TWO), isinstance(N.ONE, int))


class S(StrEnum):
    A = auto()
    B = "bee"


print(S.A, repr(S.B), S.A == "a", S.B.upper(), S("bee"), f"{S.B:>5}", S.A + "x")


class Perm(Flag):
    R = 4
    W = 2
    X = 1
    RW = R | W


p = Perm.R | Perm.X
print(p, repr(p), Perm.R in p, Perm.W in p, p & Perm.R, ~p, p ^ Perm.R, Perm(7), Perm(0), bool(Perm(0)), list(p), len(p), Perm.RW, Perm.RW.value, p | Perm.W == Perm(7), list(Perm), Perm["RW"])
try:
    Perm(8)
except ValueError as e:
    print(str(e).splitlines()[0])


class IF(IntFlag):
    A = auto()
    B = auto()
    C = auto()


print(IF.A | IF.C, repr(IF.A | IF.C), (IF.A | IF.B).value, IF(8), repr(IF(8)), IF.A + 1, IF.A | 16, ~IF.A, IF.C.value)


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def density(self):
        return round(self.mass / self.radius, 3)


print(Planet.EARTH.mass, Planet.MARS.density, Planet((0.64, 3.39)))
try:
    @unique
    class U(Enum):
        A = 1
        B = 1
except ValueError as e:
    print(e)
Animal = Enum("Animal", "CAT DOG")
E2 = Enum("E2", {"X": 10, "Y": 20})
E3 = Enum("E3", [("P", 1), ("Q", 2)], type=int)
print(list(Animal), E2.Y, E3.P + 1, Animal.CAT.value, Animal.__name__)


class Auto(Enum):
    def _generate_next_value_(name, start, count, last):
        return name.lower() * (count + 1)

    A = auto()
    B = auto()

    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "fallback" else None


print([m.value for m in Auto], Auto("fallback"))


class Op(Enum):
    ADD = staticmethod(lambda a, b: a + b) if False else "+"
    SUB = "-"
    _ignore_ = ["tmp"]
    tmp = 5

    def __call__(self, a, b):
        return a + b if self is Op.ADD else a - b


print(Op.ADD(1, 2), Op("-")(5, 3), [m.name for m in Op], hasattr(Op, "tmp"))
match Color.RED:
    case Color.GREEN:
        print("green")
    case Color.RED:
        print("matched red")
print([m for m in Color if m.value != 2], dict(Color.__members__) == {"RED": Color.RED, "GREEN": Color.GREEN, "BLUE": Color.BLUE, "CRIMSON": Color.RED}, Color.RED.__class__.__name__, dir(Color.RED)[-3:])
