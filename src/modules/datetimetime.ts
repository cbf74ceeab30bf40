/** datetime.time. Part of the modules; its layout is in datetimecore.ts. */
import { reprOf } from "../objects/abstract.ts";
import { kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallMethodNoArgs } from "../objects/call.ts";
import { PyObject_Hash } from "../objects/compare.ts";
import { defineType } from "../objects/defineType.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { cmpHolds } from "../objects/floatops.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, newref } from "../objects/refcount.ts";
import { registerOwned } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import {
  allocDated,
  type Clock,
  compareData,
  Dt,
  dataHash,
  delta,
  fieldArgument,
  hasHash,
  hasTz,
  keepHash,
  newTime,
  newTimeOf,
  PyTime_Check,
  stateOf,
  timeFields,
  timeZone,
} from "./datetimecore.ts";
import { part } from "./datetimedate.ts";
import { delta_cmp, delta_subtract, deltaDays, deltaMicros, deltaSeconds } from "./datetimedelta.ts";
import {
  clockText,
  date_format,
  formatArgument,
  fromState,
  intTuple,
  isoArgument,
  pickledState,
  reduceDated,
  specArgument,
  wrapStrftime,
} from "./datetimeformat.ts";
import { type IsoTime, parseIsoTime } from "./datetimeiso.ts";
import { callDst, callTzname, callUtcoffset, offsetText, zoneOf } from "./datetimezone.ts";

const NEW = kwSpec("", "hour=, minute=, second=, microsecond=, tzinfo=, *, fold=");

function time_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = tupleSize(rt, args);
  if (n === 1 || n === 2) {
    const sane = (b: ArrayLike<number>): boolean => (b[0] & 127) < 24;
    const state = pickledState(rt, tupleItem(rt, args, 0), Dt.TIME_DATA, "time", sane);
    const tz = n === 2 ? tupleItem(rt, args, 1) : 0;
    if (state !== null) return fromState(rt, type, state, tz, 0, Dt.time_fold, Dt.time_tzinfo);
  }
  const given = parseTupleKw(rt, NEW, args, kwargs);
  const [hour, minute, second, us] = given.slice(0, 4).map((o) => field(rt, o));
  const tz = given[4] || rt.None;
  return newTime(rt, { hour, minute, second, us, fold: field(rt, given[5]) }, tz, type);
}

const field = (rt: Runtime, o: OptRef): number => (o === 0 ? 0 : fieldArgument(rt, o));

function time_dealloc(rt: Runtime, p: Ref): void {
  if (hasTz(rt, p)) clearField(rt, p + Dt.time_tzinfo);
  infoOf(rt, p).tp_free!(rt, p);
}

/** The tzinfo that a parsed offset stands for, owned. */
export function parsedZone(rt: Runtime, t: IsoTime): NewRef {
  if (t.offset === null) return rt.None;
  return t.offset === 0 ? newref(rt, stateOf(rt).utc) : zoneOf(rt, t.offset, t.offsetUs, 0);
}

function time_fromisoformat(rt: Runtime, cls: Ref, text: Ref): NewRef {
  const b = isoArgument(rt, text);
  const t = parseIsoTime(b, b[0] === 84 ? 1 : 0);
  if (t === null) throw valueError(rt, `Invalid isoformat string: ${reprOf(rt, text)}`);
  const tz = pushed(rt, parsedZone(rt, t));
  const result = newTimeOf(rt, cls, { ...t, fold: 0 }, tz);
  drop(rt);
  return result;
}

function time_repr(rt: Runtime, p: Ref): NewRef {
  const c = timeFields(rt, p);
  let text = `${c.hour}, ${c.minute}`;
  if (c.second !== 0 || c.us !== 0) text += `, ${c.second}`;
  if (c.us !== 0) text += `, ${c.us}`;
  if (hasTz(rt, p)) text += `, tzinfo=${reprOf(rt, timeZone(rt, p))}`;
  if (c.fold !== 0) text += ", fold=1";
  return PyUnicode_FromJS(rt, `${typeNameOf(rt, p)}(${text})`);
}

const ISOFORMAT = kwSpec("isoformat", "timespec=");

function time_isoformat(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [spec] = parseFastKw(rt, ISOFORMAT, args, nargs, kwnames);
  let text = clockText(rt, timeFields(rt, p), specArgument(rt, "argument 1", spec));
  if (hasTz(rt, p)) {
    const offset = pushed(rt, callUtcoffset(rt, timeZone(rt, p), rt.None));
    text += offsetText(rt, offset, ":");
    drop(rt);
  }
  return PyUnicode_FromJS(rt, text);
}

const STRFTIME = kwSpec("strftime", "format");

function time_strftime(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [format] = parseFastKw(rt, STRFTIME, args, nargs, kwnames);
  formatArgument(rt, "strftime", format);
  const c = timeFields(rt, p);
  const tuple = pushed(rt, intTuple(rt, [1900, 1, 1, c.hour, c.minute, c.second, 0, 1, -1]));
  const result = wrapStrftime(rt, format, tuple, { tz: timeZone(rt, p), arg: rt.None, us: c.us });
  drop(rt);
  return result;
}

const time_utcoffset = (rt: Runtime, p: Ref): NewRef => callUtcoffset(rt, timeZone(rt, p), rt.None);

const secondsOfDay = (c: Clock): number => c.hour * 3600 + c.minute * 60 + c.second;

function time_hash(rt: Runtime, p: Ref): number {
  if (hasHash(rt, p)) return rt.i32[p + Dt.hash];
  const offset = pushed(rt, time_utcoffset(rt, p));
  if (offset === rt.None) {
    drop(rt);
    return dataHash(rt, p, Dt.TIME_DATA);
  }
  const c = timeFields(rt, p);
  const clock = pushed(rt, delta(rt, 0, secondsOfDay(c), c.us));
  const utc = pushed(rt, delta_subtract(rt, clock, offset));
  keepHash(rt, p, PyObject_Hash(rt, utc));
  drop(rt, 3);
  rt.hashHi = rt.i32[p + Dt.hash + 1];
  return rt.i32[p + Dt.hash];
}

const answer = (rt: Runtime, c: number, op: Cmp): NewRef => (cmpHolds(c, op) ? rt.True : rt.False);

function time_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyTime_Check(rt, b)) return rt.NotImplemented;
  if (timeZone(rt, a) === timeZone(rt, b)) return answer(rt, compareData(rt, a, b, Dt.TIME_DATA), op);
  const x = pushed(rt, time_utcoffset(rt, a));
  const y = pushed(rt, time_utcoffset(rt, b));
  const result = compareOffsets(rt, a, b, x, y, op);
  drop(rt, 2);
  return result;
}

function compareOffsets(rt: Runtime, a: Ref, b: Ref, x: Ref, y: Ref, op: Cmp): NewRef {
  const known = x !== rt.None && y !== rt.None;
  if (x === y || (known && delta_cmp(rt, x, y) === 0)) {
    return answer(rt, compareData(rt, a, b, Dt.TIME_DATA), op);
  }
  if (known) return answer(rt, microsInUtc(rt, a, x) - microsInUtc(rt, b, y), op);
  if (op === Cmp.EQ) return rt.False;
  if (op === Cmp.NE) return rt.True;
  throw typeError(rt, "can't compare offset-naive and offset-aware times");
}

function microsInUtc(rt: Runtime, p: Ref, offset: Ref): number {
  const c = timeFields(rt, p);
  const seconds = secondsOfDay(c) - deltaDays(rt, offset) * 86400 - deltaSeconds(rt, offset);
  return seconds * 1e6 + c.us - deltaMicros(rt, offset);
}

const REPLACE = kwSpec("replace", "hour=, minute=, second=, microsecond=, tzinfo=, *, fold=");

function time_replace(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const given = parseFastKw(rt, REPLACE, args, nargs, kwnames);
  const c = timeFields(rt, p);
  const clock = {
    hour: part(rt, given[0], c.hour),
    minute: part(rt, given[1], c.minute),
    second: part(rt, given[2], c.second),
    us: part(rt, given[3], c.us),
    fold: part(rt, given[5], c.fold),
  };
  if (clock.fold !== 0 && clock.fold !== 1) throw valueError(rt, "fold must be either 0 or 1");
  return newTimeOf(rt, rt.i32[p + Ob.type], clock, given[4] || timeZone(rt, p));
}

function time_reduce_ex(rt: Runtime, p: Ref, args: Ref): NewRef {
  const n = tupleSize(rt, args);
  if (n !== 1) throw typeError(rt, `__reduce_ex__() takes exactly 1 argument (${n} given)`);
  const marks = fieldArgument(rt, tupleItem(rt, args, 0)) > 3 && timeFields(rt, p).fold !== 0;
  return reduceDated(rt, p, Dt.TIME_DATA, marks ? 0 : -1, timeZone(rt, p));
}

const getter = (name: keyof Clock & string, shown: string = name) => ({
  name: shown,
  get: (rt: Runtime, p: Ref): NewRef => PyLong_FromNumber(rt, timeFields(rt, p)[name]),
});

const REPLACE_SIG =
  "($self, /, hour=unchanged, minute=unchanged, second=unchanged,\n        microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)";

export function defineTime(rt: Runtime): Ref {
  const type = defineType(rt, {
    name: "datetime.time",
    basicsize: Dt.TIME_BYTES,
    flags: TF.BASETYPE,
    doc: "time(hour, minute, second, microsecond, tzinfo): a time of day.",
    slots: {
      tp_new: time_new,
      tp_alloc: allocDated(Dt.TIME_BASE, Dt.TIME_BYTES),
      tp_dealloc: time_dealloc,
      tp_repr: time_repr,
      tp_str: (r, p) => PyObject_CallMethodNoArgs(r, p, internStatic(r, "isoformat")),
      tp_hash: time_hash,
      tp_richcompare: time_richcompare,
    },
    methods: [
      { name: "isoformat", flags: METH.FASTCALL | METH.KEYWORDS, fn: time_isoformat },
      { name: "strftime", flags: METH.FASTCALL | METH.KEYWORDS, fn: time_strftime },
      { name: "__format__", flags: METH.VARARGS, fn: date_format },
      { name: "utcoffset", flags: METH.NOARGS, fn: time_utcoffset, sig: "($self, /)" },
      {
        name: "tzname",
        flags: METH.NOARGS,
        fn: (r, p) => callTzname(r, timeZone(r, p), r.None),
        sig: "($self, /)",
      },
      {
        name: "dst",
        flags: METH.NOARGS,
        fn: (r, p) => callDst(r, timeZone(r, p), r.None),
        sig: "($self, /)",
      },
      { name: "replace", flags: METH.FASTCALL | METH.KEYWORDS, fn: time_replace, sig: REPLACE_SIG },
      {
        name: "__replace__",
        flags: METH.FASTCALL | METH.KEYWORDS,
        fn: time_replace,
        sig: "($self, /, **changes)",
      },
      {
        name: "fromisoformat",
        flags: METH.O | METH.CLASS,
        fn: time_fromisoformat,
        sig: "($type, object, /)",
      },
      { name: "__reduce_ex__", flags: METH.VARARGS, fn: time_reduce_ex },
      {
        name: "__reduce__",
        flags: METH.NOARGS,
        fn: (r, p) => reduceDated(r, p, Dt.TIME_DATA, -1, timeZone(r, p)),
        sig: "($self, /)",
      },
    ],
    getsets: [
      getter("hour"),
      getter("minute"),
      getter("second"),
      getter("us", "microsecond"),
      { name: "tzinfo", get: (r, p) => newref(r, timeZone(r, p)) },
      getter("fold"),
    ],
  });
  registerOwned(rt, type, (r, p, visit) => {
    if (hasTz(r, p)) visit(r.i32[p + Dt.time_tzinfo]);
  });
  return type;
}
