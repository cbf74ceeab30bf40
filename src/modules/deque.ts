/** The type collections.deque: methods and slots. Part of the modules; the structure is in dequeobject.ts. */
import { PyObject_RichCompareBool, reprOf } from "../objects/abstract.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallMethodNoArgs, PyObject_CallOneArg, PyObject_CallTwoArgs } from "../objects/call.ts";
import { PyLong_Check } from "../objects/check.ts";
import { PyObject_HashNotImplemented } from "../objects/compare.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory, raise, typeError, valueError } from "../objects/errors.ts";
import { cmpHolds } from "../objects/floatops.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "../objects/long.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_List } from "../objects/sequence.ts";
import { _PyEval_SliceIndexNotNone } from "../objects/slice.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { trashed } from "../objects/trashcan.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { newDequeIter } from "./dequeiter.ts";
import {
  appendleftSteal,
  appendSteal,
  Block,
  Deque,
  deque_clear,
  deque_dealloc,
  deque_new,
  deque_pop,
  deque_popleft,
  deque_traverse,
  growRight,
  itemSlot,
  rotate,
  takeLeft,
} from "./dequeobject.ts";

/** The types of the module, by which deques know each other. */
export interface DequeTypes {
  deque: Ref;
  iterator: Ref;
  reverse: Ref;
}

const typesOf = (rt: Runtime): DequeTypes => rt.moduleState.get("_collections") as DequeTypes;

function isDeque(rt: Runtime, o: Ref): boolean {
  const type = rt.i32[o + Ob.type];
  const mine = typesOf(rt).deque;
  return type === mine || PyType_IsSubtype(rt, type, mine);
}

const INIT_ARGS = kwSpec("deque", "iterable=, maxlen=");

function deque_init(rt: Runtime, d: Ref, args: Ref, kwargs: OptRef): void {
  const [iterable, limit] = parseTupleKw(rt, INIT_ARGS, args, kwargs);
  let maxlen = -1;
  if (limit !== 0 && limit !== rt.None) {
    if (!PyLong_Check(rt, limit)) throw typeError(rt, "an integer is required");
    maxlen = PyLong_AsSsize_t(rt, limit);
    if (maxlen < 0) throw valueError(rt, "maxlen must be non-negative");
  }
  rt.i32[d + Deque.maxlen] = Math.min(maxlen, 0x7fffffff);
  if (rt.i32[d + Deque.size] > 0) deque_clear(rt, d);
  if (iterable !== 0) extend(rt, d, iterable);
}

type Put = (rt: Runtime, d: Ref, item: NewRef) => void;

/** Puts all items of an iterable at one end; StopIteration ends it too. */
function extendWith(rt: Runtime, d: Ref, iterable: Ref, put: Put, left: number): void {
  const source = d === iterable ? PySequence_List(rt, d) : newref(rt, iterable);
  push(rt, source);
  const it = pushed(rt, PyObject_GetIter(rt, source));
  const i32 = rt.i32;
  if (i32[d + Deque.maxlen] === 0) {
    catching(rt, rt.exc.StopIteration, undefined, () => consume(rt, it));
  } else {
    // An empty deque starts at one end of its block.
    if (i32[d + Deque.size] === 0) {
      i32[d + Deque.leftindex] = left;
      i32[d + Deque.rightindex] = left - 1;
    }
    catching(rt, rt.exc.StopIteration, undefined, () => {
      const next = infoOf(rt, it).tp_iternext!;
      for (let item = next(rt, it); item !== 0; item = next(rt, it)) put(rt, d, item);
    });
  }
  drop(rt, 2);
}

function consume(rt: Runtime, it: Ref): void {
  const next = infoOf(rt, it).tp_iternext!;
  for (let item = next(rt, it); item !== 0; item = next(rt, it)) decref(rt, item);
}

function extend(rt: Runtime, d: Ref, iterable: Ref): void {
  extendWith(rt, d, iterable, appendSteal, 1);
}

function deque_extend(rt: Runtime, d: Ref, iterable: Ref): NewRef {
  extend(rt, d, iterable);
  return rt.None;
}

function deque_extendleft(rt: Runtime, d: Ref, iterable: Ref): NewRef {
  extendWith(rt, d, iterable, appendleftSteal, Block.LAST);
  return rt.None;
}

function deque_append(rt: Runtime, d: Ref, item: Ref): NewRef {
  appendSteal(rt, d, newref(rt, item));
  return rt.None;
}

function deque_appendleft(rt: Runtime, d: Ref, item: Ref): NewRef {
  appendleftSteal(rt, d, newref(rt, item));
  return rt.None;
}

function deque_copy(rt: Runtime, d: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[d + Ob.type];
  const maxlen = i32[d + Deque.maxlen];
  if (type === typesOf(rt).deque) {
    const copy = pushed(rt, deque_new(rt, type));
    i32[copy + Deque.maxlen] = maxlen;
    if (i32[d + Deque.size] === 1) appendSteal(rt, copy, newref(rt, i32[itemSlot(rt, d, 0)]));
    else extend(rt, copy, d);
    return pop(rt);
  }
  const limit = pushed(rt, maxlen < 0 ? rt.None : PyLong_FromNumber(rt, maxlen));
  const copy = maxlen < 0 ? PyObject_CallOneArg(rt, type, d) : PyObject_CallTwoArgs(rt, type, d, limit);
  drop(rt);
  if (isDeque(rt, copy)) return copy;
  push(rt, copy);
  throw typeError(rt, `${typeNameOf(rt, d)}() must return a deque, not ${typeNameOf(rt, copy)}`);
}

function deque_concat(rt: Runtime, d: Ref, other: Ref): NewRef {
  if (!isDeque(rt, other)) {
    throw typeError(rt, `can only concatenate deque (not "${typeNameOf(rt, other)}") to deque`);
  }
  const copy = pushed(rt, deque_copy(rt, d));
  extend(rt, copy, other);
  return pop(rt);
}

function deque_inplace_concat(rt: Runtime, d: Ref, other: Ref): NewRef {
  extend(rt, d, other);
  return newref(rt, d);
}

function deque_inplace_repeat(rt: Runtime, d: Ref, n: number): NewRef {
  const i32 = rt.i32;
  const size = i32[d + Deque.size];
  if (size === 0 || n === 1) return newref(rt, d);
  if (n <= 0) deque_clear(rt, d);
  else if (size === 1) repeatOne(rt, d, n);
  else repeatMany(rt, d, n, size);
  return newref(rt, d);
}

function repeatOne(rt: Runtime, d: Ref, n: number): void {
  const i32 = rt.i32;
  const maxlen = i32[d + Deque.maxlen];
  if (maxlen >= 0 && n > maxlen) n = maxlen;
  if (n > 0x20000000) throw noMemory(rt);
  i32[d + Deque.state]++;
  const item = i32[itemSlot(rt, d, 0)];
  for (let k = 1; k < n; k++) {
    if (i32[d + Deque.rightindex] === Block.LAST) growRight(rt, d);
    const at = ++i32[d + Deque.rightindex];
    i32[i32[d + Deque.rightblock] + Block.data + 2 * at] = newref(rt, item);
    i32[d + Deque.size]++;
  }
}

function repeatMany(rt: Runtime, d: Ref, n: number, size: number): void {
  const maxlen = rt.i32[d + Deque.maxlen];
  if (maxlen >= 0 && n * size > maxlen) n = Math.ceil(maxlen / size);
  if (n * size > 0x20000000) throw noMemory(rt);
  const seq = pushed(rt, PySequence_List(rt, d));
  for (let k = 1; k < n; k++) extend(rt, d, seq);
  drop(rt);
}

function deque_repeat(rt: Runtime, d: Ref, n: number): NewRef {
  const copy = pushed(rt, deque_copy(rt, d));
  decref(rt, deque_inplace_repeat(rt, copy, n));
  return pop(rt);
}

function deque_rotate(rt: Runtime, d: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "rotate", nargs, 0, 1);
  rotate(rt, d, nargs === 0 ? 1 : ssizeArgument(rt, rt.i32[args]));
  return rt.None;
}

function deque_reverse(rt: Runtime, d: Ref): NewRef {
  const i32 = rt.i32;
  for (let a = 0, b = i32[d + Deque.size] - 1; a < b; a++, b--) {
    const x = itemSlot(rt, d, a);
    const y = itemSlot(rt, d, b);
    const item = i32[x];
    i32[x] = i32[y];
    i32[y] = item;
  }
  return rt.None;
}

const MUTATED = "deque mutated during iteration";

/** item == v, or their identity, for item i; the deque must not change meanwhile. */
function itemEquals(rt: Runtime, d: Ref, i: number, v: Ref, exc: Ref, message: string): boolean {
  const item = pushed(rt, newref(rt, rt.i32[itemSlot(rt, d, i)]));
  const state = rt.i32[d + Deque.state];
  const same = PyObject_RichCompareBool(rt, item, v, Cmp.EQ);
  if (rt.i32[d + Deque.state] !== state) throw raise(rt, exc, message);
  drop(rt);
  return same;
}

function deque_count(rt: Runtime, d: Ref, v: Ref): NewRef {
  let count = 0;
  const n = rt.i32[d + Deque.size];
  for (let i = 0; i < n; i++) if (itemEquals(rt, d, i, v, rt.exc.RuntimeError, MUTATED)) count++;
  return PyLong_FromNumber(rt, count);
}

function deque_contains(rt: Runtime, d: Ref, v: Ref): boolean {
  const n = rt.i32[d + Deque.size];
  for (let i = 0; i < n; i++) if (itemEquals(rt, d, i, v, rt.exc.RuntimeError, MUTATED)) return true;
  return false;
}

function deque_index(rt: Runtime, d: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "index", nargs, 1, 3);
  const i32 = rt.i32;
  const v = i32[args];
  const n = i32[d + Deque.size];
  const start = clip(nargs > 1 ? _PyEval_SliceIndexNotNone(rt, i32[args + 2]) : 0, n);
  const stop = clip(nargs > 2 ? _PyEval_SliceIndexNotNone(rt, i32[args + 4]) : n, n);
  for (let i = start; i < stop; i++) {
    if (itemEquals(rt, d, i, v, rt.exc.RuntimeError, MUTATED)) return PyLong_FromNumber(rt, i);
  }
  throw valueError(rt, `${reprOf(rt, v)} is not in deque`);
}

function clip(i: number, n: number): number {
  return Math.min(n, Math.max(0, i < 0 ? i + n : i));
}

function deque_insert(rt: Runtime, d: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "insert", nargs, 2, 2);
  const index = ssizeArgument(rt, rt.i32[args]);
  const value = rt.i32[args + 2];
  const n = rt.i32[d + Deque.size];
  if (rt.i32[d + Deque.maxlen] === n) throw raise(rt, rt.exc.IndexError, "deque already at its maximum size");
  if (index >= n) return deque_append(rt, d, value);
  if (index <= -n || index === 0) return deque_appendleft(rt, d, value);
  rotate(rt, d, -index);
  if (index < 0) deque_append(rt, d, value);
  else deque_appendleft(rt, d, value);
  rotate(rt, d, index);
  return rt.None;
}

function deque_del_item(rt: Runtime, d: Ref, i: number): void {
  rotate(rt, d, -i);
  const item = takeLeft(rt, d);
  rotate(rt, d, i);
  decref(rt, item);
}

function deque_remove(rt: Runtime, d: Ref, value: Ref): NewRef {
  const n = rt.i32[d + Deque.size];
  for (let i = 0; i < n; i++) {
    if (!itemEquals(rt, d, i, value, rt.exc.IndexError, MUTATED)) continue;
    deque_del_item(rt, d, i);
    return rt.None;
  }
  throw valueError(rt, `${reprOf(rt, value)} is not in deque`);
}

function checkIndex(rt: Runtime, d: Ref, i: number): void {
  if (i < 0 || i >= rt.i32[d + Deque.size]) throw raise(rt, rt.exc.IndexError, "deque index out of range");
}

function deque_item(rt: Runtime, d: Ref, i: number): NewRef {
  checkIndex(rt, d, i);
  return newref(rt, rt.i32[itemSlot(rt, d, i)]);
}

function deque_ass_item(rt: Runtime, d: Ref, i: number, value: OptRef): void {
  checkIndex(rt, d, i);
  if (value === 0) {
    deque_del_item(rt, d, i);
    return;
  }
  const at = itemSlot(rt, d, i);
  const old = rt.i32[at];
  rt.i32[at] = newref(rt, value);
  decref(rt, old);
}

function deque_repr(rt: Runtime, d: Ref): NewRef {
  if (!Py_ReprEnter(rt, d)) return PyUnicode_FromJS(rt, "[...]");
  try {
    const list = pushed(rt, PySequence_List(rt, d));
    const maxlen = rt.i32[d + Deque.maxlen];
    const name = typeNameOf(rt, d).replace(/^.*\./, "");
    const text = `${name}(${reprOf(rt, list)}${maxlen >= 0 ? `, maxlen=${maxlen}` : ""})`;
    drop(rt);
    return PyUnicode_FromJS(rt, text);
  } finally {
    Py_ReprLeave(rt, d);
  }
}

function deque_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!isDeque(rt, a) || !isDeque(rt, b)) return rt.NotImplemented;
  if (op === Cmp.EQ || op === Cmp.NE) {
    if (a === b) return op === Cmp.EQ ? rt.True : rt.False;
    if (rt.i32[a + Deque.size] !== rt.i32[b + Deque.size]) return op === Cmp.NE ? rt.True : rt.False;
  }
  const ia = pushed(rt, PyObject_GetIter(rt, a));
  const ib = pushed(rt, PyObject_GetIter(rt, b));
  const result = compareItems(rt, ia, ib, op);
  drop(rt, 2);
  return result ? rt.True : rt.False;
}

function compareItems(rt: Runtime, ia: Ref, ib: Ref, op: Cmp): boolean {
  for (;;) {
    const x = push(rt, PyIter_Next(rt, ia));
    const y = push(rt, PyIter_Next(rt, ib));
    const a = rt.i32[x];
    const b = rt.i32[y];
    if (a === 0 || b === 0) {
      drop(rt, 2);
      return cmpHolds(a !== 0 ? 1 : b !== 0 ? -1 : 0, op);
    }
    if (!PyObject_RichCompareBool(rt, a, b, Cmp.EQ)) {
      const result = PyObject_RichCompareBool(rt, a, b, op);
      drop(rt, 2);
      return result;
    }
    drop(rt, 2);
  }
}

function deque_reduce(rt: Runtime, d: Ref): NewRef {
  const i32 = rt.i32;
  const state = pushed(rt, PyObject_CallMethodNoArgs(rt, d, rt.names.__getstate__));
  const it = pushed(rt, PyObject_GetIter(rt, d));
  const maxlen = i32[d + Deque.maxlen];
  const limit = pushed(rt, maxlen < 0 ? rt.None : PyLong_FromNumber(rt, maxlen));
  const args = pushed(rt, maxlen < 0 ? rt.emptyTuple : PyTuple_Pack(rt, rt.emptyTuple, limit));
  const result = PyTuple_Pack(rt, i32[d + Ob.type], args, state, it);
  drop(rt, 4);
  return result;
}

function deque_sizeof(rt: Runtime, d: Ref): number {
  const i32 = rt.i32;
  const blocks = (i32[d + Deque.leftindex] + i32[d + Deque.size] + Block.LEN - 1) >> 6;
  const type = i32[d + Ob.type];
  return i32[type + 8] + blocks * Block.BYTES;
}

const none = (f: (rt: Runtime, d: Ref) => void) => (rt: Runtime, d: Ref) => {
  f(rt, d);
  return rt.None;
};

const METHODS: MethodDef[] = [
  { name: "append", flags: METH.O, fn: deque_append },
  { name: "appendleft", flags: METH.O, fn: deque_appendleft },
  { name: "clear", flags: METH.NOARGS, fn: none(deque_clear) },
  { name: "__copy__", flags: METH.NOARGS, fn: deque_copy },
  { name: "copy", flags: METH.NOARGS, fn: deque_copy },
  { name: "count", flags: METH.O, fn: deque_count },
  { name: "extend", flags: METH.O, fn: deque_extend },
  { name: "extendleft", flags: METH.O, fn: deque_extendleft },
  { name: "index", flags: METH.FASTCALL, fn: deque_index },
  { name: "insert", flags: METH.FASTCALL, fn: deque_insert },
  { name: "pop", flags: METH.NOARGS, fn: deque_pop },
  { name: "popleft", flags: METH.NOARGS, fn: deque_popleft },
  { name: "__reduce__", flags: METH.NOARGS, fn: deque_reduce },
  { name: "remove", flags: METH.O, fn: deque_remove },
  {
    name: "__reversed__",
    flags: METH.NOARGS,
    fn: (rt, d) => newDequeIter(rt, typesOf(rt).reverse, d, true),
  },
  { name: "reverse", flags: METH.NOARGS, fn: deque_reverse },
  { name: "rotate", flags: METH.FASTCALL, fn: deque_rotate },
  { name: "__sizeof__", flags: METH.NOARGS, fn: (rt, d) => PyLong_FromNumber(rt, deque_sizeof(rt, d)) },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
];

/** The type, a new reference. */
export function dequeType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "collections.deque",
    basicsize: Deque.BYTES,
    weaklistoffset: 4 * Deque.weakreflist,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.SEQUENCE | TF.IMMUTABLETYPE,
    heap: true,
    doc: "A list with quick appends and pops at both ends.",
    slots: {
      tp_new: (rt, type) => deque_new(rt, type),
      tp_init: deque_init,
      tp_dealloc: trashed(deque_dealloc),
      tp_traverse: deque_traverse,
      tp_clear: deque_clear,
      tp_hash: PyObject_HashNotImplemented,
      tp_repr: deque_repr,
      tp_richcompare: deque_richcompare,
      tp_getattro: PyObject_GenericGetAttr,
      tp_iter: (rt, d) => newDequeIter(rt, typesOf(rt).iterator, d, false),
      tp_sizeof: deque_sizeof,
      sq_length: (rt, d) => rt.i32[d + Deque.size],
      sq_concat: deque_concat,
      sq_repeat: deque_repeat,
      sq_item: deque_item,
      sq_ass_item: deque_ass_item,
      sq_contains: deque_contains,
      sq_inplace_concat: deque_inplace_concat,
      sq_inplace_repeat: deque_inplace_repeat,
    },
    methods: METHODS,
    getsets: [
      {
        name: "maxlen",
        get: (rt, d) => {
          const maxlen = rt.i32[d + Deque.maxlen];
          return maxlen < 0 ? rt.None : PyLong_FromNumber(rt, maxlen);
        },
      },
    ],
  });
}
