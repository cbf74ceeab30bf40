/** datetime.tzinfo and datetime.timezone, and asking a tzinfo. Part of the modules; layouts are in datetimecore.ts. */
import { PyObject_GetOptionalAttr, reprOf } from "../objects/abstract.ts";
import { badArgument, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import {
  PyObject_CallMethodNoArgs,
  PyObject_CallMethodOneArg,
  PyObject_CallNoArgs,
} from "../objects/call.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { Ob, TF } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, newref } from "../objects/refcount.ts";
import { registerOwned } from "../objects/roots.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, tpName, typeNameOf } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import {
  datetimeZone,
  delta,
  hasTz,
  PyDateTime_Check,
  PyDelta_Check,
  stateOf,
  Zone,
} from "./datetimecore.ts";
import {
  delta_bool,
  delta_cmp,
  delta_hash,
  delta_subtract,
  deltaDays,
  deltaMicros,
  deltaSeconds,
  digits,
  notDelta,
  two,
} from "./datetimedelta.ts";

/* ---- asking a tzinfo ---- */

const STRICT = "a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)";

/** Strictly within a day of 0? */
function withinDay(rt: Runtime, offset: Ref): boolean {
  const days = deltaDays(rt, offset);
  return days === 0 || (days === -1 && (deltaSeconds(rt, offset) > 0 || deltaMicros(rt, offset) > 0));
}

/** call_tzinfo_method: tz.name(arg), which must be None or an offset of less than a day. */
function callTzinfo(rt: Runtime, tz: Ref, name: string, arg: Ref): NewRef {
  if (tz === rt.None) return rt.None;
  const offset = PyObject_CallMethodOneArg(rt, tz, internStatic(rt, name), arg);
  if (offset === rt.None) return offset;
  pushed(rt, offset);
  if (!PyDelta_Check(rt, offset)) throw notDelta(rt, name, offset);
  if (!withinDay(rt, offset)) throw valueError(rt, `offset must be ${STRICT}.`);
  return pop(rt);
}

/** The offset from UTC that a tzinfo gives for `arg` (a datetime, or None for a time); None if it has none. */
export function callUtcoffset(rt: Runtime, tz: Ref, arg: Ref): NewRef {
  if (rt.i32[tz + Ob.type] === stateOf(rt).timezone) return newref(rt, rt.i32[tz + Zone.offset]);
  return callTzinfo(rt, tz, "utcoffset", arg);
}

export function callDst(rt: Runtime, tz: Ref, arg: Ref): NewRef {
  return callTzinfo(rt, tz, "dst", arg);
}

/** A str or None. */
export function callTzname(rt: Runtime, tz: Ref, arg: Ref): NewRef {
  if (tz === rt.None) return rt.None;
  const name = PyObject_CallMethodOneArg(rt, tz, internStatic(rt, "tzname"), arg);
  if (name === rt.None || PyUnicode_Check(rt, name)) return name;
  pushed(rt, name);
  throw typeError(rt, `tzinfo.tzname() must return None or a string, not '${typeNameOf(rt, name)}'`);
}

/** An offset as text: sign, hours, minutes, and what else is not 0. */
export function offsetText(rt: Runtime, offset: Ref, separator: string): string {
  if (offset === rt.None) return "";
  let seconds = deltaDays(rt, offset) * 86400 + deltaSeconds(rt, offset);
  let us = deltaMicros(rt, offset);
  const sign = seconds < 0 ? "-" : "+";
  if (seconds < 0) {
    seconds = -seconds;
    if (us !== 0) {
      us = 1000000 - us;
      seconds--;
    }
  }
  const minutes = Math.floor(seconds / 60);
  let text = `${sign}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
  if (seconds % 60 !== 0 || us !== 0) text += separator + two(seconds % 60);
  return us === 0 ? text : `${text}.${digits(us, 6)}`;
}

/* ---- tzinfo ---- */

function notImplemented(rt: Runtime, name: string): PyErr {
  return raise(rt, rt.exc.NotImplementedError, `a tzinfo subclass must implement ${name}()`);
}

/** datetime + timedelta, given by datetimetype.ts. */
type AddDelta = (rt: Runtime, p: Ref, d: Ref, sign: number) => NewRef;

/** tzinfo.fromutc for zones whose rules are those of their utcoffset() and dst(). */
function tzinfo_fromutc(add: AddDelta): (rt: Runtime, tz: Ref, dt: Ref) => NewRef {
  return (rt, tz, dt) => {
    checkFromutc(rt, tz, dt);
    const off = pushed(rt, callUtcoffset(rt, tz, dt));
    if (off === rt.None) throw valueError(rt, "fromutc: non-None utcoffset() result required");
    const dst = pushed(rt, callDst(rt, tz, dt));
    if (dst === rt.None) throw valueError(rt, "fromutc: non-None dst() result required");
    const standard = pushed(rt, delta_subtract(rt, off, dst));
    const result = pushed(rt, add(rt, dt, standard, 1));
    const now = pushed(rt, callDst(rt, datetimeZone(rt, dt), result));
    if (now === rt.None) {
      throw valueError(rt, "fromutc: tz.dst() gave inconsistent results; cannot convert");
    }
    const moved = delta_bool(rt, now) ? add(rt, result, now, 1) : newref(rt, result);
    drop(rt, 5);
    return moved;
  };
}

function checkFromutc(rt: Runtime, tz: Ref, dt: Ref): void {
  if (!PyDateTime_Check(rt, dt)) throw typeError(rt, "fromutc: argument must be a datetime");
  if (datetimeZone(rt, dt) !== tz) throw valueError(rt, "fromutc: dt.tzinfo is not self");
}

function tzinfo_reduce(rt: Runtime, tz: Ref): NewRef {
  const getinitargs = PyObject_GetOptionalAttr(rt, tz, internStatic(rt, "__getinitargs__"));
  let args = rt.emptyTuple;
  if (getinitargs !== 0) {
    pushed(rt, getinitargs);
    args = PyObject_CallNoArgs(rt, getinitargs);
    drop(rt);
  }
  pushed(rt, args);
  const state = pushed(rt, PyObject_CallMethodNoArgs(rt, tz, rt.names.__getstate__));
  const result = PyTuple_Pack(rt, rt.i32[tz + Ob.type], args, state);
  drop(rt, 2);
  return result;
}

export function defineTzinfo(rt: Runtime, add: AddDelta): Ref {
  const missing = (name: string) => ({
    name,
    flags: METH.O,
    fn: (r: Runtime): NewRef => {
      throw notImplemented(r, name);
    },
    sig: "($self, object, /)",
  });
  return defineType(rt, {
    name: "datetime.tzinfo",
    basicsize: 16,
    flags: TF.BASETYPE,
    doc: "What a time zone must be able to tell.",
    slots: { tp_new: (r, type) => infoOfType(r, type).tp_alloc!(r, type, 0) },
    methods: [
      missing("tzname"),
      missing("utcoffset"),
      missing("dst"),
      { name: "fromutc", flags: METH.O, fn: tzinfo_fromutc(add), sig: "($self, object, /)" },
      { name: "__reduce__", flags: METH.NOARGS, fn: tzinfo_reduce, sig: "($self, /)" },
    ],
  });
}

/* ---- timezone ---- */

/** create_timezone: no questions asked; name is 0 or a str. */
export function createTimezone(rt: Runtime, offset: Ref, name: OptRef): NewRef {
  const { timezone } = stateOf(rt);
  const p = infoOfType(rt, timezone).tp_alloc!(rt, timezone, 0);
  rt.i32[p + Zone.offset] = newref(rt, offset);
  rt.i32[p + Zone.name] = name === 0 ? 0 : newref(rt, name);
  return p;
}

/** new_timezone: UTC itself for no offset and no name. */
export function newTimezone(rt: Runtime, offset: Ref, name: OptRef): NewRef {
  if (name === 0 && !delta_bool(rt, offset)) return newref(rt, stateOf(rt).utc);
  if (!withinDay(rt, offset)) throw valueError(rt, `offset must be ${STRICT}, not ${reprOf(rt, offset)}.`);
  return createTimezone(rt, offset, name);
}

/** The zone of an offset in seconds and microseconds. */
export function zoneOf(rt: Runtime, seconds: number, us: number, name: OptRef): NewRef {
  const offset = pushed(rt, delta(rt, 0, seconds, us));
  const zone = newTimezone(rt, offset, name);
  drop(rt);
  return zone;
}

const NEW = kwSpec("timezone", "offset, name=");

function timezone_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [offset, name] = parseTupleKw(rt, NEW, args, kwargs);
  if (!PyDelta_Check(rt, offset))
    throw badArgument(rt, "timezone", "argument 1", "datetime.timedelta", offset);
  if (name !== 0 && !PyUnicode_Check(rt, name)) throw badArgument(rt, "timezone", "argument 2", "str", name);
  return newTimezone(rt, offset, name);
}

function timezone_dealloc(rt: Runtime, p: Ref): void {
  clearField(rt, p + Zone.offset);
  clearField(rt, p + Zone.name);
  infoOf(rt, p).tp_free!(rt, p);
}

function timezone_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const { timezone } = stateOf(rt);
  if ((op !== Cmp.EQ && op !== Cmp.NE) || rt.i32[b + Ob.type] !== timezone) return rt.NotImplemented;
  const same = delta_cmp(rt, rt.i32[a + Zone.offset], rt.i32[b + Zone.offset]) === 0;
  return same === (op === Cmp.EQ) ? rt.True : rt.False;
}

function timezone_repr(rt: Runtime, p: Ref): NewRef {
  const type = tpName(rt, rt.i32[p + Ob.type]);
  if (p === stateOf(rt).utc) return PyUnicode_FromJS(rt, `${type}.utc`);
  const offset = reprOf(rt, rt.i32[p + Zone.offset]);
  const name = rt.i32[p + Zone.name];
  return PyUnicode_FromJS(rt, `${type}(${offset}${name === 0 ? "" : `, ${reprOf(rt, name)}`})`);
}

function timezone_str(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[p + Zone.name] !== 0) return newref(rt, i32[p + Zone.name]);
  const { utc } = stateOf(rt);
  const none = p === utc || !delta_bool(rt, i32[p + Zone.offset]);
  return PyUnicode_FromJS(rt, none ? "UTC" : `UTC${offsetText(rt, i32[p + Zone.offset], ":")}`);
}

function checkDt(rt: Runtime, name: string, dt: Ref): void {
  if (dt === rt.None || PyDateTime_Check(rt, dt)) return;
  throw typeError(rt, `${name}(dt) argument must be a datetime instance or None, not ${typeNameOf(rt, dt)}`);
}

function timezone_fromutc(add: AddDelta): (rt: Runtime, tz: Ref, dt: Ref) => NewRef {
  return (rt, tz, dt) => {
    if (!PyDateTime_Check(rt, dt)) throw typeError(rt, "fromutc: argument must be a datetime");
    if (!hasTz(rt, dt) || datetimeZone(rt, dt) !== tz) throw valueError(rt, "fromutc: dt.tzinfo is not self");
    return add(rt, dt, rt.i32[tz + Zone.offset], 1);
  };
}

function timezone_getinitargs(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[p + Zone.name] === 0) return PyTuple_Pack(rt, i32[p + Zone.offset]);
  return PyTuple_Pack(rt, i32[p + Zone.offset], i32[p + Zone.name]);
}

export function defineTimezone(rt: Runtime, base: Ref, add: AddDelta): Ref {
  const type = defineType(rt, {
    name: "datetime.timezone",
    basicsize: Zone.BYTES,
    base,
    doc: "A fixed offset from UTC.",
    slots: {
      tp_new: timezone_new,
      tp_dealloc: timezone_dealloc,
      tp_repr: timezone_repr,
      tp_str: timezone_str,
      tp_hash: (r, p) => delta_hash(r, r.i32[p + Zone.offset]),
      tp_richcompare: timezone_richcompare,
    },
    methods: [
      {
        name: "tzname",
        flags: METH.O,
        fn: (r, p, dt) => {
          checkDt(r, "tzname", dt);
          return timezone_str(r, p);
        },
        sig: "($self, object, /)",
      },
      {
        name: "utcoffset",
        flags: METH.O,
        fn: (r, p, dt) => {
          checkDt(r, "utcoffset", dt);
          return newref(r, r.i32[p + Zone.offset]);
        },
        sig: "($self, object, /)",
      },
      {
        name: "dst",
        flags: METH.O,
        fn: (r, _p, dt) => {
          checkDt(r, "dst", dt);
          return r.None;
        },
        sig: "($self, object, /)",
      },
      { name: "fromutc", flags: METH.O, fn: timezone_fromutc(add), sig: "($self, object, /)" },
      { name: "__getinitargs__", flags: METH.NOARGS, fn: timezone_getinitargs, sig: "($self, /)" },
    ],
  });
  registerOwned(rt, type, (r, p, visit) => {
    for (const at of [Zone.offset, Zone.name]) if (r.i32[p + at] !== 0) visit(r.i32[p + at]);
  });
  return type;
}
