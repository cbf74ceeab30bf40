/** The type dict: its slots and how it is made, printed and compared. Part of the object layer; methods in dictmethods.ts. */

import { Cell } from "../heap/cells.ts";
import { _PyObject_LookupSpecial, PyObject_HashNotImplemented } from "./abstract.ts";
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs } from "./argparse.ts";
import { PyObject_CallOneArg } from "./call.ts";
import { PyDict_Check, PyDict_CheckExact } from "./check.ts";
import { PyObject_RichCompareBool } from "./compare.ts";
import { defineType } from "./defineType.ts";
import {
  _PyDict_GetItem_KnownHash,
  _PyDict_Next,
  dict_dealloc,
  keyError,
  PyDict_Clear,
  PyDict_Contains,
  PyDict_Copy,
  PyDict_DelItem,
  PyDict_GetItemWithError,
  PyDict_Merge,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Size,
} from "./dict.ts";
import { dict_iter } from "./dictiter.ts";
import {
  _PyDict_KeysSize,
  DK_ENTRIES,
  DK_IS_UNICODE,
  entryWords,
  shared_keys_usable_size,
} from "./dictkeys.ts";
import { dict_update_arg, Override } from "./dictmerge.ts";
import { dictMethods } from "./dictmethods.ts";
import { valuesEmbedded } from "./dictvalues.ts";
import { Dict, Keys, Ob, TF, Tuple, Ty, Values } from "./layout.ts";
import { incref, newref } from "./refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { writeRepr, writeShortRepr } from "./shortrepr.ts";
import { infoOfType } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { StrBuilder } from "./strbuilder.ts";
import { Cmp, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

/** An empty dict of this type; exactly `dict` starts untracked. */
export function dict_new(rt: Runtime, type: Ref): NewRef {
  const d = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  if (type === rt.types.dict) PyObject_GC_UnTrack(rt, d);
  const i32 = rt.i32;
  i32[d + Dict.used] = 0;
  i32[d + Dict.keys] = Cell.EMPTY_KEYS;
  i32[d + Dict.values] = 0;
  return d;
}

/** dict_update_common for arguments in a tuple and a dict. */
function dict_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "dict", n, 0, 1);
  if (n === 1) dict_update_arg(rt, self, rt.i32[args + Tuple.items]);
  if (kwargs !== 0) PyDict_Merge(rt, self, kwargs, Override.REPLACE);
}

/** dict(...) without a tuple and a dict of arguments. */
function dict_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  checkArgs(rt, "dict", nargs, 0, 1);
  const d = dict_new(rt, type);
  push(rt, d);
  updateFromCall(rt, d, args, nargs, kwnames);
  return pop(rt);
}

/** d.update(arg, **keywords): the optional positional argument, then the keywords. */
export function updateFromCall(rt: Runtime, d: Ref, args: number, nargs: number, kwnames: OptRef): void {
  const i32 = rt.i32;
  if (nargs === 1) dict_update_arg(rt, d, i32[args]);
  if (kwnames === 0) return;
  const n = i32[kwnames + Tuple.size];
  const values = args + 2 * nargs;
  for (let i = 0; i < 2 * n; i += 2) PyDict_SetItem(rt, d, i32[kwnames + Tuple.items + i], i32[values + i]);
}

function dict_repr(rt: Runtime, d: Ref): NewRef {
  if (!Py_ReprEnter(rt, d)) return PyUnicode_FromJS(rt, "{...}");
  try {
    if (rt.i32[d + Dict.used] === 0) return PyUnicode_FromJS(rt, "{}");
    const out = new StrBuilder(rt, 6 * rt.i32[d + Dict.used]);
    out.writeChar(123);
    writeItems(rt, out, d);
    out.overallocate = false;
    out.writeChar(125);
    return out.finish();
  } finally {
    Py_ReprLeave(rt, d);
  }
}

function writeItems(rt: Runtime, out: StrBuilder, d: Ref): void {
  let first = true;
  for (let pos = PyDict_Next(rt, d, 0); pos >= 0; pos = PyDict_Next(rt, d, pos)) {
    const key = rt.dictKey;
    const value = rt.dictValue;
    push(rt, newref(rt, key));
    push(rt, newref(rt, value));
    if (!first) out.writeCommaSpace();
    first = false;
    if (!writeShortRepr(rt, out, key)) writeRepr(rt, out, key);
    out.writeChar(58);
    out.writeChar(32);
    if (!writeShortRepr(rt, out, value)) writeRepr(rt, out, value);
    drop(rt, 2);
  }
}

function dict_subscript(rt: Runtime, d: Ref, key: Ref): NewRef {
  const value = PyDict_GetItemWithError(rt, d, key);
  if (value !== 0) {
    incref(rt, value);
    return value;
  }
  return dictMissing(rt, d, key);
}

/** What d[key] does for a key that is not there: `__missing__` of a subclass, or KeyError. */
export function dictMissing(rt: Runtime, d: Ref, key: Ref): NewRef {
  if (!PyDict_CheckExact(rt, d)) {
    const missing = _PyObject_LookupSpecial(rt, d, rt.names.__missing__);
    if (missing !== 0) {
      push(rt, missing);
      const value = PyObject_CallOneArg(rt, missing, key);
      drop(rt);
      return value;
    }
  }
  throw keyError(rt, key);
}

function dict_ass_sub(rt: Runtime, d: Ref, key: Ref, value: OptRef): void {
  if (value === 0) PyDict_DelItem(rt, d, key);
  else PyDict_SetItem(rt, d, key, value);
}

/** dict_equal: the same keys with equal values. Comparing may change both. */
function dict_equal(rt: Runtime, a: Ref, b: Ref): boolean {
  if (rt.i32[a + Dict.used] !== rt.i32[b + Dict.used]) return false;
  for (let pos = _PyDict_Next(rt, a, 0); pos >= 0; pos = _PyDict_Next(rt, a, pos)) {
    push(rt, newref(rt, rt.dictKey));
    const mine = rt.dictValue;
    push(rt, newref(rt, mine));
    const theirs = _PyDict_GetItem_KnownHash(rt, b, rt.dictKey, rt.dictHashLo, rt.dictHashHi);
    let same = false;
    if (theirs !== 0) {
      push(rt, newref(rt, theirs));
      same = PyObject_RichCompareBool(rt, theirs, mine, Cmp.EQ);
      drop(rt);
    }
    drop(rt, 2);
    if (!same) return false;
  }
  return true;
}

function dict_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyDict_Check(rt, a) || !PyDict_Check(rt, b) || (op !== Cmp.EQ && op !== Cmp.NE))
    return rt.NotImplemented;
  return dict_equal(rt, a, b) === (op === Cmp.EQ) ? rt.True : rt.False;
}

function dict_or(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyDict_Check(rt, a) || !PyDict_Check(rt, b)) return rt.NotImplemented;
  push(rt, PyDict_Copy(rt, a));
  dict_update_arg(rt, rt.i32[rt.i32[Cell.SP] - 2], b);
  return pop(rt);
}

function dict_ior(rt: Runtime, a: Ref, b: Ref): NewRef {
  dict_update_arg(rt, a, b);
  return newref(rt, a);
}

/** dict_traverse. Keys that are str are no containers; values inside an instance are the instance's to visit. */
export function dict_traverse(rt: Runtime, d: Ref, visit: Visit): void {
  const i32 = rt.i32;
  const keys = i32[d + Dict.keys];
  const values = i32[d + Dict.values];
  const n = i32[keys + Keys.nentries];
  if (values !== 0) {
    if (!valuesEmbedded(rt, values)) visitSlots(rt, values + Values.values, n, 2, visit);
    return;
  }
  const words = entryWords(rt, keys);
  const first = DK_ENTRIES(rt, keys) + words - 2;
  if (DK_IS_UNICODE(rt, keys)) visitSlots(rt, first, n, words, visit);
  else {
    for (let at = first; at < first + n * words; at += words) {
      if (i32[at] === 0) continue;
      visit(i32[at]);
      visit(i32[at - 2]);
    }
  }
}

function visitSlots(rt: Runtime, at: number, n: number, step: number, visit: Visit): void {
  for (; n > 0; n--, at += step) if (rt.i32[at] !== 0) visit(rt.i32[at]);
}

/** _PyDict_SizeOf: with its table, if no other dict shares it. */
export function _PyDict_SizeOf(rt: Runtime, d: Ref): number {
  const i32 = rt.i32;
  const keys = i32[d + Dict.keys];
  let size = i32[i32[d + Ob.type] + Ty.basicsize];
  if (i32[d + Dict.values] !== 0) size += shared_keys_usable_size(rt, keys) * 8;
  if (i32[keys] === 1) size += _PyDict_KeysSize(rt, keys);
  return size;
}

export function initDict(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "dict",
      basicsize: Dict.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE | TF.DICT_SUBCLASS | TF.MATCH_SELF | TF.MAPPING,
      doc: "dict() -> empty; dict(mapping), dict(iterable of pairs), dict(**items)",
      slots: {
        tp_dealloc: dict_dealloc,
        tp_repr: dict_repr,
        tp_hash: PyObject_HashNotImplemented,
        tp_traverse: dict_traverse,
        tp_clear: PyDict_Clear,
        tp_richcompare: dict_richcompare,
        tp_iter: dict_iter,
        tp_init: dict_init,
        tp_new: dict_new,
        type_vectorcall: dict_vectorcall,
        tp_sizeof: _PyDict_SizeOf,
        nb_or: dict_or,
        nb_inplace_or: dict_ior,
        sq_contains: (rt, d, key) => PyDict_Contains(rt, d, key),
        mp_length: PyDict_Size,
        mp_subscript: dict_subscript,
        mp_ass_subscript: dict_ass_sub,
      },
      methods: dictMethods,
    },
    rt.types.dict,
  );
}
