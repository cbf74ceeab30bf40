# int of every size, float, complex, bool: arithmetic and conversion.
def work():
    a = 10**40
    b = [a + 1, a * a, a // 7, a % 1000003, -a, a >> 3, a << 70, a & (2**100 - 1), pow(3, 200, a), divmod(a, 9), int("9" * 50), str(a), hex(a)]
    c = [i + 0.5 for i in range(5)] + [1j * i for i in range(5)]
    d = [float("1.5"), complex("1+2j"), round(2.567, 2), (2.5).as_integer_ratio(), (1.5).hex(), abs(-a), int(1e30)]
    return len(b) + len(c) + len(d), sum(range(1000, 1010)), f"{a:,} {1.5:e} {2j}"


print(work())
