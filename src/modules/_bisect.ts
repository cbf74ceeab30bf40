/** The module _bisect: search and insertion in sorted sequences. Part of the modules (CPython's Modules/_bisectmodule.c). */
import { PyObject_GetItem, PyObject_RichCompareBool, PyObject_Size } from "../objects/abstract.ts";
import { type KwSpec, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_CallMethod, PyObject_CallOneArg } from "../objects/call.ts";
import { PyList_CheckExact } from "../objects/check.ts";
import { valueError } from "../objects/errors.ts";
import { PyList_Insert } from "../objects/list.ts";
import { bigIntOf, PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_GetItem } from "../objects/sequence.ts";
import { drop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { createModule } from "./native.ts";

/** Does the search go on behind `item`? */
function goesRight(rt: Runtime, item: Ref, x: Ref, key: OptRef, right: boolean): boolean {
  const value = pushed(rt, key === 0 ? newref(rt, item) : PyObject_CallOneArg(rt, key, item));
  const less = right
    ? PyObject_RichCompareBool(rt, x, value, Cmp.LT)
    : PyObject_RichCompareBool(rt, value, x, Cmp.LT);
  drop(rt);
  return less !== right;
}

/** The same beyond 2^53, where doubles skip positions: only a range is so long. */
function searchBig(rt: Runtime, { a, x, key }: Range, from: bigint, to: bigint, right: boolean): bigint {
  let lo = from;
  let hi = to;
  while (lo < hi) {
    const mid = (lo + hi) / 2n;
    const index = pushed(rt, PyLong_FromBigInt(rt, mid));
    const item = pushed(rt, PyObject_GetItem(rt, a, index));
    if (goesRight(rt, item, x, key, right)) lo = mid + 1n;
    else hi = mid;
    drop(rt, 2);
  }
  return lo;
}

/** Where `x` belongs in a[lo:hi], as an int: before (left) or behind what equals it. */
function place(rt: Runtime, range: Range, right: boolean): NewRef {
  const { a, x, lo, hi, key } = range;
  if (hi <= Number.MAX_SAFE_INTEGER) return PyLong_FromNumber(rt, search(rt, a, x, lo, hi, key, right));
  const length = pushed(rt, PyObject_CallMethod(rt, a, internStatic(rt, "__len__")));
  const [from, end] = [range.loArg, range.hiArg].map((o) =>
    o === 0 || o === rt.None ? null : bigIntOf(rt, o),
  );
  const found = searchBig(rt, range, from ?? 0n, end ?? bigIntOf(rt, length), right);
  drop(rt);
  return PyLong_FromBigInt(rt, found);
}

/** Where `x` belongs in a[lo:hi]. */
function search(rt: Runtime, a: Ref, x: Ref, from: number, to: number, key: OptRef, right: boolean): number {
  let lo = from;
  let hi = to;
  while (lo < hi) {
    const mid = Math.floor((lo + hi) / 2);
    const item = pushed(rt, PySequence_GetItem(rt, a, mid));
    if (goesRight(rt, item, x, key, right)) lo = mid + 1;
    else hi = mid;
    drop(rt);
  }
  return lo;
}

interface Range {
  a: Ref;
  x: Ref;
  lo: number;
  hi: number;
  key: OptRef;
  loArg: OptRef;
  hiArg: OptRef;
}

function rangeOf(rt: Runtime, spec: KwSpec, args: number, nargs: number, kwnames: OptRef): Range {
  const [a, x, loArg, hiArg, keyArg] = parseFastKw(rt, spec, args, nargs, kwnames);
  const lo = loArg === 0 ? 0 : PyNumber_AsSsize_t(rt, loArg, rt.exc.OverflowError);
  if (lo < 0) throw valueError(rt, "lo must be non-negative");
  const given = hiArg !== 0 && hiArg !== rt.None ? PyNumber_AsSsize_t(rt, hiArg, rt.exc.OverflowError) : -1;
  const hi = given === -1 ? PyObject_Size(rt, a) : given;
  return { a, x, lo, hi, key: keyArg === rt.None ? 0 : keyArg, loArg, hiArg };
}

const PARAMS = "a, x, lo=, hi=, *, key=";
const SIG = "($module, /, a, x, lo=0, hi=None, *, key=None)";

function finder(name: string, right: boolean): MethodDef {
  const spec = kwSpec(name, PARAMS);
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef => {
    return place(rt, rangeOf(rt, spec, args, nargs, kwnames), right);
  };
  return { name, flags: METH.FASTCALL | METH.KEYWORDS, fn, sig: SIG };
}

function inserter(name: string, right: boolean): MethodDef {
  const spec = kwSpec(name, PARAMS);
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef => {
    const { a, x, lo, hi, key } = rangeOf(rt, spec, args, nargs, kwnames);
    const value = pushed(rt, key === 0 ? newref(rt, x) : PyObject_CallOneArg(rt, key, x));
    const index = search(rt, a, value, lo, hi, key, right);
    drop(rt);
    if (PyList_CheckExact(rt, a)) PyList_Insert(rt, a, index, x);
    else {
      const i = pushed(rt, PyLong_FromNumber(rt, index));
      decref(rt, PyObject_CallMethod(rt, a, internStatic(rt, "insert"), i, x));
      drop(rt);
    }
    return rt.None;
  };
  return { name, flags: METH.FASTCALL | METH.KEYWORDS, fn, sig: SIG };
}

const METHODS: MethodDef[] = [
  finder("bisect_right", true),
  finder("bisect", true),
  inserter("insort_right", true),
  inserter("insort", true),
  finder("bisect_left", false),
  inserter("insort_left", false),
];

export function initModule__bisect(rt: Runtime): NewRef {
  return createModule(rt, "_bisect", METHODS, "Search and insertion in sorted sequences.");
}
