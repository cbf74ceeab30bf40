# int: conversion from everything, bases, methods, limits of text conversion.
for text in ["0", "12", "-7", "+5", "  42  ", "1_000", "0x1f", "007", "\t8\n", "\u0663\u0664", "1" * 30, "-0"]:
    try:
        print(repr(text), int(text))
    except ValueError as e:
        print(e)
for args in [("ff", 16), ("0xFF", 16), ("0b101", 2), ("0o17", 8), ("0x1f", 0), ("0b1", 0), ("z", 36), ("12", 3), ("-1010", 2), ("1_0", 2), ("010", 0), ("9", 8), ("0_x1", 0), ("", 10), ("1__0", 10), ("_1", 10), ("1_", 10), ("12", 1), ("12", 37), ("0b", 0), ("- 1", 10)]:
    try:
        print(args, int(*args))
    except ValueError as e:
        print(type(e).__name__, e)
print(int(), int(3.99), int(-3.99), int(True), int(b"12"), int(bytearray(b" 7 ")), int(1e20), int("12", base=10))


class Index:
    def __index__(self):
        return 7


class Int:
    def __int__(self):
        return 9


class Trunc:
    def __trunc__(self):
        return 3


class BadInt:
    def __int__(self):
        return "x"


print(int(Index()), int(Int()), [1, 2, 3, 4, 5, 6, 7, 8][Index()], range(10)[Index()], "ab" * Index(), hex(Index()), bin(Index()))
for bad in (lambda: int(BadInt()), lambda: int(None), lambda: int([]), lambda: int("1.5"), lambda: int(5, 10), lambda: int("x" * 300), lambda: int(1j),
            lambda: int("5", base="x"), lambda: int(base=10), lambda: int("\0"), lambda: int(b"\xff"), lambda: int(object())):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
n = 1234567
print(n.bit_length(), n.bit_count(), (-n).bit_length(), (0).bit_length(), (-n).bit_count(), (2**100).bit_length(), (2**100 - 1).bit_count())
print(n.as_integer_ratio(), n.numerator, n.denominator, n.real, n.imag, n.conjugate(), n.is_integer(), True.real, True.numerator)
print((258).to_bytes(2), (258).to_bytes(4, "little"), (-2).to_bytes(2, signed=True), (0).to_bytes(0), (1).to_bytes(), (10**20).to_bytes(10, "big"))
print(int.from_bytes(b"\x01\x02"), int.from_bytes(b"\x01\x02", "little"), int.from_bytes(b"\xff\xfe", signed=True), int.from_bytes([1, 2, 3]), int.from_bytes(b""))
for bad in (lambda: (256).to_bytes(1), lambda: (-1).to_bytes(2), lambda: (1).to_bytes(-1), lambda: (1).to_bytes(1, "middle"), lambda: int.from_bytes("ab"), lambda: (128).to_bytes(1, signed=True)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(bin(10), bin(-10), oct(64), hex(255), hex(-255), hex(2**70), bin(0), oct(0))
print(str(10**40), repr(-(10**18)), str(2**62), str(-(2**63)), f"{2**64}")
import sys
print(sys.get_int_max_str_digits(), sys.int_info.bits_per_digit, sys.int_info.sizeof_digit, sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold)
for bad in (lambda: str(10**4300), lambda: int("1" * 4301), lambda: repr(-(10**5000)), lambda: f"{10**4300}"):
    try:
        print(len(bad()))
    except ValueError as e:
        print(e)
print(len(str(10**4299)), len(hex(10**5000)), int("1" * 4300) % 97, len("%x" % 10**5000))
sys.set_int_max_str_digits(0)
print(len(str(10**5000)), len(str(7**20000)), str(3**10000)[:40], int("9" * 6000) % 1000003)
sys.set_int_max_str_digits(640)
try:
    str(10**640)
except ValueError as e:
    print(e)
try:
    sys.set_int_max_str_digits(100)
except ValueError as e:
    print(e)
print(isinstance(True, int), type(True + 0), issubclass(bool, int), int.__mro__, bool.__mro__[1] is int, (5).__class__)


class Sub(int):
    def __repr__(self):
        return "Sub" + int.__repr__(self)


s = Sub(5)
print(s, [s], s + 1, type(s + 1).__name__, type(+s).__name__, type(s.real).__name__, str(s), f"{s}", s == 5, hash(s) == hash(5), {5: "x"}[s], int(s), type(int(s)).__name__)
