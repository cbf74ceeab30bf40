/** Subscription: o[key], o[key] = value, del o[key]. Part of the object layer (CPython's Objects/abstract.c). */
import { PyObject_GetOptionalAttr } from "./abstract.ts";
import { PyObject_CallOneArg } from "./call.ts";
import { PyType_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { Ob, TF, Ty } from "./layout.ts";
import { _PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { PySequence_DelItem, PySequence_GetItem, PySequence_SetItem } from "./sequence.ts";
import { infoOf, tpName, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

export function PyObject_GetItem(rt: Runtime, o: Ref, key: Ref): NewRef {
  const info = infoOf(rt, o);
  if (info.mp_subscript !== null) return info.mp_subscript(rt, o, key);
  if (info.sq_item !== null) return PySequence_GetItem(rt, o, sequenceIndex(rt, key));
  if (PyType_Check(rt, o)) return classGetItem(rt, o, key);
  throw typeError(rt, `'${typeNameOf(rt, o)}' object is not subscriptable`);
}

function sequenceIndex(rt: Runtime, key: Ref): number {
  if (!_PyIndex_Check(rt, key)) {
    throw typeError(rt, `sequence index must be integer, not '${typeNameOf(rt, key)}'`);
  }
  return PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
}

/** type[key]: `type` itself makes an alias, other classes are asked for `__class_getitem__`. */
function classGetItem(rt: Runtime, type: Ref, key: Ref): NewRef {
  if (type === rt.types.type) return Py_GenericAlias(rt, type, key);
  const meth = PyObject_GetOptionalAttr(rt, type, rt.names.__class_getitem__);
  if (meth === 0 || meth === rt.None) {
    throw typeError(rt, `type '${tpName(rt, type)}' is not subscriptable`);
  }
  push(rt, meth);
  const result = PyObject_CallOneArg(rt, meth, key);
  drop(rt);
  return result;
}

export function PyObject_SetItem(rt: Runtime, o: Ref, key: Ref, value: Ref): void {
  const info = infoOf(rt, o);
  if (info.mp_ass_subscript !== null) {
    info.mp_ass_subscript(rt, o, key, value);
    return;
  }
  if (info.sq_ass_item !== null) {
    if (_PyIndex_Check(rt, key)) {
      PySequence_SetItem(rt, o, PyNumber_AsSsize_t(rt, key, rt.exc.IndexError), value);
      return;
    }
    if (info.sq_item !== null) throw notAnIndex(rt, key);
  }
  throw typeError(rt, `'${typeNameOf(rt, o)}' object does not support item assignment`);
}

function notAnIndex(rt: Runtime, key: Ref): PyErr {
  return typeError(rt, `sequence index must be integer, not '${typeNameOf(rt, key)}'`);
}

export function PyObject_DelItem(rt: Runtime, o: Ref, key: Ref): void {
  const info = infoOf(rt, o);
  if (info.mp_ass_subscript !== null) {
    info.mp_ass_subscript(rt, o, key, 0);
    return;
  }
  if (hasSequenceSlots(rt, o)) {
    if (_PyIndex_Check(rt, key)) {
      PySequence_DelItem(rt, o, PyNumber_AsSsize_t(rt, key, rt.exc.IndexError));
      return;
    }
    if (info.sq_ass_item !== null) throw notAnIndex(rt, key);
  }
  throw typeError(rt, `'${typeNameOf(rt, o)}' object does not support item deletion`);
}

/** Has the type a tp_as_sequence? Classes of Python's always have. */
function hasSequenceSlots(rt: Runtime, o: Ref): boolean {
  const { sq_length, sq_item, sq_contains, sq_ass_item } = infoOf(rt, o);
  if (sq_length !== null || sq_item !== null || sq_contains !== null || sq_ass_item !== null) return true;
  return (rt.i32[rt.i32[o + Ob.type] + Ty.flags] & TF.HEAPTYPE) !== 0;
}
