# Sizes of str by kind (ASCII, Latin-1, two bytes, four bytes), bytes and bytearray.
from sys import getsizeof as size

for n in [0, 1, 2, 3, 7, 8, 15, 16, 100]:
    print(n, size("a" * n), size("\xe9" * n), size("\u0416" * n), size("\U0001f600" * n), size(b"a" * n))

print("one wide character among narrow ones")
base = "x" * 20
for wide in ["", "y", "\x7f", "\x80", "\xff", "\u0100", "\uffff", "\U00010000"]:
    print(ascii(wide), size(base + wide), size(wide + base))

print("narrowing again")
mixed = "abc\u0416def"
print(size(mixed), size(mixed[:3]), size(mixed[4:]), size(mixed[3]), size(mixed.replace("\u0416", "")))
print(size(mixed.encode()), size(mixed.encode("utf-16")), size(mixed.encode("utf-32-le")))

print("utf8 cache does not appear for ascii", size("plain" * 3))
s = "caf\xe9" * 3
print("before", size(s), "after encode", len(s.encode()), size(s))

print("methods", size("hello world".split()), size("hello world".upper()), size("a,b".partition(",")))
print("join", size("".join(["ab", "cd"])), size(",".join(map(str, range(10)))))
print("format", size(f"{1:>30}"), size("%s-%s" % (1, 2)), size("{}".format(3.5)))

class T(str):
    pass

class E(str):
    __slots__ = ()

class W(str):
    __slots__ = ("__weakref__",)

for cls in (T, E):
    print(cls.__name__, size(cls("")), size(cls("abc")), size(cls("\u0416")), size(cls("\U0001f600")))
print("offsets", T.__dictoffset__, T.__weakrefoffset__, E.__dictoffset__, W.__weakrefoffset__)
print("basicsize", str.__basicsize__, str.__itemsize__, bytes.__basicsize__, bytes.__itemsize__, bytearray.__basicsize__)

print("bytes", size(b""), size(bytes(10)), size(bytes([1, 2, 3])), size(b"abc" + b"def"), size(b"abc" * 5))
for n in [0, 1, 2, 5, 8, 9, 100]:
    print("bytearray", n, size(bytearray(n)), size(bytearray(b"z" * n)), size(bytearray(range(n))))
print("memoryview", size(memoryview(b"abc")), size(memoryview(bytearray(100))), size(memoryview(b"abcdef")[::2]))

class BA(bytearray):
    pass

class B(bytes):
    pass

print(size(BA(b"abc")), size(B(b"abc")), size(B()))
