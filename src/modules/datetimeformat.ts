/** What date, time and datetime share: texts, strftime, struct_time, pickled states, classes' attributes. Part of the modules. */
import { getAttrString, PyObject_Str } from "../objects/abstract.ts";
import { badArgument } from "../objects/argparse.ts";
import { bytesSize, bytesView, PyBytes_FromArray } from "../objects/bytes.ts";
import {
  PyObject_CallMethod,
  PyObject_CallMethodOneArg,
  PyObject_CallOneArg,
  PyObject_CallTwoArgs,
} from "../objects/call.ts";
import { PyBytes_Check, PyUnicode_Check } from "../objects/check.ts";
import { PyDict_SetItem } from "../objects/dict.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { Ob, Ty } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import {
  charAt,
  internStatic,
  isAscii,
  jsString,
  PyUnicode_FromJS,
  strData,
  strLength,
} from "../objects/str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { PyUnicode_AsUTF8 } from "../objects/utf8.ts";
import { type Clock, Dt, daysBeforeMonth, PyTZInfo_Check, weekdayOf } from "./datetimecore.ts";
import { digits, two } from "./datetimedelta.ts";
import { callTzname, callUtcoffset, offsetText } from "./datetimezone.ts";

export const dateText = (year: number, month: number, day: number): string =>
  `${digits(year, 4)}-${two(month)}-${two(day)}`;

/** The time of day as isoformat() writes it; `spec` is its timespec argument. */
export function clockText(rt: Runtime, c: Clock, spec: string): string {
  if (spec === "auto") spec = c.us === 0 ? "seconds" : "microseconds";
  const minutes = `${two(c.hour)}:${two(c.minute)}`;
  switch (spec) {
    case "hours":
      return two(c.hour);
    case "minutes":
      return minutes;
    case "seconds":
      return `${minutes}:${two(c.second)}`;
    case "milliseconds":
      return `${minutes}:${two(c.second)}.${digits(Math.floor(c.us / 1000), 3)}`;
    case "microseconds":
      return `${minutes}:${two(c.second)}.${digits(c.us, 6)}`;
    default:
      throw valueError(rt, "Unknown timespec value");
  }
}

/** The timespec argument, which may be absent. */
export function specArgument(rt: Runtime, which: string, o: OptRef): string {
  if (o === 0) return "auto";
  if (!PyUnicode_Check(rt, o)) throw badArgument(rt, "isoformat", which, "str", o);
  return jsString(rt, o);
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function ctimeText(rt: Runtime, y: number, m: number, d: number, c: Clock): NewRef {
  const clock = `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`;
  const day = `${DAYS[weekdayOf(y, m, d)]} ${MONTHS[m - 1]} ${String(d).padStart(2)}`;
  return PyUnicode_FromJS(rt, `${day} ${clock} ${digits(y, 4)}`);
}

/** A tuple of ints. */
export function intTuple(rt: Runtime, numbers: number[]): NewRef {
  const t = pushed(rt, PyTuple_New(rt, numbers.length));
  numbers.forEach((n, i) => {
    PyTuple_SET_ITEM(rt, t, i, PyLong_FromNumber(rt, n));
  });
  return pop(rt);
}

function timeFunction(rt: Runtime, name: string): NewRef {
  const module = pushed(rt, rt.importHook(internStatic(rt, "time"), 0, 0, 0, 0));
  const f = getAttrString(rt, module, name);
  drop(rt);
  return f;
}

/** build_struct_time */
export function structTime(rt: Runtime, y: number, m: number, d: number, c: Clock, dst: number): NewRef {
  const type = pushed(rt, timeFunction(rt, "struct_time"));
  const yday = daysBeforeMonth(y, m) + d;
  const fields = pushed(
    rt,
    intTuple(rt, [y, m, d, c.hour, c.minute, c.second, weekdayOf(y, m, d), yday, dst]),
  );
  const result = PyObject_CallOneArg(rt, type, fields);
  drop(rt, 2);
  return result;
}

/** What strftime must know of an object: its tzinfo, what to ask it about, and its microseconds. */
export interface Formatted {
  tz: Ref;
  arg: Ref;
  us: number;
}

/** wrap_strftime: puts in what time.strftime does not know (%f, %z, %:z, %Z) and calls that. */
export function wrapStrftime(rt: Runtime, format: Ref, timetuple: Ref, o: Formatted): NewRef {
  PyUnicode_AsUTF8(rt, format);
  const expanded = expandFormat(rt, jsString(rt, format), o).split("\0", 1)[0];
  const text = pushed(rt, PyUnicode_FromJS(rt, expanded));
  const strftime = pushed(rt, timeFunction(rt, "strftime"));
  const result = PyObject_CallTwoArgs(rt, strftime, text, timetuple);
  drop(rt, 2);
  return result;
}

function expandFormat(rt: Runtime, format: string, o: Formatted): string {
  let out = "";
  for (let i = 0; i < format.length; i++) {
    const pair = format.slice(i, i + 2);
    if (pair[0] !== "%" || pair.length < 2) {
      out += format[i];
      continue;
    }
    i++;
    if (pair === "%z") out += zoneOffset(rt, o, "");
    else if (pair === "%Z") out += zoneName(rt, o);
    else if (pair === "%f") out += digits(o.us, 6);
    else if (pair === "%:" && format[i + 1] === "z") {
      out += zoneOffset(rt, o, ":");
      i++;
    } else out += pair;
  }
  return out;
}

function zoneOffset(rt: Runtime, o: Formatted, separator: string): string {
  if (o.tz === rt.None) return "";
  const offset = pushed(rt, callUtcoffset(rt, o.tz, o.arg));
  const text = offsetText(rt, offset, separator);
  drop(rt);
  return text;
}

function zoneName(rt: Runtime, o: Formatted): string {
  const name = pushed(rt, callTzname(rt, o.tz, o.arg));
  if (name !== rt.None) PyUnicode_AsUTF8(rt, name);
  const text = name === rt.None ? "" : doublePercents(rt, name);
  drop(rt);
  return text;
}

/** A subclass of str is asked by its replace(). */
function doublePercents(rt: Runtime, name: Ref): string {
  if (rt.i32[name + Ob.type] === rt.types.str) return jsString(rt, name).replaceAll("%", "%%");
  const one = pushed(rt, PyUnicode_FromJS(rt, "%"));
  const two_ = pushed(rt, PyUnicode_FromJS(rt, "%%"));
  const result = pushed(rt, PyObject_CallMethod(rt, name, internStatic(rt, "replace"), one, two_));
  if (!PyUnicode_Check(rt, result)) throw typeError(rt, "tzname.replace() did not return a string");
  const text = jsString(rt, result);
  drop(rt, 3);
  return text;
}

/** The one str argument of strftime and `__format__`. */
export function formatArgument(rt: Runtime, fname: string, o: Ref): void {
  if (!PyUnicode_Check(rt, o)) throw badArgument(rt, fname, "argument 1", "str", o);
}

/** `__format__`: str() for an empty format, else strftime(). */
export function date_format(rt: Runtime, self: Ref, args: Ref): NewRef {
  const n = tupleSize(rt, args);
  if (n !== 1) throw typeError(rt, `__format__() takes exactly 1 argument (${n} given)`);
  const format = rt.i32[args + 6];
  formatArgument(rt, "__format__", format);
  if (strLength(rt, format) === 0) return PyObject_Str(rt, self);
  return PyObject_CallMethodOneArg(rt, self, internStatic(rt, "strftime"), format);
}

/* ---- pickling ---- */

/** The n bytes that pickle gives back to `__new__` (as bytes, or as str by Python 2), or null for other arguments. */
export function pickledState(
  rt: Runtime,
  o: Ref,
  n: number,
  what: string,
  sane: (b: ArrayLike<number>) => boolean,
) {
  if (PyBytes_Check(rt, o)) {
    if (bytesSize(rt, o) !== n) return null;
    const bytes = Uint8Array.from(bytesView(rt, o));
    return sane(bytes) ? bytes : null;
  }
  if (!PyUnicode_Check(rt, o) || strLength(rt, o) !== n) return null;
  const chars = Array.from({ length: n }, (_, i) => charAt(rt, o, i));
  if (!sane(chars)) return null;
  if (chars.every((c) => c < 256)) return Uint8Array.from(chars);
  const help = "pickle.load(data, encoding='latin1') is assumed.";
  throw valueError(rt, `Failed to encode latin1 string when unpickling a ${what} object. ${help}`);
}

/** An object of the type with this state; `fold` marks are in bit 7 of byte `foldByte` (-1: none). tzinfo is borrowed, or 0. */
export function fromState(
  rt: Runtime,
  type: Ref,
  state: Uint8Array,
  tz: OptRef,
  foldByte: number,
  foldAt: number,
  tzWord: number,
): NewRef {
  if (tz !== 0 && tz !== rt.None && !PyTZInfo_Check(rt, tz)) throw typeError(rt, "bad tzinfo state arg");
  const aware = tz !== 0 && tz !== rt.None;
  const p = infoOfType(rt, type).tp_alloc!(rt, type, aware ? 1 : 0);
  rt.i32[p + Dt.hash] = rt.i32[p + Dt.hash + 1] = -1;
  rt.u8.set(state, 4 * p + Dt.data);
  if (foldByte >= 0 && (state[foldByte] & 128) !== 0) {
    rt.u8[4 * p + Dt.data + foldByte] -= 128;
    rt.u8[4 * p + foldAt] = 1;
  }
  if (aware) {
    rt.u8[4 * p + Dt.hastzinfo] = 1;
    rt.i32[p + tzWord] = tz;
    if (rt.i32[tz] >= 0) rt.i32[tz]++;
  }
  return p;
}

/** (type, (state, tzinfo)): tzinfo only where there is one; the fold is marked from protocol 4 on. */
export function reduceDated(rt: Runtime, p: Ref, n: number, foldByte: number, tz: Ref): NewRef {
  const state = Uint8Array.from(rt.u8.subarray(4 * p + Dt.data, 4 * p + Dt.data + n));
  if (foldByte >= 0) state[foldByte] |= 128;
  const bytes = pushed(rt, PyBytes_FromArray(rt, state));
  const args = pushed(rt, tz === rt.None ? PyTuple_Pack(rt, bytes) : PyTuple_Pack(rt, bytes, tz));
  const result = PyTuple_Pack(rt, rt.i32[p + Ob.type], args);
  drop(rt, 2);
  return result;
}

/** Sets an attribute of a type (its reference is taken over). */
export function setClassAttribute(rt: Runtime, type: Ref, name: string, value: NewRef): void {
  pushed(rt, value);
  PyDict_SetItem(rt, rt.i32[type + Ty.dict], internStatic(rt, name), value);
  drop(rt);
}

/** "X argument must be ..." of fromisoformat. */
export function isoArgument(rt: Runtime, o: Ref): Uint8Array {
  if (!PyUnicode_Check(rt, o)) throw typeError(rt, "fromisoformat: argument must be str");
  if (isAscii(rt, o)) {
    const at = 4 * strData(rt, o);
    return rt.u8.subarray(at, at + strLength(rt, o));
  }
  return new TextEncoder().encode(sanitize(jsString(rt, o)));
}

/** A surrogate where the separator of date and time stands counts as one. */
function sanitize(text: string): string {
  for (const i of [7, 8, 10]) {
    const c = text.charCodeAt(i);
    if (c >= 0xd800 && c <= 0xdfff && text.codePointAt(i) === c)
      return `${text.slice(0, i)}T${text.slice(i + 1)}`;
  }
  return text;
}
