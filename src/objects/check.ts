/** Type checks by the flags of the type (any subclass) or by the exact type. Part of the object layer. */
import { Ob, TF, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { Ref } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

function has(rt: Runtime, p: Ref, flag: number): boolean {
  const i32 = rt.i32;
  return (i32[i32[p + Ob.type] + Ty.flags] & flag) !== 0;
}

function is(rt: Runtime, p: Ref, type: Ref): boolean {
  return rt.i32[p + Ob.type] === type;
}

/** PyObject_TypeCheck: is the object's type `type` or a subtype of it? */
export function PyObject_TypeCheck(rt: Runtime, p: Ref, type: Ref): boolean {
  const actual = rt.i32[p + Ob.type];
  return actual === type || PyType_IsSubtype(rt, actual, type);
}

export function PyLong_Check(rt: Runtime, p: Ref): boolean {
  return has(rt, p, TF.LONG_SUBCLASS);
}
export function PyLong_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.int);
}
export function PyBool_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.bool);
}
export function PyFloat_Check(rt: Runtime, p: Ref): boolean {
  return PyObject_TypeCheck(rt, p, rt.types.float);
}
export function PyFloat_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.float);
}
export function PyComplex_Check(rt: Runtime, p: Ref): boolean {
  return PyObject_TypeCheck(rt, p, rt.types.complex);
}
export function PyComplex_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.complex);
}
export function PyUnicode_Check(rt: Runtime, p: Ref): boolean {
  return has(rt, p, TF.UNICODE_SUBCLASS);
}
export function PyUnicode_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.str);
}
export function PyBytes_Check(rt: Runtime, p: Ref): boolean {
  return has(rt, p, TF.BYTES_SUBCLASS);
}
export function PyBytes_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.bytes);
}
export function PyByteArray_Check(rt: Runtime, p: Ref): boolean {
  return PyObject_TypeCheck(rt, p, rt.types.bytearray);
}
export function PyMemoryView_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.memoryview);
}
export function PyTuple_Check(rt: Runtime, p: Ref): boolean {
  return has(rt, p, TF.TUPLE_SUBCLASS);
}
export function PyTuple_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.tuple);
}
export function PyList_Check(rt: Runtime, p: Ref): boolean {
  return has(rt, p, TF.LIST_SUBCLASS);
}
export function PyList_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.list);
}
export function PyDict_Check(rt: Runtime, p: Ref): boolean {
  return has(rt, p, TF.DICT_SUBCLASS);
}
export function PyDict_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.dict);
}
export function PyAnySet_Check(rt: Runtime, p: Ref): boolean {
  return PySet_Check(rt, p) || PyFrozenSet_Check(rt, p);
}
export function PyAnySet_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.set) || is(rt, p, rt.types.frozenset);
}
export function PySet_Check(rt: Runtime, p: Ref): boolean {
  return PyObject_TypeCheck(rt, p, rt.types.set);
}
export function PySet_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.set);
}
export function PyFrozenSet_Check(rt: Runtime, p: Ref): boolean {
  return PyObject_TypeCheck(rt, p, rt.types.frozenset);
}
export function PyFrozenSet_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.frozenset);
}
export function PyRange_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.range);
}
export function PySlice_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.slice);
}
export function PyType_Check(rt: Runtime, p: Ref): boolean {
  return has(rt, p, TF.TYPE_SUBCLASS);
}
export function PyModule_Check(rt: Runtime, p: Ref): boolean {
  return PyObject_TypeCheck(rt, p, rt.types.module);
}
export function PyFunction_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.function);
}
export function PyMethod_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.method);
}
export function PyCFunction_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.builtin_function_or_method);
}
export function PyCode_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.code);
}
export function PyFrame_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.frame);
}
export function PyTraceBack_Check(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.traceback);
}
export function PyCoro_CheckExact(rt: Runtime, p: Ref): boolean {
  return is(rt, p, rt.types.coroutine);
}
/** PyExceptionInstance_Check */
export function PyExceptionInstance_Check(rt: Runtime, p: Ref): boolean {
  return has(rt, p, TF.BASE_EXC_SUBCLASS);
}
/** PyExceptionClass_Check: a class derived from BaseException. */
export function PyExceptionClass_Check(rt: Runtime, p: Ref): boolean {
  return PyType_Check(rt, p) && (rt.i32[p + Ty.flags] & TF.BASE_EXC_SUBCLASS) !== 0;
}
/** PyWeakref_Check: references and proxies. */
export function PyWeakref_Check(rt: Runtime, p: Ref): boolean {
  const types = rt.types;
  return (
    PyObject_TypeCheck(rt, p, types.weakref) ||
    is(rt, p, types.weakproxy) ||
    is(rt, p, types.weakcallableproxy)
  );
}
export function PyCell_Check(rt: Runtime, p: Ref): boolean {
  return rt.i32[p + Ob.type] === rt.types.cell;
}
