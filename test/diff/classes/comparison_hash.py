# Rich comparison: reflection, defaults, total_ordering, __hash__ rules, identity shortcuts.
import functools


class Log:
    def __init__(self, name):
        self.name = name


trace = []
for op in "lt le eq ne gt ge".split():
    def method(self, other, op=op):
        trace.append(f"{self.name}.{op}")
        return NotImplemented
    setattr(Log, f"__{op}__", method)
a, b = Log("a"), Log("b")
for text in ("a < b", "a <= b", "a == b", "a != b", "a > b", "a >= b", "a < 1", "1 > a", "a == 1", "1 != a"):
    trace.clear()
    try:
        result = eval(text)
    except TypeError as e:
        result = str(e)
    print(text, result, trace)


class Eq:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return isinstance(other, Eq) and self.n == other.n


print(Eq(1) == Eq(1), Eq(1) != Eq(1), Eq(1) != Eq(2), Eq(1) in [Eq(1)], Eq.__hash__, [Eq(1)].index(Eq(1)), [Eq(1), Eq(2)].count(Eq(2)))
try:
    hash(Eq(1))
except TypeError as e:
    print(e)


class EqHash(Eq):
    def __hash__(self):
        return hash(self.n)


class Inherit(EqHash):
    pass


class Loses(EqHash):
    def __eq__(self, o):
        return False


class Keeps(EqHash):
    def __eq__(self, o):
        return False
    __hash__ = EqHash.__hash__


print(len({EqHash(1), EqHash(1), Inherit(1)}), Loses.__hash__, hash(Keeps(5)), Inherit.__hash__ is EqHash.__hash__, object.__eq__(1, 1), object.__eq__(1, 2), object.__ne__(1, 1), object.__lt__(1, 2))


@functools.total_ordering
class T:
    def __init__(self, n):
        self.n = n

    def __eq__(self, o):
        return self.n == o.n

    def __lt__(self, o):
        return self.n < o.n


print(T(1) < T(2), T(1) <= T(1), T(2) > T(1), T(2) >= T(3), T(1) != T(2), sorted([T(3), T(1)], key=lambda t: t.n)[0].n, max(T(1), T(5)).n)


class Never:
    def __eq__(self, o):
        return False


n = Never()
print(n == n, n in [n], [n] == [n], (n,) == (n,), {1: n} == {1: n}, [n].index(n), [n].count(n), n in (n,), n != n)


class Weird:
    def __eq__(self, o):
        return "truthy string"

    def __lt__(self, o):
        return []

    def __bool__(self):
        raise ValueError("no truth")


w = Weird()
print(w == 1, w < 1, w != 1, w in [5], [w] == [1], (w, 1) < (1, 2), 5 in [w])
try:
    not w
except ValueError as e:
    print(e)


class EqBool:
    def __eq__(self, o):
        return w


try:
    print(EqBool() in [1])
except ValueError as e:
    print(e)
try:
    [EqBool()] == [1]
except ValueError as e:
    print(e)
print(1 == 1.0 == 1 + 0j == True, "a" == b"a", None == 0, [] == (), {} == set(), 1 < 1.5 < 2, (1, "a") == (1, "a"), [1, [2]] < [1, [3]], type == type, int == float, len == len, (lambda: 1) == (lambda: 1), range(3) == [0, 1, 2], frozenset([1]) == {1})
for bad in (lambda: 1 < "a", lambda: [] < (), lambda: None < None, lambda: {} < {}, lambda: 1j < 2j, lambda: object() < object(), lambda: int < str, lambda: len < len, lambda: (1,) < ("a",), lambda: [1, 2] < [1, "a"], lambda: max(1, "a"), lambda: sorted([{}, {}]), lambda: min([]), lambda: max()):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(e)
