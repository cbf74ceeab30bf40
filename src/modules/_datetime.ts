/** The module _datetime: its types, their limits, UTC. Part of the modules; the types are in datetime*.ts. */
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import {
  type Clock,
  type DateTimeState,
  delta,
  MAXYEAR,
  MINYEAR,
  makeStatics,
  newDate,
  newDateTime,
  newTime,
} from "./datetimecore.ts";
import { defineDate, isocalendarType } from "./datetimedate.ts";
import { defineDelta } from "./datetimedelta.ts";
import { setClassAttribute } from "./datetimeformat.ts";
import { add_datetime_timedelta } from "./datetimemath.ts";
import { defineTime } from "./datetimetime.ts";
import { defineDateTime } from "./datetimetype.ts";
import { createTimezone, defineTimezone, defineTzinfo } from "./datetimezone.ts";
import { createModule } from "./native.ts";

const FIRST: Clock = { hour: 0, minute: 0, second: 0, us: 0, fold: 0 };
const LAST: Clock = { hour: 23, minute: 59, second: 59, us: 999999, fold: 0 };

/** min, max and resolution of the types; timezone.utc. */
function setLimits(rt: Runtime, s: DateTimeState): void {
  const set = (type: Ref, name: string, value: NewRef): void => setClassAttribute(rt, type, name, value);
  set(s.timedelta, "min", delta(rt, -999999999, 0, 0));
  set(s.timedelta, "max", delta(rt, 999999999, 86399, 999999));
  set(s.timedelta, "resolution", delta(rt, 0, 0, 1));
  set(s.date, "min", newDate(rt, 1, 1, 1, s.date));
  set(s.date, "max", newDate(rt, 9999, 12, 31, s.date));
  set(s.date, "resolution", delta(rt, 1, 0, 0));
  set(s.time, "min", newTime(rt, FIRST, rt.None, s.time));
  set(s.time, "max", newTime(rt, LAST, rt.None, s.time));
  set(s.time, "resolution", delta(rt, 0, 0, 1));
  set(s.datetime, "min", newDateTime(rt, { year: 1, month: 1, day: 1, ...FIRST }, rt.None, s.datetime));
  set(s.datetime, "max", newDateTime(rt, { year: 9999, month: 12, day: 31, ...LAST }, rt.None, s.datetime));
  set(s.datetime, "resolution", delta(rt, 0, 0, 1));
  set(s.timezone, "utc", newref(rt, s.utc));
  limitZone(rt, s, "min", -86340);
  limitZone(rt, s, "max", 86340);
}

function limitZone(rt: Runtime, s: DateTimeState, name: string, seconds: number): void {
  const offset = pushed(rt, delta(rt, 0, seconds, 0));
  setClassAttribute(rt, s.timezone, name, createTimezone(rt, offset, 0));
  drop(rt);
}

/** The types are static, as in CPython: they are made once, also when the module is imported again. */
function makeTypes(rt: Runtime): DateTimeState {
  const s: DateTimeState = {
    timedelta: 0,
    date: 0,
    datetime: 0,
    time: 0,
    tzinfo: 0,
    timezone: 0,
    isocalendar: 0,
    zero: 0,
    utc: 0,
  };
  rt.moduleState.set("_datetime", s);
  registerRoot(rt, () => [s.isocalendar], "_datetime");
  s.timedelta = defineDelta(rt);
  s.date = defineDate(rt);
  s.datetime = defineDateTime(rt, s.date);
  s.time = defineTime(rt);
  s.tzinfo = defineTzinfo(rt, add_datetime_timedelta);
  s.timezone = defineTimezone(rt, s.tzinfo, add_datetime_timedelta);
  makeStatics(rt, s);
  s.isocalendar = isocalendarType(rt);
  setLimits(rt, s);
  return s;
}

export function initModule__datetime(rt: Runtime): NewRef {
  const m = createModule(rt, "_datetime", [], "What datetime does natively.");
  push(rt, m);
  const s = (rt.moduleState.get("_datetime") as DateTimeState | undefined) ?? makeTypes(rt);
  PyModule_AddObject(rt, m, "MINYEAR", PyLong_FromNumber(rt, MINYEAR));
  PyModule_AddObject(rt, m, "MAXYEAR", PyLong_FromNumber(rt, MAXYEAR));
  for (const name of ["timedelta", "date", "datetime", "time", "tzinfo", "timezone"] as const) {
    PyModule_AddObjectRef(rt, m, name, s[name]);
  }
  PyModule_AddObjectRef(rt, m, "UTC", s.utc);
  return pop(rt);
}
