# Sizes of numbers: the header, the digits of ints, the limits between one digit and two.
from sys import getsizeof as size

print("object", size(object()))
print("None", size(None), "Ellipsis", size(...), "NotImplemented", size(NotImplemented))
print("bools", size(True), size(False))
print("float", size(0.0), size(1e300), size(float("inf")), size(float("nan")))
print("complex", size(0j), size(1 + 2j))

for value in [0, 1, -1, 5, 256, 257, 2**29, 2**30 - 1, 2**30, 2**30 + 1, 2**60 - 1, 2**60, 2**90 - 1, 2**90, -(2**30)]:
    print("int", value, size(value))

last = None
for bits in range(0, 400):
    n = size(1 << bits)
    if n != last:
        print("bits", bits, "->", n)
        last = n

print("results of arithmetic")
big = 10**50
print(size(big), size(big * big), size(big - big), size(big - (big - 1)), size(big // 10**49))
print(size(big >> 140), size(big & 1), size(big | 1), size(~big), size(-big), size(abs(-big)))
print(size(int("1" * 100)), size(int(1e40)), size(2**1000 % 2**31), size(hash("x") * 0))
print(size(pow(3, 200)), size(pow(3, 200, 1000)), size(divmod(10**40, 7)), size(round(10**40, -20)))

class I(int):
    pass

class S(int):
    __slots__ = ()

print("subclass of int", size(I(0)), size(I(1)), size(I(2**30)), size(I(2**60)))
print("with empty slots", size(S(0)), size(S(2**31)))

class F(float):
    pass

class C(complex):
    __slots__ = ()

print("float, complex subclasses", size(F(1)), size(C(1)))
print("basicsize", int.__basicsize__, int.__itemsize__, float.__basicsize__, complex.__basicsize__, bool.__basicsize__)
print("basicsize", object.__basicsize__, type(None).__basicsize__, I.__basicsize__, I.__itemsize__, I.__dictoffset__)
print("weak, dict", F.__weakrefoffset__, F.__dictoffset__, C.__weakrefoffset__, C.__dictoffset__, S.__dictoffset__)
