/**
 * The objects of _datetime: layouts, making and reading them, and the calendar. Part of the modules.
 *
 *   byte      0      16     24     28        32             40
 *   timedelta | head | hash | days | seconds | microseconds |
 *   byte      0      16     24          25                        32
 *   date      | head | hash | hastzinfo | year 2, month, day      |
 *   byte      0      16     24          25                                               31     32       40
 *   time      | head | hash | hastzinfo | hour, minute, second, microsecond 3            | fold | tzinfo |
 *   byte      0      16     24          25                                               35     36  40       48
 *   datetime  | head | hash | hastzinfo | as date, then as time                          | fold |   | tzinfo |
 *
 * Without a tzinfo a time is 32 bytes and a datetime 40, unless a subclass allocates it; `__sizeof__` does not say so.
 */

import { staticAlloc } from "../heap/static.ts";
import { type KwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import { noMemory, overflowError, typeError, valueError } from "../objects/errors.ts";
import { _Py_HashBytes } from "../objects/hash.ts";
import { IMMORTAL_REFCNT, Ob } from "../objects/layout.ts";
import { bigIntOf, compactValue, isCompact, PyLong_FromNumber } from "../objects/long.ts";
import { PyNumber_Index } from "../objects/number.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType, tpName } from "../objects/slots.ts";
import { drop, push } from "../objects/stack.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { PyObject_Malloc } from "../pymalloc/domains.ts";

export const enum Delta {
  hash = 4,
  days = 6,
  seconds = 7,
  microseconds = 8,
  BYTES = 40,
}

export const enum Dt {
  hash = 4,
  /** Bytes within the object. */
  hastzinfo = 24,
  data = 25,
  time_fold = 31,
  datetime_fold = 35,
  /** Words. */
  time_tzinfo = 8,
  datetime_tzinfo = 10,
  DATE_BYTES = 32,
  TIME_BASE = 32,
  TIME_BYTES = 40,
  DATETIME_BASE = 40,
  DATETIME_BYTES = 48,
  DATE_DATA = 4,
  TIME_DATA = 6,
  DATETIME_DATA = 10,
}

export const enum Zone {
  offset = 4,
  name = 6,
  BYTES = 32,
}

/** The module's types and the objects that it keeps. */
export interface DateTimeState {
  timedelta: Ref;
  date: Ref;
  datetime: Ref;
  time: Ref;
  tzinfo: Ref;
  timezone: Ref;
  /** What isocalendar() gives: a heap type. */
  isocalendar: Ref;
  /** timedelta(0) and UTC: static objects, each the only one of its value. */
  zero: Ref;
  utc: Ref;
}

let lastRuntime: Runtime | null = null;
let lastState: DateTimeState | null = null;

/** The state of the runtime that was asked about last is at hand: every operation needs it. */
export function stateOf(rt: Runtime): DateTimeState {
  if (rt === lastRuntime) return lastState!;
  lastState = rt.moduleState.get("_datetime") as DateTimeState;
  lastRuntime = rt;
  return lastState;
}

const isA = (rt: Runtime, o: Ref, type: Ref): boolean =>
  rt.i32[o + Ob.type] === type || PyType_IsSubtype(rt, rt.i32[o + Ob.type], type);

export const PyDelta_Check = (rt: Runtime, o: Ref): boolean => isA(rt, o, stateOf(rt).timedelta);
export const PyDate_Check = (rt: Runtime, o: Ref): boolean => isA(rt, o, stateOf(rt).date);
export const PyDateTime_Check = (rt: Runtime, o: Ref): boolean => isA(rt, o, stateOf(rt).datetime);
export const PyTime_Check = (rt: Runtime, o: Ref): boolean => isA(rt, o, stateOf(rt).time);
export const PyTZInfo_Check = (rt: Runtime, o: Ref): boolean => isA(rt, o, stateOf(rt).tzinfo);

/* ---- the calendar ---- */

export const MINYEAR = 1;
export const MAXYEAR = 9999;
export const MAX_ORDINAL = 3652059;
const BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

export function isLeap(year: number): boolean {
  return (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function daysBeforeMonth(year: number, month: number): number {
  return BEFORE_MONTH[month] + (month > 2 && isLeap(year) ? 1 : 0);
}

function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

/** 1 is the first of January of the year 1. */
export function ymdToOrd(year: number, month: number, day: number): number {
  return daysBeforeYear(year) + daysBeforeMonth(year, month) + day;
}

/** Year, month and day of an ordinal. */
export function ordToYmd(ordinal: number): [number, number, number] {
  let n = ordinal - 1;
  const n400 = Math.floor(n / 146097);
  n -= n400 * 146097;
  const n100 = Math.floor(n / 36524);
  n -= n100 * 36524;
  const n4 = Math.floor(n / 1461);
  n -= n4 * 1461;
  const n1 = Math.floor(n / 365);
  n -= n1 * 365;
  const year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1;
  // The last day of a cycle of 4 or 400 years.
  if (n1 === 4 || n100 === 4) return [year - 1, 12, 31];
  let month = (n + 50) >> 5;
  if (daysBeforeMonth(year, month) > n) month--;
  return [year, month, n - daysBeforeMonth(year, month) + 1];
}

/** 0 is Monday. */
export function weekdayOf(year: number, month: number, day: number): number {
  return (ymdToOrd(year, month, day) + 6) % 7;
}

/** The ordinal of the Monday of the ISO year's first week. */
export function isoWeek1Monday(year: number): number {
  const firstDay = ymdToOrd(year, 1, 1);
  const weekday = (firstDay + 6) % 7;
  return firstDay - weekday + (weekday > 3 ? 7 : 0);
}

/* ---- fields ---- */

export const yearOf = (rt: Runtime, p: Ref): number => (rt.u8[4 * p + 25] << 8) | rt.u8[4 * p + 26];
export const monthOf = (rt: Runtime, p: Ref): number => rt.u8[4 * p + 27];
export const dayOf = (rt: Runtime, p: Ref): number => rt.u8[4 * p + 28];
export const hasTz = (rt: Runtime, p: Ref): boolean => rt.u8[4 * p + Dt.hastzinfo] !== 0;

/** A time of day, wherever it comes from. */
export interface Clock {
  hour: number;
  minute: number;
  second: number;
  us: number;
  fold: number;
}

export interface Moment extends Clock {
  year: number;
  month: number;
  day: number;
}

export function timeFields(rt: Runtime, p: Ref): Clock {
  const u8 = rt.u8;
  const at = 4 * p + Dt.data;
  const us = (u8[at + 3] << 16) | (u8[at + 4] << 8) | u8[at + 5];
  return { hour: u8[at], minute: u8[at + 1], second: u8[at + 2], us, fold: u8[4 * p + Dt.time_fold] };
}

export function datetimeFields(rt: Runtime, p: Ref): Moment {
  const u8 = rt.u8;
  const at = 4 * p + Dt.data;
  return {
    year: (u8[at] << 8) | u8[at + 1],
    month: u8[at + 2],
    day: u8[at + 3],
    hour: u8[at + 4],
    minute: u8[at + 5],
    second: u8[at + 6],
    us: (u8[at + 7] << 16) | (u8[at + 8] << 8) | u8[at + 9],
    fold: u8[4 * p + Dt.datetime_fold],
  };
}

function writeClock(rt: Runtime, at: number, c: Clock): void {
  const u8 = rt.u8;
  u8[at] = c.hour;
  u8[at + 1] = c.minute;
  u8[at + 2] = c.second;
  u8[at + 3] = c.us >> 16;
  u8[at + 4] = c.us >> 8;
  u8[at + 5] = c.us;
}

/** The tzinfo of a time or datetime, borrowed; None if it has none. */
export const timeZone = (rt: Runtime, p: Ref): Ref => (hasTz(rt, p) ? rt.i32[p + Dt.time_tzinfo] : rt.None);
export const datetimeZone = (rt: Runtime, p: Ref): Ref =>
  hasTz(rt, p) ? rt.i32[p + Dt.datetime_tzinfo] : rt.None;

/* ---- making ---- */

/** tp_alloc of time and datetime: cleared, smaller without tzinfo (nitems 0). */
export function allocDated(base: number, full: number): (rt: Runtime, type: Ref, nitems: number) => NewRef {
  return (rt, type, nitems) => {
    const bytes = nitems > 0 ? full : base;
    const p = PyObject_Malloc(rt, bytes);
    if (p === 0) throw noMemory(rt);
    const i32 = rt.i32;
    for (let at = p + 4; at < p + bytes / 4; at++) i32[at] = 0;
    i32[p] = 1;
    i32[p + Ob.type] = type;
    return p;
  };
}

function unhashed(rt: Runtime, p: Ref): void {
  rt.i32[p + Dt.hash] = -1;
  rt.i32[p + Dt.hash + 1] = -1;
}

export function checkDate(rt: Runtime, year: number, month: number, day: number): void {
  if (year < MINYEAR || year > MAXYEAR) throw valueError(rt, `year ${year} is out of range`);
  if (month < 1 || month > 12) throw valueError(rt, "month must be in 1..12");
  if (day < 1 || day > daysInMonth(year, month)) throw valueError(rt, "day is out of range for month");
}

export function checkClock(rt: Runtime, c: Clock): void {
  if (c.hour < 0 || c.hour > 23) throw valueError(rt, "hour must be in 0..23");
  if (c.minute < 0 || c.minute > 59) throw valueError(rt, "minute must be in 0..59");
  if (c.second < 0 || c.second > 59) throw valueError(rt, "second must be in 0..59");
  if (c.us < 0 || c.us > 999999) throw valueError(rt, "microsecond must be in 0..999999");
  if (c.fold !== 0 && c.fold !== 1) throw valueError(rt, "fold must be either 0 or 1");
}

export function checkTzinfo(rt: Runtime, tz: Ref): void {
  if (tz === rt.None || PyTZInfo_Check(rt, tz)) return;
  const type = tpName(rt, rt.i32[tz + Ob.type]);
  throw typeError(rt, `tzinfo argument must be None or of a tzinfo subclass, not type '${type}'`);
}

/** new_date: a date of exactly this type. */
export function newDate(rt: Runtime, year: number, month: number, day: number, type: Ref): NewRef {
  checkDate(rt, year, month, day);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  unhashed(rt, p);
  writeDate(rt, p, year, month, day);
  return p;
}

function writeDate(rt: Runtime, p: Ref, year: number, month: number, day: number): void {
  const at = 4 * p + Dt.data;
  rt.u8[at] = year >> 8;
  rt.u8[at + 1] = year;
  rt.u8[at + 2] = month;
  rt.u8[at + 3] = day;
}

/** new_time: checked; tz is borrowed. */
export function newTime(rt: Runtime, c: Clock, tz: Ref, type: Ref): NewRef {
  checkClock(rt, c);
  checkTzinfo(rt, tz);
  const aware = tz !== rt.None;
  const p = infoOfType(rt, type).tp_alloc!(rt, type, aware ? 1 : 0);
  unhashed(rt, p);
  writeClock(rt, 4 * p + Dt.data, c);
  rt.u8[4 * p + Dt.time_fold] = c.fold;
  rt.u8[4 * p + Dt.hastzinfo] = aware ? 1 : 0;
  if (aware) rt.i32[p + Dt.time_tzinfo] = newref(rt, tz);
  return p;
}

/** new_datetime: checked; tz is borrowed. */
export function newDateTime(rt: Runtime, m: Moment, tz: Ref, type: Ref): NewRef {
  checkDate(rt, m.year, m.month, m.day);
  checkClock(rt, m);
  checkTzinfo(rt, tz);
  const aware = tz !== rt.None;
  const p = infoOfType(rt, type).tp_alloc!(rt, type, aware ? 1 : 0);
  unhashed(rt, p);
  writeDate(rt, p, m.year, m.month, m.day);
  writeClock(rt, 4 * p + Dt.data + 4, m);
  rt.u8[4 * p + Dt.datetime_fold] = m.fold;
  rt.u8[4 * p + Dt.hastzinfo] = aware ? 1 : 0;
  if (aware) rt.i32[p + Dt.datetime_tzinfo] = newref(rt, tz);
  return p;
}

/** Calls a subclass with int fields and perhaps a tzinfo. */
function callWith(rt: Runtime, cls: Ref, fields: number[], tz: OptRef): NewRef {
  const refs = fields.map((n) => {
    const ref = PyLong_FromNumber(rt, n);
    push(rt, ref);
    return ref;
  });
  const result = tz === 0 ? PyObject_CallArgs(rt, cls, ...refs) : PyObject_CallArgs(rt, cls, ...refs, tz);
  drop(rt, refs.length);
  return result;
}

/** new_date_subclass_ex: through the class itself where it is a subclass. */
export function newDateOf(rt: Runtime, cls: Ref, year: number, month: number, day: number): NewRef {
  const { date, datetime } = stateOf(rt);
  if (cls === date) return newDate(rt, year, month, day, cls);
  if (cls !== datetime) return callWith(rt, cls, [year, month, day], 0);
  return newDateTime(rt, { year, month, day, hour: 0, minute: 0, second: 0, us: 0, fold: 0 }, rt.None, cls);
}

/** new_time_subclass_fold_ex */
export function newTimeOf(rt: Runtime, cls: Ref, c: Clock, tz: Ref): NewRef {
  if (cls === stateOf(rt).time) return newTime(rt, c, tz, cls);
  const t = callWith(rt, cls, [c.hour, c.minute, c.second, c.us], tz);
  rt.u8[4 * t + Dt.time_fold] = c.fold;
  return t;
}

/** new_datetime_subclass_fold_ex */
export function newDateTimeOf(rt: Runtime, cls: Ref, m: Moment, tz: Ref): NewRef {
  if (cls === stateOf(rt).datetime) return newDateTime(rt, m, tz, cls);
  const p = callWith(rt, cls, [m.year, m.month, m.day, m.hour, m.minute, m.second, m.us], tz);
  rt.u8[4 * p + Dt.datetime_fold] = m.fold;
  return p;
}

/** new_delta: fields as they are, or normalised first; OverflowError beyond 999999999 days. */
export function newDelta(rt: Runtime, days: number, seconds: number, us: number, type: Ref): NewRef {
  if (us < 0 || us >= 1e6) {
    const carry = Math.floor(us / 1e6);
    us -= carry * 1e6;
    seconds += carry;
  }
  if (seconds < 0 || seconds >= 86400) {
    const carry = Math.floor(seconds / 86400);
    seconds -= carry * 86400;
    days += carry;
  }
  if (days < -999999999 || days > 999999999) throw daysOutOfRange(rt, days);
  if (days === 0 && seconds === 0 && us === 0 && type === stateOf(rt).timedelta) return stateOf(rt).zero;
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  const i32 = rt.i32;
  i32[p + Delta.hash] = -1;
  i32[p + Delta.hash + 1] = -1;
  i32[p + Delta.days] = days;
  i32[p + Delta.seconds] = seconds;
  i32[p + Delta.microseconds] = us;
  return p;
}

/** The static objects: timedelta(0) and UTC. */
export function makeStatics(rt: Runtime, s: DateTimeState): void {
  const i32 = rt.i32;
  s.zero = staticAlloc(rt, Delta.BYTES);
  i32[s.zero] = IMMORTAL_REFCNT;
  i32[s.zero + Ob.type] = s.timedelta;
  i32[s.zero + Delta.hash] = i32[s.zero + Delta.hash + 1] = -1;
  s.utc = staticAlloc(rt, Zone.BYTES);
  i32[s.utc] = IMMORTAL_REFCNT;
  i32[s.utc + Ob.type] = s.timezone;
  i32[s.utc + Zone.offset] = s.zero;
}

export function daysOutOfRange(rt: Runtime, days: number): unknown {
  if (days < -0x80000000 || days > 0x7fffffff)
    throw overflowError(rt, "Python int too large to convert to C int");
  return overflowError(rt, `days=${days}; must have magnitude <= 999999999`);
}

/** A timedelta of the built-in type. */
export function delta(rt: Runtime, days: number, seconds: number, us: number): NewRef {
  return newDelta(rt, days, seconds, us, stateOf(rt).timedelta);
}

/** generic_hash of the first n bytes of data, kept in the object. */
export function dataHash(rt: Runtime, p: Ref, n: number): number {
  return keepHash(rt, p, _Py_HashBytes(rt, 4 * p + Dt.data, n));
}

/** Keeps the hash whose low half is given (the high one in rt.hashHi). */
export function keepHash(rt: Runtime, p: Ref, lo: number): number {
  rt.i32[p + Dt.hash] = lo;
  rt.i32[p + Dt.hash + 1] = rt.hashHi;
  return lo;
}

/** Is a hash kept? If so its high half goes to rt.hashHi. */
export function hasHash(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  if (i32[p + Dt.hash] === -1 && i32[p + Dt.hash + 1] === -1) return false;
  rt.hashHi = i32[p + Dt.hash + 1];
  return true;
}

/** Which is the later by the first n bytes of data: negative, 0 or positive. */
export function compareData(rt: Runtime, a: Ref, b: Ref, n: number): number {
  const u8 = rt.u8;
  const x = 4 * a + Dt.data;
  const y = 4 * b + Dt.data;
  for (let i = 0; i < n; i++) if (u8[x + i] !== u8[y + i]) return u8[x + i] - u8[y + i];
  return 0;
}

/** An int argument as PyArg_Parse's "i" takes it. */
export function fieldArgument(rt: Runtime, o: Ref): number {
  if (isCompactInt(rt, o)) return compactValue(rt, o);
  const index = PyNumber_Index(rt, o);
  push(rt, index);
  const n = Number(bigIntOf(rt, index));
  drop(rt);
  if (n >= 2 ** 63 || n < -(2 ** 63)) throw overflowError(rt, "Python int too large to convert to C long");
  if (n > 0x7fffffff) throw overflowError(rt, "signed integer is greater than maximum");
  if (n < -0x80000000) throw overflowError(rt, "signed integer is less than minimum");
  return n;
}

/** Are the n items of this tuple all small ints, so that nothing is to be asked of them? */
export function allSmallInts(rt: Runtime, args: Ref, n: number): boolean {
  for (let i = 0; i < n; i++) if (!isCompactInt(rt, tupleItem(rt, args, i))) return false;
  return true;
}

/** Item i of such a tuple, or 0 beyond the last. */
export function smallInt(rt: Runtime, args: Ref, n: number, i: number): number {
  return i < n ? compactValue(rt, tupleItem(rt, args, i)) : 0;
}

const isCompactInt = (rt: Runtime, o: Ref): boolean =>
  rt.i32[o + Ob.type] === rt.types.int && isCompact(rt, o);

/**
 * The int arguments of a constructor. What is given by position is converted before it is seen that others are missing, as
 * PyArg_Parse does.
 */
export function parseFields(rt: Runtime, spec: KwSpec, args: Ref, kwargs: OptRef): Ref[] {
  const n = tupleSize(rt, args);
  if (n < spec.min) for (let i = 0; i < n; i++) fieldArgument(rt, tupleItem(rt, args, i));
  return parseTupleKw(rt, spec, args, kwargs);
}
