/** Moments as seconds: what the host's clock and time zone say, for _datetime. Part of the modules. */

import { PyFloat_Check } from "../objects/check.ts";
import { overflowError, raise, valueError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE } from "../objects/float.ts";
import { bigIntOf } from "../objects/long.ts";
import { PyNumber_Index } from "../objects/number.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop, push } from "../objects/stack.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { MAXYEAR, MINYEAR, type Moment, ordToYmd, ymdToOrd } from "./datetimecore.ts";
import { MAX_SECONDS, offsetAt } from "./timezone.ts";

/** Seconds from the beginning of the year 1, less a day, to 1970. */
const EPOCH = 719163 * 86400;
/** No clock is put back by more. */
const MAX_FOLD = 86400;

/** Seconds and microseconds of a timestamp. */
export interface Stamp {
  seconds: number;
  us: number;
}

function checkTimeT(rt: Runtime, seconds: number): void {
  if (seconds >= 2 ** 63 || seconds < -(2 ** 63)) {
    throw overflowError(rt, "timestamp out of range for platform time_t");
  }
}

/** _PyTime_ObjectToTimeval, rounding half to even; or whole seconds, rounded down (`floor`). */
export function timestampOf(rt: Runtime, o: Ref, floor: boolean): Stamp {
  if (!PyFloat_Check(rt, o)) {
    const index = PyNumber_Index(rt, o);
    push(rt, index);
    const seconds = Number(bigIntOf(rt, index));
    drop(rt);
    checkTimeT(rt, seconds);
    return { seconds, us: 0 };
  }
  const d = PyFloat_AS_DOUBLE(rt, o);
  if (Number.isNaN(d)) throw valueError(rt, "Invalid value NaN (not a number)");
  const stamp = floor ? { seconds: Math.floor(d), us: 0 } : splitSeconds(d);
  checkTimeT(rt, stamp.seconds);
  return stamp;
}

function splitSeconds(d: number): Stamp {
  let seconds = Math.trunc(d);
  let us = halfEven((d - seconds) * 1e6);
  if (us >= 1e6) {
    us -= 1e6;
    seconds++;
  } else if (us < 0) {
    us += 1e6;
    seconds--;
  }
  return { seconds, us };
}

function halfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 ? 2 * Math.round(x / 2) : rounded;
}

/** Fields of seconds since 1970, in UTC. */
export function utcMoment(rt: Runtime, seconds: number, us: number): Moment {
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  if (Math.abs(days) > 7e11) throw valueTooLarge(rt);
  const [year, month, day] = ordToYmd(days + 719163);
  const minutes = Math.floor(rest / 60);
  return {
    year,
    month,
    day,
    hour: Math.floor(minutes / 60),
    minute: minutes % 60,
    second: rest % 60,
    us,
    fold: 0,
  };
}

function valueTooLarge(rt: Runtime): PyErr {
  return raise(rt, rt.exc.OverflowError, "timestamp out of range for platform time_t");
}

/** Seconds east of UTC at a moment. */
export function offsetOf(seconds: number): number {
  return Math.abs(seconds) > MAX_SECONDS ? 0 : offsetAt(seconds * 1000);
}

/** utc_to_seconds: since the beginning of the calendar. */
function toSeconds(rt: Runtime, m: Moment): number {
  if (m.year < MINYEAR || m.year > MAXYEAR) throw valueError(rt, `year ${m.year} is out of range`);
  return ((ymdToOrd(m.year, m.month, m.day) * 24 + m.hour) * 60 + m.minute) * 60 + m.second;
}

/** Seconds since 1970 of a moment in UTC. */
export function utcTimestamp(m: Moment): number {
  return ((ymdToOrd(m.year, m.month, m.day) * 24 + m.hour) * 60 + m.minute) * 60 + m.second - EPOCH;
}

/** The local clock's reading at a moment; both in seconds of the calendar. */
function local(rt: Runtime, u: number): number {
  const t = u - EPOCH;
  return toSeconds(rt, utcMoment(rt, t + offsetOf(t), 0));
}

/** Fields of seconds since 1970, in local time; fold is 1 for the second of two equal readings of the clock. */
export function localMoment(rt: Runtime, seconds: number, us: number): Moment {
  const m = utcMoment(rt, seconds + offsetOf(seconds), us);
  const now = toSeconds(rt, m);
  const before = local(rt, EPOCH + seconds - MAX_FOLD);
  const transition = now - before - MAX_FOLD;
  if (transition < 0 && local(rt, EPOCH + seconds + transition) === now) m.fold = 1;
  return m;
}

/** local_to_seconds less the epoch: the timestamp of a reading of the local clock. */
export function localTimestamp(rt: Runtime, m: Moment): number {
  const t = toSeconds(rt, m);
  const a = local(rt, t) - t;
  const u1 = t - a;
  const t1 = local(rt, u1);
  let b: number;
  if (t1 === t) {
    // A solution; is there another, at the other side of a change of the clock?
    const u2 = m.fold !== 0 ? u1 + MAX_FOLD : u1 - MAX_FOLD;
    b = local(rt, u2) - u2;
    if (a === b) return u1 - EPOCH;
  } else b = t1 - u1;
  const u2 = t - b;
  if (local(rt, u2) === t) return u2 - EPOCH;
  if (t1 === t) return u1 - EPOCH;
  // No solution: the reading is in a gap.
  return (m.fold !== 0 ? Math.min(u1, u2) : Math.max(u1, u2)) - EPOCH;
}
