/** time.struct_time, to and from the fields that the calendar functions use. Part of the modules. */
import { PyFloat_Check, PyLong_Check, PyTuple_Check } from "../objects/check.ts";
import { overflowError, typeError, valueError } from "../objects/errors.ts";
import { Ob, Tuple } from "../objects/layout.ts";
import { exactNumber, PyLong_AsLong, PyLong_FromNumber } from "../objects/long.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { type StructSeqSpec, structSeqOf } from "../objects/structseq.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import type { Tm } from "./strftime.ts";

export const STRUCT_TIME: StructSeqSpec = {
  name: "time.struct_time",
  doc: "A moment as calendar fields.",
  fields: [
    "tm_year",
    "tm_mon",
    "tm_mday",
    "tm_hour",
    "tm_min",
    "tm_sec",
    "tm_wday",
    "tm_yday",
    "tm_isdst",
    "tm_zone",
    "tm_gmtoff",
  ],
  visible: 9,
  heap: true,
};

export function newStructTime(rt: Runtime, type: Ref, t: Tm): NewRef {
  const numbers = [t.year, t.mon, t.mday, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst];
  const items = numbers.map((n) => () => PyLong_FromNumber(rt, n));
  items.push(() => PyUnicode_FromJS(rt, t.zone));
  items.push(() => PyLong_FromNumber(rt, t.gmtoff));
  return structSeqOf(rt, type, items);
}

/** An item of a time tuple as a C int. */
function intItem(rt: Runtime, o: Ref): number {
  if (!PyLong_Check(rt, o) && (PyFloat_Check(rt, o) || !PyIndex_Check(rt, o))) {
    throw typeError(rt, `'${typeNameOf(rt, o)}' object cannot be interpreted as an integer`);
  }
  const n = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
  if (n > 0x7fffffff) throw overflowError(rt, "signed integer is greater than maximum");
  if (n < -0x80000000) throw overflowError(rt, "signed integer is less than minimum");
  return n;
}

/** A tuple or struct_time as fields (gettmarg); with `check` out-of-range fields are refused (checktm). */
export function getTm(rt: Runtime, o: Ref, structTime: Ref, fname: string, check: boolean): Tm {
  if (!PyTuple_Check(rt, o)) throw typeError(rt, "Tuple or struct_time argument required");
  if (tupleSize(rt, o) !== 9) throw typeError(rt, `${fname}(): illegal time tuple argument`);
  const [year, mon, mday, hour, min, sec, wday, yday, isdst] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) =>
    intItem(rt, tupleItem(rt, o, i)),
  );
  const tm: Tm = { year, mon, mday, hour, min, sec, wday, yday, isdst, zone: "", gmtoff: 0 };
  if (rt.i32[o + Ob.type] === structTime) takeZone(rt, o, tm);
  if (check) checkTm(rt, tm);
  return tm;
}

/** The hidden fields of a struct_time. */
function takeZone(rt: Runtime, o: Ref, tm: Tm): void {
  const zone = rt.i32[o + Tuple.items + 18];
  const gmtoff = rt.i32[o + Tuple.items + 20];
  if (zone !== 0 && zone !== rt.None) tm.zone = jsString(rt, zone);
  if (gmtoff !== 0 && PyLong_Check(rt, gmtoff)) {
    const n = exactNumber(rt, gmtoff);
    tm.gmtoff = Number.isNaN(n) ? PyLong_AsLong(rt, gmtoff) : n;
  }
}

function checkTm(rt: Runtime, tm: Tm): void {
  const within = (n: number, low: number, high: number, what: string): void => {
    if (n < low || n > high) throw valueError(rt, `${what} out of range`);
  };
  // Zero stands for the first month, day and day of the year.
  if (tm.mon === 0) tm.mon = 1;
  if (tm.mday === 0) tm.mday = 1;
  if (tm.yday === 0) tm.yday = 1;
  within(tm.mon, 1, 12, "month");
  within(tm.mday, 1, 31, "day of month");
  within(tm.hour, 0, 23, "hour");
  within(tm.min, 0, 59, "minute");
  within(tm.sec, 0, 61, "seconds");
  within(tm.wday, -1, Number.POSITIVE_INFINITY, "day of week");
  within(tm.yday, 1, 366, "day of year");
  tm.wday = (tm.wday + 7) % 7;
}
