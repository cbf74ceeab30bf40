/**
 * types.SimpleNamespace. Part of the object layer (CPython's Objects/namespaceobject.c).
 *
 *   byte   0      16        24
 *          | head | ns_dict |
 */

import { Py_ReprEnter, Py_ReprLeave, PyObject_RichCompare, reprOf } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs } from "./argparse.ts";
import { PyObject_CallNoArgs, PyObject_CallOneArg } from "./call.ts";
import { PyDict_CheckExact, PyObject_TypeCheck, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { PyDict_New, PyDict_Next, PyDict_Update } from "./dict.ts";
import { typeError } from "./errors.ts";
import { Ob, TF, Tuple } from "./layout.ts";
import { clearField, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf, infoOfType, tpName, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { PyType_GenericAlloc } from "./subtype.ts";
import { trashed } from "./trashcan.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import { type Cmp, METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

const enum Ns {
  dict = 4,
  BYTES = 24,
}

function namespace_new(rt: Runtime, type: Ref): NewRef {
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  push(rt, p);
  rt.i32[p + Ns.dict] = PyDict_New(rt);
  return pop(rt);
}

/** A namespace with the items of a dict (borrowed; 0: empty) (_PyNamespace_New). */
export function _PyNamespace_New(rt: Runtime, items: OptRef): NewRef {
  const p = namespace_new(rt, rt.types.SimpleNamespace);
  if (items === 0) return p;
  push(rt, p);
  PyDict_Update(rt, rt.i32[p + Ns.dict], items);
  return pop(rt);
}

function namespace_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  const nargs = rt.i32[args + Tuple.size];
  checkArgs(rt, typeNameOf(rt, p).replace(/^.*\./, ""), nargs, 0, 1);
  if (nargs === 1) updateFrom(rt, p, tupleItem(rt, args, 0));
  if (kwargs === 0) return;
  checkKeys(rt, kwargs);
  PyDict_Update(rt, rt.i32[p + Ns.dict], kwargs);
}

/** Takes the attributes of a mapping or an iterable of pairs. */
function updateFrom(rt: Runtime, p: Ref, source: Ref): void {
  if (PyDict_CheckExact(rt, source)) {
    checkKeys(rt, source);
    PyDict_Update(rt, rt.i32[p + Ns.dict], source);
    return;
  }
  const dict = PyObject_CallOneArg(rt, rt.types.dict, source);
  push(rt, dict);
  checkKeys(rt, dict);
  PyDict_Update(rt, rt.i32[p + Ns.dict], dict);
  drop(rt);
}

function checkKeys(rt: Runtime, dict: Ref): void {
  for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
    if (!PyUnicode_Check(rt, rt.dictKey)) throw typeError(rt, "keywords must be strings");
  }
}

function namespace_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + Ns.dict);
  infoOf(rt, p).tp_free!(rt, p);
}

function namespace_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + Ns.dict] !== 0) visit(rt.i32[p + Ns.dict]);
}

function namespace_clear(rt: Runtime, p: Ref): void {
  clearField(rt, p + Ns.dict);
}

function namespace_repr(rt: Runtime, p: Ref): NewRef {
  const exact = rt.i32[p + Ob.type] === rt.types.SimpleNamespace;
  const name = exact ? "namespace" : typeNameOf(rt, p);
  if (!Py_ReprEnter(rt, p)) return PyUnicode_FromJS(rt, `${name}(...)`);
  try {
    return PyUnicode_FromJS(rt, `${name}(${reprItems(rt, rt.i32[p + Ns.dict])})`);
  } finally {
    Py_ReprLeave(rt, p);
  }
}

function reprItems(rt: Runtime, dict: Ref): string {
  const parts: string[] = [];
  for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
    if (!PyUnicode_Check(rt, rt.dictKey)) continue;
    const key = jsString(rt, rt.dictKey);
    if (key === "") continue;
    const value = push(rt, newref(rt, rt.dictValue));
    parts.push(`${key}=${reprOf(rt, rt.i32[value])}`);
    drop(rt);
  }
  return parts.join(", ");
}

function namespace_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const type = rt.types.SimpleNamespace;
  if (!PyObject_TypeCheck(rt, a, type) || !PyObject_TypeCheck(rt, b, type)) return rt.NotImplemented;
  return PyObject_RichCompare(rt, rt.i32[a + Ns.dict], rt.i32[b + Ns.dict], op);
}

function namespace_reduce(rt: Runtime, p: Ref): NewRef {
  return PyTuple_Pack(rt, rt.i32[p + Ob.type], rt.emptyTuple, rt.i32[p + Ns.dict]);
}

/** copy.replace: a new namespace with some attributes changed. */
function namespace_replace(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  if (rt.i32[args + Tuple.size] > 0) {
    throw typeError(rt, `__replace__() takes no positional arguments`);
  }
  const result = PyObject_CallNoArgs(rt, rt.i32[p + Ob.type]);
  push(rt, result);
  if (!PyObject_TypeCheck(rt, result, rt.types.SimpleNamespace)) {
    const type = rt.i32[p + Ob.type];
    throw typeError(
      rt,
      `expect ${tpName(rt, type)} type, but ${reprOf(rt, type)}() returned '${typeNameOf(rt, result)}' object`,
    );
  }
  PyDict_Update(rt, rt.i32[result + Ns.dict], rt.i32[p + Ns.dict]);
  if (kwargs !== 0) PyDict_Update(rt, rt.i32[result + Ns.dict], kwargs);
  return pop(rt);
}

export function initNamespace(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "types.SimpleNamespace",
      basicsize: Ns.BYTES,
      dictoffset: Ns.dict * 4,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "Attributes given by keywords, and nothing else.",
      slots: {
        tp_dealloc: trashed(namespace_dealloc),
        tp_traverse: namespace_traverse,
        tp_clear: namespace_clear,
        tp_repr: namespace_repr,
        tp_richcompare: namespace_richcompare,
        tp_init: namespace_init,
        tp_new: namespace_new,
        tp_alloc: PyType_GenericAlloc,
        tp_free: PyObject_GC_Del,
      },
      methods: [
        { name: "__reduce__", flags: METH.NOARGS, fn: namespace_reduce },
        { name: "__replace__", flags: METH.VARARGS | METH.KEYWORDS, fn: namespace_replace },
      ],
      members: [{ name: "__dict__", type: "object", offset: Ns.dict, readonly: true }],
    },
    rt.types.SimpleNamespace,
  );
}
