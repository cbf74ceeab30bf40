/** The methods of dict. Part of the object layer. */

import { PyObject_GetIter, PyObject_SetItem } from "./abstract.ts";
import { checkArgs } from "./argparse.ts";
import { PyObject_CallNoArgs } from "./call.ts";
import { PyAnySet_CheckExact, PyDict_CheckExact } from "./check.ts";
import {
  _PyDict_Next,
  dictTakeLast,
  PyDict_Clear,
  PyDict_Contains,
  PyDict_Copy,
  PyDict_GetItemWithError,
  PyDict_Pop,
  PyDict_SetDefault,
  PyDict_SetItem,
} from "./dict.ts";
import { dictresize, insertdict } from "./dictcore.ts";
import { dict_reversed } from "./dictiter.ts";
import { DK_IS_UNICODE, DK_LOG_SIZE, estimate_log2_keysize } from "./dictkeys.ts";
import { _PyDict_SizeOf, updateFromCall } from "./dicttype.ts";
import { dictitems_new, dictkeys_new, dictvalues_new } from "./dictviews.ts";
import { raise } from "./errors.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { PyIter_Next } from "./iterproto.ts";
import { Dict, SetOb } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { tupled } from "./methdef.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { _PySet_NextEntry } from "./set.ts";
import { infoOfType } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

function dict_get(rt: Runtime, d: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "get", nargs, 1, 2);
  const value = PyDict_GetItemWithError(rt, d, rt.i32[args]);
  if (value !== 0) return newref(rt, value);
  return nargs > 1 ? newref(rt, rt.i32[args + 2]) : rt.None;
}

function dict_setdefault(rt: Runtime, d: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "setdefault", nargs, 1, 2);
  const fallback = nargs > 1 ? rt.i32[args + 2] : rt.None;
  return newref(rt, PyDict_SetDefault(rt, d, rt.i32[args], fallback));
}

function dict_pop(rt: Runtime, d: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "pop", nargs, 1, 2);
  return PyDict_Pop(rt, d, rt.i32[args], nargs > 1 ? rt.i32[args + 2] : 0);
}

/** The tuple is made first, so that nothing can fail once the item is out. */
function dict_popitem(rt: Runtime, d: Ref): NewRef {
  const pair = PyTuple_New(rt, 2);
  push(rt, pair);
  if (rt.i32[d + Dict.used] === 0) throw raise(rt, rt.exc.KeyError, "popitem(): dictionary is empty");
  dictTakeLast(rt, d);
  PyTuple_SET_ITEM(rt, pair, 0, rt.dictKey);
  PyTuple_SET_ITEM(rt, pair, 1, rt.dictValue);
  return pop(rt);
}

function dict_update(rt: Runtime, d: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  checkArgs(rt, "update", nargs, 0, 1);
  updateFromCall(rt, d, args, nargs, kwnames);
  return rt.None;
}

function dict_clear(rt: Runtime, d: Ref): NewRef {
  PyDict_Clear(rt, d);
  return rt.None;
}

function dict_contains(rt: Runtime, d: Ref, key: Ref): NewRef {
  return PyDict_Contains(rt, d, key) ? rt.True : rt.False;
}

function dict_getitem(rt: Runtime, d: Ref, key: Ref): NewRef {
  return infoOfType(rt, rt.types.dict).mp_subscript!(rt, d, key);
}

function dict_fromkeys(rt: Runtime, cls: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "fromkeys", nargs, 1, 2);
  return _PyDict_FromKeys(rt, cls, rt.i32[args], nargs > 1 ? rt.i32[args + 2] : rt.None);
}

/** With short cuts when the source is a dict or a set. */
export function _PyDict_FromKeys(rt: Runtime, cls: Ref, source: Ref, value: Ref): NewRef {
  const d = PyObject_CallNoArgs(rt, cls);
  push(rt, d);
  const exact = PyDict_CheckExact(rt, d);
  if (exact && rt.i32[d + Dict.used] === 0 && PyDict_CheckExact(rt, source)) fromDict(rt, d, source, value);
  else if (exact && rt.i32[d + Dict.used] === 0 && PyAnySet_CheckExact(rt, source))
    fromSet(rt, d, source, value);
  else fromIterable(rt, d, source, value, exact);
  return pop(rt);
}

function presize(rt: Runtime, d: Ref, n: number, unicode: boolean): void {
  const now = DK_LOG_SIZE(rt, rt.i32[d + Dict.keys]);
  dictresize(rt, d, Math.max(estimate_log2_keysize(n), now), unicode);
}

function fromDict(rt: Runtime, d: Ref, source: Ref, value: Ref): void {
  presize(rt, d, rt.i32[source + Dict.used], DK_IS_UNICODE(rt, rt.i32[source + Dict.keys]));
  for (let pos = _PyDict_Next(rt, source, 0); pos >= 0; pos = _PyDict_Next(rt, source, pos)) {
    const key = rt.dictKey;
    push(rt, newref(rt, key));
    insertdict(rt, d, key, rt.dictHashLo, rt.dictHashHi, value);
    drop(rt);
  }
}

function fromSet(rt: Runtime, d: Ref, source: Ref, value: Ref): void {
  presize(rt, d, rt.i32[source + SetOb.used], false);
  for (let pos = _PySet_NextEntry(rt, source, 0); pos >= 0; pos = _PySet_NextEntry(rt, source, pos)) {
    const key = rt.dictKey;
    push(rt, newref(rt, key));
    insertdict(rt, d, key, rt.dictHashLo, rt.dictHashHi, value);
    drop(rt);
  }
}

function fromIterable(rt: Runtime, d: Ref, source: Ref, value: Ref, exact: boolean): void {
  const it = PyObject_GetIter(rt, source);
  push(rt, it);
  for (let key = PyIter_Next(rt, it); key !== 0; key = PyIter_Next(rt, it)) {
    push(rt, key);
    if (exact) PyDict_SetItem(rt, d, key, value);
    else PyObject_SetItem(rt, d, key, value);
    drop(rt);
  }
  drop(rt);
}

export const dictMethods: MethodDef[] = [
  {
    name: "__contains__",
    flags: METH.O | METH.COEXIST,
    fn: dict_contains,
    sig: "($self, key, /)",
    doc: "True if the dict has the key.",
  },
  {
    name: "__getitem__",
    flags: METH.O | METH.COEXIST,
    fn: dict_getitem,
    sig: "($self, key, /)",
    doc: "The value under the key.",
  },
  {
    name: "__sizeof__",
    flags: METH.NOARGS,
    fn: (rt, d) => PyLong_FromNumber(rt, _PyDict_SizeOf(rt, d)),
    sig: "($self, /)",
    doc: "Bytes of the dict with its table.",
  },
  {
    name: "get",
    flags: METH.FASTCALL,
    fn: dict_get,
    sig: "($self, key, default=None, /)",
    doc: "The value under the key, or default.",
  },
  {
    name: "setdefault",
    flags: METH.FASTCALL,
    fn: dict_setdefault,
    sig: "($self, key, default=None, /)",
    doc: "The value under the key, where default is put if there is none.",
  },
  {
    name: "pop",
    flags: METH.FASTCALL,
    fn: dict_pop,
    doc: "D.pop(key[, default]): takes the key out and returns its value.",
  },
  {
    name: "popitem",
    flags: METH.NOARGS,
    fn: dict_popitem,
    sig: "($self, /)",
    doc: "Takes the newest item out and returns it as a pair.",
  },
  { name: "keys", flags: METH.NOARGS, fn: dictkeys_new, doc: "D.keys(): a view of the keys." },
  { name: "items", flags: METH.NOARGS, fn: dictitems_new, doc: "D.items(): a view of the items." },
  { name: "values", flags: METH.NOARGS, fn: dictvalues_new, doc: "D.values(): a view of the values." },
  {
    name: "update",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: tupled(dict_update),
    doc: "D.update([mapping or pairs], **items): adds and replaces.",
  },
  {
    name: "fromkeys",
    flags: METH.FASTCALL | METH.CLASS,
    fn: dict_fromkeys,
    sig: "($type, iterable, value=None, /)",
    doc: "A new dict with the keys of an iterable, all with one value.",
  },
  { name: "clear", flags: METH.NOARGS, fn: dict_clear, doc: "Removes all items." },
  { name: "copy", flags: METH.NOARGS, fn: PyDict_Copy, doc: "A shallow copy." },
  {
    name: "__reversed__",
    flags: METH.NOARGS,
    fn: dict_reversed,
    sig: "($self, /)",
    doc: "An iterator over the keys, newest first.",
  },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias, doc: "See PEP 585" },
];
