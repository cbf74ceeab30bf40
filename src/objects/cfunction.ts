/**
 * Built-in functions and bound built-in methods: builtin_function_or_method. Part of the object layer (CPython's
 * Objects/methodobject.c).
 *
 *   byte   0      16      24       32         40           48          56
 *          | head | m_ml  | m_self | m_module | weak refs  | vectorcall |
 */

import { PyObject_GetAttr } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyVectorcall_Call } from "./call.ts";
import { PyModule_Check, PyType_Check, PyUnicode_Check } from "./check.ts";
import { Py_HashPointer } from "./compare.ts";
import { defineType } from "./defineType.ts";
import { getattrReduce, strOrNone } from "./descr.ts";
import { typeError } from "./errors.ts";
import { CFunc, Ob, TF } from "./layout.ts";
import { callMethodDef, docOf, registerMethodDef } from "./methdef.ts";
import { decref, newref, xdecref, xincref, xnewref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** A function object for a definition, with its `self` (a module, an instance, a class or 0) and its module's name or 0. */
export function PyCFunction_New(rt: Runtime, def: MethodDef, self: OptRef, module: OptRef): NewRef {
  return cfunctionFromNumber(rt, registerMethodDef(rt, def), self, module);
}

/** As PyCFunction_New, for a definition that has its number (a method descriptor's). */
export function cfunctionFromNumber(rt: Runtime, ml: number, self: OptRef, module: OptRef): NewRef {
  const i32 = rt.i32;
  const p = PyObject_GC_New(rt, rt.types.builtin_function_or_method, CFunc.BYTES);
  i32[p + CFunc.ml] = ml;
  i32[p + CFunc.self] = self;
  i32[p + CFunc.module] = module;
  i32[p + CFunc.weakreflist] = 0;
  i32[p + CFunc.vectorcall] = 0;
  xincref(rt, self);
  xincref(rt, module);
  PyObject_GC_Track(rt, p);
  return p;
}

/** PyCMethod_New: a method that knows the class which defines it, borrowed. */
export function cmethodFromNumber(rt: Runtime, ml: number, self: Ref, cls: Ref): NewRef {
  const i32 = rt.i32;
  const p = PyObject_GC_New(rt, rt.types.builtin_method, CFunc.METHOD_BYTES);
  i32[p + CFunc.ml] = ml;
  i32[p + CFunc.self] = newref(rt, self);
  i32[p + CFunc.module] = 0;
  i32[p + CFunc.weakreflist] = 0;
  i32[p + CFunc.vectorcall] = 0;
  i32[p + CFunc.mclass] = newref(rt, cls);
  PyObject_GC_Track(rt, p);
  return p;
}

export function cfunctionDef(rt: Runtime, p: Ref): MethodDef {
  return rt.methodDefs[rt.i32[p + CFunc.ml]];
}

/** What the native function gets as self: nothing for static methods. */
function selfOf(rt: Runtime, p: Ref): OptRef {
  return (cfunctionDef(rt, p).flags & METH.STATIC) !== 0 ? 0 : rt.i32[p + CFunc.self];
}

export function cfunction_vectorcall(
  rt: Runtime,
  p: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const i32 = rt.i32;
  const def = rt.methodDefs[i32[p + CFunc.ml]];
  const self = (def.flags & METH.STATIC) !== 0 ? 0 : i32[p + CFunc.self];
  return callMethodDef(rt, p, def, self, args, nargs, kwnames);
}

function meth_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  if (!trashBegin(rt, p, meth_dealloc)) return;
  if (i32[p + CFunc.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  if (i32[p + Ob.type] === rt.types.builtin_method) decref(rt, i32[p + CFunc.mclass]);
  xdecref(rt, i32[p + CFunc.self]);
  xdecref(rt, i32[p + CFunc.module]);
  PyObject_GC_Del(rt, p);
  trashEnd(rt);
}

function meth_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  const i32 = rt.i32;
  if (i32[p + CFunc.self] !== 0) visit(i32[p + CFunc.self]);
  if (i32[p + CFunc.module] !== 0) visit(i32[p + CFunc.module]);
  if (i32[p + Ob.type] === rt.types.builtin_method) visit(i32[p + CFunc.mclass]);
}

function isFunction(rt: Runtime, p: Ref): boolean {
  const self = rt.i32[p + CFunc.self];
  return self === 0 || PyModule_Check(rt, self);
}

function meth_repr(rt: Runtime, p: Ref): NewRef {
  const name = cfunctionDef(rt, p).name;
  if (isFunction(rt, p)) return PyUnicode_FromJS(rt, `<built-in function ${name}>`);
  const self = rt.i32[p + CFunc.self];
  const owner = `${typeNameOf(rt, self)} object at ${hexAddress(self)}`;
  return PyUnicode_FromJS(rt, `<built-in method ${name} of ${owner}>`);
}

function meth_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const i32 = rt.i32;
  const { builtin_function_or_method, builtin_method } = rt.types;
  const isNative = (p: Ref): boolean =>
    i32[p + Ob.type] === builtin_function_or_method || i32[p + Ob.type] === builtin_method;
  const comparable = isNative(a) && isNative(b);
  if ((op !== Cmp.EQ && op !== Cmp.NE) || !comparable) return rt.NotImplemented;
  const same =
    i32[a + CFunc.self] === i32[b + CFunc.self] && cfunctionDef(rt, a).fn === cfunctionDef(rt, b).fn;
  return same === (op === Cmp.EQ) ? rt.True : rt.False;
}

function meth_hash(rt: Runtime, p: Ref): number {
  const low = Py_HashPointer(rt, rt.i32[p + CFunc.self]) ^ rt.i32[p + CFunc.ml];
  return low;
}

function meth_qualname(rt: Runtime, p: Ref): NewRef {
  const name = cfunctionDef(rt, p).name;
  if (isFunction(rt, p)) return PyUnicode_FromJS(rt, name);
  const self = rt.i32[p + CFunc.self];
  const type = PyType_Check(rt, self) ? self : rt.i32[self + Ob.type];
  const typeName = PyObject_GetAttr(rt, type, rt.names.__qualname__);
  push(rt, typeName);
  if (!PyUnicode_Check(rt, typeName)) {
    throw typeError(rt, "<method>.__class__.__qualname__ is not a unicode object");
  }
  const qualname = PyUnicode_FromJS(rt, `${jsString(rt, typeName)}.${name}`);
  drop(rt);
  return qualname;
}

function meth_reduce(rt: Runtime, p: Ref): NewRef {
  const name = PyUnicode_FromJS(rt, cfunctionDef(rt, p).name);
  if (isFunction(rt, p)) return name;
  return getattrReduce(rt, rt.i32[p + CFunc.self], name);
}

export function initCFunction(rt: Runtime): void {
  const slots = {
    tp_dealloc: meth_dealloc,
    tp_traverse: meth_traverse,
    tp_repr: meth_repr,
    tp_hash: meth_hash,
    tp_call: PyVectorcall_Call,
    tp_vectorcall: cfunction_vectorcall,
    tp_richcompare: meth_richcompare,
  };
  defineType(
    rt,
    {
      name: "builtin_function_or_method",
      basicsize: CFunc.BYTES,
      weaklistoffset: CFunc.weakreflist * 4,
      flags: TF.HAVE_GC | TF.HAVE_VECTORCALL | TF.DISALLOW_INSTANTIATION,
      slots,
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: meth_reduce }],
      members: [{ name: "__module__", type: "object", offset: CFunc.module }],
      getsets: [
        { name: "__doc__", get: (rt, p) => strOrNone(rt, docOf(cfunctionDef(rt, p))) },
        { name: "__name__", get: (rt, p) => PyUnicode_FromJS(rt, cfunctionDef(rt, p).name) },
        { name: "__qualname__", get: meth_qualname },
        { name: "__self__", get: (rt, p) => xnewref(rt, selfOf(rt, p)) || rt.None },
        { name: "__text_signature__", get: (rt, p) => strOrNone(rt, cfunctionDef(rt, p).sig ?? null) },
      ],
    },
    rt.types.builtin_function_or_method,
  );
  const flags = TF.HAVE_GC | TF.HAVE_VECTORCALL | TF.DISALLOW_INSTANTIATION;
  defineType(
    rt,
    {
      name: "builtin_method",
      basicsize: CFunc.METHOD_BYTES,
      base: rt.types.builtin_function_or_method,
      weaklistoffset: CFunc.weakreflist * 4,
      flags,
      slots: {},
    },
    rt.types.builtin_method,
  );
}
