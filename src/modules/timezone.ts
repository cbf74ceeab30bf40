/** Local time, as the JavaScript host knows it. Part of the modules. */
import type { Tm } from "./strftime.ts";

const DAY_MS = 86400000;

/** The largest time a JavaScript date can show, in seconds. */
export const MAX_SECONDS = 8.64e12;

/** Fields of a JavaScript date that was shifted so that its UTC fields are the ones to show. */
function fieldsOf(date: Date): Omit<Tm, "isdst" | "zone" | "gmtoff"> {
  const year = date.getUTCFullYear();
  return {
    year,
    mon: date.getUTCMonth() + 1,
    mday: date.getUTCDate(),
    hour: date.getUTCHours(),
    min: date.getUTCMinutes(),
    sec: date.getUTCSeconds(),
    wday: (date.getUTCDay() + 6) % 7,
    yday: Math.floor((date.getTime() - yearStart(year)) / DAY_MS) + 1,
  };
}

/** Date.UTC without its reading of the years 0 to 99 as 1900 to 1999. */
function utc(year: number, mon: number, mday: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, mon, mday);
  return date.getTime();
}

const yearStart = (year: number): number => utc(year, 0, 1);

export function gmtime(seconds: number): Tm {
  return { ...fieldsOf(new Date(seconds * 1000)), isdst: 0, zone: "GMT", gmtoff: 0 };
}

/** Seconds east of UTC at a moment. */
export function offsetAt(ms: number): number {
  return -new Date(ms).getTimezoneOffset() * 60;
}

export function localtime(seconds: number): Tm {
  const gmtoff = offsetAt(seconds * 1000);
  const zones = zoneInfo(new Date(seconds * 1000).getUTCFullYear());
  const isdst = zones.daylight && gmtoff !== -zones.timezone ? 1 : 0;
  const zone = zones.tzname[isdst];
  return { ...fieldsOf(new Date((seconds + gmtoff) * 1000)), isdst, zone, gmtoff };
}

export interface ZoneInfo {
  /** Seconds west of UTC, in winter and in summer. */
  timezone: number;
  altzone: number;
  daylight: boolean;
  tzname: [string, string];
}

/** What time.timezone and its fellows say, from the first of January and of July of a year. */
export function zoneInfo(year: number): ZoneInfo {
  const january = utc(year, 0, 1);
  const july = utc(year, 6, 1);
  const [a, b] = [offsetAt(january), offsetAt(july)];
  const [standard, summer] = a <= b ? [january, july] : [july, january];
  return {
    timezone: -Math.min(a, b),
    altzone: -Math.max(a, b),
    daylight: a !== b,
    tzname: [zoneName(standard), zoneName(a === b ? standard : summer)],
  };
}

/** The abbreviations that time zone data has for zones that `Intl` names by their offset alone. */
const ABBREVIATIONS: Record<string, string> = {
  "Coordinated Universal Time": "UTC",
  "Greenwich Mean Time": "GMT",
  "British Summer Time": "BST",
  "Irish Standard Time": "IST",
  "Western European Standard Time": "WET",
  "Western European Summer Time": "WEST",
  "Central European Standard Time": "CET",
  "Central European Summer Time": "CEST",
  "Eastern European Standard Time": "EET",
  "Eastern European Summer Time": "EEST",
  "Moscow Standard Time": "MSK",
  "India Standard Time": "IST",
  "China Standard Time": "CST",
  "Japan Standard Time": "JST",
  "Korean Standard Time": "KST",
};

function zoneName(ms: number): string {
  // Loading Intl costs more than starting the whole interpreter: a Date tells its zone's long name for less.
  const long = /\((.*)\)/.exec(new Date(ms).toString())?.[1] ?? "";
  if (ABBREVIATIONS[long] !== undefined) return ABBREVIATIONS[long];
  const parts = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" }).formatToParts(new Date(ms));
  return parts.find((p) => p.type === "timeZoneName")?.value ?? "UTC";
}

/** Seconds since the epoch of local clock fields, which need not be in range. */
export function mktime(t: Tm): number {
  const naive = utc(t.year, t.mon - 1, t.mday) / 1000 + t.hour * 3600 + t.min * 60 + t.sec;
  const first = naive - offsetAt(naive * 1000);
  return naive - offsetAt(first * 1000);
}
