/** Text of broken-down times in the C locale, with the extensions of glibc. Part of the modules. */

/** struct tm, with CPython's numbering: month 1 to 12, weekday Monday 0, day of the year from 1. */
export interface Tm {
  year: number;
  mon: number;
  mday: number;
  hour: number;
  min: number;
  sec: number;
  wday: number;
  yday: number;
  isdst: number;
  zone: string;
  /** Seconds east of UTC. */
  gmtoff: number;
}

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** asctime(): "Thu Jan  1 00:00:00 1970" */
export function asctime(t: Tm): string {
  const day = String(t.mday).padStart(2);
  return `${DAYS[t.wday].slice(0, 3)} ${MONTHS[t.mon - 1].slice(0, 3)} ${day} ${clock(t)} ${t.year}`;
}

const two = (n: number): string => String(n).padStart(2, "0");
const clock = (t: Tm): string => `${two(t.hour)}:${two(t.min)}:${two(t.sec)}`;

/** A number with its default width and padding, or text, that a directive stands for. */
type Field = { n: number; width: number; pad: "0" | " " } | string;

const num = (n: number, width: number, pad: "0" | " " = "0"): Field => ({ n, width, pad });

/** Sunday 0 */
const sunday = (t: Tm): number => (t.wday + 1) % 7;
const hour12 = (t: Tm): number => t.hour % 12 || 12;
const mod = (a: number, b: number): number => ((a % b) + b) % b;

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Year and week by ISO 8601. */
function isoWeek(t: Tm): [number, number] {
  const day = t.yday - 1;
  const week = Math.floor((day - t.wday + 10) / 7);
  if (week < 1) {
    const before = t.year - 1;
    const last = day + (isLeap(before) ? 366 : 365);
    return [before, Math.floor((last - t.wday + 10) / 7)];
  }
  const length = isLeap(t.year) ? 366 : 365;
  if (week === 53 && day - t.wday + 3 >= length) return [t.year + 1, 1];
  return [t.year, week];
}

function offset(t: Tm): string {
  const minutes = Math.trunc(Math.abs(t.gmtoff) / 60);
  return `${t.gmtoff < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

/** Seconds since the epoch of a local time. */
export type ToSeconds = (t: Tm) => number;

const FIELDS: Record<string, (t: Tm, toSeconds: ToSeconds) => Field> = {
  a: (t) => DAYS[t.wday].slice(0, 3),
  A: (t) => DAYS[t.wday],
  b: (t) => MONTHS[t.mon - 1].slice(0, 3),
  B: (t) => MONTHS[t.mon - 1],
  c: asctime,
  C: (t) => num(Math.floor(t.year / 100), 1),
  d: (t) => num(t.mday, 2),
  D: (t) => `${two(t.mon)}/${two(t.mday)}/${two(mod(t.year, 100))}`,
  e: (t) => num(t.mday, 2, " "),
  F: (t) => `${t.year}-${two(t.mon)}-${two(t.mday)}`,
  g: (t) => num(mod(isoWeek(t)[0], 100), 2),
  G: (t) => num(isoWeek(t)[0], 0),
  h: (t) => MONTHS[t.mon - 1].slice(0, 3),
  H: (t) => num(t.hour, 2),
  I: (t) => num(hour12(t), 2),
  j: (t) => num(t.yday, 3),
  k: (t) => num(t.hour, 2, " "),
  l: (t) => num(hour12(t), 2, " "),
  m: (t) => num(t.mon, 2),
  M: (t) => num(t.min, 2),
  n: () => "\n",
  p: (t) => (t.hour < 12 ? "AM" : "PM"),
  P: (t) => (t.hour < 12 ? "am" : "pm"),
  r: (t) => `${two(hour12(t))}:${two(t.min)}:${two(t.sec)} ${t.hour < 12 ? "AM" : "PM"}`,
  R: (t) => `${two(t.hour)}:${two(t.min)}`,
  s: (t, toSeconds) => num(toSeconds(t), 0),
  S: (t) => num(t.sec, 2),
  t: () => "\t",
  T: clock,
  u: (t) => num(t.wday + 1, 1),
  U: (t) => num(Math.floor((t.yday - 1 + 7 - sunday(t)) / 7), 2),
  V: (t) => num(isoWeek(t)[1], 2),
  w: (t) => num(sunday(t), 1),
  W: (t) => num(Math.floor((t.yday - 1 + 7 - t.wday) / 7), 2),
  x: (t) => `${two(t.mon)}/${two(t.mday)}/${two(mod(t.year, 100))}`,
  X: clock,
  y: (t) => num(mod(t.year, 100), 2),
  Y: (t) => num(t.year, 0),
  z: offset,
  Z: (t) => t.zone,
  "%": () => "%",
};

/** What is upper-cased becomes lower-case with the flag `#`: AM, PM and zone names. */
const LOWERED = "pZ";

function render(field: Field, letter: string, flags: string, width: number): string {
  let text: string;
  let pad = " ";
  if (typeof field === "string") text = field;
  else {
    pad = flags.includes("_") ? " " : flags.includes("0") ? "0" : field.pad;
    const digits = String(Math.abs(field.n));
    const least = flags.includes("-") ? 0 : Math.max(width, field.width);
    text = (field.n < 0 ? "-" : "") + digits.padStart(least, pad);
    if (width > field.width && field.width === 0)
      text = String(field.n).padStart(width, pad === " " ? "0" : pad);
  }
  if (flags.includes("0")) pad = "0";
  if (flags.includes("^")) text = text.toUpperCase();
  else if (flags.includes("#")) text = LOWERED.includes(letter) ? text.toLowerCase() : text.toUpperCase();
  return flags.includes("-") ? text : text.padStart(width, pad);
}

/** strftime(): an unknown directive stands for itself. */
export function strftime(format: string, t: Tm, toSeconds: ToSeconds): string {
  return format.replace(/%([-_0^#]*)(\d*)([EO]?)(.)?/gsu, (whole, flags, width, modifier, letter) => {
    if (letter === undefined) return whole;
    const field = FIELDS[letter];
    if (field === undefined || !modifierFits(modifier, letter)) return whole;
    return render(field(t, toSeconds), letter, flags, width === "" ? 0 : Number(width));
  });
}

/** E and O go with some directives only. */
function modifierFits(modifier: string, letter: string): boolean {
  if (modifier === "") return true;
  return (modifier === "E" ? "cCxXyY" : "deHImMSuUVwWy").includes(letter);
}
