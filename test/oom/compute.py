# Numbers of every size, sorting, comprehensions, slices, ranges.
import math


def work():
    big = 3 ** 200
    out = [big, big // 7 ** 50, big % 10 ** 20, -big >> 100, big * big % 1000007, math.gcd(big, 9 ** 30), math.isqrt(big), int(str(big)) == big, hex(big)[:10], divmod(-big, 12345), pow(3, 10 ** 6, 10 ** 9 + 7), (2 ** 100) ^ (2 ** 99), ~big & 0xffff, float(big), round(2.675, 2), 1e300 * 10, (1 + 2j) ** 2, abs(-5.5), 10 ** 30 / 10 ** 29]
    data = [(i * 7919) % 101 for i in range(60)]
    out += [sorted(data)[:5], sorted(data, key=lambda v: -v)[:5], sorted(map(str, data))[:3], sorted(data, reverse=True)[0], min(data, key=lambda v: abs(v - 50)), max(data), sum(x / 7 for x in data)]
    out += [{k: [v for v in range(k)] for k in range(4)}, {x % 5 for x in data}, [(a, b) for a in range(3) for b in range(a)], list(range(10, 0, -3)), data[::20], data[-3:], slice(1, 2, 3).indices(5), [*range(3), *"ab"], {**{"a": 1}, "b": 2}]
    first, *middle, last = data
    out += [first, len(middle), last, math.factorial(30), math.comb(40, 20), math.fsum([0.1] * 10), float("1e-320"), (0.1).hex(), (12345.678).as_integer_ratio(), complex("1+2j"), int("zz", 36), f"{math.pi:.10f}", 7 .bit_length(), True + True]
    return out


print(work())
