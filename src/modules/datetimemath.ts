/** Arithmetic, comparison and hash of datetimes. Part of the modules; the type is in datetimetype.ts. */
import { PyObject_Hash } from "../objects/compare.ts";
import { overflowError, typeError } from "../objects/errors.ts";
import { cmpHolds } from "../objects/floatops.ts";
import { Ob } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { Cmp, type NewRef, type Ref } from "../objects/typeinfo.ts";
import {
  type Clock,
  compareData,
  Dt,
  dataHash,
  datetimeFields,
  datetimeZone,
  delta,
  hasHash,
  keepHash,
  MAX_ORDINAL,
  type Moment,
  newDateTime,
  newDateTimeOf,
  ordToYmd,
  PyDateTime_Check,
  PyDelta_Check,
  ymdToOrd,
} from "./datetimecore.ts";
import {
  delta_bool,
  delta_cmp,
  delta_subtract,
  deltaDays,
  deltaMicros,
  deltaSeconds,
} from "./datetimedelta.ts";
import { callUtcoffset } from "./datetimezone.ts";

export const datetime_utcoffset = (rt: Runtime, p: Ref): NewRef => callUtcoffset(rt, datetimeZone(rt, p), p);

const secondsOfDay = (c: Clock): number => c.hour * 3600 + c.minute * 60 + c.second;

/** A datetime of the same class and zone, `sign` times the timedelta later. */
export function add_datetime_timedelta(rt: Runtime, p: Ref, d: Ref, sign: number): NewRef {
  const m = datetimeFields(rt, p);
  let us = m.us + sign * deltaMicros(rt, d);
  let seconds = secondsOfDay(m) + sign * deltaSeconds(rt, d);
  const carry = Math.floor(us / 1e6);
  us -= carry * 1e6;
  seconds += carry;
  const days = Math.floor(seconds / 86400);
  seconds -= days * 86400;
  const moved = days + sign * deltaDays(rt, d);
  if (moved === 0)
    return newDateTimeOf(
      rt,
      rt.i32[p + Ob.type],
      atSecond(m.year, m.month, m.day, seconds, us),
      datetimeZone(rt, p),
    );
  const ordinal = ymdToOrd(m.year, m.month, m.day) + moved;
  if (ordinal < 1 || ordinal > MAX_ORDINAL) throw overflowError(rt, "date value out of range");
  const [year, month, day] = ordToYmd(ordinal);
  return newDateTimeOf(rt, rt.i32[p + Ob.type], atSecond(year, month, day, seconds, us), datetimeZone(rt, p));
}

function atSecond(year: number, month: number, day: number, seconds: number, us: number): Moment {
  const minutes = Math.floor(seconds / 60);
  const hour = Math.floor(minutes / 60);
  return { year, month, day, hour, minute: minutes - 60 * hour, second: seconds - 60 * minutes, us, fold: 0 };
}

export function datetime_add(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (PyDateTime_Check(rt, a))
    return PyDelta_Check(rt, b) ? add_datetime_timedelta(rt, a, b, 1) : rt.NotImplemented;
  return PyDelta_Check(rt, a) && PyDateTime_Check(rt, b)
    ? add_datetime_timedelta(rt, b, a, 1)
    : rt.NotImplemented;
}

export function datetime_subtract(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyDateTime_Check(rt, a)) return rt.NotImplemented;
  if (PyDelta_Check(rt, b)) return add_datetime_timedelta(rt, a, b, -1);
  if (!PyDateTime_Check(rt, b)) return rt.NotImplemented;
  if (datetimeZone(rt, a) === datetimeZone(rt, b)) return difference(rt, a, b);
  const x = pushed(rt, datetime_utcoffset(rt, a));
  const y = pushed(rt, datetime_utcoffset(rt, b));
  if ((x === rt.None) !== (y === rt.None)) {
    throw typeError(rt, "can't subtract offset-naive and offset-aware datetimes");
  }
  const result =
    x === y || delta_cmp(rt, x, y) === 0 ? difference(rt, a, b) : differenceBetween(rt, a, b, x, y);
  drop(rt, 2);
  return result;
}

/** By the fields alone. */
function difference(rt: Runtime, a: Ref, b: Ref): NewRef {
  const m = datetimeFields(rt, a);
  const n = datetimeFields(rt, b);
  const days = ymdToOrd(m.year, m.month, m.day) - ymdToOrd(n.year, n.month, n.day);
  return delta(rt, days, secondsOfDay(m) - secondsOfDay(n), m.us - n.us);
}

/** With their offsets from UTC. */
function differenceBetween(rt: Runtime, a: Ref, b: Ref, x: Ref, y: Ref): NewRef {
  const offsets = pushed(rt, delta_subtract(rt, x, y));
  const fields = pushed(rt, difference(rt, a, b));
  const result = delta_subtract(rt, fields, offsets);
  drop(rt, 2);
  return result;
}

/** The same with another fold, made without asking its class. */
function withFold(rt: Runtime, p: Ref, m: Moment, fold: number): NewRef {
  return newDateTime(rt, { ...m, fold }, datetimeZone(rt, p), rt.i32[p + Ob.type]);
}

export function datetime_hash(rt: Runtime, p: Ref): number {
  if (hasHash(rt, p)) return rt.i32[p + Dt.hash];
  const m = datetimeFields(rt, p);
  const first = pushed(rt, m.fold !== 0 ? withFold(rt, p, m, 0) : newref(rt, p));
  const offset = pushed(rt, datetime_utcoffset(rt, first));
  if (offset === rt.None) dataHash(rt, p, Dt.DATETIME_DATA);
  else {
    const ordinal = ymdToOrd(m.year, m.month, m.day);
    const moment = pushed(rt, delta(rt, ordinal, secondsOfDay(m), m.us));
    const utc = pushed(rt, delta_subtract(rt, moment, offset));
    keepHash(rt, p, PyObject_Hash(rt, utc));
    drop(rt, 2);
  }
  drop(rt, 2);
  rt.hashHi = rt.i32[p + Dt.hash + 1];
  return rt.i32[p + Dt.hash];
}

const answer = (rt: Runtime, c: number, op: Cmp): NewRef => (cmpHolds(c, op) ? rt.True : rt.False);

export function datetime_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyDateTime_Check(rt, b)) return rt.NotImplemented;
  if (datetimeZone(rt, a) === datetimeZone(rt, b))
    return answer(rt, compareData(rt, a, b, Dt.DATETIME_DATA), op);
  const x = pushed(rt, datetime_utcoffset(rt, a));
  const y = pushed(rt, datetime_utcoffset(rt, b));
  const result = compareOffsets(rt, a, b, x, y, op);
  drop(rt, 2);
  return result;
}

function compareOffsets(rt: Runtime, a: Ref, b: Ref, x: Ref, y: Ref, op: Cmp): NewRef {
  const known = x !== rt.None && y !== rt.None;
  const equality = op === Cmp.EQ || op === Cmp.NE;
  if (x === y || (known && delta_cmp(rt, x, y) === 0)) {
    const c = compareData(rt, a, b, Dt.DATETIME_DATA);
    return answer(rt, equality && c === 0 && dependsOnFold(rt, a, b, x, y) ? 1 : c, op);
  }
  if (known) {
    const d = pushed(rt, datetime_subtract(rt, a, b));
    const c = deltaDays(rt, d) < 0 ? -1 : delta_bool(rt, d) ? 1 : 0;
    drop(rt);
    return answer(rt, equality && c === 0 && dependsOnFold(rt, a, b, x, y) ? 1 : c, op);
  }
  if (op === Cmp.EQ) return rt.False;
  if (op === Cmp.NE) return rt.True;
  throw typeError(rt, "can't compare offset-naive and offset-aware datetimes");
}

/** pep495_eq_exception: datetimes of different zones are never equal where the fold of one matters. */
function dependsOnFold(rt: Runtime, a: Ref, b: Ref, x: Ref, y: Ref): boolean {
  return foldMatters(rt, a, x) || foldMatters(rt, b, y);
}

function foldMatters(rt: Runtime, p: Ref, offset: Ref): boolean {
  const m = datetimeFields(rt, p);
  const other = pushed(rt, withFold(rt, p, m, 1 - m.fold));
  const flipped = pushed(rt, datetime_utcoffset(rt, other));
  const both = flipped !== rt.None && offset !== rt.None;
  const differs = flipped !== offset && (!both || delta_cmp(rt, flipped, offset) !== 0);
  drop(rt, 2);
  return differs;
}
