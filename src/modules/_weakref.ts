/** The module _weakref, on which the library's weakref.py stands. */
import { checkArgs } from "../objects/argparse.ts";
import { PyDict_Check, PyWeakref_Check } from "../objects/check.ts";
import { dictDiscard, PyDict_GetItemWithError } from "../objects/dict.ts";
import { typeError } from "../objects/errors.ts";
import { WeakRef as Wr } from "../objects/layout.ts";
import { PyList_Append, PyList_New } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import {
  _PyWeakref_GET_REF,
  _PyWeakref_GetWeakrefCount,
  PyWeakref_NewProxy,
  weakrefListPtr,
} from "../objects/weakref.ts";
import { createModule } from "./native.ts";

function getweakrefcount(rt: Runtime, _m: Ref, op: Ref): NewRef {
  return PyLong_FromNumber(rt, _PyWeakref_GetWeakrefCount(rt, op));
}

function getweakrefs(rt: Runtime, _m: Ref, op: Ref): NewRef {
  const result = PyList_New(rt, 0);
  push(rt, result);
  const list = weakrefListPtr(rt, op);
  let wr = list === 0 ? 0 : rt.i32[list];
  for (; wr !== 0; wr = rt.i32[wr + Wr.next]) PyList_Append(rt, result, wr);
  return pop(rt);
}

function proxy(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "proxy", nargs, 1, 2);
  return PyWeakref_NewProxy(rt, rt.i32[args], nargs > 1 ? rt.i32[args + 2] : 0);
}

/** Takes a key out of a dict whose value is a dead weak reference, and only then. */
function _remove_dead_weakref(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "_remove_dead_weakref", nargs, 2, 2);
  const d = rt.i32[args];
  const key = rt.i32[args + 2];
  if (!PyDict_Check(rt, d)) {
    throw typeError(rt, `_remove_dead_weakref() argument 1 must be dict, not ${typeNameOf(rt, d)}`);
  }
  const value = PyDict_GetItemWithError(rt, d, key);
  if (value === 0) return rt.None;
  if (!PyWeakref_Check(rt, value)) throw typeError(rt, "not a weakref");
  if (_PyWeakref_GET_REF(rt, value) === 0) dictDiscard(rt, d, key);
  return rt.None;
}

const methods: MethodDef[] = [
  {
    name: "getweakrefcount",
    flags: METH.O,
    fn: getweakrefcount,
    sig: "($module, object, /)",
    doc: "How many weak references there are to the object.",
  },
  {
    name: "getweakrefs",
    flags: METH.O,
    fn: getweakrefs,
    sig: "($module, object, /)",
    doc: "The weak references to the object.",
  },
  {
    name: "proxy",
    flags: METH.FASTCALL,
    fn: proxy,
    sig: "($module, object, callback=None, /)",
    doc: "A proxy that passes everything on to the object.",
  },
  {
    name: "_remove_dead_weakref",
    flags: METH.FASTCALL,
    fn: _remove_dead_weakref,
    sig: "($module, dct, key, /)",
    doc: "Removes the key if its value is a dead weak reference.",
  },
];

/** The module object: a new reference. */
export function PyInit__weakref(rt: Runtime): NewRef {
  const m = createModule(rt, "_weakref", methods, "Weak references.");
  push(rt, m);
  PyModule_AddObjectRef(rt, m, "ref", rt.types.weakref);
  PyModule_AddObjectRef(rt, m, "ReferenceType", rt.types.weakref);
  PyModule_AddObjectRef(rt, m, "ProxyType", rt.types.weakproxy);
  PyModule_AddObjectRef(rt, m, "CallableProxyType", rt.types.weakcallableproxy);
  return pop(rt);
}
