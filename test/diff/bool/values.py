# bool: truth of everything, operators, short circuits, conversions, errors.
class Len0:
    def __len__(self):
        return 0


class Bool:
    def __init__(self, v):
        self.v = v

    def __bool__(self):
        print("asked", self.v)
        return self.v

    def __repr__(self):
        return f"B({self.v})"


class BadBool:
    def __bool__(self):
        return 1


class NegLen:
    def __len__(self):
        return -1


class BadLen:
    def __len__(self):
        return "x"


for v in (0, 1, -1, 0.0, 0j, "", "0", b"", b"x", (), (0,), [], [0], {}, {0: 0}, set(), frozenset(), range(0), range(1), None, ..., print, int, Len0(), object, float("nan"), memoryview(b""), bytearray(), slice(0)):
    print(type(v).__name__, bool(v), not v)
for bad in (lambda: bool(BadBool()), lambda: bool(NegLen()), lambda: bool(BadLen()), lambda: bool(1, 2), lambda: bool(x=1)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
t, f = Bool(True), Bool(False)
print("and", t and f, f and t)
print("or", t or f, f or t)
print("not", not t)
print("chain", f or f or t and f)
print("conditional", 1 if f else 2)
if t and not f:
    print("if")
while f:
    pass
print("any", any([f, t, f]), "all", all([t, f, t]))
print([x for x in (t, f) if x])
print(True & False, True | False, True ^ True, True & 1, True ^ 3, True + True, True == 1, True is (1 == 1), False < True)
print(type(True & True), type(True & 1), type(True + True), type(True ^ False), type(-True), str(True), repr(False), int(True), float(True), f"{True}", f"{True:d}", f"{True:>6}", "%d %s" % (True, True), hash(True))
print([True, False][True], {1: "one"}[True], {True: "a", 1: "b", 1.0: "c"}, sum([True, True, False]), "x" * True, True.bit_length(), True.__and__(False), bool.from_bytes(b"\1", "big"))
try:
    class Sub(bool):
        pass
except TypeError as e:
    print(e)
print(bool("False"), bool(" "), isinstance(True, int), bool(), bool.__doc__ is not None, None == False, [] == False, 0 == False, "" == False)
print(None and 1, [] or "default", 0 or None or "x", 1 and 2 and 3, 1 and 0 and 3, not None, not not [0])
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1 == 1, 1 == 1 != 2, 1 < 2 == True, (1 < 2) == True, 1 in [1] == True, "a" < "b" < "c" > "b")


def say(x):
    print("eval", x)
    return x


print(say(1) < say(2) < say(3))
print(say(3) < say(2) < say(1))
print(say(0) or say(5) and say(6))
print(NotImplemented is NotImplemented, NotImplemented == 1, repr(NotImplemented))
