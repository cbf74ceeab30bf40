/**
 * FrameLocalsProxy: what a function frame's f_locals gives, a mapping that reads and writes the frame's variables (PEP 667).
 * Part of the object layer (CPython's Objects/frameobject.c). Names that are no variables go to the frame's extra dict.
 *
 *   byte  0      16      24
 *         | head | frame |
 */
import { PyObject_GetIter, PyObject_Hash, PyObject_RichCompare, reprOf } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyObject_CallMethodNoArgs } from "./call.ts";
import { PyDict_Check, PyUnicode_Check } from "./check.ts";
import { codeKinds } from "./code.ts";
import { defineType } from "./defineType.ts";
import {
  PyDict_DelItem,
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Size,
  PyDict_Update,
} from "./dict.ts";
import { raiseWith, typeError, valueError } from "./errors.ts";
import { localsSnapshot, localValue } from "./framelocals.ts";
import { CellOb, Code, Frame, FrameOb, Ob, TF } from "./layout.ts";
import { PyList_Reverse } from "./listmethods.ts";
import { pushed } from "./nativecall.ts";
import { decref, newref, setField } from "./refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_List } from "./sequence.ts";
import { typeNameOf } from "./slots.ts";
import { drop, pop } from "./stack.ts";
import { _PyUnicode_EQ, PyUnicode_FromJS } from "./str.ts";
import { tupleItem } from "./tuple.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref, type TypeSpec } from "./typeinfo.ts";

const enum Proxy {
  frame = 4,
  BYTES = 24,
}

function frameOf(rt: Runtime, p: Ref): number {
  return rt.i32[rt.i32[p + Proxy.frame] + FrameOb.frame];
}

/** All variables that have a value and the extra names, as a fresh dict. */
function snapshot(rt: Runtime, p: Ref): NewRef {
  const d = pushed(rt, localsSnapshot(rt, frameOf(rt, p)));
  const extra = rt.i32[rt.i32[p + Proxy.frame] + FrameOb.extra_locals];
  if (extra !== 0) PyDict_Update(rt, d, extra);
  return pop(rt);
}

/** Index in localsplus of a variable of this name, or -1. */
function indexOf(rt: Runtime, fp: number, key: Ref): number {
  if (!PyUnicode_Check(rt, key)) return -1;
  const code = rt.i32[fp + Frame.executable];
  const kinds = codeKinds(rt, code);
  const names = rt.i32[code + Code.localsplusnames];
  for (let i = 0; i < kinds.length; i++) {
    if ((kinds[i] & 0x10) === 0 && _PyUnicode_EQ(rt, tupleItem(rt, names, i), key)) return i;
  }
  return -1;
}

/** The value of a name, borrowed, or 0. */
function lookup(rt: Runtime, p: Ref, key: Ref): OptRef {
  const fp = frameOf(rt, p);
  const i = indexOf(rt, fp, key);
  if (i >= 0) {
    const value = localValue(rt, fp, codeKinds(rt, rt.i32[fp + Frame.executable])[i], i);
    if (value !== 0) return value;
  }
  if (i < 0) PyObject_Hash(rt, key);
  const extra = rt.i32[rt.i32[p + Proxy.frame] + FrameOb.extra_locals];
  return extra === 0 ? 0 : PyDict_GetItemWithError(rt, extra, key);
}

function proxy_subscript(rt: Runtime, p: Ref, key: Ref): NewRef {
  const value = lookup(rt, p, key);
  if (value === 0) {
    const text = pushed(rt, PyUnicode_FromJS(rt, `local variable '${reprOf(rt, key)}' is not defined`));
    throw raiseWith(rt, rt.exc.KeyError, text);
  }
  return newref(rt, value);
}

function proxy_ass_subscript(rt: Runtime, p: Ref, key: Ref, value: OptRef): void {
  const fp = frameOf(rt, p);
  const i = indexOf(rt, fp, key);
  if (i >= 0) {
    if (value === 0) throw valueError(rt, "cannot remove local variables from FrameLocalsProxy");
    const slot = fp + Frame.localsplus + 2 * i;
    const kind = codeKinds(rt, rt.i32[fp + Frame.executable])[i];
    const old = rt.i32[slot];
    const inCell = (kind & 0xc0) !== 0 && old !== 0 && rt.i32[old + Ob.type] === rt.types.cell;
    setField(rt, inCell ? old + CellOb.ref : slot, newref(rt, value));
    return;
  }
  const at = rt.i32[p + Proxy.frame] + FrameOb.extra_locals;
  if (value === 0) {
    if (rt.i32[at] === 0) throw raiseWith(rt, rt.exc.KeyError, key);
    PyDict_DelItem(rt, rt.i32[at], key);
    return;
  }
  if (rt.i32[at] === 0) rt.i32[at] = PyDict_New(rt);
  PyDict_SetItem(rt, rt.i32[at], key, value);
}

/** Does something with a fresh dict of the variables. */
function withSnapshot<T>(rt: Runtime, p: Ref, use: (d: Ref) => T): T {
  const d = pushed(rt, snapshot(rt, p));
  const result = use(d);
  drop(rt);
  return result;
}

function listOf(rt: Runtime, p: Ref, method: Ref): NewRef {
  return withSnapshot(rt, p, (d) => {
    const view = pushed(rt, PyObject_CallMethodNoArgs(rt, d, method));
    const list = PySequence_List(rt, view);
    drop(rt);
    return list;
  });
}

function proxy_get(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  if (nargs < 1 || nargs > 2) throw typeError(rt, "get expected 1 or 2 arguments");
  return newref(rt, lookup(rt, p, rt.i32[args]) || (nargs === 2 ? rt.i32[args + 2] : rt.None));
}

function proxy_setdefault(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  if (nargs < 1 || nargs > 2) throw typeError(rt, "setdefault expected 1 or 2 arguments");
  const have = lookup(rt, p, rt.i32[args]);
  if (have !== 0) return newref(rt, have);
  const value = nargs === 2 ? rt.i32[args + 2] : rt.None;
  proxy_ass_subscript(rt, p, rt.i32[args], value);
  return newref(rt, value);
}

function proxy_update(rt: Runtime, p: Ref, other: Ref): NewRef {
  const given = pushed(rt, PyDict_New(rt));
  if (!PyDict_Check(rt, other) && rt.i32[other + Ob.type] !== rt.i32[p + Ob.type]) {
    throw typeError(rt, "update() argument must be dict or another FrameLocalsProxy");
  }
  PyDict_Update(rt, given, other);
  for (let pos = PyDict_Next(rt, given, 0); pos >= 0; pos = PyDict_Next(rt, given, pos)) {
    proxy_ass_subscript(rt, p, rt.dictKey, rt.dictValue);
  }
  drop(rt);
  return rt.None;
}

const isProxy = (rt: Runtime, o: Ref): boolean => rt.i32[o + Ob.type] === rt.types.FrameLocalsProxy;

/** p | other and other | p: a dict. */
function proxy_or(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!(PyDict_Check(rt, a) || isProxy(rt, a)) || !(PyDict_Check(rt, b) || isProxy(rt, b)))
    return rt.NotImplemented;
  const d = pushed(rt, PyDict_New(rt));
  for (const o of [a, b]) PyDict_Update(rt, d, o);
  return pop(rt);
}

function proxy_ior(rt: Runtime, p: Ref, other: Ref): NewRef {
  if (!PyDict_Check(rt, other) && !isProxy(rt, other)) return rt.NotImplemented;
  decref(rt, proxy_update(rt, p, other));
  return newref(rt, p);
}

/** The names from the last to the first. */
function proxy_reversed(rt: Runtime, p: Ref): NewRef {
  const list = pushed(rt, listOf(rt, p, rt.names.keys));
  PyList_Reverse(rt, list);
  return pop(rt);
}

function proxy_repr(rt: Runtime, p: Ref): NewRef {
  if (!Py_ReprEnter(rt, p)) return PyUnicode_FromJS(rt, "{...}");
  try {
    return withSnapshot(rt, p, (d) => PyUnicode_FromJS(rt, reprOf(rt, d)));
  } finally {
    Py_ReprLeave(rt, p);
  }
}

function proxy_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (isProxy(rt, b)) {
    if (op !== Cmp.EQ && op !== Cmp.NE) return rt.NotImplemented;
    const same = rt.i32[a + Proxy.frame] === rt.i32[b + Proxy.frame];
    return same === (op === Cmp.EQ) ? rt.True : rt.False;
  }
  if (!PyDict_Check(rt, b)) return rt.NotImplemented;
  return withSnapshot(rt, a, (d) => PyObject_RichCompare(rt, d, b, op));
}

function proxy_new(rt: Runtime, _type: Ref, args: Ref): NewRef {
  const frame = rt.i32[args + 4] === 1 ? tupleItem(rt, args, 0) : 0;
  if (frame === 0) throw typeError(rt, `FrameLocalsProxy expected 1 argument, got ${rt.i32[args + 4]}`);
  if (rt.i32[frame + Ob.type] !== rt.types.frame)
    throw typeError(rt, `expect frame, not ${typeNameOf(rt, frame)}`);
  return newProxy(rt, frame);
}

const METHODS: MethodDef[] = [
  { name: "get", flags: METH.FASTCALL, fn: proxy_get },
  { name: "setdefault", flags: METH.FASTCALL, fn: proxy_setdefault },
  { name: "update", flags: METH.O, fn: proxy_update },
  { name: "copy", flags: METH.NOARGS, fn: snapshot },
  { name: "__reversed__", flags: METH.NOARGS, fn: proxy_reversed },
  { name: "keys", flags: METH.NOARGS, fn: (rt, p) => listOf(rt, p, rt.names.keys) },
  { name: "values", flags: METH.NOARGS, fn: (rt, p) => listOf(rt, p, rt.names.values) },
  { name: "items", flags: METH.NOARGS, fn: (rt, p) => listOf(rt, p, rt.names.items) },
];

function newProxy(rt: Runtime, frame: Ref): NewRef {
  const p = PyObject_GC_New(rt, rt.types.FrameLocalsProxy, Proxy.BYTES);
  rt.i32[p + Proxy.frame] = newref(rt, frame);
  PyObject_GC_Track(rt, p);
  return p;
}

/** Makes f_locals of function frames work. */
export function initFrameLocalsProxy(rt: Runtime): void {
  rt.frameLocalsProxy = (frame) => newProxy(rt, frame);
  const spec: TypeSpec = {
    name: "FrameLocalsProxy",
    basicsize: Proxy.BYTES,
    flags: TF.HAVE_GC | TF.MAPPING,
    slots: {
      tp_new: proxy_new,
      tp_dealloc: (rt, p) => {
        PyObject_GC_UnTrack(rt, p);
        decref(rt, rt.i32[p + Proxy.frame]);
        PyObject_GC_Del(rt, p);
      },
      tp_traverse: (rt, p, visit) => visit(rt.i32[p + Proxy.frame]),
      tp_repr: proxy_repr,
      tp_richcompare: proxy_richcompare,
      tp_iter: (rt, p) => withSnapshot(rt, p, (d) => PyObject_GetIter(rt, d)),
      mp_length: (rt, p) => withSnapshot(rt, p, (d) => PyDict_Size(rt, d)),
      mp_subscript: proxy_subscript,
      mp_ass_subscript: proxy_ass_subscript,
      nb_or: proxy_or,
      nb_inplace_or: proxy_ior,
      sq_contains: (rt, p, key) => lookup(rt, p, key) !== 0,
    },
    methods: METHODS,
  };
  defineType(rt, spec, rt.types.FrameLocalsProxy);
}
