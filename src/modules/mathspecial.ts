/** Gamma, log gamma and the error functions on doubles, as CPython's math computes them. Part of the modules; pure functions. */
import { ddAdd, ddDiv, ddMul, R, twoProd } from "../objects/dd.ts";
import { exp, log, pow } from "../objects/libm.ts";
import { cos, sin } from "../objects/trig.ts";

/** Thrown for a C errno: the caller turns it into ValueError or OverflowError. */
export const enum Errno {
  NONE = 0,
  EDOM = 33,
  ERANGE = 34,
}

/** errno of the last function of this file. */
export const status = { errno: Errno.NONE as Errno };

export function clearErrno(): void {
  status.errno = Errno.NONE;
}

function fail(errno: Errno, value: number): number {
  status.errno = errno;
  return value;
}

/** sin(pi * x), accurate near integers. */
function sinpi(x: number): number {
  const y = Math.abs(x) % 2;
  let r: number;
  switch (Math.round(2 * y)) {
    case 0:
      r = sin(Math.PI * y);
      break;
    case 1:
      r = cos(Math.PI * (y - 0.5));
      break;
    case 2:
      r = sin(Math.PI * (1 - y));
      break;
    case 3:
      r = -cos(Math.PI * (y - 1.5));
      break;
    default:
      r = sin(Math.PI * (y - 2));
  }
  return x < 0 ? -r : r;
}

const LANCZOS_G = 6.02468004077673;
const G_MINUS_HALF = 5.52468004077673;
const LOGPI = 1.1447298858494002;
// Lanczos' approximation of 13 terms: numerator, and the coefficients of x (x + 1) ... (x + 11).
const NUM = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028,
  1439720407.3117216, 248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348,
  8071.672002365816, 210.82427775157936, 2.5066282746310002,
];
const DEN = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
];

function lanczos_sum(x: number): number {
  let num = 0;
  let den = 0;
  if (x < 5) {
    for (let i = 12; i >= 0; i--) {
      num = num * x + NUM[i];
      den = den * x + DEN[i];
    }
  } else {
    for (let i = 0; i < 13; i++) {
      num = num / x + NUM[i];
      den = den / x + DEN[i];
    }
  }
  return num / den;
}

const FACTORIALS: number[] = [1];
for (let i = 1; i < 23; i++) FACTORIALS.push(FACTORIALS[i - 1] * i);

export function tgamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) || x > 0 ? x : fail(Errno.EDOM, Number.NaN);
  if (x === 0) return fail(Errno.EDOM, 1 / x);
  if (x === Math.floor(x)) {
    if (x < 0) return fail(Errno.EDOM, Number.NaN);
    if (x <= 23) return FACTORIALS[x - 1];
  }
  const a = Math.abs(x);
  if (a < 1e-20) {
    const r = 1 / x;
    return Number.isFinite(r) ? r : fail(Errno.ERANGE, r);
  }
  if (a > 200) return x < 0 ? 0 / sinpi(x) : fail(Errno.ERANGE, Number.POSITIVE_INFINITY);
  return lanczosGamma(x, a);
}

function lanczosGamma(x: number, a: number): number {
  const y = a + G_MINUS_HALF;
  // What rounding y lost.
  const q = a > G_MINUS_HALF ? y - a - G_MINUS_HALF : y - G_MINUS_HALF - a;
  const z = (q * LANCZOS_G) / y;
  let r: number;
  if (x < 0) {
    r = ((-Math.PI / sinpi(a) / a) * exp(y)) / lanczos_sum(a);
    r -= z * r;
    if (a < 140) r /= pow(y, a - 0.5);
    else {
      const half = pow(y, a / 2 - 0.25);
      r /= half;
      r /= half;
    }
  } else {
    r = lanczos_sum(a) / exp(y);
    r += z * r;
    if (a < 140) r *= pow(y, a - 0.5);
    else {
      const half = pow(y, a / 2 - 0.25);
      r *= half;
      r *= half;
    }
  }
  return Number.isFinite(r) ? r : fail(Errno.ERANGE, r);
}

export function lgamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Number.POSITIVE_INFINITY;
  if (x === Math.floor(x) && x <= 2) return x <= 0 ? fail(Errno.EDOM, Number.POSITIVE_INFINITY) : 0;
  const a = Math.abs(x);
  if (a < 1e-20) return -log(a);
  let r = log(lanczos_sum(a)) - LANCZOS_G;
  r += (a - 0.5) * (log(a + LANCZOS_G - 0.5) - 1);
  if (x < 0) r = LOGPI - log(Math.abs(sinpi(a))) - log(a) - r;
  return Number.isFinite(r) ? r : fail(Errno.ERANGE, r);
}

// 2 / sqrt(pi) as a double-double.
const TWO_SQRTPI_HI = 1.1283791670955126;
const TWO_SQRTPI_LO = 1.533545961316588e-17;

/** erf by its Taylor series in double-doubles, |x| < 3; left in R. */
function erfSeries(x: number): void {
  twoProd(x, x);
  const xh = -R[0];
  const xl = -R[1];
  let th = x;
  let tl = 0;
  let sh = x;
  let sl = 0;
  for (let n = 1; n < 120; n++) {
    ddMul(th, tl, xh, xl);
    ddDiv(R[0], R[1], n, 0);
    th = R[0];
    tl = R[1];
    ddDiv(th, tl, 2 * n + 1, 0);
    if (Math.abs(R[0]) < 1e-34 * Math.abs(sh)) break;
    ddAdd(sh, sl, R[0], R[1]);
    sh = R[0];
    sl = R[1];
  }
  ddMul(sh, sl, TWO_SQRTPI_HI, TWO_SQRTPI_LO);
}

/** erfc by its continued fraction, x >= 3. */
function erfcFraction(x: number): number {
  let f = 0;
  for (let n = 80; n > 0; n--) f = n / 2 / (x + f);
  twoProd(x, x);
  const e = exp(-R[0]) * (1 - R[1]);
  return (e * TWO_SQRTPI_HI) / 2 / (x + f);
}

export function erf(x: number): number {
  if (Number.isNaN(x) || x === 0) return x;
  const a = Math.abs(x);
  if (a >= 6) return x < 0 ? -1 : 1;
  if (a >= 3) return x < 0 ? erfcFraction(a) - 1 : 1 - erfcFraction(a);
  erfSeries(x);
  return R[0];
}

export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 28) return 0;
  if (x < -6) return 2;
  if (x >= 3) return erfcFraction(x);
  if (x < -3) return 2 - erfcFraction(-x);
  erfSeries(x);
  ddAdd(1, 0, -R[0], -R[1]);
  return R[0];
}
