# int: operators with every sign, division rules, powers, shifts, bit operations, results of mixed types.
pairs = [(7, 3), (-7, 3), (7, -3), (-7, -3), (0, 5), (6, 3), (2**70, 3), (-(2**70), 10**9), (10**30, -(10**15) - 1)]
for a, b in pairs:
    print(a, b, a + b, a - b, a * b, a // b, a % b, divmod(a, b), a == b * (a // b) + a % b)
for a, b in [(7, 3), (-7, 3), (1, 3), (10**20, 7), (2**1000, 2**999), (1, 10**400), (3, -2)]:
    print(a / b)
print([2**n for n in range(0, 70, 7)], (-2) ** 3, (-2) ** 4, 2**-2, 0**0, (-3) ** -3)
print(pow(3, 100, 7), pow(3, -1, 7), pow(-3, 5, 7), pow(3, 5, -7), pow(2, 1000, 10**9 + 7), pow(10, 0, 1))
for bad in (lambda: pow(2, -1, 4), lambda: pow(2, 3, 0), lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: 0**-1,
            lambda: 1 << -1, lambda: 1 >> -1, lambda: 2**1.5 // 0, lambda: pow(2, 3.0, 5), lambda: 10**400 / 3, lambda: int(float("inf")),
            lambda: int(float("nan"))):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print([1 << n for n in (0, 1, 29, 30, 31, 59, 60, 61, 100)], [(-5) >> n for n in range(5)], [5 >> n for n in range(4)], -1 >> 100, -(2**70) >> 65, 2**70 >> 100)
for a, b in [(12, 10), (-12, 10), (12, -10), (-12, -10), (2**65 + 5, 2**64 + 3), (-(2**65), 2**64 - 1), (-1, 2**100), (0, -1)]:
    print(a & b, a | b, a ^ b, ~a)
print(-5 // 2, -5 % 2, -(5 // 2), 5 % -2, -2**2, (-2) ** 2, 2**3**2, not -1, +-+5, ~~7)
print(abs(-(10**25)), -(-(10**25)), +True, -True, ~True, True + True, True * 3, True / 2, True << 3)
print(1 + 2.5, 3 * 1j, 2 ** 0.5, 7 // 2.0, 7 % 2.5, divmod(7, 2.0), 10**20 + 0.5, 5 - True)
print(1 < 2.5, 1 == 1.0, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53 + 1, 10**400 > 1e308, 10**400 < float("inf"), -(10**400) > float("-inf"), 1 == 1 + 0j)
print((5).__add__("x"), (5).__eq__("x"), (5).__lt__(2.5), (5).__pow__(2), (5).__radd__(3), (5).__rpow__(2), (7).__rfloordiv__(50))
x = 10
x += 5; x -= 3; x *= 4; x //= 5; x **= 2; x %= 50; x <<= 3; x >>= 1; x |= 1; x &= 0xFF; x ^= 7
print(x)
print(round(12345, -2), round(15, -1), round(25, -1), round(-15, -1), round(5, -1), round(7), round(10**30 + 5, -29), round(7, 3), round(-7, -5))
import math
print(math.floor(7), math.ceil(-7), math.trunc(10**20), (5).__floor__(), (5).__ceil__(), (5).__round__(-1), (5).__index__(), (5).__trunc__())
print(sum([10**20, -(10**20), 1]), sum(range(10**6)), max(10**20, 10**19), sum([1, 2.5, 3]), sum([True, 2]))
print(hash(2**61 - 1), hash(2**61), hash(-1), hash(-2), hash(10**100), hash(-(10**100)), hash(5) == hash(5.0))
big = 123456789 ** 20
print(big, big % 10**9, big // 10**150, len(str(big)), big * big % 1000007, -big // 10**150, -big % 10**9)
