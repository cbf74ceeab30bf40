/** What operations on decimals know of their context: precision, limits, rounding; flags. Part of the modules, for _decimal.ts. */

/** Rounding modes as an mpd_context_t numbers them. */
export const enum Round {
  UP = 0,
  DOWN = 1,
  CEILING = 2,
  FLOOR = 3,
  HALF_UP = 4,
  HALF_DOWN = 5,
  HALF_EVEN = 6,
  R_05UP = 7,
}

export const ROUNDING = [
  "ROUND_UP",
  "ROUND_DOWN",
  "ROUND_CEILING",
  "ROUND_FLOOR",
  "ROUND_HALF_UP",
  "ROUND_HALF_DOWN",
  "ROUND_HALF_EVEN",
  "ROUND_05UP",
];

/** Flags and traps (MPD_*). */
export const enum Flag {
  Clamped = 0x1,
  Conversion_syntax = 0x2,
  Division_by_zero = 0x4,
  Division_impossible = 0x8,
  Division_undefined = 0x10,
  Fpu_Error = 0x20,
  Inexact = 0x40,
  Invalid_context = 0x80,
  Invalid_operation = 0x100,
  Malloc_error = 0x200,
  Float_operation = 0x400,
  Overflow = 0x800,
  Rounded = 0x1000,
  Subnormal = 0x2000,
  Underflow = 0x4000,
  /** All that are InvalidOperation. */
  IEEE_Invalid_operation = 0x3ba,
  /** Those after which there is no number. */
  Errors = 0x3be,
}

export const MAX_PREC = 999999999999999999n;
export const MAX_EMAX = 999999999999999999n;
export const MIN_EMIN = -999999999999999999n;
export const MIN_ETINY = MIN_EMIN - (MAX_PREC - 1n);
/** An exponent beyond all limits. */
export const EXP_INF = 2000000000000000001n;

/** Limits of contexts whose exponents are handled as numbers. */
const LARGE = 1n << 29n;

/** A context as operations see it; `status` collects the flags. */
export class Ctx {
  readonly prec: bigint;
  readonly emax: bigint;
  readonly emin: bigint;
  readonly round: Round;
  readonly clamp: boolean;
  /** The same precision as a number, near enough to be compared with numbers of digits. */
  readonly digits: number;
  /** The least exponent of all, and the largest of a number that has all its digits. */
  readonly etiny: bigint;
  readonly etop: bigint;
  /** Numbers of up to 16 digits with exponents from `low` to `high` fit as they are. */
  readonly low: number;
  readonly high: number;
  /** A normal number of any digits fits with exponents from `low` to `top`. */
  readonly top: number;
  status = 0;

  constructor(prec: bigint, emax: bigint, emin: bigint, round: Round, clamp: boolean) {
    this.prec = prec;
    this.emax = emax;
    this.emin = emin;
    this.round = round;
    this.clamp = clamp;
    this.digits = Number(prec);
    this.etiny = emin - (prec - 1n);
    this.etop = emax - (prec - 1n);
    const small = prec >= 16n && emax < LARGE && emin > -LARGE && prec < LARGE;
    this.top = small ? Number(this.etop) : 0;
    this.low = small ? Number(emin) : 1;
    this.high = small ? Number(clamp ? this.etop : emax - 16n) : 0;
  }

  with(changes: { prec?: bigint; emax?: bigint; emin?: bigint; round?: Round; clamp?: boolean }): Ctx {
    const c = { ...this, ...changes };
    return new Ctx(c.prec, c.emax, c.emin, c.round, c.clamp);
  }
}

/** mpd_maxcontext */
export const maxContext = (): Ctx => new Ctx(MAX_PREC, MAX_EMAX, MIN_EMIN, Round.HALF_EVEN, false);
