"""Random operations on decimals in random contexts: results and flags."""
import random
from decimal import *

random.seed(313)
ROUNDINGS = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
SPECIAL = ["NaN", "sNaN", "Inf", "-Inf", "NaN123", "-sNaN456", "0", "-0", "0E+5", "0E-7", "1", "-1.000", "1E+17", "5E-383", "9" * 38]
UNARY = ("abs exp ln log10 minus next_minus next_plus normalize plus to_integral_exact to_integral_value sqrt is_normal is_subnormal "
         "logb logical_invert number_class to_sci_string to_eng_string create_decimal").split()
BINARY = ("add compare compare_signal divide divide_int divmod max max_mag min min_mag multiply next_toward quantize remainder "
          "remainder_near subtract power compare_total compare_total_mag copy_sign logical_and logical_or logical_xor rotate "
          "same_quantum scaleb shift").split()


def operand(choose=random.random):
    k = choose()
    if k < 0.1:
        return Decimal(random.choice(SPECIAL))
    if k < 0.2:
        return Decimal("".join(random.choice("01") for _ in range(random.randrange(1, 30))))
    size, low, high = (5, -6, 4) if k < 0.5 else (20, -25, 15) if k < 0.75 else (90, -100, 100)
    digits = [random.randrange(10) for _ in range(random.randrange(1, size))]
    exp = random.randrange(low, high) + (random.choice((10**6, -10**15, 10**17)) if k > 0.97 else 0)
    return Decimal((random.randrange(2), digits, exp))


def context():
    c = Context(prec=random.choice((1, 2, 5, 9, 16, 17, 28, 28, 38, 50)), rounding=random.choice(ROUNDINGS), traps=[],
                clamp=int(random.random() < 0.2))
    if random.random() < 0.3:
        c.Emax = random.choice((0, 9, 99, 384))
        c.Emin = -random.choice((0, 9, 99, 383))
    elif random.random() < 0.1:
        c.Emax = MAX_EMAX
        c.Emin = MIN_EMIN
    return c


for i in range(2500):
    c = context()
    a, b = operand(), operand()
    if random.random() < 0.35:
        name = random.choice(UNARY)
        result = getattr(c, name)(a)
    else:
        name = random.choice(BINARY)
        if name in ("shift", "rotate", "scaleb", "power") or name == "quantize" and i % 3:
            b = Decimal(random.randrange(-40, 40)) if name != "quantize" else Decimal((0, (1,), random.randrange(-30, 5)))
        result = getattr(c, name)(a, b)
    print(i, name, repr(result), [s.__name__ for s in c.flags if c.flags[s]])
