/**
 * `_thread._local`: attributes for each thread, of which there is one. Part of the modules (CPython's Modules/_threadmodule.c).
 *
 *   byte   0      16     24     32          40     48       56
 *          | head | dict |      | weak refs | args | kwargs |
 */

import { attributeError } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_New, PyDict_Size } from "../objects/dict.ts";
import { typeError } from "../objects/errors.ts";
import { _PyObject_GenericGetAttrWithDict, _PyObject_GenericSetAttrWithDict } from "../objects/instance.ts";
import { Ob, TF } from "../objects/layout.ts";
import { clearField, decref, newref, xnewref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { _PyUnicode_EQ, jsString } from "../objects/str.ts";
import { tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref, Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";

const enum Local {
  dict = 4,
  weakreflist = 8,
  args = 10,
  kwargs = 12,
  BYTES = 56,
}

const FIELDS = [Local.args, Local.kwargs, Local.dict] as const;

function local_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const info = infoOfType(rt, type);
  if (info.tp_init === infoOfType(rt, rt.types.object).tp_init) {
    const some = tupleSize(rt, args) > 0 || (kwargs !== 0 && PyDict_Size(rt, kwargs) > 0);
    if (some) throw typeError(rt, "Initialization arguments are not supported");
  }
  const p = info.tp_alloc!(rt, type, 0);
  rt.i32[p + Local.args] = newref(rt, args);
  rt.i32[p + Local.kwargs] = xnewref(rt, kwargs);
  push(rt, p);
  rt.i32[p + Local.dict] = PyDict_New(rt);
  return pop(rt);
}

function local_getattro(rt: Runtime, p: Ref, name: Ref): NewRef {
  const dict = rt.i32[p + Local.dict];
  if (_PyUnicode_EQ(rt, name, rt.names.__dict__)) return newref(rt, dict);
  return _PyObject_GenericGetAttrWithDict(rt, p, name, dict, false);
}

function local_setattro(rt: Runtime, p: Ref, name: Ref, value: OptRef): void {
  if (_PyUnicode_EQ(rt, name, rt.names.__dict__)) {
    const what = `'${typeNameOf(rt, p, 100)}' object attribute '${jsString(rt, name)}' is read-only`;
    throw attributeError(rt, what, p, name);
  }
  _PyObject_GenericSetAttrWithDict(rt, p, name, value, rt.i32[p + Local.dict]);
}

function local_clear(rt: Runtime, p: Ref): void {
  for (const field of FIELDS) clearField(rt, p + field);
}

function local_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  if (rt.i32[p + Local.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  local_clear(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function local_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
  for (const field of FIELDS) if (rt.i32[p + field] !== 0) visit(rt.i32[p + field]);
}

export function localType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "_thread._local",
    basicsize: Local.BYTES,
    weaklistoffset: Local.weakreflist * 4,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE,
    heap: true,
    doc: "Attributes of one thread.",
    slots: {
      tp_new: local_new,
      tp_dealloc: local_dealloc,
      tp_traverse: local_traverse,
      tp_clear: local_clear,
      tp_getattro: local_getattro,
      tp_setattro: local_setattro,
    },
  });
}
