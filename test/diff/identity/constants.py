# Which equal values are one object: small ints, constants merged in a code object, interned names, empty singletons.
import sys

a = 5
b = 5
def same(p, q):
    return p is q


print(a is b, same(-5, int("-5")), same(256, int("256")), int("257") is int("257"), int("-6") is int("-6"))
print("arithmetic gives the small ones", same(a + 251, int("256")), same(a - 10, int("-5")), len("abc") is int("3"))
x = 1000
y = 1000
print("one code object", x is y)


def f():
    return 1000, 3.5, "text with spaces", (1, 2, 3), b"bytes"


def g():
    return 1000, 3.5, "text with spaces", (1, 2, 3), b"bytes"


for p, q in zip(f(), g()):
    print(repr(p), p is q)
print("again from one function", [p is q for p, q in zip(f(), f())])
print("names are interned", same("name_like", "".join(["name", "_like"])), same(sys.intern("".join(["name", "_like"])), "name_like"))
print("empties", same((), tuple([])), same("", str()), same(b"", bytes()), frozenset() is frozenset([]), [] is [])
print("single characters", same(chr(97), "a"), same("abc"[0], "a"), same(chr(233), "\xe9"), chr(256) is chr(256))
print("single bytes", same(b"abc"[1:2], b"b"), same(bytes([7]), b"\x07"))
print("bools", (1 == 1) is True, bool([]) is False, (not 0) is True)
print("None", print is None, None is type(None)())
print("Ellipsis", ... is Ellipsis, type(...)() is ..., NotImplemented is type(NotImplemented)())


def folded():
    return 2 * 500, "ab" + "cd", (1, 2) + (3,), -7, 10**5, "x" * 4, not 0


print(folded(), [p is q for p, q in zip(folded(), folded())])
print(folded.__code__.co_consts)
print(f.__code__.co_consts)
h = lambda: (1, 1.0, True, 1j, 0.0, -0.0, "1", b"1")
print(h.__code__.co_consts, [type(v).__name__ for v in h()])
print((lambda: 0.0).__code__.co_consts, (lambda: -0.0).__code__.co_consts)
print((lambda: (0.0, -0.0, 0)).__code__.co_consts)
k = lambda v: v in {1, 2, 3} or v in [4, 5] or v in (6,)
print(k.__code__.co_consts)
m = lambda: [1, 2, 3, 4]
print(m.__code__.co_consts, m() is m())
t = lambda: ((1, 2), (1, 2), [(1, 2)])
r = t()
print(r[0] is r[1], r[0] is r[2][0])
u = lambda a: a[1:2]
print(u.__code__.co_consts)
print("is of methods", [].append is [].append, f.__code__ is f.__code__, int.real is int.real)
w = float("nan")
print(w in [w], w == w, [w] == [w], (w,) == (w,), {w: 1} == {w: 1})
