"""Arithmetic of random operands, of 1 to some thousand digits and of all lengths in between, against laws and by checksums."""

import random
import sys
import zlib

sys.set_int_max_str_digits(0)
rnd = random.Random(20)


def operand(bits):
    kind = rnd.random()
    if kind < 0.15:
        v = (1 << bits) - 1 - (rnd.getrandbits(4) if bits > 4 else 0)
    elif kind < 0.3:
        v = (1 << bits) + rnd.getrandbits(max(1, bits // 3))
    elif kind < 0.4:
        # Runs of zeros and ones, digit by digit.
        v = 0
        for _ in range(bits // 30 + 1):
            v = v << 30 | rnd.choice((0, 0x3FFFFFFF, 1, 0x20000000, rnd.getrandbits(30)))
    else:
        v = rnd.getrandbits(bits)
    return -v if rnd.random() < 0.4 else v


def check(a, b):
    s = a + b
    assert s - b == a and s - a == b and b + a == s
    d = a - b
    assert d + b == a and -(b - a) == d
    p = a * b
    assert b * a == p
    assert (a + 1) * b == p + b and a * (b - 1) == p - a
    out = [s, d, p, a & b, a | b, a ^ b]
    if b:
        q, r = divmod(a, b)
        assert q * b + r == a and (0 <= r < b or b < r <= 0)
        assert a // b == q and a % b == r
        assert p // b == a and p % b == 0
        assert (p + r) // b == a and (p + r) % b == r
        out += [q, r]
        q, r = divmod(p - 1, b)
        assert q * b + r == p - 1 and abs(r) < abs(b)
        out += [q, r]
    out += [a * a, a.bit_length(), hash(a), hash(p), (a > b) - (a < b), (a == b), sys.getsizeof(p), sys.getsizeof(s)]
    return out


def digest(values, crc):
    return zlib.crc32(repr([v if type(v) is not int else hex(v) for v in values]).encode(), crc)


def run(name, sizes, count):
    crc = 0
    for _ in range(count):
        a, b = operand(sizes()), operand(sizes())
        crc = digest(check(a, b), crc)
    print(name, count, crc)


run("tiny", lambda: rnd.randint(1, 64), 1500)
run("small", lambda: rnd.randint(20, 400), 1500)
run("medium", lambda: rnd.randint(300, 4000), 400)
run("uneven", lambda: rnd.choice((25, 31, 59, 61, 89, 95, 2000, 5000, 9000)), 300)
run("long", lambda: rnd.randint(3000, 30000), 60)
run("very long", lambda: rnd.randint(20000, 100000), 6)


def one_digit(count):
    crc = 0
    for _ in range(count):
        a = operand(rnd.choice((60, 300, 700, 720, 750, 3000, 4800, 5000, 20000)))
        d = operand(rnd.choice((2, 8, 15, 16, 29, 30))) or 7
        crc = digest([a * d, a // d, a % d, a + d, a - d, d - a, *divmod(a, d)], crc)
        assert (a // d) * d + a % d == a
    print("one digit", crc)


def carries(count):
    crc = 0
    for k in range(1, count):
        ones = (1 << 30 * k) - 1
        top = 1 << 30 * k
        values = [ones + 1, top - 1, ones + top, -ones - 1, ones - top, ones * ones, ones * 3, top * top - 1, (top * top - 1) // ones]
        crc = digest(values, crc)
        assert (ones + 1) >> 30 * k == 1 and (top - 1) & ones == ones
    print("carries", crc)


def texts(count):
    crc = 0
    for _ in range(count):
        a = operand(rnd.choice((40, 100, 500, 3000, 20000)))
        s = str(a)
        assert int(s) == a and int(hex(a), 16) == a and int(bin(a), 2) == a and int(oct(a), 8) == a
        crc = zlib.crc32(s.encode(), crc)
    print("texts", crc)


def powers(count):
    crc = 0
    for _ in range(count):
        a, e, m = operand(rnd.randint(1, 300)), rnd.getrandbits(rnd.choice((4, 30, 200))), operand(rnd.choice((20, 31, 64, 200, 600))) or 1
        crc = digest([pow(a, e, m), pow(a, e % 40)], crc)
    print("powers", crc)


one_digit(1500)
carries(200)
texts(150)
powers(200)
