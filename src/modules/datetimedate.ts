/** datetime.date, and the tuple that isocalendar() gives. Part of the modules; layouts are in datetimecore.ts. */
import { reprOf, strOf } from "../objects/abstract.ts";
import { intArgument } from "../objects/argnumbers.ts";
import { type KwSpec, kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from "../objects/call.ts";
import { defineType } from "../objects/defineType.ts";
import { overflowError, typeError, valueError } from "../objects/errors.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { cmpHolds } from "../objects/floatops.ts";
import { Ob, TF, Tuple } from "../objects/layout.ts";
import { bigIntOf, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_Index } from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { subtype_traverse } from "../objects/subtype.ts";
import { PyTuple_GetSlice, PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { type Cmp, METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { localMoment, timestampOf } from "./datetimeclock.ts";
import {
  allSmallInts,
  compareData,
  Dt,
  dataHash,
  datetimeFields,
  datetimeZone,
  dayOf,
  delta,
  fieldArgument,
  hasHash,
  isoWeek1Monday,
  MAX_ORDINAL,
  monthOf,
  newDate,
  newDateOf,
  ordToYmd,
  PyDate_Check,
  PyDateTime_Check,
  PyDelta_Check,
  parseFields,
  smallInt,
  stateOf,
  weekdayOf,
  yearOf,
  ymdToOrd,
} from "./datetimecore.ts";
import { deltaDays } from "./datetimedelta.ts";
import {
  ctimeText,
  date_format,
  dateText,
  formatArgument,
  fromState,
  isoArgument,
  pickledState,
  reduceDated,
  structTime,
  wrapStrftime,
} from "./datetimeformat.ts";
import { isoToYmd, parseIsoDate } from "./datetimeiso.ts";

const MIDNIGHT = { hour: 0, minute: 0, second: 0, us: 0, fold: 0 };

const NEW = kwSpec("", "year, month, day");
const saneMonth = (m: number): boolean => m >= 1 && m <= 12;

function date_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  if (tupleSize(rt, args) === 1) {
    const state = pickledState(rt, tupleItem(rt, args, 0), Dt.DATE_DATA, "date", (b) => saneMonth(b[2]));
    if (state !== null) return fromState(rt, type, state, 0, -1, 0, 0);
  }
  if (kwargs === 0 && tupleSize(rt, args) === 3 && allSmallInts(rt, args, 3)) {
    const month = smallInt(rt, args, 3, 1);
    return newDate(rt, smallInt(rt, args, 3, 0), month, smallInt(rt, args, 3, 2), type);
  }
  const [y, m, d] = parseFields(rt, NEW, args, kwargs).map((o) => fieldArgument(rt, o));
  return newDate(rt, y, m, d, type);
}

const ordinalOf = (rt: Runtime, p: Ref): number => ymdToOrd(yearOf(rt, p), monthOf(rt, p), dayOf(rt, p));

function date_today(rt: Runtime, cls: Ref): NewRef {
  const now = pushed(rt, PyFloat_FromDouble(rt, Number(rt.host.timeNs()) / 1e9));
  const result = PyObject_CallMethodOneArg(rt, cls, internStatic(rt, "fromtimestamp"), now);
  drop(rt);
  return result;
}

function date_fromtimestamp(rt: Runtime, cls: Ref, stamp: Ref): NewRef {
  const { seconds } = timestampOf(rt, stamp, true);
  const m = localMoment(rt, seconds, 0);
  return newDateOf(rt, cls, m.year, m.month, m.day);
}

function date_fromordinal(rt: Runtime, cls: Ref, args: Ref): NewRef {
  const n = tupleSize(rt, args);
  if (n !== 1) throw typeError(rt, `fromordinal() takes exactly 1 argument (${n} given)`);
  const ordinal = fieldArgument(rt, tupleItem(rt, args, 0));
  if (ordinal < 1) throw valueError(rt, "ordinal must be >= 1");
  return newDateOf(rt, cls, ...ordToYmd(ordinal));
}

function date_fromisoformat(rt: Runtime, cls: Ref, text: Ref): NewRef {
  const b = isoArgument(rt, text);
  const ymd = b.length === 7 || b.length === 8 || b.length === 10 ? parseIsoDate(b, b.length) : null;
  if (ymd === null) throw valueError(rt, `Invalid isoformat string: ${reprOf(rt, text)}`);
  return newDateOf(rt, cls, ...ymd);
}

const ISOCALENDAR = kwSpec("fromisocalendar", "year, week, day");

function date_fromisocalendar(rt: Runtime, cls: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [year, week, day] = parseFastKw(rt, ISOCALENDAR, args, nargs, kwnames).map((o) => isoPart(rt, o));
  const ymd = isoToYmd(year, week, day);
  if (ymd === "year") throw valueError(rt, `Year is out of range: ${year}`);
  if (ymd === "week") throw valueError(rt, `Invalid week: ${week}`);
  if (ymd === "day") throw valueError(rt, `Invalid day: ${day} (range is [1, 7])`);
  return newDateOf(rt, cls, ...(ymd as [number, number, number]));
}

function isoPart(rt: Runtime, o: Ref): number {
  const index = pushed(rt, PyNumber_Index(rt, o));
  const n = Number(bigIntOf(rt, index));
  drop(rt);
  if (n > 0x7fffffff || n < -0x80000000) throw valueError(rt, "ISO calendar component out of range");
  return n;
}

/** date + sign * timedelta, of the date's class. */
function addDays(rt: Runtime, p: Ref, d: Ref, sign: number): NewRef {
  const ordinal = ordinalOf(rt, p) + sign * deltaDays(rt, d);
  if (ordinal < 1 || ordinal > MAX_ORDINAL) throw overflowError(rt, "date value out of range");
  return newDateOf(rt, rt.i32[p + Ob.type], ...ordToYmd(ordinal));
}

function date_add(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (PyDateTime_Check(rt, a) || PyDateTime_Check(rt, b)) return rt.NotImplemented;
  if (PyDate_Check(rt, a)) return PyDelta_Check(rt, b) ? addDays(rt, a, b, 1) : rt.NotImplemented;
  return PyDelta_Check(rt, a) ? addDays(rt, b, a, 1) : rt.NotImplemented;
}

function date_subtract(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (PyDateTime_Check(rt, a) || PyDateTime_Check(rt, b) || !PyDate_Check(rt, a)) return rt.NotImplemented;
  if (PyDate_Check(rt, b)) return delta(rt, ordinalOf(rt, a) - ordinalOf(rt, b), 0, 0);
  return PyDelta_Check(rt, b) ? addDays(rt, a, b, -1) : rt.NotImplemented;
}

function date_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyDate_Check(rt, b) || PyDateTime_Check(rt, b)) return rt.NotImplemented;
  return cmpHolds(compareData(rt, a, b, Dt.DATE_DATA), op) ? rt.True : rt.False;
}

function date_hash(rt: Runtime, p: Ref): number {
  return hasHash(rt, p) ? rt.i32[p + Dt.hash] : dataHash(rt, p, Dt.DATE_DATA);
}

function date_repr(rt: Runtime, p: Ref): NewRef {
  const fields = `${yearOf(rt, p)}, ${monthOf(rt, p)}, ${dayOf(rt, p)}`;
  return PyUnicode_FromJS(rt, `${typeNameOf(rt, p)}(${fields})`);
}

function date_isoformat(rt: Runtime, p: Ref): NewRef {
  return PyUnicode_FromJS(rt, dateText(yearOf(rt, p), monthOf(rt, p), dayOf(rt, p)));
}

const STRFTIME = kwSpec("strftime", "format");

/** Also datetime's, which inherits it: that one has a zone and microseconds. */
function date_strftime(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [format] = parseFastKw(rt, STRFTIME, args, nargs, kwnames);
  formatArgument(rt, "strftime", format);
  const tuple = pushed(rt, PyObject_CallMethodNoArgs(rt, p, internStatic(rt, "timetuple")));
  const dated = PyDateTime_Check(rt, p);
  const tz = dated ? datetimeZone(rt, p) : rt.None;
  const result = wrapStrftime(rt, format, tuple, { tz, arg: p, us: dated ? datetimeFields(rt, p).us : 0 });
  drop(rt);
  return result;
}

function date_isocalendar(rt: Runtime, p: Ref): NewRef {
  let year = yearOf(rt, p);
  let week1 = isoWeek1Monday(year);
  const today = ordinalOf(rt, p);
  let week = Math.floor((today - week1) / 7);
  let day = today - week1 - week * 7;
  if (week < 0) {
    week1 = isoWeek1Monday(--year);
    week = Math.floor((today - week1) / 7);
    day = today - week1 - week * 7;
  } else if (week >= 52 && today >= isoWeek1Monday(year + 1)) {
    year++;
    week = 0;
  }
  return newIsoCalendar(rt, [year, week + 1, day + 1]);
}

function newIsoCalendar(rt: Runtime, numbers: number[]): NewRef {
  const type = stateOf(rt).isocalendar;
  const t = pushed(rt, infoOfType(rt, type).tp_alloc!(rt, type, 3));
  numbers.forEach((n, i) => {
    rt.i32[t + Tuple.items + 2 * i] = PyLong_FromNumber(rt, n);
  });
  return pop(rt);
}

const REPLACE = kwSpec("replace", "year=, month=, day=");

function date_replace(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [y, m, d] = parseFastKw(rt, REPLACE, args, nargs, kwnames);
  return newDateOf(
    rt,
    rt.i32[p + Ob.type],
    part(rt, y, yearOf(rt, p)),
    part(rt, m, monthOf(rt, p)),
    part(rt, d, dayOf(rt, p)),
  );
}

/** An int argument, or what it is where there is none. */
export const part = (rt: Runtime, o: OptRef, now: number): number => (o === 0 ? now : intArgument(rt, o));

function date_timetuple(rt: Runtime, p: Ref): NewRef {
  return structTime(rt, yearOf(rt, p), monthOf(rt, p), dayOf(rt, p), MIDNIGHT, -1);
}

const getter = (name: string, read: (rt: Runtime, p: Ref) => number) => ({
  name,
  get: (rt: Runtime, p: Ref): NewRef => PyLong_FromNumber(rt, read(rt, p)),
});

const weekday = (rt: Runtime, p: Ref): number => weekdayOf(yearOf(rt, p), monthOf(rt, p), dayOf(rt, p));

export function defineDate(rt: Runtime): Ref {
  return defineType(rt, {
    name: "datetime.date",
    basicsize: Dt.DATE_BYTES,
    flags: TF.BASETYPE,
    doc: "date(year, month, day)",
    slots: {
      tp_new: date_new,
      tp_repr: date_repr,
      tp_str: (r, p) => PyObject_CallMethodNoArgs(r, p, internStatic(r, "isoformat")),
      tp_hash: date_hash,
      tp_richcompare: date_richcompare,
      nb_add: date_add,
      nb_subtract: date_subtract,
    },
    methods: [
      {
        name: "fromtimestamp",
        flags: METH.O | METH.CLASS,
        fn: date_fromtimestamp,
        sig: "($type, timestamp, /)",
      },
      { name: "fromordinal", flags: METH.VARARGS | METH.CLASS, fn: date_fromordinal },
      {
        name: "fromisoformat",
        flags: METH.O | METH.CLASS,
        fn: date_fromisoformat,
        sig: "($type, object, /)",
      },
      {
        name: "fromisocalendar",
        flags: METH.FASTCALL | METH.KEYWORDS | METH.CLASS,
        fn: date_fromisocalendar,
      },
      { name: "today", flags: METH.NOARGS | METH.CLASS, fn: date_today, sig: "($type, /)" },
      {
        name: "ctime",
        flags: METH.NOARGS,
        fn: (r, p) => ctimeText(r, yearOf(r, p), monthOf(r, p), dayOf(r, p), MIDNIGHT),
        sig: "($self, /)",
      },
      {
        name: "strftime",
        flags: METH.FASTCALL | METH.KEYWORDS,
        fn: date_strftime,
      },
      { name: "__format__", flags: METH.VARARGS, fn: date_format },
      { name: "timetuple", flags: METH.NOARGS, fn: date_timetuple, sig: "($self, /)" },
      { name: "isocalendar", flags: METH.NOARGS, fn: date_isocalendar, sig: "($self, /)" },
      { name: "isoformat", flags: METH.NOARGS, fn: date_isoformat, sig: "($self, /)" },
      {
        name: "isoweekday",
        flags: METH.NOARGS,
        fn: (r, p) => PyLong_FromNumber(r, weekday(r, p) + 1),
        sig: "($self, /)",
      },
      {
        name: "toordinal",
        flags: METH.NOARGS,
        fn: (r, p) => PyLong_FromNumber(r, ordinalOf(r, p)),
        sig: "($self, /)",
      },
      {
        name: "weekday",
        flags: METH.NOARGS,
        fn: (r, p) => PyLong_FromNumber(r, weekday(r, p)),
        sig: "($self, /)",
      },
      {
        name: "replace",
        flags: METH.FASTCALL | METH.KEYWORDS,
        fn: date_replace,
        sig: "($self, /, year=unchanged, month=unchanged, day=unchanged)",
      },
      {
        name: "__replace__",
        flags: METH.FASTCALL | METH.KEYWORDS,
        fn: date_replace,
        sig: "($self, /, **changes)",
      },
      {
        name: "__reduce__",
        flags: METH.NOARGS,
        fn: (r, p) => reduceDated(r, p, Dt.DATE_DATA, -1, r.None),
        sig: "($self, /)",
      },
    ],
    getsets: [getter("year", yearOf), getter("month", monthOf), getter("day", dayOf)],
  });
}

const ISO_NEW: KwSpec = kwSpec("IsoCalendarDate", "year, week, weekday");
const ISO_FIELDS = ["year", "week", "weekday"];

function iso_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const items = parseTupleKw(rt, ISO_NEW, args, kwargs);
  const t = infoOfType(rt, type).tp_alloc!(rt, type, 3);
  items.forEach((o, i) => {
    if (rt.i32[o] >= 0) rt.i32[o]++;
    rt.i32[t + Tuple.items + 2 * i] = o;
  });
  return t;
}

function iso_repr(rt: Runtime, t: Ref): NewRef {
  const fields = ISO_FIELDS.map((name, i) => `${name}=${strOf(rt, tupleItem(rt, t, i))}`);
  return PyUnicode_FromJS(rt, `${typeNameOf(rt, t)}(${fields.join(", ")})`);
}

/** Pickled as a plain tuple. */
function iso_reduce(rt: Runtime, t: Ref): NewRef {
  const plain = pushed(rt, PyTuple_GetSlice(rt, t, 0, tupleSize(rt, t)));
  const args = pushed(rt, PyTuple_Pack(rt, plain));
  const result = PyTuple_Pack(rt, rt.types.tuple, args);
  drop(rt, 2);
  return result;
}

/** The type, a new reference. */
export function isocalendarType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "datetime.IsoCalendarDate",
    basicsize: 32,
    itemsize: 8,
    base: rt.types.tuple,
    flags: TF.HAVE_GC | TF.TUPLE_SUBCLASS | TF.IMMUTABLETYPE,
    heap: true,
    doc: "A year, a week of it and a day of that.",
    slots: { tp_new: iso_new, tp_repr: iso_repr, tp_traverse: subtype_traverse },
    methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: iso_reduce }],
    getsets: ISO_FIELDS.map((name, i) => ({
      name,
      get: (r: Runtime, t: Ref): NewRef => {
        const o = tupleItem(r, t, i);
        if (r.i32[o] >= 0) r.i32[o]++;
        return o;
      },
    })),
  });
}
