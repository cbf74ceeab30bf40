/** `__build_class__`: what a class statement calls. Part of the modules (CPython's Python/bltinmodule.c). */
import { PyObject_GetOptionalAttr, PyObject_SetItem, reprOf } from "../objects/abstract.ts";
import { _PyStack_AsDict, kwCount, PyObject_CallOneArg } from "../objects/call.ts";
import { PyFunction_Check, PyTuple_Check, PyType_Check, PyUnicode_Check } from "../objects/check.ts";
import { dictPopOr0, PyDict_New } from "../objects/dict.ts";
import { raise, typeError } from "../objects/errors.ts";
import { CellOb, Ob } from "../objects/layout.ts";
import { PyList_Append, PyList_AsTuple, PyList_New } from "../objects/list.ts";
import { PyMapping_Check } from "../objects/mapping.ts";
import { callWithDict, pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { tpName, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyTuple_FromArray, tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { _PyType_CalculateMetaclass } from "../objects/typenew.ts";

/** (func, name, *bases, metaclass=..., **kwds) */
export function builtin___build_class__(
  rt: Runtime,
  _self: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const i32 = rt.i32;
  if (nargs < 2) throw typeError(rt, "__build_class__: not enough arguments");
  const func = i32[args];
  if (!PyFunction_Check(rt, func)) throw typeError(rt, "__build_class__: func must be a function");
  const name = i32[args + 2];
  if (!PyUnicode_Check(rt, name)) throw typeError(rt, "__build_class__: name is not a string");
  const orig = pushed(rt, PyTuple_FromArray(rt, args + 4, nargs - 2, false));
  const bases = pushed(rt, update_bases(rt, orig, args + 4, nargs - 2));
  const nkw = kwCount(rt, kwnames);
  const mkw = nkw === 0 ? 0 : _PyStack_AsDict(rt, args + 2 * nargs, kwnames);
  push(rt, mkw);
  const meta = pushed(rt, metaclassOf(rt, mkw, bases));
  const ns = pushed(rt, prepare(rt, meta, name, bases, mkw));
  const cell = pushed(rt, rt.runClassBody(func, ns));
  if (bases !== orig) PyObject_SetItem(rt, ns, rt.names.__orig_bases__, orig);
  const cls = callWithDict(rt, meta, mkw, name, bases, ns);
  push(rt, cls);
  checkCell(rt, cls, cell, name);
  const result = newref(rt, cls);
  drop(rt, 7);
  return result;
}

/** Resolves `__mro_entries__` of bases that are no types; the same tuple if there are none. A new reference. */
function update_bases(rt: Runtime, bases: Ref, args: number, n: number): NewRef {
  let list = 0;
  for (let i = 0; i < n; i++) {
    const base = rt.i32[args + 2 * i];
    const meth = PyType_Check(rt, base) ? 0 : PyObject_GetOptionalAttr(rt, base, rt.names.__mro_entries__);
    if (meth === 0) {
      if (list !== 0) PyList_Append(rt, list, base);
      continue;
    }
    push(rt, meth);
    const entries = pushed(rt, PyObject_CallOneArg(rt, meth, bases));
    if (!PyTuple_Check(rt, entries)) throw typeError(rt, "__mro_entries__ must return a tuple");
    const first = list === 0;
    if (first) {
      list = PyList_New(rt, 0);
      push(rt, list);
      for (let k = 0; k < i; k++) PyList_Append(rt, list, rt.i32[args + 2 * k]);
    }
    for (let k = 0; k < tupleSize(rt, entries); k++) PyList_Append(rt, list, tupleItem(rt, entries, k));
    if (first) lowerTop(rt, 2);
    else drop(rt, 2);
  }
  if (list === 0) return newref(rt, bases);
  const result = PyList_AsTuple(rt, list);
  drop(rt);
  return result;
}

/** Releases the n references under the topmost one. */
function lowerTop(rt: Runtime, n: number): void {
  const top = pop(rt);
  drop(rt, n);
  push(rt, top);
}

/** The metaclass given by keyword, or the first base's type; the most derived of it and the bases'. A new reference. */
function metaclassOf(rt: Runtime, mkw: OptRef, bases: Ref): NewRef {
  const given = mkw === 0 ? 0 : dictPopOr0(rt, mkw, rt.names.metaclass);
  if (given !== 0 && !PyType_Check(rt, given)) return given;
  if (given !== 0) push(rt, given);
  const first = tupleSize(rt, bases) === 0 ? rt.types.type : rt.i32[tupleItem(rt, bases, 0) + Ob.type];
  const winner = newref(rt, _PyType_CalculateMetaclass(rt, given === 0 ? first : given, bases));
  if (given !== 0) drop(rt);
  return winner;
}

/** The namespace for the class body. */
function prepare(rt: Runtime, meta: Ref, name: Ref, bases: Ref, mkw: OptRef): NewRef {
  const prep = PyObject_GetOptionalAttr(rt, meta, rt.names.__prepare__);
  if (prep === 0) return PyDict_New(rt);
  push(rt, prep);
  const ns = callWithDict(rt, prep, mkw, name, bases);
  drop(rt);
  if (PyMapping_Check(rt, ns)) return ns;
  push(rt, ns);
  const who = PyType_Check(rt, meta) ? tpName(rt, meta) : "<metaclass>";
  throw typeError(rt, `${who}.__prepare__() must return a mapping, not ${typeNameOf(rt, ns)}`);
}

/** The `__class__` cell that the body returned must hold the new class: `type.__new__` has filled it. */
function checkCell(rt: Runtime, cls: Ref, cell: Ref, name: Ref): void {
  if (!PyType_Check(rt, cls) || rt.i32[cell + Ob.type] !== rt.types.cell) return;
  const held = rt.i32[cell + CellOb.ref];
  if (held !== cls) throw wrongCell(rt, held, cls, name);
}

function wrongCell(rt: Runtime, held: OptRef, cls: Ref, name: Ref): PyErr {
  const what = `defining ${reprOf(rt, name).slice(0, 200)} as ${reprOf(rt, cls).slice(0, 200)}`;
  if (held === 0) {
    const question = "Was __classcell__ propagated to type.__new__?";
    return raise(rt, rt.exc.RuntimeError, `__class__ not set ${what}. ${question}`);
  }
  return typeError(rt, `__class__ set to ${reprOf(rt, held).slice(0, 200)} ${what}`);
}
