/** What `Pickler.memo` and `Unpickler.memo` are: views of the memo with clear() and copy(). Part of the modules, for _pickle.ts. */
import { PyObject_GC_New, PyObject_GC_Track } from "../objects/alloc.ts";
import { PyObject_HashNotImplemented } from "../objects/compare.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_New, PyDict_SetItem } from "../objects/dict.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop } from "../objects/stack.ts";
import { PyTuple_Pack, PyTuple_Pack2 } from "../objects/tuple.ts";
import { METH, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { memoEach, PyMemoTable_Clear } from "./picklememo.ts";
import { MemoProxy, Pickler, Unpickler } from "./picklestate.ts";
import { freeMemoList, newMemoList } from "./unpicklememo.ts";

export function newMemoProxy(rt: Runtime, type: Ref, owner: Ref): NewRef {
  const p = PyObject_GC_New(rt, type, MemoProxy.BYTES);
  rt.i32[p + MemoProxy.owner] = newref(rt, owner);
  PyObject_GC_Track(rt, p);
  return p;
}

const ownerOf = (rt: Runtime, p: Ref): Ref => rt.i32[p + MemoProxy.owner];

/** Stores a new value under a new key of the dict. */
function store(rt: Runtime, d: Ref, key: NewRef, value: () => NewRef): void {
  pushed(rt, key);
  const held = pushed(rt, value());
  PyDict_SetItem(rt, d, key, held);
  drop(rt, 2);
}

/** A dict of the numbers and objects by address. */
function pickler_copy(rt: Runtime, p: Ref): NewRef {
  const d = pushed(rt, PyDict_New(rt));
  memoEach(rt, rt.i32[ownerOf(rt, p) + Pickler.memo], (key, n) =>
    store(rt, d, PyLong_FromNumber(rt, 4 * key), () => {
      const number = pushed(rt, PyLong_FromNumber(rt, n));
      const pair = PyTuple_Pack2(rt, number, key);
      drop(rt);
      return pair;
    }),
  );
  return pop(rt);
}

function pickler_clear(rt: Runtime, p: Ref): NewRef {
  const memo = rt.i32[ownerOf(rt, p) + Pickler.memo];
  if (memo !== 0) PyMemoTable_Clear(rt, memo);
  return rt.None;
}

/** A dict of the objects by number. */
function unpickler_copy(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const u = ownerOf(rt, p);
  const d = pushed(rt, PyDict_New(rt));
  for (let i = 0; i < i32[u + Unpickler.memo_size]; i++) {
    const value = i32[i32[u + Unpickler.memo] + 2 * i];
    if (value !== 0) store(rt, d, PyLong_FromNumber(rt, i), () => newref(rt, value));
  }
  return pop(rt);
}

function unpickler_clear(rt: Runtime, p: Ref): NewRef {
  const u = ownerOf(rt, p);
  freeMemoList(rt, u);
  rt.i32[u + Unpickler.memo] = newMemoList(rt, rt.i32[u + Unpickler.memo_size]);
  return rt.None;
}

type Copy = typeof pickler_copy;

/** The call that makes a dict with the same contents. */
function reduce(rt: Runtime, p: Ref, copy: Copy): NewRef {
  const d = pushed(rt, copy(rt, p));
  const args = pushed(rt, PyTuple_Pack(rt, d));
  const value = PyTuple_Pack2(rt, rt.types.dict, args);
  drop(rt, 2);
  return value;
}

/** A type of proxies, a new reference. */
export function memoProxyType(rt: Runtime, name: "PicklerMemoProxy" | "UnpicklerMemoProxy"): NewRef {
  const pickling = name === "PicklerMemoProxy";
  const copy = pickling ? pickler_copy : unpickler_copy;
  const clear = pickling ? pickler_clear : unpickler_clear;
  return defineType(rt, {
    name: `_pickle.${name}`,
    basicsize: MemoProxy.BYTES,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE,
    heap: true,
    slots: { ...heapFieldSlots([MemoProxy.owner]), tp_hash: PyObject_HashNotImplemented },
    methods: [
      { name: "clear", flags: METH.NOARGS, fn: clear, sig: "($self, /)", doc: "Empties the memo." },
      { name: "copy", flags: METH.NOARGS, fn: copy, sig: "($self, /)", doc: "The memo as a dict." },
      { name: "__reduce__", flags: METH.NOARGS, fn: (r, p) => reduce(r, p, copy), sig: "($self, /)" },
    ],
  });
}
