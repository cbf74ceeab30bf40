/** The functions of cmath on complex numbers, with the branch cuts and rearrangements that CPython uses. Part of the modules; pure functions. */
import type { C } from "../objects/complex.ts";
import { asinh, cosh, exp, log, sinh } from "../objects/libm.ts";
import { atan2, cos, hypot, sin, tan } from "../objects/trig.ts";
import { specialValue } from "./cmathspecial.ts";

/** Thrown for C's errno. */
export class MathError {
  readonly range: boolean;
  constructor(range: boolean) {
    this.range = range;
  }
}

const DOMAIN = new MathError(false);
const RANGE = new MathError(true);

const LARGE = Number.MAX_VALUE / 4;
const SQRT_LARGE = Math.sqrt(LARGE);
const LOG_LARGE = Math.log(LARGE);
const DBL_MIN = 2 ** -1022;
const SQRT_DBL_MIN = Math.sqrt(DBL_MIN);
const INF = Number.POSITIVE_INFINITY;

const finite = (z: C): boolean => Number.isFinite(z.re) && Number.isFinite(z.im);
const isInf = (x: number): boolean => x === INF || x === -INF;

function copysign(x: number, y: number): number {
  const a = Math.abs(x);
  return y < 0 || Object.is(y, -0) ? -a : a;
}

function special(name: string, z: C): C {
  const v = specialValue(name, z.re, z.im);
  if (v === null) throw DOMAIN;
  return v;
}

function checked(z: C): C {
  if (isInf(z.re) || isInf(z.im)) throw RANGE;
  return z;
}

const isLarge = (z: C): boolean => Math.abs(z.re) > LARGE || Math.abs(z.im) > LARGE;
const logHalf = (z: C): number => log(hypot(z.re / 2, z.im / 2)) + 2 * Math.LN2;

export function c_sqrt(z: C): C {
  if (!finite(z)) return special("sqrt", z);
  if (z.re === 0 && z.im === 0) return { re: 0, im: z.im };
  let ax = Math.abs(z.re);
  const ay = Math.abs(z.im);
  let s: number;
  if (ax < DBL_MIN && ay < DBL_MIN) {
    ax *= 2 ** 53;
    s = Math.sqrt(ax + hypot(ax, ay * 2 ** 53)) * 2 ** -27;
  } else {
    ax /= 8;
    s = 2 * Math.sqrt(ax + hypot(ax, ay / 8));
  }
  const d = ay / (2 * s);
  return z.re >= 0 ? { re: s, im: copysign(d, z.im) } : { re: d, im: copysign(s, z.im) };
}

export function c_acos(z: C): C {
  if (!finite(z)) return special("acos", z);
  if (isLarge(z)) {
    return {
      re: atan2(Math.abs(z.im), z.re),
      im: z.re < 0 ? -copysign(logHalf(z), z.im) : copysign(logHalf(z), -z.im),
    };
  }
  const s1 = c_sqrt({ re: 1 - z.re, im: -z.im });
  const s2 = c_sqrt({ re: 1 + z.re, im: z.im });
  return { re: 2 * atan2(s1.re, s2.re), im: asinh(s2.re * s1.im - s2.im * s1.re) };
}

export function c_acosh(z: C): C {
  if (!finite(z)) return special("acosh", z);
  if (isLarge(z)) return { re: logHalf(z), im: atan2(z.im, z.re) };
  const s1 = c_sqrt({ re: z.re - 1, im: z.im });
  const s2 = c_sqrt({ re: z.re + 1, im: z.im });
  return { re: asinh(s1.re * s2.re + s1.im * s2.im), im: 2 * atan2(s1.im, s2.re) };
}

export function c_asinh(z: C): C {
  if (!finite(z)) return special("asinh", z);
  if (isLarge(z)) {
    const re = Object.is(z.im, -0) || z.im < 0 ? -copysign(logHalf(z), -z.re) : copysign(logHalf(z), z.re);
    return { re, im: atan2(z.im, Math.abs(z.re)) };
  }
  const s1 = c_sqrt({ re: 1 + z.im, im: -z.re });
  const s2 = c_sqrt({ re: 1 - z.im, im: z.re });
  return { re: asinh(s1.re * s2.im - s2.re * s1.im), im: atan2(z.im, s1.re * s2.re - s1.im * s2.im) };
}

/** f(z) = -i g(iz) */
function rotated(g: (z: C) => C): (z: C) => C {
  return (z) => {
    const s = g({ re: -z.im, im: z.re });
    return { re: s.im, im: -s.re };
  };
}

export function c_atanh(z: C): C {
  if (!finite(z)) return special("atanh", z);
  if (z.re < 0 || Object.is(z.re, -0)) {
    const r = c_atanh({ re: -z.re, im: -z.im });
    return { re: -r.re, im: -r.im };
  }
  const ay = Math.abs(z.im);
  if (z.re > SQRT_LARGE || ay > SQRT_LARGE) {
    const h = hypot(z.re / 2, z.im / 2);
    return { re: z.re / 4 / h / h, im: -copysign(Math.PI / 2, -z.im) };
  }
  if (z.re === 1 && ay < SQRT_DBL_MIN) {
    if (ay === 0) throw DOMAIN;
    return { re: -log(Math.sqrt(ay) / Math.sqrt(hypot(ay, 2))), im: copysign(atan2(2, -ay) / 2, z.im) };
  }
  const u = 1 - z.re;
  return {
    re: Math.log1p((4 * z.re) / (u * u + ay * ay)) / 4,
    im: -atan2(-2 * z.im, u * (1 + z.re) - ay * ay) / 2,
  };
}

export const c_asin = rotated(c_asinh);
export const c_atan = rotated(c_atanh);

/** An infinite real part and a finite, non-zero imaginary part: infinity (or `scale`) in the direction of the angle. */
function directed(z: C, scale: number, flipRe: boolean, flipIm: boolean): C {
  const re = copysign(scale, cos(z.im));
  const im = copysign(scale, sin(z.im));
  return { re: flipRe ? -re : re, im: flipIm ? -im : im };
}

const isDirected = (z: C): boolean => isInf(z.re) && Number.isFinite(z.im) && z.im !== 0;

export function c_cosh(z: C): C {
  if (!finite(z)) return isDirected(z) ? directed(z, INF, false, z.re < 0) : special("cosh", z);
  if (Math.abs(z.re) > LOG_LARGE) {
    const x = z.re - copysign(1, z.re);
    return checked({ re: cos(z.im) * cosh(x) * Math.E, im: sin(z.im) * sinh(x) * Math.E });
  }
  return checked({ re: cos(z.im) * cosh(z.re), im: sin(z.im) * sinh(z.re) });
}

export function c_sinh(z: C): C {
  if (!finite(z)) return isDirected(z) ? directed(z, INF, z.re < 0, false) : special("sinh", z);
  if (Math.abs(z.re) > LOG_LARGE) {
    const x = z.re - copysign(1, z.re);
    return checked({ re: cos(z.im) * sinh(x) * Math.E, im: sin(z.im) * cosh(x) * Math.E });
  }
  return checked({ re: cos(z.im) * sinh(z.re), im: sin(z.im) * cosh(z.re) });
}

export function c_tanh(z: C): C {
  if (!finite(z)) {
    if (!isDirected(z)) return special("tanh", z);
    return { re: z.re > 0 ? 1 : -1, im: copysign(0, 2 * sin(z.im) * cos(z.im)) };
  }
  if (Math.abs(z.re) > LOG_LARGE) {
    return { re: copysign(1, z.re), im: 4 * sin(z.im) * cos(z.im) * exp(-2 * Math.abs(z.re)) };
  }
  const tx = Math.tanh(z.re);
  const ty = tan(z.im);
  const cx = 1 / cosh(z.re);
  const txty = tx * ty;
  const denom = 1 + txty * txty;
  return { re: (tx * (1 + ty * ty)) / denom, im: (ty / denom) * cx * cx };
}

export const c_sin = rotated(c_sinh);
export const c_tan = rotated(c_tanh);

export function c_cos(z: C): C {
  return c_cosh({ re: -z.im, im: z.re });
}

export function c_exp(z: C): C {
  if (!finite(z)) return isDirected(z) ? directed(z, z.re > 0 ? INF : 0, false, false) : special("exp", z);
  if (z.re > LOG_LARGE) {
    const l = exp(z.re - 1);
    return checked({ re: l * cos(z.im) * Math.E, im: l * sin(z.im) * Math.E });
  }
  const l = exp(z.re);
  return checked({ re: l * cos(z.im), im: l * sin(z.im) });
}

export function c_log(z: C): C {
  if (!finite(z)) return special("log", z);
  const ax = Math.abs(z.re);
  const ay = Math.abs(z.im);
  let re: number;
  if (ax > LARGE || ay > LARGE) re = log(hypot(ax / 2, ay / 2)) + Math.LN2;
  else if (ax < DBL_MIN && ay < DBL_MIN) {
    if (ax === 0 && ay === 0) throw DOMAIN;
    re = log(hypot(ax * 2 ** 53, ay * 2 ** 53)) - 53 * Math.LN2;
  } else {
    const h = hypot(ax, ay);
    if (h >= 0.71 && h <= 1.73) {
      const am = Math.max(ax, ay);
      const an = Math.min(ax, ay);
      re = Math.log1p((am - 1) * (am + 1) + an * an) / 2;
    } else re = log(h);
  }
  return { re, im: atan2(z.im, z.re) };
}

export function c_rect(r: number, phi: number): C {
  const z = { re: r, im: phi };
  if (!finite(z)) return isDirected(z) ? directed(z, INF, r < 0, r < 0) : special("rect", z);
  if (phi === 0) return { re: r, im: r * phi };
  return { re: r * cos(phi), im: r * sin(phi) };
}
