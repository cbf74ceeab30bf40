/** itertools.groupby and tee. Part of the modules (CPython's Modules/itertoolsmodule.c). */

import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_RichCompareBool } from "../objects/abstract.ts";
import { PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallNoArgs, PyObject_CallOneArg } from "../objects/call.ts";
import { raise, valueError } from "../objects/errors.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { newNoKeywords } from "../objects/newkeywords.ts";
import { clearField, decref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { PyTuple_New, PyTuple_Pack2, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import { allocIter, iterType } from "./itercommon.ts";
import {
  checkState,
  type Maker,
  reduceMethod,
  refMaker,
  setstateMethod,
  tupleBy,
  typeMaker,
} from "./iterreduce.ts";

const enum GroupBy {
  it = 4,
  keyfunc = 6,
  tgtkey = 8,
  currkey = 10,
  currvalue = 12,
  /** Not owned: only compared. */
  currgrouper = 14,
  state = 16,
  BYTES = 72,
}

const enum Grouper {
  parent = 4,
  tgtkey = 6,
  BYTES = 32,
}

const GROUPBY_ARGS = kwSpec("groupby", "iterable, key=");

function groupby_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [iterable, key] = parseTupleKw(rt, GROUPBY_ARGS, args, kwargs);
  const p = pushed(rt, allocIter(rt, type));
  rt.i32[p + GroupBy.keyfunc] = key === 0 ? rt.None : newref(rt, key);
  rt.i32[p + GroupBy.it] = PyObject_GetIter(rt, iterable);
  return pop(rt);
}

/** Takes the next value and its key; false at the end. */
function groupby_step(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  const value = PyIter_Next(rt, i32[p + GroupBy.it]);
  if (value === 0) return false;
  const keyfunc = i32[p + GroupBy.keyfunc];
  push(rt, value);
  const key = keyfunc === rt.None ? newref(rt, value) : PyObject_CallOneArg(rt, keyfunc, value);
  pop(rt);
  const old = i32[p + GroupBy.currvalue];
  i32[p + GroupBy.currvalue] = value;
  setField(rt, p + GroupBy.currkey, key);
  if (old !== 0) decref(rt, old);
  return true;
}

function groupby_next(rt: Runtime, p: Ref, grouper: Ref): NewRef | 0 {
  const i32 = rt.i32;
  i32[p + GroupBy.currgrouper] = 0;
  for (;;) {
    const current = i32[p + GroupBy.currkey];
    if (current !== 0) {
      const target = i32[p + GroupBy.tgtkey];
      if (target === 0 || !sameKey(rt, target, current)) break;
    }
    if (!groupby_step(rt, p)) return 0;
  }
  setField(rt, p + GroupBy.tgtkey, newref(rt, i32[p + GroupBy.currkey]));
  const group = pushed(rt, newGrouper(rt, grouper, p));
  const pair = PyTuple_Pack2(rt, i32[p + GroupBy.currkey], group);
  drop(rt);
  return pair;
}

function sameKey(rt: Runtime, a: Ref, b: Ref): boolean {
  push(rt, newref(rt, a));
  push(rt, newref(rt, b));
  const same = PyObject_RichCompareBool(rt, a, b, Cmp.EQ);
  drop(rt, 2);
  return same;
}

function newGrouper(rt: Runtime, type: Ref, parent: Ref): NewRef {
  const i32 = rt.i32;
  const g = PyObject_GC_New(rt, type, Grouper.BYTES);
  i32[g + Grouper.parent] = newref(rt, parent);
  i32[g + Grouper.tgtkey] = newref(rt, i32[parent + GroupBy.tgtkey]);
  i32[parent + GroupBy.currgrouper] = g;
  PyObject_GC_Track(rt, g);
  return g;
}

function _grouper_next(rt: Runtime, g: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const p = i32[g + Grouper.parent];
  if (i32[p + GroupBy.currgrouper] !== g) return 0;
  if (i32[p + GroupBy.currvalue] === 0 && !groupby_step(rt, p)) return 0;
  if (!sameKey(rt, i32[g + Grouper.tgtkey], i32[p + GroupBy.currkey])) return 0;
  const value = i32[p + GroupBy.currvalue];
  i32[p + GroupBy.currvalue] = 0;
  clearField(rt, p + GroupBy.currkey);
  return value;
}

/** Its state, once a group was begun and its next value is known: that value, the group's key, the value's key. */
function groupbyParts(rt: Runtime, p: Ref): Maker[] {
  const i32 = rt.i32;
  const source = [GroupBy.it, GroupBy.keyfunc].map((at) => refMaker(rt, i32[p + at]));
  const state = [GroupBy.currvalue, GroupBy.tgtkey, GroupBy.currkey].map((at) => i32[p + at]);
  const parts = [typeMaker(rt, p), () => tupleBy(rt, ...source)];
  return state.includes(0) ? parts : [...parts, () => tupleBy(rt, ...state.map((o) => refMaker(rt, o)))];
}

function groupby_setstate(rt: Runtime, p: Ref, state: Ref): void {
  checkState(rt, state, 3, 3);
  [GroupBy.currvalue, GroupBy.tgtkey, GroupBy.currkey].forEach((at, i) => {
    setField(rt, p + at, newref(rt, tupleItem(rt, state, i)));
  });
}

const GROUPER_ARGS = "_grouper";

/** groupby and _grouper, new references. */
export function groupbyTypes(rt: Runtime): [NewRef, NewRef] {
  let groupby = 0;
  const grouper = iterType(rt, {
    name: "_grouper",
    bytes: Grouper.BYTES,
    refs: [Grouper.parent, Grouper.tgtkey],
    doc: "The values of one group.",
    final: true,
    new: (rt, type, args, kwargs) => {
      newNoKeywords(rt, type, GROUPER_ARGS, kwargs);
      checkArgs(rt, GROUPER_ARGS, tupleSize(rt, args), 2, 2);
      const parent = tupleItem(rt, args, 0);
      if (rt.i32[parent + Ob.type] !== groupby)
        throw raise(rt, rt.exc.TypeError, "parent must be a groupby object");
      const g = allocIter(rt, type);
      rt.i32[g + Grouper.parent] = newref(rt, parent);
      rt.i32[g + Grouper.tgtkey] = newref(rt, tupleItem(rt, args, 1));
      rt.i32[parent + GroupBy.currgrouper] = g;
      return g;
    },
    next: _grouper_next,
  });
  push(rt, grouper);
  groupby = iterType(rt, {
    name: "groupby",
    bytes: GroupBy.BYTES,
    refs: [GroupBy.it, GroupBy.keyfunc, GroupBy.tgtkey, GroupBy.currkey, GroupBy.currvalue],
    doc: "Keys, each with the run of values that have it.",
    new: groupby_new,
    next: (rt, p) => groupby_next(rt, p, grouper),
    methods: [reduceMethod(groupbyParts), setstateMethod(groupby_setstate)],
  });
  pop(rt);
  return [groupby, grouper];
}

/** What the iterators of one tee share: links of 57 values, each link kept by who has not read it through. */
const enum Link {
  it = 4,
  numread = 6,
  running = 7,
  nextlink = 8,
  values = 10,
  CELLS = 57,
  BYTES = 496,
}

const enum Tee {
  dataobj = 4,
  index = 6,
  weakreflist = 8,
  BYTES = 48,
}

function newLink(rt: Runtime, type: Ref, it: Ref): NewRef {
  const i32 = rt.i32;
  const link = PyObject_GC_New(rt, type, Link.BYTES);
  i32.fill(0, link + Link.it, link + (Link.BYTES >> 2));
  i32[link + Link.it] = newref(rt, it);
  PyObject_GC_Track(rt, link);
  return link;
}

/** The value at place i, which is the next one to be read or has been read already. */
function teedataobject_getitem(rt: Runtime, link: Ref, i: number): NewRef | 0 {
  const i32 = rt.i32;
  const at = link + Link.values + 2 * i;
  if (i < i32[link + Link.numread]) return newref(rt, i32[at]);
  if (i32[link + Link.running] !== 0) {
    throw raise(rt, rt.exc.RuntimeError, "cannot re-enter the tee iterator");
  }
  i32[link + Link.running] = 1;
  let value: Ref;
  try {
    value = PyIter_Next(rt, i32[link + Link.it]);
  } finally {
    i32[link + Link.running] = 0;
  }
  if (value === 0) return 0;
  i32[link + Link.numread]++;
  i32[at] = value;
  return newref(rt, value);
}

function tee_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  let link = i32[p + Tee.dataobj];
  if (i32[p + Tee.index] >= Link.CELLS) {
    if (i32[link + Link.nextlink] === 0) {
      i32[link + Link.nextlink] = newLink(rt, i32[link + Ob.type], i32[link + Link.it]);
    }
    const next = newref(rt, i32[link + Link.nextlink]);
    setField(rt, p + Tee.dataobj, next);
    i32[p + Tee.index] = 0;
    link = next;
  }
  push(rt, newref(rt, link));
  const value = teedataobject_getitem(rt, link, i32[p + Tee.index]);
  drop(rt);
  if (value !== 0) i32[p + Tee.index]++;
  return value;
}

function linkClear(rt: Runtime, link: Ref): void {
  const i32 = rt.i32;
  clearField(rt, link + Link.it);
  const n = i32[link + Link.numread];
  for (let i = 0; i < n; i++) clearField(rt, link + Link.values + 2 * i);
  let next = i32[link + Link.nextlink];
  i32[link + Link.nextlink] = 0;
  // A long chain is released link by link, not by recursion.
  while (next !== 0 && i32[next] === 1) {
    const after = i32[next + Link.nextlink];
    i32[next + Link.nextlink] = 0;
    decref(rt, next);
    next = after;
  }
  if (next !== 0) decref(rt, next);
}

function tee_copy(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  const copy = PyObject_GC_New(rt, type, Tee.BYTES);
  i32[copy + Tee.dataobj] = newref(rt, i32[p + Tee.dataobj]);
  i32[copy + Tee.index] = i32[p + Tee.index];
  i32[copy + Tee.weakreflist] = 0;
  PyObject_GC_Track(rt, copy);
  return copy;
}

interface TeeTypes {
  tee: Ref;
  link: Ref;
}

function tee_fromiterable(rt: Runtime, types: TeeTypes, iterable: Ref): NewRef {
  const it = pushed(rt, PyObject_GetIter(rt, iterable));
  if (rt.i32[it + Ob.type] === types.tee) {
    const copy = tee_copy(rt, it);
    drop(rt);
    return copy;
  }
  const link = pushed(rt, newLink(rt, types.link, it));
  const p = PyObject_GC_New(rt, types.tee, Tee.BYTES);
  rt.i32[p + Tee.dataobj] = newref(rt, link);
  rt.i32[p + Tee.index] = 0;
  rt.i32[p + Tee.weakreflist] = 0;
  PyObject_GC_Track(rt, p);
  drop(rt, 2);
  return p;
}

/** tee(iterable, n=2, /) */
export function itertools_tee(rt: Runtime, types: TeeTypes, args: number, nargs: number): NewRef {
  checkArgs(rt, "tee", nargs, 1, 2);
  const n = nargs > 1 ? ssizeArgument(rt, rt.i32[args + 2]) : 2;
  if (n < 0) throw valueError(rt, "n must be >= 0");
  const result = pushed(rt, PyTuple_New(rt, n));
  if (n === 0) return pop(rt);
  const name = internStatic(rt, "__copy__");
  const slot = push(rt, PyObject_GetIter(rt, rt.i32[args]));
  let copy = PyObject_GetOptionalAttr(rt, rt.i32[slot], name);
  if (copy === 0) {
    const it = rt.i32[slot];
    rt.i32[slot] = tee_fromiterable(rt, types, it);
    decref(rt, it);
    copy = PyObject_GetAttr(rt, rt.i32[slot], name);
  }
  PyTuple_SET_ITEM(rt, result, 0, pop(rt));
  push(rt, copy);
  for (let i = 1; i < n; i++) PyTuple_SET_ITEM(rt, result, i, PyObject_CallNoArgs(rt, copy));
  drop(rt);
  return pop(rt);
}

/** _tee and _tee_dataobject, new references. */
export function teeTypes(rt: Runtime): TeeTypes {
  const types: TeeTypes = { tee: 0, link: 0 };
  types.link = iterType(rt, {
    name: "_tee_dataobject",
    bytes: Link.BYTES,
    refs: [Link.it, Link.nextlink],
    doc: "Values that the iterators of a tee share.",
    final: true,
    next: null,
  });
  const info = infoOfType(rt, types.link);
  info.tp_iter = null;
  info.tp_dealloc = linkDealloc;
  info.tp_clear = linkClear;
  info.tp_traverse = (rt, link, visit) => {
    const i32 = rt.i32;
    visit(i32[link + Ob.type]);
    if (i32[link + Link.it] !== 0) visit(i32[link + Link.it]);
    for (let i = 0; i < i32[link + Link.numread]; i++) {
      const value = i32[link + Link.values + 2 * i];
      if (value !== 0) visit(value);
    }
    if (i32[link + Link.nextlink] !== 0) visit(i32[link + Link.nextlink]);
  };
  push(rt, types.link);
  types.tee = iterType(rt, {
    name: "_tee",
    bytes: Tee.BYTES,
    refs: [Tee.dataobj],
    doc: "One of the iterators that tee() makes of one.",
    final: true,
    weaklistoffset: 4 * Tee.weakreflist,
    new: (rt, type, args, kwargs) => {
      newNoKeywords(rt, type, "_tee", kwargs);
      checkArgs(rt, "_tee", tupleSize(rt, args), 1, 1);
      return tee_fromiterable(rt, types, tupleItem(rt, args, 0));
    },
    next: tee_next,
    methods: [{ name: "__copy__", flags: METH.NOARGS, fn: tee_copy }],
    free: (rt, p) => {
      if (rt.i32[p + Tee.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
    },
  });
  pop(rt);
  return types;
}

function linkDealloc(rt: Runtime, link: Ref): void {
  const type = rt.i32[link + Ob.type];
  PyObject_GC_UnTrack(rt, link);
  linkClear(rt, link);
  infoOfType(rt, type).tp_free!(rt, link);
  decref(rt, type);
}
