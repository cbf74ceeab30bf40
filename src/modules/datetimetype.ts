/** datetime.datetime: the type and its methods; arithmetic and comparison are in datetimemath.ts. Part of the modules. */
import { getAttrString, reprOf } from "../objects/abstract.ts";
import { badArgument, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_CallMethodOneArg, PyObject_CallThreeArgs } from "../objects/call.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, newref } from "../objects/refcount.ts";
import { registerOwned } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { charAt, internStatic, PyUnicode_FromJS, strLength } from "../objects/str.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyErr_WarnEx } from "../objects/warn.ts";
import { localMoment, localTimestamp, timestampOf, utcMoment, utcTimestamp } from "./datetimeclock.ts";
import {
  allocDated,
  allSmallInts,
  checkTzinfo,
  Dt,
  datetimeFields,
  datetimeZone,
  dayOf,
  fieldArgument,
  hasTz,
  type Moment,
  monthOf,
  newDate,
  newDateTime,
  newDateTimeOf,
  newTime,
  PyDate_Check,
  PyTime_Check,
  parseFields,
  smallInt,
  stateOf,
  timeFields,
  timeZone,
  yearOf,
} from "./datetimecore.ts";
import { part } from "./datetimedate.ts";
import { delta_bool, delta_total_seconds } from "./datetimedelta.ts";
import {
  clockText,
  ctimeText,
  dateText,
  fromState,
  isoArgument,
  pickledState,
  reduceDated,
  specArgument,
  structTime,
} from "./datetimeformat.ts";
import { findSeparator, type IsoTime, parseIsoDate, parseIsoTime, utf8Length } from "./datetimeiso.ts";
import {
  add_datetime_timedelta,
  datetime_add,
  datetime_hash,
  datetime_richcompare,
  datetime_subtract,
  datetime_utcoffset,
} from "./datetimemath.ts";
import { parsedZone } from "./datetimetime.ts";
import { callDst, callTzname, callUtcoffset, offsetText, zoneOf } from "./datetimezone.ts";
import { localtime } from "./timezone.ts";

const FIELDS = "hour=, minute=, second=, microsecond=, tzinfo=, *, fold=";
const NEW = kwSpec("", `year, month, day, ${FIELDS}`);

function datetime_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = tupleSize(rt, args);
  if (n === 1 || n === 2) {
    const sane = (b: ArrayLike<number>): boolean => (b[2] & 127) >= 1 && (b[2] & 127) <= 12;
    const state = pickledState(rt, tupleItem(rt, args, 0), Dt.DATETIME_DATA, "datetime", sane);
    const tz = n === 2 ? tupleItem(rt, args, 1) : 0;
    if (state !== null) return fromState(rt, type, state, tz, 2, Dt.datetime_fold, Dt.datetime_tzinfo);
  }
  if (n < 3 || n > 7 || kwargs !== 0 || !allSmallInts(rt, args, n)) {
    return makeDateTime(rt, type, parseFields(rt, NEW, args, kwargs));
  }
  const moment = {
    year: smallInt(rt, args, n, 0),
    month: smallInt(rt, args, n, 1),
    day: smallInt(rt, args, n, 2),
    hour: smallInt(rt, args, n, 3),
    minute: smallInt(rt, args, n, 4),
    second: smallInt(rt, args, n, 5),
    us: smallInt(rt, args, n, 6),
    fold: 0,
  };
  return newDateTime(rt, moment, rt.None, type);
}

function makeDateTime(rt: Runtime, type: Ref, given: Ref[]): NewRef {
  const at = (i: number): number => (given[i] === 0 ? 0 : fieldArgument(rt, given[i]));
  const moment = {
    year: at(0),
    month: at(1),
    day: at(2),
    hour: at(3),
    minute: at(4),
    second: at(5),
    us: at(6),
    fold: at(8),
  };
  return newDateTime(rt, moment, given[7] || rt.None, type);
}

function datetime_dealloc(rt: Runtime, p: Ref): void {
  if (hasTz(rt, p)) clearField(rt, p + Dt.datetime_tzinfo);
  infoOf(rt, p).tp_free!(rt, p);
}

/** datetime_from_timet_and_us; in local time without a zone. */
function fromSeconds(rt: Runtime, cls: Ref, seconds: number, us: number, local: boolean, tz: Ref): NewRef {
  const m = local ? localMoment(rt, seconds, us) : utcMoment(rt, seconds, us);
  return newDateTimeOf(rt, cls, m, tz);
}

/** tz.fromutc(moment) in place of a moment in UTC that has tz already. */
function throughZone(rt: Runtime, p: NewRef, tz: Ref): NewRef {
  if (tz === rt.None) return p;
  pushed(rt, p);
  const result = PyObject_CallMethodOneArg(rt, tz, internStatic(rt, "fromutc"), p);
  drop(rt);
  return result;
}

function timeNow(rt: Runtime): { seconds: number; us: number } {
  const us = rt.host.timeNs() / 1000n;
  return { seconds: Number(us / 1000000n), us: Number(us % 1000000n) };
}

const NOW = kwSpec("now", "tz=");

function datetime_now(rt: Runtime, cls: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const tz = parseFastKw(rt, NOW, args, nargs, kwnames)[0] || rt.None;
  checkTzinfo(rt, tz);
  const { seconds, us } = timeNow(rt);
  return throughZone(rt, fromSeconds(rt, cls, seconds, us, tz === rt.None, tz), tz);
}

function deprecated(rt: Runtime, name: string, instead: string): void {
  const what = `datetime.datetime.${name}() is deprecated and scheduled for removal in a future version.`;
  const how = `Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.${instead}.`;
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, `${what} ${how}`, 1);
}

function datetime_utcnow(rt: Runtime, cls: Ref): NewRef {
  deprecated(rt, "utcnow", "now(datetime.UTC)");
  const { seconds, us } = timeNow(rt);
  return fromSeconds(rt, cls, seconds, us, false, rt.None);
}

const FROMTIMESTAMP = kwSpec("fromtimestamp", "timestamp, tz=");

function datetime_fromtimestamp(rt: Runtime, cls: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [stamp, zone] = parseFastKw(rt, FROMTIMESTAMP, args, nargs, kwnames);
  const tz = zone || rt.None;
  checkTzinfo(rt, tz);
  const { seconds, us } = timestampOf(rt, stamp, false);
  return throughZone(rt, fromSeconds(rt, cls, seconds, us, tz === rt.None, tz), tz);
}

function datetime_utcfromtimestamp(rt: Runtime, cls: Ref, args: Ref): NewRef {
  deprecated(rt, "utcfromtimestamp", "fromtimestamp(timestamp, datetime.UTC)");
  const n = tupleSize(rt, args);
  if (n !== 1) throw typeError(rt, `utcfromtimestamp() takes exactly 1 argument (${n} given)`);
  const { seconds, us } = timestampOf(rt, tupleItem(rt, args, 0), false);
  return fromSeconds(rt, cls, seconds, us, false, rt.None);
}

function datetime_strptime(rt: Runtime, cls: Ref, args: Ref): NewRef {
  const n = tupleSize(rt, args);
  if (n !== 2) throw typeError(rt, `strptime() takes exactly 2 arguments (${n} given)`);
  for (let i = 0; i < 2; i++) {
    const o = tupleItem(rt, args, i);
    if (!PyUnicode_Check(rt, o)) throw badArgument(rt, "strptime", `argument ${i + 1}`, "str", o);
  }
  const module = pushed(rt, rt.importHook(internStatic(rt, "_strptime"), 0, 0, 0, 0));
  const f = pushed(rt, getAttrString(rt, module, "_strptime_datetime"));
  const result = PyObject_CallThreeArgs(rt, f, cls, tupleItem(rt, args, 0), tupleItem(rt, args, 1));
  drop(rt, 2);
  return result;
}

const COMBINE = kwSpec("combine", "date, time, tzinfo=");

function datetime_combine(rt: Runtime, cls: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [date, time, zone] = parseFastKw(rt, COMBINE, args, nargs, kwnames);
  if (!PyDate_Check(rt, date)) throw badArgument(rt, "combine", "argument 1", "datetime.date", date);
  if (!PyTime_Check(rt, time)) throw badArgument(rt, "combine", "argument 2", "datetime.time", time);
  const moment = {
    year: yearOf(rt, date),
    month: monthOf(rt, date),
    day: dayOf(rt, date),
    ...timeFields(rt, time),
  };
  return newDateTimeOf(rt, cls, moment, zone || timeZone(rt, time));
}

const NO_TIME: IsoTime = { hour: 0, minute: 0, second: 0, us: 0, offset: null, offsetUs: 0 };

/** The fields of an ISO text, or null. */
function parseIso(b: Uint8Array): { ymd: [number, number, number]; time: IsoTime } | null {
  if (b.length < 7) return null;
  const separator = findSeparator(b);
  const ymd = separator < 0 ? null : parseIsoDate(b, separator);
  if (ymd === null) return null;
  if (b.length === separator) return { ymd, time: NO_TIME };
  const time = parseIsoTime(b, separator + utf8Length(b[separator]));
  return time === null ? null : { ymd, time };
}

function datetime_fromisoformat(rt: Runtime, cls: Ref, text: Ref): NewRef {
  const iso = parseIso(isoArgument(rt, text));
  if (iso === null) throw valueError(rt, `Invalid isoformat string: ${reprOf(rt, text)}`);
  const [year, month, day] = iso.ymd;
  const { hour, minute, second, us } = iso.time;
  const tz = pushed(rt, parsedZone(rt, iso.time));
  const result = newDateTimeOf(rt, cls, { year, month, day, hour, minute, second, us, fold: 0 }, tz);
  drop(rt);
  return result;
}

function datetime_repr(rt: Runtime, p: Ref): NewRef {
  const m = datetimeFields(rt, p);
  let text = `${m.year}, ${m.month}, ${m.day}, ${m.hour}, ${m.minute}`;
  if (m.second !== 0 || m.us !== 0) text += `, ${m.second}`;
  if (m.us !== 0) text += `, ${m.us}`;
  if (m.fold !== 0) text += ", fold=1";
  if (hasTz(rt, p)) text += `, tzinfo=${reprOf(rt, datetimeZone(rt, p))}`;
  return PyUnicode_FromJS(rt, `${typeNameOf(rt, p)}(${text})`);
}

function datetime_str(rt: Runtime, p: Ref): NewRef {
  const space = PyUnicode_FromJS(rt, " ");
  return PyObject_CallMethodOneArg(rt, p, internStatic(rt, "isoformat"), space);
}

const ISOFORMAT = kwSpec("isoformat", "sep=, timespec=");

function datetime_isoformat(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [sep, spec] = parseFastKw(rt, ISOFORMAT, args, nargs, kwnames);
  if (sep !== 0 && (!PyUnicode_Check(rt, sep) || strLength(rt, sep) !== 1)) {
    throw badArgument(rt, "isoformat", "argument 1", "a unicode character", sep);
  }
  const separator = sep === 0 ? "T" : String.fromCodePoint(charAt(rt, sep, 0));
  const m = datetimeFields(rt, p);
  let text = dateText(m.year, m.month, m.day) + separator;
  text += clockText(rt, m, specArgument(rt, "argument 2", spec));
  if (hasTz(rt, p)) {
    const offset = pushed(rt, datetime_utcoffset(rt, p));
    text += offsetText(rt, offset, ":");
    drop(rt);
  }
  return PyUnicode_FromJS(rt, text);
}

const REPLACE = kwSpec("replace", `year=, month=, day=, ${FIELDS}`);

function datetime_replace(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const given = parseFastKw(rt, REPLACE, args, nargs, kwnames);
  const m = datetimeFields(rt, p);
  const moment: Moment = {
    year: part(rt, given[0], m.year),
    month: part(rt, given[1], m.month),
    day: part(rt, given[2], m.day),
    hour: part(rt, given[3], m.hour),
    minute: part(rt, given[4], m.minute),
    second: part(rt, given[5], m.second),
    us: part(rt, given[6], m.us),
    fold: part(rt, given[8], m.fold),
  };
  if (moment.fold !== 0 && moment.fold !== 1) throw valueError(rt, "fold must be either 0 or 1");
  return newDateTimeOf(rt, rt.i32[p + Ob.type], moment, given[7] || datetimeZone(rt, p));
}

/** local_timezone_from_timestamp */
function localZone(rt: Runtime, seconds: number): NewRef {
  const { gmtoff, zone: shown } = localtime(seconds);
  const name = pushed(rt, PyUnicode_FromJS(rt, shown));
  const zone = zoneOf(rt, gmtoff, 0, name);
  drop(rt);
  return zone;
}

/** The zone of the local clock when it shows this reading. */
const localZoneOf = (rt: Runtime, p: Ref): NewRef => localZone(rt, localTimestamp(rt, datetimeFields(rt, p)));

const ASTIMEZONE = kwSpec("astimezone", "tz=");

function datetime_astimezone(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const wanted = parseFastKw(rt, ASTIMEZONE, args, nargs, kwnames)[0] || rt.None;
  checkTzinfo(rt, wanted);
  let own = hasTz(rt, p) ? newref(rt, datetimeZone(rt, p)) : localZoneOf(rt, p);
  pushed(rt, own);
  if (own === wanted) {
    drop(rt);
    return newref(rt, p);
  }
  let offset = pushed(rt, callUtcoffset(rt, own, p));
  if (offset === rt.None) {
    // As a naive one.
    drop(rt, 2);
    own = pushed(rt, localZoneOf(rt, p));
    offset = pushed(rt, callUtcoffset(rt, own, p));
  }
  const result = inZone(rt, p, offset, wanted);
  drop(rt, 2);
  return result;
}

/** p, which is `offset` east of UTC, as tz (None: the local zone) shows it. */
function inZone(rt: Runtime, p: Ref, offset: Ref, tz: Ref): NewRef {
  const moved = pushed(rt, add_datetime_timedelta(rt, p, offset, -1));
  const m = datetimeFields(rt, moved);
  const { utc } = stateOf(rt);
  let zone = tz;
  if (tz === rt.None) zone = localZone(rt, utcTimestamp(m));
  else newref(rt, tz);
  pushed(rt, zone);
  // A naive one is made anew through its class, in UTC; an aware one only gets the other zone.
  const result = pushed(
    rt,
    hasTz(rt, moved) ? newref(rt, moved) : newDateTime(rt, m, utc, rt.i32[p + Ob.type]),
  );
  const old = rt.i32[result + Dt.datetime_tzinfo];
  rt.i32[result + Dt.datetime_tzinfo] = newref(rt, zone);
  pushed(rt, old);
  drop(rt);
  const shown = PyObject_CallMethodOneArg(rt, zone, internStatic(rt, "fromutc"), result);
  drop(rt, 3);
  return shown;
}

/** datetime.timestamp() */
function datetime_timestamp(rt: Runtime, p: Ref): NewRef {
  const m = datetimeFields(rt, p);
  if (!hasTz(rt, p)) return PyFloat_FromDouble(rt, localTimestamp(rt, m) + m.us / 1e6);
  const { utc, datetime } = stateOf(rt);
  const epoch = pushed(rt, newDateTime(rt, { ...EPOCH }, utc, datetime));
  const since = pushed(rt, datetime_subtract(rt, p, epoch));
  const result = delta_total_seconds(rt, since);
  drop(rt, 2);
  return result;
}

const EPOCH: Moment = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, us: 0, fold: 0 };

function datetime_timetuple(rt: Runtime, p: Ref): NewRef {
  let dstflag = -1;
  if (hasTz(rt, p)) {
    const dst = pushed(rt, callDst(rt, datetimeZone(rt, p), p));
    if (dst !== rt.None) dstflag = delta_bool(rt, dst) ? 1 : 0;
    drop(rt);
  }
  const m = datetimeFields(rt, p);
  return structTime(rt, m.year, m.month, m.day, m, dstflag);
}

function datetime_utctimetuple(rt: Runtime, p: Ref): NewRef {
  const offset = pushed(rt, datetime_utcoffset(rt, p));
  const utc = pushed(rt, offset === rt.None ? newref(rt, p) : add_datetime_timedelta(rt, p, offset, -1));
  const m = datetimeFields(rt, utc);
  const result = structTime(rt, m.year, m.month, m.day, m, 0);
  drop(rt, 2);
  return result;
}

function datetime_time(rt: Runtime, p: Ref, tz: Ref): NewRef {
  return newTime(rt, datetimeFields(rt, p), tz, stateOf(rt).time);
}

function datetime_reduce_ex(rt: Runtime, p: Ref, args: Ref): NewRef {
  const n = tupleSize(rt, args);
  if (n !== 1) throw typeError(rt, `__reduce_ex__() takes exactly 1 argument (${n} given)`);
  const marks = fieldArgument(rt, tupleItem(rt, args, 0)) > 3 && datetimeFields(rt, p).fold !== 0;
  return reduceDated(rt, p, Dt.DATETIME_DATA, marks ? 2 : -1, datetimeZone(rt, p));
}

const REPLACE_SIG = `($self, /, year=unchanged, month=unchanged, day=unchanged,
        hour=unchanged, minute=unchanged, second=unchanged,
        microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)`;

const FASTKW = METH.FASTCALL | METH.KEYWORDS;

const MAKERS: MethodDef[] = [
  { name: "now", flags: FASTKW | METH.CLASS, fn: datetime_now, sig: "($type, /, tz=None)" },
  { name: "utcnow", flags: METH.NOARGS | METH.CLASS, fn: datetime_utcnow, sig: "($type, /)" },
  { name: "fromtimestamp", flags: FASTKW | METH.CLASS, fn: datetime_fromtimestamp },
  { name: "utcfromtimestamp", flags: METH.VARARGS | METH.CLASS, fn: datetime_utcfromtimestamp },
  { name: "strptime", flags: METH.VARARGS | METH.CLASS, fn: datetime_strptime },
  { name: "combine", flags: FASTKW | METH.CLASS, fn: datetime_combine },
  {
    name: "fromisoformat",
    flags: METH.O | METH.CLASS,
    fn: datetime_fromisoformat,
    sig: "($type, object, /)",
  },
];

const METHODS: MethodDef[] = [
  {
    name: "date",
    flags: METH.NOARGS,
    fn: (rt, p) => newDate(rt, yearOf(rt, p), monthOf(rt, p), dayOf(rt, p), stateOf(rt).date),
    sig: "($self, /)",
  },
  { name: "time", flags: METH.NOARGS, fn: (rt, p) => datetime_time(rt, p, rt.None), sig: "($self, /)" },
  {
    name: "timetz",
    flags: METH.NOARGS,
    fn: (rt, p) => datetime_time(rt, p, datetimeZone(rt, p)),
    sig: "($self, /)",
  },
  {
    name: "ctime",
    flags: METH.NOARGS,
    fn: (rt, p) => ctimeText(rt, yearOf(rt, p), monthOf(rt, p), dayOf(rt, p), datetimeFields(rt, p)),
    sig: "($self, /)",
  },
  { name: "timetuple", flags: METH.NOARGS, fn: datetime_timetuple, sig: "($self, /)" },
  { name: "timestamp", flags: METH.NOARGS, fn: datetime_timestamp, sig: "($self, /)" },
  { name: "utctimetuple", flags: METH.NOARGS, fn: datetime_utctimetuple, sig: "($self, /)" },
  { name: "isoformat", flags: FASTKW, fn: datetime_isoformat },
  { name: "utcoffset", flags: METH.NOARGS, fn: datetime_utcoffset, sig: "($self, /)" },
  {
    name: "tzname",
    flags: METH.NOARGS,
    fn: (rt, p) => callTzname(rt, datetimeZone(rt, p), p),
    sig: "($self, /)",
  },
  { name: "dst", flags: METH.NOARGS, fn: (rt, p) => callDst(rt, datetimeZone(rt, p), p), sig: "($self, /)" },
  { name: "replace", flags: FASTKW, fn: datetime_replace, sig: REPLACE_SIG },
  { name: "__replace__", flags: FASTKW, fn: datetime_replace, sig: "($self, /, **changes)" },
  { name: "astimezone", flags: FASTKW, fn: datetime_astimezone },
  { name: "__reduce_ex__", flags: METH.VARARGS, fn: datetime_reduce_ex },
  {
    name: "__reduce__",
    flags: METH.NOARGS,
    fn: (rt, p) => reduceDated(rt, p, Dt.DATETIME_DATA, -1, datetimeZone(rt, p)),
    sig: "($self, /)",
  },
];

const getter = (name: keyof Moment & string, shown: string = name) => ({
  name: shown,
  get: (rt: Runtime, p: Ref): NewRef => PyLong_FromNumber(rt, datetimeFields(rt, p)[name]),
});

export function defineDateTime(rt: Runtime, base: Ref): Ref {
  const type = defineType(rt, {
    name: "datetime.datetime",
    basicsize: Dt.DATETIME_BYTES,
    base,
    flags: TF.BASETYPE,
    doc: "datetime(year, month, day, hour, minute, second, microsecond, tzinfo): a date and a time of day.",
    slots: {
      tp_new: datetime_new,
      tp_alloc: allocDated(Dt.DATETIME_BASE, Dt.DATETIME_BYTES),
      tp_dealloc: datetime_dealloc,
      tp_repr: datetime_repr,
      tp_str: datetime_str,
      tp_hash: datetime_hash,
      tp_richcompare: datetime_richcompare,
      nb_add: datetime_add,
      nb_subtract: datetime_subtract,
    },
    methods: [...MAKERS, ...METHODS],
    getsets: [
      getter("hour"),
      getter("minute"),
      getter("second"),
      getter("us", "microsecond"),
      { name: "tzinfo", get: (r, p) => newref(r, datetimeZone(r, p)) },
      getter("fold"),
    ],
  });
  registerOwned(rt, type, (r, p, visit) => {
    if (hasTz(r, p)) visit(r.i32[p + Dt.datetime_tzinfo]);
  });
  return type;
}
