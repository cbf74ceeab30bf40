# math: every function on ordinary and special values, and its errors.
import math

inf, nan = math.inf, math.nan
for name in "sin cos tan asin acos atan sinh cosh tanh asinh atanh exp expm1 log1p sqrt cbrt erf erfc gamma lgamma degrees radians exp2 log log2 log10 fabs floor ceil trunc".split():
    f = getattr(math, name)
    row = []
    for v in (0, 0.5, 1, -0.25, 10, inf, nan, -1, 171.5):
        try:
            r = f(v)
            row.append(str(r) if isinstance(r, int) else f"{r:.10g}")
        except (ValueError, OverflowError) as e:
            row.append(str(e))
    print(name, row)
print(math.pi, math.e, math.tau, math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.7), math.floor(10**20), math.fmod(-7, 3), math.remainder(7, 4), math.modf(-2.5), math.frexp(10), math.ldexp(0.5, 4), math.copysign(3, -0.0), math.hypot(3, 4), math.hypot(1, 2, 2), math.dist([0, 0], [3, 4]), math.atan2(-1, -1), math.atan2(0.0, -0.0), math.pow(2, 0.5), math.log(8, 2), math.log(10**1000), math.log2(2**1000), math.log10(10**300), math.isqrt(10**20), math.isqrt(99))
print(math.gcd(12, 18), math.gcd(), math.gcd(0, 5), math.gcd(-4, 6, 10), math.lcm(4, 6), math.lcm(), math.lcm(0, 5), math.factorial(20), math.factorial(0), math.comb(10, 3), math.comb(3, 10), math.perm(5, 2), math.perm(5), math.prod([1, 2, 3]), math.prod([], start=5), math.prod([0.5, 2]), math.fsum([0.1] * 10), math.fsum([1e100, 1, -1e100]), math.sumprod([1, 2], [3, 4]), math.fma(2, 3, 4), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-12, abs_tol=1e-9), math.nextafter(1, 2), math.nextafter(0, -1), math.ulp(1), math.ulp(0), math.isfinite(inf), math.isinf(-inf), math.isnan(nan))
for bad in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.log(1, 1), lambda: math.acos(2), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.exp(1000), lambda: math.pow(0, -1), lambda: math.pow(-1, 0.5), lambda: math.floor(inf), lambda: math.ceil(nan), lambda: math.sqrt("x"), lambda: math.gcd(1.5), lambda: math.comb(-1, 2), lambda: math.isqrt(-1), lambda: math.fmod(1, 0), lambda: math.ldexp(1, 10**5), lambda: math.sin(inf), lambda: math.dist([1], [1, 2]), lambda: math.prod(5), lambda: math.fsum(["a"]), lambda: math.sin(), lambda: math.sin(1, 2), lambda: math.gamma(0), lambda: math.lgamma(-1), lambda: math.cosh(1000), lambda: math.remainder(1, 0), lambda: math.hypot("a"), lambda: math.log(10, "x"), lambda: math.perm(3, -1), lambda: math.factorial(10**20), lambda: math.isclose(1, 2, rel_tol=-1), lambda: math.fsum([1e308, 1e308]), lambda: math.sumprod([1], [1, 2]), lambda: math.sqrt(10**400), lambda: math.trunc("x")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


class F:
    def __float__(self):
        return 2.25

    def __floor__(self):
        return "own floor"

    def __ceil__(self):
        return "own ceil"

    def __trunc__(self):
        return "own trunc"


print(math.sqrt(F()), math.floor(F()), math.ceil(F()), math.trunc(F()), math.factorial(50) % 1000007, math.factorial(200) % (10**9 + 7), math.comb(100, 50), math.lcm(*range(1, 30)))
