/**
 * The views of an OrderedDict and its iterator: one type for keys, values and items, forward and backward. Part of the object layer.
 *
 *   byte  16     24         32        40         48          56           64
 *         | kind | di_odict | di_size | di_state | di_result | di_current |
 *
 * di_current is the key that comes next; di_result the pair that an items iterator hands out again while nobody else holds it.
 */
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { defineType } from "./defineType.ts";
import { PyDict_GetItemWithError } from "./dict.ts";
import { keyError } from "./dictcore.ts";
import { reduceToIter } from "./dictiter.ts";
import { _PyDictView_New, View } from "./dictviews.ts";
import { raise } from "./errors.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import { Dict, Gc, TF, Tuple } from "./layout.ts";
import { pushed } from "./nativecall.ts";
import { _odict_find_node, Node, ODict } from "./odict.ts";
import { clearField, decref, newref, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_List } from "./sequence.ts";
import { drop, pop, push } from "./stack.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "./tuple.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

const enum Iter {
  kind = 4,
  odict = 6,
  size = 8,
  state = 10,
  result = 12,
  current = 14,
  BYTES = 64,
}

/** Bits of the kind; items are keys and values. */
export const enum IterKind {
  REVERSED = 1,
  KEYS = 2,
  VALUES = 4,
  ITEMS = 6,
}

export function odictiter_new(rt: Runtime, od: Ref, kind: number): NewRef {
  const i32 = rt.i32;
  const it = PyObject_GC_New(rt, rt.types.odict_iterator, Iter.BYTES);
  i32[it + Iter.kind] = kind;
  i32[it + Iter.odict] = 0;
  i32[it + Iter.result] = 0;
  i32[it + Iter.current] = 0;
  if ((kind & IterKind.ITEMS) === IterKind.ITEMS) {
    push(rt, it);
    i32[it + Iter.result] = PyTuple_Pack(rt, rt.None, rt.None);
    pop(rt);
  }
  const node = i32[od + ((kind & IterKind.REVERSED) !== 0 ? ODict.last : ODict.first)];
  if (node !== 0) i32[it + Iter.current] = newref(rt, i32[node + Node.key]);
  i32[it + Iter.size] = i32[od + Dict.used];
  i32[it + Iter.state] = i32[od + ODict.state];
  i32[it + Iter.odict] = newref(rt, od);
  PyObject_GC_Track(rt, it);
  return it;
}

function odictiter_dealloc(rt: Runtime, it: Ref): void {
  PyObject_GC_UnTrack(rt, it);
  const i32 = rt.i32;
  const od = i32[it + Iter.odict];
  const current = i32[it + Iter.current];
  const result = i32[it + Iter.result];
  xdecref(rt, od);
  xdecref(rt, current);
  xdecref(rt, result);
  PyObject_GC_Del(rt, it);
}

function odictiter_traverse(rt: Runtime, it: Ref, visit: Visit): void {
  const i32 = rt.i32;
  for (const at of [Iter.odict, Iter.current, Iter.result]) if (i32[it + at] !== 0) visit(i32[it + at]);
}

/** Ends the iteration. */
function finish(rt: Runtime, it: Ref): 0 {
  clearField(rt, it + Iter.odict);
  return 0;
}

/** The dict must be as it was when the iterator last looked. */
function checkUnchanged(rt: Runtime, it: Ref, od: Ref): void {
  const i32 = rt.i32;
  if (i32[od + ODict.state] !== i32[it + Iter.state]) {
    clearField(rt, it + Iter.odict);
    throw raise(rt, rt.exc.RuntimeError, "OrderedDict mutated during iteration");
  }
  if (i32[it + Iter.size] !== i32[od + Dict.used]) {
    i32[it + Iter.size] = -1;
    throw raise(rt, rt.exc.RuntimeError, "OrderedDict changed size during iteration");
  }
}

/** The next key, owned, or 0 at the end. */
function odictiter_nextkey(rt: Runtime, it: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const od = i32[it + Iter.odict];
  if (od === 0) return 0;
  const key = i32[it + Iter.current];
  if (key === 0) return finish(rt, it);
  checkUnchanged(rt, it, od);
  const node = _odict_find_node(rt, od, key);
  if (node === 0) {
    const error = keyError(rt, key);
    clearField(rt, it + Iter.current);
    finish(rt, it);
    throw error;
  }
  const next = i32[node + ((i32[it + Iter.kind] & IterKind.REVERSED) !== 0 ? Node.prev : Node.next)];
  i32[it + Iter.current] = next === 0 ? 0 : newref(rt, i32[next + Node.key]);
  return key;
}

function odictiter_iternext(rt: Runtime, it: Ref): NewRef | 0 {
  const key = odictiter_nextkey(rt, it);
  if (key === 0) return 0;
  const kind = rt.i32[it + Iter.kind] & IterKind.ITEMS;
  if (kind === IterKind.KEYS) return key;
  push(rt, key);
  const value = valueOf(rt, it, key);
  if (kind === IterKind.ITEMS) {
    push(rt, value);
    return pairOf(rt, it);
  }
  drop(rt);
  return value;
}

function valueOf(rt: Runtime, it: Ref, key: Ref): NewRef {
  const value: OptRef = PyDict_GetItemWithError(rt, rt.i32[it + Iter.odict], key);
  if (value !== 0) return newref(rt, value);
  const error = keyError(rt, key);
  clearField(rt, it + Iter.current);
  finish(rt, it);
  throw error;
}

/** The pair of the key and the value that stand on the native stack, and are taken from there. */
function pairOf(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const result = i32[it + Iter.result];
  if (i32[result] !== 1) {
    const pair = PyTuple_New(rt, 2);
    PyTuple_SET_ITEM(rt, pair, 1, pop(rt));
    PyTuple_SET_ITEM(rt, pair, 0, pop(rt));
    return pair;
  }
  const oldKey = i32[result + Tuple.items];
  const oldValue = i32[result + Tuple.items + 2];
  i32[result] = 2;
  i32[result + Tuple.items + 2] = pop(rt);
  i32[result + Tuple.items] = pop(rt);
  if (i32[result + Gc.next] === 0) PyObject_GC_Track(rt, result);
  decref(rt, oldKey);
  decref(rt, oldValue);
  return result;
}

/** Pickling and copying: as an iterator over the list of what is left, which does not use this one up. */
function odictiter_reduce(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const copy = PyObject_GC_New(rt, rt.types.odict_iterator, Iter.BYTES);
  for (let at = Iter.kind; at < Iter.BYTES / 4; at++) i32[copy + at] = i32[it + at];
  for (const at of [Iter.odict, Iter.current, Iter.result]) {
    if (i32[copy + at] !== 0) newref(rt, i32[copy + at]);
  }
  PyObject_GC_Track(rt, copy);
  push(rt, copy);
  const list = pushed(rt, PySequence_List(rt, copy));
  const result = reduceToIter(rt, list);
  drop(rt, 2);
  return result;
}

type ViewSpec = { name: string; type: Ref; base: Ref; kind: IterKind };

function defineView(rt: Runtime, spec: ViewSpec): void {
  const over =
    (kind: number) =>
    (r: Runtime, v: Ref): NewRef =>
      r.i32[v + View.dict] === 0 ? r.None : odictiter_new(r, r.i32[v + View.dict], kind);
  defineType(
    rt,
    {
      name: spec.name,
      basicsize: View.BYTES,
      base: spec.base,
      flags: TF.HAVE_GC,
      slots: { tp_iter: over(spec.kind) },
      methods: [
        {
          name: "__reversed__",
          flags: METH.NOARGS,
          fn: over(spec.kind | IterKind.REVERSED),
          doc: "Backward.",
        },
      ],
    },
    spec.type,
  );
}

export const odictkeys_new = (rt: Runtime, od: Ref): NewRef => _PyDictView_New(rt, od, rt.types.odict_keys);
export const odictitems_new = (rt: Runtime, od: Ref): NewRef => _PyDictView_New(rt, od, rt.types.odict_items);
export const odictvalues_new = (rt: Runtime, od: Ref): NewRef =>
  _PyDictView_New(rt, od, rt.types.odict_values);

export function initODictIter(rt: Runtime): void {
  const y = rt.types;
  defineType(
    rt,
    {
      name: "odict_iterator",
      basicsize: Iter.BYTES,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: odictiter_dealloc,
        tp_traverse: odictiter_traverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: odictiter_iternext,
      },
      methods: [
        {
          name: "__reduce__",
          flags: METH.NOARGS,
          fn: odictiter_reduce,
          doc: "How to make an equal iterator.",
        },
      ],
    },
    y.odict_iterator,
  );
  defineView(rt, { name: "odict_keys", type: y.odict_keys, base: y.dict_keys, kind: IterKind.KEYS });
  defineView(rt, { name: "odict_items", type: y.odict_items, base: y.dict_items, kind: IterKind.ITEMS });
  defineView(rt, { name: "odict_values", type: y.odict_values, base: y.dict_values, kind: IterKind.VALUES });
}
