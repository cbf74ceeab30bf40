/**
 * Struct sequences: tuples whose items have names too (sys.version_info, time.struct_time, os.stat_result). Part of the object
 * layer (CPython's Objects/structseq.c). The items beyond the visible length can be had by name only.
 *
 *   byte   0          16     24
 *          | head ... | size | item 0 | ... | item size-1 | hidden items
 */

import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { kwSpec, parseTupleKw } from "./argparse.ts";
import { PyDict_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import {
  dict_getitem_str,
  dict_setitem_str,
  dictPopOr0,
  PyDict_Copy,
  PyDict_Keys,
  PyDict_New,
  PyDict_SetItem,
  PyDict_Size,
} from "./dict.ts";
import { typeError } from "./errors.ts";
import { Ob, TF, Tuple, Ty } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { pushed } from "./nativecall.ts";
import { decref, newref } from "./refcount.ts";
import { PyObject_Repr } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Fast, PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS } from "./sequence.ts";
import { tpName } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "./str.ts";
import { PyTuple_FromArray, PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "./tuple.ts";
import {
  METH,
  type MemberDef,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type Visit,
} from "./typeinfo.ts";

export interface StructSeqSpec {
  /** tp_name with its module: "sys.version_info". */
  name: string;
  doc?: string;
  /** Names in order; null for one without a name. */
  fields: (string | null)[];
  /** How many of them are items of the tuple. */
  visible: number;
  /** Programs cannot make instances. */
  noNew?: boolean;
  /** A heap type in CPython. */
  heap?: boolean;
}

const specs = new WeakMap<Runtime, Map<Ref, StructSeqSpec>>();

function specOf(rt: Runtime, type: Ref): StructSeqSpec {
  return specs.get(rt)!.get(type)!;
}

/** Makes the type. */
export function defineStructSeq(rt: Runtime, spec: StructSeqSpec): NewRef {
  const type = defineType(rt, {
    name: spec.name,
    basicsize: Tuple.HEAD_BYTES + 8 * (spec.fields.length - spec.visible),
    itemsize: 8,
    flags: TF.HAVE_GC | TF.TUPLE_SUBCLASS | (spec.noNew ? TF.DISALLOW_INSTANTIATION : 0),
    base: rt.types.tuple,
    doc: spec.doc,
    heap: spec.heap,
    slots: {
      tp_dealloc: structseq_dealloc,
      tp_repr: structseq_repr,
      tp_new: structseq_new,
      tp_traverse: structseq_traverse,
    },
    methods: METHODS,
    members: spec.fields.flatMap((name, i) => (name === null ? [] : [memberOf(name, i)])),
  });
  let map = specs.get(rt);
  if (map === undefined) specs.set(rt, (map = new Map()));
  map.set(type, spec);
  addCounts(rt, type, spec);
  return type;
}

function memberOf(name: string, i: number): MemberDef {
  return { name, type: "object", offset: Tuple.items + 2 * i, readonly: true };
}

/** n_sequence_fields, n_fields, n_unnamed_fields and `__match_args__` of the type. */
function addCounts(rt: Runtime, type: Ref, spec: StructSeqSpec): void {
  const dict = rt.i32[type + Ty.dict];
  dict_setitem_str(rt, dict, "n_sequence_fields", PyLong_FromNumber(rt, spec.visible));
  dict_setitem_str(rt, dict, "n_fields", PyLong_FromNumber(rt, spec.fields.length));
  const unnamed = spec.fields.filter((name) => name === null).length;
  dict_setitem_str(rt, dict, "n_unnamed_fields", PyLong_FromNumber(rt, unnamed));
  const named = spec.fields.slice(0, spec.visible).filter((name) => name !== null);
  const match = pushed(rt, PyTuple_New(rt, named.length));
  named.forEach((name, i) => {
    PyTuple_SET_ITEM(rt, match, i, newref(rt, internStatic(rt, name)));
  });
  PyDict_SetItem(rt, dict, rt.names.__match_args__, match);
  drop(rt);
}

/** An instance with all items 0, which the caller fills (PyStructSequence_New). Not tracked: natives make them of plain values. */
export function newStructSeq(rt: Runtime, type: Ref): NewRef {
  const i32 = rt.i32;
  const { fields, visible } = specOf(rt, type);
  const bytes = Tuple.HEAD_BYTES + 8 * fields.length;
  const p = PyObject_GC_New(rt, type, bytes);
  i32.fill(0, p + Tuple.size, p + bytes / 4);
  i32[p + Tuple.size] = visible;
  return p;
}

/** Sets item i of a new instance; the value is taken over. */
export function setStructSeqItem(rt: Runtime, p: Ref, i: number, value: NewRef): void {
  rt.i32[p + Tuple.items + 2 * i] = value;
}

/** An instance of owned values made one by one by `values`; an item's making may raise. */
export function structSeqOf(rt: Runtime, type: Ref, values: (() => NewRef)[]): NewRef {
  const p = newStructSeq(rt, type);
  push(rt, p);
  values.forEach((make, i) => {
    setStructSeqItem(rt, p, i, make());
  });
  return pop(rt);
}

function structseq_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  const n = specOf(rt, type).fields.length;
  PyObject_GC_UnTrack(rt, p);
  for (let i = 0; i < n; i++) {
    const item = i32[p + Tuple.items + 2 * i];
    if (item !== 0) decref(rt, item);
  }
  PyObject_GC_Del(rt, p);
  if ((i32[type + Ty.flags] & TF.HEAPTYPE) !== 0) decref(rt, type);
}

function structseq_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  if ((i32[type + Ty.flags] & TF.HEAPTYPE) !== 0) visit(type);
  const n = specOf(rt, type).fields.length;
  for (let i = 0; i < n; i++) {
    const item = i32[p + Tuple.items + 2 * i];
    if (item !== 0) visit(item);
  }
}

function structseq_repr(rt: Runtime, p: Ref): NewRef {
  const type = rt.i32[p + Ob.type];
  const { fields, visible } = specOf(rt, type);
  const parts: string[] = [];
  for (let i = 0; i < visible; i++) {
    const text = pushed(rt, PyObject_Repr(rt, rt.i32[p + Tuple.items + 2 * i]));
    parts.push(`${fields[i]}=${jsString(rt, text)}`);
    drop(rt);
  }
  return PyUnicode_FromJS(rt, `${tpName(rt, type)}(${parts.join(", ")})`);
}

const NEW = kwSpec("structseq", "sequence, dict=");

function structseq_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [source, dictArg] = parseTupleKw(rt, NEW, args, kwargs);
  const dict = dictArg === rt.None ? 0 : dictArg;
  const fast = pushed(rt, PySequence_Fast(rt, source, "constructor requires a sequence"));
  if (dict !== 0 && !PyDict_Check(rt, dict)) {
    throw typeError(rt, `${tpName(rt, type)}() takes a dict as second arg, if any`);
  }
  const n = PySequence_Fast_GET_SIZE(rt, fast);
  checkLength(rt, type, n);
  const p = pushed(rt, newStructSeq(rt, type));
  const items = PySequence_Fast_ITEMS(rt, fast);
  for (let i = 0; i < n; i++) setStructSeqItem(rt, p, i, newref(rt, rt.i32[items + 2 * i]));
  fillHidden(rt, type, p, n, dict);
  PyObject_GC_Track(rt, p);
  pop(rt);
  drop(rt);
  return p;
}

function checkLength(rt: Runtime, type: Ref, n: number): void {
  const { fields, visible } = specOf(rt, type);
  const name = tpName(rt, type);
  if (visible === fields.length) {
    if (n !== visible) throw typeError(rt, `${name}() takes a ${visible}-sequence (${n}-sequence given)`);
    return;
  }
  if (n < visible)
    throw typeError(rt, `${name}() takes an at least ${visible}-sequence (${n}-sequence given)`);
  if (n > fields.length) {
    throw typeError(rt, `${name}() takes an at most ${fields.length}-sequence (${n}-sequence given)`);
  }
}

/** The items from n on come from the dict by name, or are None. */
function fillHidden(rt: Runtime, type: Ref, p: Ref, n: number, dict: OptRef): void {
  const { fields } = specOf(rt, type);
  let used = 0;
  for (let i = n; i < fields.length; i++) {
    const value = dict === 0 ? 0 : dict_getitem_str(rt, dict, fields[i]!);
    if (value !== 0) used++;
    setStructSeqItem(rt, p, i, newref(rt, value === 0 ? rt.None : value));
  }
  if (dict !== 0 && PyDict_Size(rt, dict) > used) {
    throw typeError(rt, `${tpName(rt, type)}() got duplicate or unexpected field name(s)`);
  }
}

function visibleTuple(rt: Runtime, p: Ref): NewRef {
  return PyTuple_FromArray(rt, p + Tuple.items, rt.i32[p + Tuple.size], false);
}

/** (type, (visible items, dict of the hidden ones)) */
function structseq_reduce(rt: Runtime, p: Ref): NewRef {
  const type = rt.i32[p + Ob.type];
  const { fields, visible } = specOf(rt, type);
  const tuple = pushed(rt, visibleTuple(rt, p));
  const dict = pushed(rt, PyDict_New(rt));
  for (let i = visible; i < fields.length; i++) {
    const name = fields[i];
    if (name !== null) dict_setitem_str(rt, dict, name, rt.i32[p + Tuple.items + 2 * i]);
  }
  const args = pushed(rt, PyTuple_Pack(rt, tuple, dict));
  const result = PyTuple_Pack(rt, type, args);
  drop(rt, 3);
  return result;
}

/** copy.replace() */
function structseq_replace(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  const type = rt.i32[p + Ob.type];
  const { fields } = specOf(rt, type);
  if (rt.i32[args + Tuple.size] !== 0) throw typeError(rt, "__replace__() takes no positional arguments");
  if (fields.includes(null)) {
    throw typeError(
      rt,
      `__replace__() is not supported for ${tpName(rt, type)} because it has unnamed field(s)`,
    );
  }
  const result = pushed(rt, newStructSeq(rt, type));
  const left = pushed(rt, kwargs === 0 ? PyDict_New(rt) : PyDict_Copy(rt, kwargs));
  fields.forEach((name, i) => {
    const given = dictPopOr0(rt, left, internStatic(rt, name!));
    setStructSeqItem(rt, result, i, given || newref(rt, rt.i32[p + Tuple.items + 2 * i]));
  });
  if (PyDict_Size(rt, left) > 0) {
    const names = pushed(rt, PyObject_Repr(rt, pushed(rt, PyDict_Keys(rt, left))));
    throw typeError(rt, `Got unexpected field name(s): ${jsString(rt, names)}`);
  }
  drop(rt);
  return pop(rt);
}

const METHODS: MethodDef[] = [
  { name: "__reduce__", flags: METH.NOARGS, fn: structseq_reduce },
  { name: "__replace__", flags: METH.VARARGS | METH.KEYWORDS, fn: structseq_replace },
];
