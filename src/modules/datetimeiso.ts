/** Reading what isoformat() writes, and more of ISO 8601, for _datetime. Works on UTF-8 bytes, as CPython does. Part of the modules. */
import { isLeap, isoWeek1Monday, MAX_ORDINAL, MAXYEAR, MINYEAR, ordToYmd, ymdToOrd } from "./datetimecore.ts";

/** Fields of a parsed text; offset in seconds, null where there is none. */
export interface IsoTime {
  hour: number;
  minute: number;
  second: number;
  us: number;
  offset: number | null;
  offsetUs: number;
}

const DASH = 45;
const COLON = 58;
const W = 87;

/** n digits at `at`, or -1. */
function digitsAt(b: Uint8Array, at: number, n: number): number {
  let v = 0;
  for (let i = at; i < at + n; i++) {
    const d = (b[i] ?? 0) - 48;
    if (d < 0 || d > 9) return -1;
    v = v * 10 + d;
  }
  return v;
}

/** Why an ISO week date is none. */
export type IsoWeekError = "year" | "week" | "day";

/** iso_to_ymd */
export function isoToYmd(year: number, week: number, day: number): [number, number, number] | IsoWeekError {
  if (year < MINYEAR || year > MAXYEAR) return "year";
  if (week <= 0 || week >= 53) {
    const first = (ymdToOrd(year, 1, 1) + 6) % 7;
    if (week !== 53 || !(first === 3 || (first === 2 && isLeap(year)))) return "week";
  }
  if (day <= 0 || day >= 8) return "day";
  const ordinal = isoWeek1Monday(year) + (week - 1) * 7 + day - 1;
  if (ordinal > MAX_ORDINAL || ordinal < 1)
    return ordinal < 1 ? [0, 12, 31] : [10000, 1, ordinal - MAX_ORDINAL];
  return ordToYmd(ordinal);
}

/** parse_isoformat_date of the first n bytes; null where they are no date. */
export function parseIsoDate(b: Uint8Array, n: number): [number, number, number] | null {
  const year = digitsAt(b, 0, 4);
  if (year < 0) return null;
  const dashes = b[4] === DASH;
  let p = dashes ? 5 : 4;
  if (b[p] === W) return parseWeekDate(b, n, year, p + 1, dashes);
  const month = digitsAt(b, p, 2);
  if (month < 0) return null;
  p += 2;
  if (dashes && b[p++] !== DASH) return null;
  const day = digitsAt(b, p, 2);
  return day < 0 || p + 2 !== n ? null : [year, month, day];
}

function parseWeekDate(b: Uint8Array, n: number, year: number, p: number, dashes: boolean) {
  const week = digitsAt(b, p, 2);
  if (week < 0) return null;
  p += 2;
  let day = 1;
  if (p < n) {
    if (dashes && b[p++] !== DASH) return null;
    day = digitsAt(b, p, 1);
    if (day < 0) return null;
  }
  const ymd = isoToYmd(year, week, day);
  return typeof ymd === "string" ? null : ymd;
}

const CORRECTION = [100000, 10000, 1000, 100, 10];

/** Hours, minutes, seconds and a fraction in bytes p to end; `more`: something follows the end. null: none. */
function parseClock(b: Uint8Array, p: number, end: number): { f: number[]; more: boolean } | null {
  const f = [0, 0, 0, 0];
  let separated = true;
  for (let i = 0; i < 3; i++) {
    f[i] = digitsAt(b, p, 2);
    if (f[i] < 0) return null;
    p += 2;
    const c = b[p++] ?? 0;
    if (i === 0) separated = c === COLON;
    if (p >= end) return { f, more: c !== 0 };
    if (separated && c === COLON) continue;
    if (c === 46 || c === 44) break;
    if (separated) return null;
    p--;
  }
  return parseFraction(b, p, end, f);
}

function parseFraction(b: Uint8Array, p: number, end: number, f: number[]) {
  const n = Math.min(6, end - p);
  f[3] = digitsAt(b, p, n);
  if (f[3] < 0) return null;
  p += n;
  if (n < 6) f[3] *= CORRECTION[n - 1] ?? 0;
  while (digitsAt(b, p, 1) >= 0) p++;
  return { f, more: (b[p] ?? 0) !== 0 };
}

/** parse_isoformat_time of the bytes from `start` on. */
export function parseIsoTime(b: Uint8Array, start: number): IsoTime | null {
  const end = b.length;
  let zone = start;
  // The first byte is looked at even where there is none.
  do {
    if (b[zone] === 43 || b[zone] === DASH || b[zone] === 90) break;
  } while (++zone < end);
  const clock = parseClock(b, start, zone);
  if (clock === null) return null;
  const [hour, minute, second, us] = clock.f;
  if (zone >= end) return clock.more ? null : { hour, minute, second, us, offset: null, offsetUs: 0 };
  if (b[zone] === 90) return zone + 1 < end ? null : { hour, minute, second, us, offset: 0, offsetUs: 0 };
  const sign = b[zone] === DASH ? -1 : 1;
  const off = parseClock(b, zone + 1, end);
  if (off === null || off.more) return null;
  const seconds = off.f[0] * 3600 + off.f[1] * 60 + off.f[2];
  return { hour, minute, second, us, offset: sign * seconds, offsetUs: sign * off.f[3] };
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** _find_isoformat_datetime_separator: where the date ends, or -1. */
export function findSeparator(b: Uint8Array): number {
  const n = b.length;
  if (n === 7) return 7;
  if (b[4] === DASH) return b[5] === W ? separatorOfWeek(b, n) : 10;
  if (b[4] !== W) return 8;
  let i = 7;
  while (i < n && isDigit(b[i])) i++;
  if (i < 9) return i;
  return i % 2 === 0 ? 7 : 8;
}

/** The same for YYYY-Www and YYYY-Www-d. */
function separatorOfWeek(b: Uint8Array, n: number): number {
  if (n < 8) return -1;
  if (n <= 8 || b[8] !== DASH) return 8;
  if (n === 9) return -1;
  return n > 10 && isDigit(b[10]) ? 8 : 10;
}

/** Bytes of the UTF-8 character that begins with this byte. */
export function utf8Length(first: number): number {
  if ((first & 0x80) === 0) return 1;
  const high = first & 0xf0;
  return high === 0xe0 ? 3 : high === 0xf0 ? 4 : 2;
}
