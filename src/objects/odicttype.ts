/** The type collections.OrderedDict: methods and slots. Part of the object layer; the structure is in odict.ts. */
import {
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_SetItem,
  reprOf,
} from "./abstract.ts";
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { kwSpec, parseFastKw } from "./argparse.ts";
import { PyObject_CallMethodNoArgs, PyObject_CallNoArgs, PyObject_CallOneArg } from "./call.ts";
import { PyDict_Check, PyDict_CheckExact } from "./check.ts";
import { PyObject_Hash, PyObject_HashNotImplemented, PyObject_RichCompareBool } from "./compare.ts";
import { defineType } from "./defineType.ts";
import {
  _PyDict_Pop_KnownHash,
  dict_dealloc,
  PyDict_Copy,
  PyDict_GetItemWithError,
  PyDict_Size,
} from "./dict.ts";
import { keyError } from "./dictcore.ts";
import { PyDict_Items } from "./dictlists.ts";
import { _PyDict_FromKeys } from "./dictmethods.ts";
import { _PyDict_SizeOf, dict_traverse } from "./dicttype.ts";
import { raise, typeError, valueError } from "./errors.ts";
import { PyObject_GenericGetDict, PyObject_GenericSetDict } from "./instance.ts";
import { PyIter_Next } from "./iterproto.ts";
import { Ob, TF } from "./layout.ts";
import { pushed } from "./nativecall.ts";
import {
  _odict_clear_node,
  _odict_clear_nodes,
  _PyODict_SetItem_KnownHash,
  Node,
  ODict,
  odict_clear_all,
  odict_move,
  PyODict_Check,
  PyODict_CheckExact,
  PyODict_DelItem,
  PyODict_New,
  PyODict_SetItem,
  visitNodeKeys,
} from "./odict.ts";
import {
  IterKind,
  initODictIter,
  odictitems_new,
  odictiter_new,
  odictkeys_new,
  odictvalues_new,
} from "./odictiter.ts";
import { clearField, newref } from "./refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Contains } from "./sequence.ts";
import { infoOfType, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic, PyUnicode_FromJS } from "./str.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import { PyTuple_Pack, tupleItem, tupleSize } from "./tuple.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** mutablemapping_add_pairs: self[key] = value for each pair of an iterable. */
function addPairs(rt: Runtime, self: Ref, pairs: Ref): void {
  const it = pushed(rt, PyObject_GetIter(rt, pairs));
  for (let pair = PyIter_Next(rt, it); pair !== 0; pair = PyIter_Next(rt, it)) {
    push(rt, pair);
    const parts = pushed(rt, PyObject_GetIter(rt, pair));
    const key = push(rt, PyIter_Next(rt, parts));
    if (rt.i32[key] === 0) throw valueError(rt, "need more than 0 values to unpack");
    const value = push(rt, PyIter_Next(rt, parts));
    if (rt.i32[value] === 0) throw valueError(rt, "need more than 1 value to unpack");
    const end = PyIter_Next(rt, parts);
    if (end !== 0) {
      push(rt, end);
      throw valueError(rt, "too many values to unpack (expected 2)");
    }
    PyObject_SetItem(rt, self, rt.i32[key], rt.i32[value]);
    drop(rt, 4);
  }
  drop(rt);
}

/** self[key] = source[key] for the keys that a mapping's keys() gives. */
function addByKeys(rt: Runtime, self: Ref, source: Ref, keysMethod: NewRef): void {
  push(rt, keysMethod);
  const keys = pushed(rt, PyObject_CallNoArgs(rt, keysMethod));
  const it = pushed(rt, PyObject_GetIter(rt, keys));
  for (let key = PyIter_Next(rt, it); key !== 0; key = PyIter_Next(rt, it)) {
    push(rt, key);
    const value = pushed(rt, PyObject_GetItem(rt, source, key));
    PyObject_SetItem(rt, self, key, value);
    drop(rt, 2);
  }
  drop(rt, 3);
}

/** mutablemapping_update_arg: through `__setitem__`, which a subclass may have replaced. */
function updateFrom(rt: Runtime, self: Ref, arg: Ref): void {
  if (PyDict_CheckExact(rt, arg)) {
    addPairs(rt, self, pushed(rt, PyDict_Items(rt, arg)));
    drop(rt);
    return;
  }
  const keys = PyObject_GetOptionalAttr(rt, arg, rt.names.keys);
  if (keys !== 0) {
    addByKeys(rt, self, arg, keys);
    return;
  }
  const items = PyObject_GetOptionalAttr(rt, arg, internStatic(rt, "items"));
  if (items === 0) {
    addPairs(rt, self, arg);
    return;
  }
  push(rt, items);
  addPairs(rt, self, pushed(rt, PyObject_CallNoArgs(rt, items)));
  drop(rt, 2);
}

function updateFromArgs(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  if (tupleSize(rt, args) === 1) updateFrom(rt, self, tupleItem(rt, args, 0));
  if (kwargs === 0 || PyDict_Size(rt, kwargs) === 0) return;
  addPairs(rt, self, pushed(rt, PyDict_Items(rt, kwargs)));
  drop(rt);
}

function odict_init(rt: Runtime, od: Ref, args: Ref, kwargs: OptRef): void {
  const n = tupleSize(rt, args);
  if (n > 1) throw typeError(rt, `expected at most 1 arguments, got ${n}`);
  updateFromArgs(rt, od, args, kwargs);
}

function odict_update(rt: Runtime, od: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = tupleSize(rt, args);
  if (n > 1) throw typeError(rt, `update() takes at most 1 positional argument (${n} given)`);
  updateFromArgs(rt, od, args, kwargs);
  return rt.None;
}

function odict_ass_sub(rt: Runtime, od: Ref, key: Ref, value: OptRef): void {
  if (value === 0) PyODict_DelItem(rt, od, key);
  else PyODict_SetItem(rt, od, key, value);
}

const KEY_LAST = kwSpec("move_to_end", "key, last=");

function odict_move_to_end(rt: Runtime, od: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs === 1 && kwnames === 0) {
    odict_move(rt, od, rt.i32[args], true);
    return rt.None;
  }
  const [key, last] = parseFastKw(rt, KEY_LAST, args, nargs, kwnames);
  odict_move(rt, od, key, last === 0 || isTrue(rt, last));
  return rt.None;
}

const isTrue = (rt: Runtime, o: Ref): boolean => o === rt.True || (o !== rt.False && PyObject_IsTrue(rt, o));

/** _odict_popkey_hash: the value of a key that goes, or `fallback`, or KeyError. Asks no method of a subclass. */
function popKey(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number, fallback: OptRef): NewRef {
  _odict_clear_node(rt, od, key, lo, hi);
  const value = _PyDict_Pop_KnownHash(rt, od, key, lo, hi);
  if (value !== 0) return value;
  if (fallback === 0) throw keyError(rt, key);
  return newref(rt, fallback);
}

const POP = kwSpec("pop", "key, default=");

function odict_pop(rt: Runtime, od: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs === 1 && kwnames === 0) return popHashed(rt, od, rt.i32[args], 0);
  const [key, fallback] = parseFastKw(rt, POP, args, nargs, kwnames);
  return popHashed(rt, od, key, fallback);
}

function popHashed(rt: Runtime, od: Ref, key: Ref, fallback: OptRef): NewRef {
  const lo = PyObject_Hash(rt, key);
  return popKey(rt, od, key, lo, rt.hashHi, fallback);
}

const POPITEM = kwSpec("popitem", "last=");

function odict_popitem(rt: Runtime, od: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const last = nargs === 0 && kwnames === 0 ? 0 : parseFastKw(rt, POPITEM, args, nargs, kwnames)[0];
  const fromEnd = last === 0 || isTrue(rt, last);
  const i32 = rt.i32;
  const node = i32[od + (fromEnd ? ODict.last : ODict.first)];
  if (node === 0) throw raise(rt, rt.exc.KeyError, "dictionary is empty");
  const key = pushed(rt, newref(rt, i32[node + Node.key]));
  const value = pushed(rt, popKey(rt, od, key, i32[node + Node.hash], i32[node + Node.hashHi], 0));
  const item = PyTuple_Pack(rt, key, value);
  drop(rt, 2);
  return item;
}

const SETDEFAULT = kwSpec("setdefault", "key, default=");

function odict_setdefault(rt: Runtime, od: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [key, given] = parseFastKw(rt, SETDEFAULT, args, nargs, kwnames);
  const fallback = given === 0 ? rt.None : given;
  if (!PyODict_CheckExact(rt, od)) {
    if (PySequence_Contains(rt, od, key)) return PyObject_GetItem(rt, od, key);
    PyObject_SetItem(rt, od, key, fallback);
    return newref(rt, fallback);
  }
  const value = PyDict_GetItemWithError(rt, od, key);
  if (value !== 0) return newref(rt, value);
  PyODict_SetItem(rt, od, key, fallback);
  return newref(rt, fallback);
}

function odict_clear(rt: Runtime, od: Ref): NewRef {
  odict_clear_all(rt, od);
  return rt.None;
}

/** The value of a key, borrowed, by the dict's own look-up. */
function valueOf(rt: Runtime, od: Ref, key: Ref): Ref {
  const value = PyDict_GetItemWithError(rt, od, key);
  if (value === 0) throw keyError(rt, key);
  return value;
}

function odict_copy(rt: Runtime, od: Ref): NewRef {
  const i32 = rt.i32;
  const exact = PyODict_CheckExact(rt, od);
  const copy = pushed(rt, exact ? PyODict_New(rt) : PyObject_CallNoArgs(rt, i32[od + Ob.type]));
  const state = i32[od + ODict.state];
  for (let node = i32[od + ODict.first]; node !== 0; node = i32[node + Node.next]) {
    const key = pushed(rt, newref(rt, i32[node + Node.key]));
    const lo = i32[node + Node.hash];
    const hi = i32[node + Node.hashHi];
    const value = pushed(rt, exact ? newref(rt, valueOf(rt, od, key)) : PyObject_GetItem(rt, od, key));
    if (exact) _PyODict_SetItem_KnownHash(rt, copy, key, value, lo, hi);
    else PyObject_SetItem(rt, copy, key, value);
    drop(rt, 2);
    if (i32[od + ODict.state] !== state) throw mutated(rt);
  }
  return pop(rt);
}

const mutated = (rt: Runtime): unknown =>
  raise(rt, rt.exc.RuntimeError, "OrderedDict mutated during iteration");

const FROMKEYS = kwSpec("fromkeys", "iterable, value=");

function odict_fromkeys(rt: Runtime, cls: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [iterable, value] = parseFastKw(rt, FROMKEYS, args, nargs, kwnames);
  return _PyDict_FromKeys(rt, cls, iterable, value === 0 ? rt.None : value);
}

function odict_reduce(rt: Runtime, od: Ref): NewRef {
  const state = pushed(rt, PyObject_CallMethodNoArgs(rt, od, rt.names.__getstate__));
  const items = pushed(rt, PyObject_CallMethodNoArgs(rt, od, internStatic(rt, "items")));
  const it = pushed(rt, PyObject_GetIter(rt, items));
  const result = PyTuple_Pack(rt, rt.i32[od + Ob.type], rt.emptyTuple, state, rt.None, it);
  drop(rt, 3);
  return result;
}

function odict_sizeof(rt: Runtime, od: Ref): number {
  const i32 = rt.i32;
  const nodes = i32[od + ODict.first] === 0 ? 0 : Node.BYTES * PyDict_Size(rt, od);
  return _PyDict_SizeOf(rt, od) + 8 * i32[od + ODict.fast_nodes_size] + nodes;
}

function odict_repr(rt: Runtime, od: Ref): NewRef {
  const name = typeNameOf(rt, od).replace(/^.*\./, "");
  if (PyDict_Size(rt, od) === 0) return PyUnicode_FromJS(rt, `${name}()`);
  if (!Py_ReprEnter(rt, od)) return PyUnicode_FromJS(rt, "...");
  try {
    const copy = pushed(rt, PyDict_Copy(rt, od));
    const text = `${name}(${reprOf(rt, copy)})`;
    drop(rt);
    return PyUnicode_FromJS(rt, text);
  } finally {
    Py_ReprLeave(rt, od);
  }
}

/** _odict_keys_equal: the same keys in the same order. Comparing may change either. */
function sameOrder(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  const stateA = i32[a + ODict.state];
  const stateB = i32[b + ODict.state];
  let x = i32[a + ODict.first];
  let y = i32[b + ODict.first];
  for (; x !== 0 && y !== 0; x = i32[x + Node.next], y = i32[y + Node.next]) {
    const key = pushed(rt, newref(rt, i32[x + Node.key]));
    const other = pushed(rt, newref(rt, i32[y + Node.key]));
    const same = PyObject_RichCompareBool(rt, key, other, Cmp.EQ);
    drop(rt, 2);
    if (i32[a + ODict.state] !== stateA || i32[b + ODict.state] !== stateB) throw mutated(rt);
    if (!same) return false;
  }
  return x === 0 && y === 0;
}

function odict_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyODict_Check(rt, a) || !PyDict_Check(rt, b) || (op !== Cmp.EQ && op !== Cmp.NE))
    return rt.NotImplemented;
  const asDicts = infoOfType(rt, rt.types.dict).tp_richcompare!(rt, a, b, op);
  if (!PyODict_Check(rt, b) || asDicts === (op === Cmp.EQ ? rt.False : rt.True)) return asDicts;
  return sameOrder(rt, a, b) === (op === Cmp.EQ) ? rt.True : rt.False;
}

function odict_or(rt: Runtime, a: Ref, b: Ref): NewRef {
  const left = PyODict_Check(rt, a);
  if (!PyDict_Check(rt, left ? b : a)) return rt.NotImplemented;
  const result = pushed(rt, PyObject_CallOneArg(rt, rt.i32[(left ? a : b) + Ob.type], a));
  updateFrom(rt, result, b);
  return pop(rt);
}

function odict_inplace_or(rt: Runtime, od: Ref, other: Ref): NewRef {
  updateFrom(rt, od, other);
  return newref(rt, od);
}

function odict_dealloc(rt: Runtime, od: Ref): void {
  PyObject_GC_UnTrack(rt, od);
  if (!trashBegin(rt, od, odict_dealloc)) return;
  clearField(rt, od + ODict.inst_dict);
  if (rt.i32[od + ODict.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, od);
  _odict_clear_nodes(rt, od);
  dict_dealloc(rt, od);
  trashEnd(rt);
}

const KEYS_BACKWARD = IterKind.KEYS | IterKind.REVERSED;

const METHODS: MethodDef[] = [
  {
    name: "fromkeys",
    flags: METH.FASTCALL | METH.KEYWORDS | METH.CLASS,
    fn: odict_fromkeys,
    sig: "($type, /, iterable, value=None)",
    doc: "A new one with the keys of an iterable, all with one value.",
  },
  { name: "__reduce__", flags: METH.NOARGS, fn: odict_reduce, sig: "($self, /)", doc: "For pickling." },
  {
    name: "setdefault",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: odict_setdefault,
    sig: "($self, /, key, default=None)",
    doc: "The value under the key, where default is put if there is none.",
  },
  {
    name: "pop",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: odict_pop,
    sig: "($self, /, key, default=<unrepresentable>)",
    doc: "Takes the key out and returns its value.",
  },
  {
    name: "popitem",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: odict_popitem,
    sig: "($self, /, last=True)",
    doc: "Takes the last or the first item out and returns it as a pair.",
  },
  { name: "keys", flags: METH.NOARGS, fn: odictkeys_new, sig: "($self, /)", doc: "A view of the keys." },
  {
    name: "values",
    flags: METH.NOARGS,
    fn: odictvalues_new,
    sig: "($self, /)",
    doc: "A view of the values.",
  },
  { name: "items", flags: METH.NOARGS, fn: odictitems_new, sig: "($self, /)", doc: "A view of the items." },
  { name: "update", flags: METH.VARARGS | METH.KEYWORDS, fn: odict_update, doc: "Adds and replaces items." },
  { name: "clear", flags: METH.NOARGS, fn: odict_clear, sig: "($self, /)", doc: "Removes all items." },
  { name: "copy", flags: METH.NOARGS, fn: odict_copy, sig: "($self, /)", doc: "A shallow copy." },
  {
    name: "__reversed__",
    flags: METH.NOARGS,
    fn: (rt, od) => odictiter_new(rt, od, KEYS_BACKWARD),
    sig: "($self, /)",
    doc: "An iterator over the keys, last first.",
  },
  {
    name: "move_to_end",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: odict_move_to_end,
    sig: "($self, /, key, last=True)",
    doc: "Moves a key to the end, or to the beginning.",
  },
];

export function initODict(rt: Runtime): void {
  initODictIter(rt);
  defineType(
    rt,
    {
      name: "collections.OrderedDict",
      basicsize: ODict.BYTES,
      base: rt.types.dict,
      dictoffset: 4 * ODict.inst_dict,
      weaklistoffset: 4 * ODict.weakreflist,
      flags: TF.HAVE_GC | TF.BASETYPE | TF.DICT_SUBCLASS | TF.MATCH_SELF | TF.MAPPING,
      doc: "Dictionary that remembers insertion order",
      slots: {
        tp_dealloc: odict_dealloc,
        tp_repr: odict_repr,
        tp_hash: PyObject_HashNotImplemented,
        tp_traverse: (r, od, visit) => {
          if (r.i32[od + ODict.inst_dict] !== 0) visit(r.i32[od + ODict.inst_dict]);
          visitNodeKeys(r, od, visit);
          dict_traverse(r, od, visit);
        },
        tp_clear: (r, od) => {
          clearField(r, od + ODict.inst_dict);
          odict_clear_all(r, od);
        },
        tp_richcompare: odict_richcompare,
        tp_iter: (r, od) => odictiter_new(r, od, IterKind.KEYS),
        tp_init: odict_init,
        tp_sizeof: odict_sizeof,
        nb_or: odict_or,
        nb_inplace_or: odict_inplace_or,
        mp_ass_subscript: odict_ass_sub,
      },
      methods: METHODS,
      getsets: [{ name: "__dict__", get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }],
    },
    rt.types.OrderedDict,
  );
}
