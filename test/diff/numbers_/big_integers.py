# Big integers: multiplication of many sizes, division, powers, roots, gcd, conversion, bit operations, checked by identities.
import math


def digest(n):
    return n % 1000003, n.bit_length()


a, b = 3**500 + 7, 7**333 - 11
print(digest(a), digest(b), digest(a * b), digest(a + b), digest(a - b), digest(a**3), (a * b) % 998244353, (a * b) // a == b, divmod(a * b + 5, b) == (a, 5), (a - b) + b == a, -(-a) == a)
for bits in (29, 30, 31, 59, 60, 61, 89, 90, 91, 119, 120, 121, 1000, 5000):
    n = (1 << bits) - 1
    m = (1 << bits) + 1
    assert n * m == (1 << 2 * bits) - 1 and (n * n) // n == n and (n * m) % m == 0
    print(bits, digest(n * n), digest(m * m * m), n // 7 % 1009, m % 10**9, len(str(n)), (n >> bits // 2).bit_count(), (n ^ m).bit_length(), (-n & m) % 1009, (-n | m) % 1009, (-n ^ -m) % 1009, (~n) % 1009, (-n) >> 3 == -((n + 7) // 8))
f = math.factorial(300)
print(len(str(f)), str(f)[:30], str(f)[-80:].rstrip("0")[-10:], f // math.factorial(298), f % 10**9, digest(f))
print(math.gcd(2**200 * 3**50, 6**80) == 2**80 * 3**50, math.lcm(2**40, 3**30) == 2**40 * 3**30, math.isqrt(10**101), math.isqrt(a * a) == a, math.isqrt(a * a - 1) == a - 1, pow(a, b, 10**18 + 9), pow(a, -1, 10**9 + 7) * a % (10**9 + 7), math.comb(500, 250) % 10**12)
text = "123456789" * 60
n = int(text)
print(str(n) == text, int(text, 16) % 1009, f"{n:x}" == hex(n)[2:], int(hex(n), 16) == n, int(bin(n), 2) == n, int(oct(n), 8) == n, int.from_bytes(n.to_bytes(300, "little"), "little") == n, int.from_bytes((-n).to_bytes(300, "big", signed=True), "big", signed=True) == -n, float(n >> 1000), n == float(n >> 1000), n < 1e308 * 10, hash(n), hash(-n))
print([(-7**k) // 5**k for k in range(1, 8)], [(-7**k) % 5**k for k in range(1, 8)], [7**k // -(5**k) for k in range(1, 8)], [divmod(-(10**20 + k), 10**10 + 1) for k in range(3)])
fibs = [0, 1]
while len(fibs) < 400:
    fibs.append(fibs[-1] + fibs[-2])
print(fibs[-1], sum(fibs) % 10**9, fibs[300] % fibs[100] == 0, math.gcd(fibs[120], fibs[90]) == fibs[30])


def power(x, n, m):
    r = 1
    while n:
        if n & 1:
            r = r * x % m
        x, n = x * x % m, n >> 1
    return r


def is_prime(n):
    if n < 2 or any(n % p == 0 for p in (2, 3, 5, 7, 11, 13)):
        return n in (2, 3, 5, 7, 11, 13)
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(base, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


print([p for p in range(3, 130) if is_prime(p) and is_prime(2**p - 1)], is_prime(2**89 - 1), is_prime(10**18 + 9), is_prime(10**18 + 7), power(12345, 10**30, 10**9 + 7) == pow(12345, 10**30, 10**9 + 7))
e = 0
term, scale = 10**60, 10**60
k = 0
while term:
    e += term
    k += 1
    term //= k
print(str(e)[:55])
x = 10**100
for _ in range(8):
    x = (x + 2 * 10**200 // x) // 2
print(x // 10**60, round(10**25 / 3), round(10**25, -24), 10**25 // 3, int(1e25), 2**0.5 * 10**20, 10**30 / 10**27, (10**400 // 7) / 10**398, 3 * 10**50 / 1e25)
s = 0
for i in range(1, 200):
    s ^= (i**i) >> (i // 2)
print(digest(s), sum(i**50 for i in range(50)) % 10**15, max(range(1, 60), key=lambda n: 2**n % 59), [n for n in range(200) if str(2**n).startswith("9")])
