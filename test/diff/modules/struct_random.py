# struct, and random with a seed.
import random
import struct

for fmt, values in [("b", (-1,)), ("B", (255,)), ("<h", (-2,)), (">H", (513,)), ("<i", (-3,)), ("<I", (2**32 - 1,)), ("<q", (-(2**40),)), ("<Q", (2**64 - 1,)), ("<f", (1.5,)), ("<d", (-0.1,)), ("?", (True,)), ("c", (b"x",)), ("5s", (b"abc",)), ("3p", (b"abcd",)), ("<bhiq", (1, 2, 3, 4)), ("bhiq", (1, 2, 3, 4)), ("<3h", (1, 2, 3)), ("2x3B", (7, 8, 9)), ("<e", (0.5,)), ("@l", (5,)), ("!I", (1,)), ("=iq", (1, 2)), ("0i", ()), ("n", (-1,)), ("P", (5,)), ("3s2x1s", (b"abcdef", b"g"))]:
    data = struct.pack(fmt, *values)
    print(fmt, struct.calcsize(fmt), data, struct.unpack(fmt, data))
s = struct.Struct("<HB")
print(s.size, s.format, s.pack(1, 2), s.unpack(b"\1\0\2"), list(s.iter_unpack(b"\1\0\2\3\0\4")), s.unpack_from(b"xx\1\0\2", 2), list(struct.iter_unpack("B", b"abc")))
buf = bytearray(6)
s.pack_into(buf, 1, 258, 3)
print(buf)
for bad in (lambda: struct.pack("B", 256), lambda: struct.pack("b", -129), lambda: struct.pack("i"), lambda: struct.pack("i", 1, 2), lambda: struct.pack("i", "x"), lambda: struct.unpack("i", b"abc"), lambda: struct.pack("z", 1), lambda: struct.calcsize("3"), lambda: struct.pack("c", b"ab"), lambda: struct.pack("<h", 40000), lambda: struct.pack("f", 1e300), lambda: struct.pack("s", "x"), lambda: s.pack_into(bytearray(1), 0, 1, 2), lambda: struct.unpack_from("i", b"abcd", 2), lambda: struct.pack("Q", -1), lambda: struct.pack("d", "x"), lambda: struct.pack("<n", 1), lambda: struct.pack("e", 1e10), lambda: struct.unpack("i", "abcd")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
r = random.Random(42)
print([r.random() for _ in range(3)], [r.randint(1, 100) for _ in range(5)], r.randrange(0, 100, 7), r.choice("abc"), r.choices([1, 2, 3], k=4), r.choices("ab", weights=[1, 9], k=5), r.sample(range(100), 5), r.uniform(1, 2), r.gauss(0, 1), r.getrandbits(70), r.randbytes(4), r.triangular(0, 1, 0.3), r.expovariate(2), r.betavariate(1, 2), r.normalvariate(5, 1))
l = list(range(10))
r.shuffle(l)
print(l)
random.seed("text seed")
print(random.random(), random.randint(0, 10**20))
random.seed(2.5)
print(random.random())
random.seed(b"bytes")
print(random.random())
random.seed(-5)
a = random.random()
random.seed(5)
print(a == random.random(), a)
state = random.getstate()
x = [random.random() for _ in range(2)]
random.setstate(state)
print(x == [random.random() for _ in range(2)], state[0], len(state[1]), random.Random(10**50).random(), random.Random(0).getrandbits(0), random.Random(1).sample([1, 2, 3], counts=[2, 2, 2], k=3))
for bad in (lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.randrange(0), lambda: random.sample([1], 5), lambda: random.choices([], k=1), lambda: random.getrandbits(-1), lambda: random.sample({1, 2}, 1), lambda: random.randrange(1.5), lambda: random.seed([1]), lambda: random.choices([1, 2], weights=[1])):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
