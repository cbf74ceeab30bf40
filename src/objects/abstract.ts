/**
 * The object protocol: attributes, truth, length, hash, directory; the other chapters stand beside this file and are
 * reachable from here. Part of the object layer (CPython's Objects/object.c and Objects/abstract.c).
 */

import { Cell } from "../heap/cells.ts";
import { _PyObject_GC_Link } from "./alloc.ts";
import { PyObject_CallNoArgs } from "./call.ts";
import { PyLong_Check, PyUnicode_Check } from "./check.ts";
import { caught, clearError, errorMatches, raise, typeError, valueError } from "./errors.ts";
import { _PyObject_GenericGetAttrWithDict, PyObject_GenericGetAttr } from "./instance.ts";
import { Exc, Ob, Str } from "./layout.ts";
import { PyList_Sort } from "./listsort.ts";
import { PyLong_AsSsize_t } from "./long.ts";
import { _Py_module_getattro_impl, module_getattro } from "./module.ts";
import { incref, newref } from "./refcount.ts";
import { PyObject_Repr, PyObject_Str } from "./repr.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { SeqIter } from "./seqiters.ts";
import { PySequence_List } from "./sequence.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { internStatic, jsString, PyUnicode_InternInPlace } from "./str.ts";
import { _Py_type_getattro, _Py_type_getattro_impl } from "./typeattrs.ts";
import type { NewRef, OptRef, Ref, TypeInfo } from "./typeinfo.ts";
import { _PyType_Lookup } from "./typelookup.ts";

export {
  PyObject_Hash,
  PyObject_HashNotImplemented,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
} from "./compare.ts";
export { PyObject_IsInstance, PyObject_IsSubclass } from "./isinstance.ts";
export { PyObject_DelItem, PyObject_GetItem, PyObject_SetItem } from "./itemaccess.ts";
export {
  PyIter_Check,
  PyIter_Next,
  PyObject_GetAIter,
  PyObject_GetIter,
  PyObject_SelfIter,
} from "./iterproto.ts";
export { PyIndex_Check, PyNumber_AsSsize_t, PyNumber_Index } from "./number.ts";
export {
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_ASCII,
  PyObject_Bytes,
  PyObject_Format,
  PyObject_Repr,
  PyObject_Str,
} from "./repr.ts";

export function PyCallable_Check(rt: Runtime, p: Ref): boolean {
  return infoOf(rt, p).tp_call !== null;
}

function badName(rt: Runtime, name: Ref): never {
  throw typeError(rt, `attribute name must be string, not '${typeNameOf(rt, name)}'`);
}

/** o.name; an AttributeError that does not say so yet learns the name and the object. */
export function PyObject_GetAttr(rt: Runtime, o: Ref, name: Ref): NewRef {
  if (!PyUnicode_Check(rt, name)) badName(rt, name);
  const getattro = infoOf(rt, o).tp_getattro;
  if (getattro === null) throw noAttribute(rt, o, name);
  try {
    return getattro(rt, o, name);
  } catch (e) {
    if (e === rt.pyerr) setAttributeContext(rt, o, name);
    throw e;
  }
}

/** AttributeError of an object that has no such attribute. */
export function noAttribute(rt: Runtime, o: Ref, name: Ref): PyErr {
  const message = `'${typeNameOf(rt, o)}' object has no attribute '${jsString(rt, name)}'`;
  return attributeError(rt, message, o, name);
}

/** AttributeError with `name` and `obj` filled in: what to throw. */
export function attributeError(rt: Runtime, message: string, obj: Ref, name: Ref): PyErr {
  const err = raise(rt, rt.exc.AttributeError, message);
  setAttributeContext(rt, obj, name);
  return err;
}

/** Fields of AttributeError (exceptions.ts states them for the inspectors). */
const enum AttrErr {
  obj = Exc.extra,
  name = Exc.extra + 2,
}

/** Fills `name` and `obj` of the AttributeError that is set, if both are empty (set_attribute_error_context). */
export function setAttributeContext(rt: Runtime, obj: Ref, name: Ref): void {
  const i32 = rt.i32;
  const exc = i32[Cell.CURRENT_EXC];
  if (exc === 0 || !errorMatches(rt, rt.exc.AttributeError)) return;
  if (i32[exc + AttrErr.name] !== 0 || i32[exc + AttrErr.obj] !== 0) return;
  incref(rt, obj);
  i32[exc + AttrErr.obj] = obj;
  incref(rt, name);
  i32[exc + AttrErr.name] = name;
}

/** o.name, or 0 if there is none (AttributeError is swallowed, other exceptions pass). */
export function PyObject_GetOptionalAttr(rt: Runtime, o: Ref, name: Ref): NewRef | 0 {
  if (!PyUnicode_Check(rt, name)) badName(rt, name);
  const getattro = infoOf(rt, o).tp_getattro;
  if (getattro === null) return 0;
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  // The first three answer 0 for what is not there; a descriptor they find can raise AttributeError all the same.
  try {
    if (getattro === PyObject_GenericGetAttr) return _PyObject_GenericGetAttrWithDict(rt, o, name, 0, true);
    if (getattro === _Py_type_getattro) return _Py_type_getattro_impl(rt, o, name, true);
    if (getattro === module_getattro) return _Py_module_getattro_impl(rt, o, name, true);
    return getattro(rt, o, name);
  } catch (e) {
    caught(rt, e, m, rt.exc.AttributeError);
    clearError(rt);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    return 0;
  }
}

/** PyObject_HasAttrWithError */
export function PyObject_HasAttr(rt: Runtime, o: Ref, name: Ref): boolean {
  const value = PyObject_GetOptionalAttr(rt, o, name);
  if (value === 0) return false;
  push(rt, value);
  drop(rt);
  return true;
}

/** o.name = value; value 0 deletes. */
export function PyObject_SetAttr(rt: Runtime, o: Ref, name: Ref, value: OptRef): void {
  if (!PyUnicode_Check(rt, name)) badName(rt, name);
  if ((rt.i32[name + Str.state] & 3) === 0) {
    setAttrInterned(rt, o, name, value);
    return;
  }
  const info = infoOf(rt, o);
  if (info.tp_setattro !== null) {
    if (isInterned(rt, name)) info.tp_setattro(rt, o, name, value);
    else setInterned(rt, info, o, name, value);
    return;
  }
  throw noSetAttr(rt, o, name, value);
}

function noSetAttr(rt: Runtime, o: Ref, name: Ref, value: OptRef): PyErr {
  const kind = infoOf(rt, o).tp_getattro === null ? "no" : "only read-only";
  const action = value === 0 ? "del" : "assign to";
  const text = jsString(rt, name);
  return typeError(rt, `'${typeNameOf(rt, o, 100)}' object has ${kind} attributes (${action} .${text})`);
}

/** Attribute names are interned before they get into a dict; a name of a subclass of str stays what it is. */
function setAttrInterned(rt: Runtime, o: Ref, name: Ref, value: OptRef): void {
  const exact = rt.i32[name + Ob.type] === rt.types.str;
  const key = exact ? PyUnicode_InternInPlace(rt, newref(rt, name)) : newref(rt, name);
  push(rt, key);
  const info = infoOf(rt, o);
  if (info.tp_setattro === null) throw noSetAttr(rt, o, key, value);
  info.tp_setattro(rt, o, key, value);
  drop(rt);
}

function isInterned(rt: Runtime, name: Ref): boolean {
  return (rt.i32[name + Str.state] & 3) !== 0;
}

/** Names of attributes are interned, so that the keys of instances' dicts are. */
function setInterned(rt: Runtime, info: TypeInfo, o: Ref, name: Ref, value: OptRef): void {
  const interned = PyUnicode_InternInPlace(rt, newref(rt, name));
  push(rt, interned);
  info.tp_setattro!(rt, o, interned, value);
  drop(rt);
}

export function PyObject_DelAttr(rt: Runtime, o: Ref, name: Ref): void {
  PyObject_SetAttr(rt, o, name, 0);
}

/** Looks a special method up on the type, bound to `o`; 0 if there is none. */
export function _PyObject_LookupSpecial(rt: Runtime, o: Ref, name: Ref): NewRef | 0 {
  const type = rt.i32[o + Ob.type];
  const found = _PyType_Lookup(rt, type, name);
  if (found === 0) return 0;
  const get = infoOf(rt, found).tp_descr_get;
  if (get === null) return newref(rt, found);
  // The lookup lends; the descriptor must outlive its own `__get__`.
  push(rt, newref(rt, found));
  const bound = get(rt, found, o, type);
  drop(rt);
  return bound;
}

export function PyObject_IsTrue(rt: Runtime, p: Ref): boolean {
  if (p === rt.True) return true;
  if (p === rt.False || p === rt.None) return false;
  const info = infoOf(rt, p);
  if (info.nb_bool !== null) return info.nb_bool(rt, p);
  if (info.mp_length !== null) return info.mp_length(rt, p) > 0;
  if (info.sq_length !== null) return info.sq_length(rt, p) > 0;
  return true;
}

/** len(o) */
export function PyObject_Size(rt: Runtime, o: Ref): number {
  const types = rt.types;
  const t = rt.i32[o + Ob.type];
  if (t === types.list || t === types.str || t === types.tuple || t === types.dict)
    return rt.i32[o + Ob.size];
  const info = infoOf(rt, o);
  if (info.sq_length !== null) return info.sq_length(rt, o);
  if (info.mp_length !== null) return info.mp_length(rt, o);
  throw typeError(rt, `object of type '${typeNameOf(rt, o)}' has no len()`);
}

function hasLen(info: TypeInfo): boolean {
  return info.sq_length !== null || info.mp_length !== null;
}

/**
 * What is left of an iterator over a list or a tuple, without the bound method that CPython makes to ask it: the collector's
 * count is moved as it moves it. -1 for others, and while somebody looks at allocations.
 */
function iteratorHint(rt: Runtime, it: Ref): number {
  const i32 = rt.i32;
  const type = i32[it + Ob.type];
  if ((type !== rt.types.list_iterator && type !== rt.types.tuple_iterator) || i32[Cell.HOOKS] !== 0)
    return -1;
  _PyObject_GC_Link(rt);
  if (i32[Cell.GC_COUNT0] > 0) i32[Cell.GC_COUNT0]--;
  const seq = i32[it + SeqIter.seq];
  const left = seq === 0 ? 0 : i32[seq + Ob.size] - i32[it + SeqIter.index];
  return left > 0 ? left : 0;
}

/** len(o), or `o.__length_hint__()`, or `fallback`. */
export function PyObject_LengthHint(rt: Runtime, o: Ref, fallback: number): number {
  const quick = iteratorHint(rt, o);
  if (quick >= 0) return quick;
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  try {
    if (hasLen(infoOf(rt, o))) return PyObject_Size(rt, o);
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    clearError(rt);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
  }
  const hint = _PyObject_LookupSpecial(rt, o, rt.names.__length_hint__);
  return hint === 0 ? fallback : callLengthHint(rt, hint, fallback);
}

function callLengthHint(rt: Runtime, hint: NewRef, fallback: number): number {
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  push(rt, hint);
  let result: Ref;
  try {
    result = PyObject_CallNoArgs(rt, hint);
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    clearError(rt);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    return fallback;
  }
  drop(rt);
  if (result === rt.NotImplemented) return fallback;
  push(rt, result);
  if (!PyLong_Check(rt, result)) {
    throw typeError(rt, `__length_hint__ must be an integer, not ${typeNameOf(rt, result, 100)}`);
  }
  const n = PyLong_AsSsize_t(rt, result);
  drop(rt);
  if (n < 0) throw valueError(rt, "__length_hint__() should return >= 0");
  return n;
}

/** dir(o): a sorted list. (dir() without argument is the caller's frame's affair.) */
export function PyObject_Dir(rt: Runtime, o: Ref): NewRef {
  const dirfunc = _PyObject_LookupSpecial(rt, o, rt.names.__dir__);
  if (dirfunc === 0) throw typeError(rt, "object does not provide __dir__");
  push(rt, dirfunc);
  push(rt, PyObject_CallNoArgs(rt, dirfunc));
  const list = PySequence_List(rt, rt.i32[rt.i32[Cell.SP] - 2]);
  drop(rt, 2);
  push(rt, list);
  PyList_Sort(rt, list);
  return pop(rt);
}

/** Does `o.__isabstractmethod__` exist and hold true (_PyObject_IsAbstract)? */
export function _PyObject_IsAbstract(rt: Runtime, o: OptRef): boolean {
  if (o === 0) return false;
  const flag = PyObject_GetOptionalAttr(rt, o, rt.names.__isabstractmethod__);
  if (flag === 0) return false;
  push(rt, flag);
  const abstract = PyObject_IsTrue(rt, flag);
  drop(rt);
  return abstract;
}

/** The name a message gives to a function: its qualified name with its module and "()" (_PyObject_FunctionStr). */
export function _PyObject_FunctionStr(rt: Runtime, f: Ref): string {
  const qualname = PyObject_GetOptionalAttr(rt, f, rt.names.__qualname__);
  if (qualname === 0) return strOf(rt, f);
  push(rt, qualname);
  let text = strOf(rt, qualname);
  const module = PyObject_GetOptionalAttr(rt, f, rt.names.__module__);
  push(rt, module);
  if (module !== 0 && module !== rt.None) {
    const where = strOf(rt, module);
    if (where !== "builtins") text = `${where}.${text}`;
  }
  drop(rt, 2);
  return `${text}()`;
}

/** str(o) as JavaScript text. */
export function strOf(rt: Runtime, o: Ref): string {
  const s = PyObject_Str(rt, o);
  const text = jsString(rt, s);
  push(rt, s);
  drop(rt);
  return text;
}

/** repr(o) as JavaScript text. */
export function reprOf(rt: Runtime, o: Ref): string {
  const s = PyObject_Repr(rt, o);
  const text = jsString(rt, s);
  push(rt, s);
  drop(rt);
  return text;
}

/** Attribute by a native's own text: for cold paths. */
export function getAttrString(rt: Runtime, o: Ref, name: string): NewRef {
  return PyObject_GetAttr(rt, o, internStatic(rt, name));
}
