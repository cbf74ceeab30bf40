/**
 * Attributes of classes: lookup and assignment on a class, and its own computed attributes (`__name__`, `__module__`,
 * `__doc__` ...). Part of the object layer (CPython's Objects/typeobject.c).
 */
import { attributeError, PyObject_IsTrue } from "./abstract.ts";
import { PyUnicode_Check } from "./check.ts";
import {
  PyDict_Contains,
  PyDict_DelItem,
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_SetItem,
} from "./dict.ts";
import { raise, typeError, valueError } from "./errors.ts";
import { Ob, Str, TF, Ty } from "./layout.ts";
import { PyDictProxy_New } from "./mappingproxy.ts";
import { incref, newref, setField } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf, infoOfType, tpName, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic, jsString, PyUnicode_FromJS, PyUnicode_InternInPlace } from "./str.ts";
import { type_set_bases } from "./typebases.ts";
import type { GetSetDef, MemberDef, NewRef, OptRef, Ref, ternaryfunc } from "./typeinfo.ts";
import { _PyType_Lookup, PyType_Modified } from "./typelookup.ts";
import { update_slot } from "./typeslots.ts";

export function _Py_type_getattro(rt: Runtime, type: Ref, name: Ref): NewRef {
  return _Py_type_getattro_impl(rt, type, name, false);
}

/** cls.name; with `suppress`, 0 when there is no such attribute (an AttributeError of a descriptor passes). */
export function _Py_type_getattro_impl(rt: Runtime, type: Ref, name: Ref, suppress: boolean): NewRef | 0 {
  const metatype = rt.i32[type + Ob.type];
  const meta = _PyType_Lookup(rt, metatype, name);
  let metaGet: ternaryfunc | null = null;
  if (meta !== 0) {
    const info = infoOf(rt, meta);
    metaGet = info.tp_descr_get;
    if (metaGet !== null && info.tp_descr_set !== null) return callGet(rt, metaGet, meta, type, metatype);
  }
  const attribute = _PyType_Lookup(rt, type, name);
  if (attribute !== 0) {
    const get = infoOf(rt, attribute).tp_descr_get;
    return get === null ? newref(rt, attribute) : callGet(rt, get, attribute, 0, type);
  }
  if (metaGet !== null) return callGet(rt, metaGet, meta, type, metatype);
  if (meta !== 0) return newref(rt, meta);
  if (suppress) return 0;
  throw noTypeAttribute(rt, type, name);
}

function callGet(rt: Runtime, get: ternaryfunc, descr: Ref, o: OptRef, type: Ref): NewRef {
  push(rt, newref(rt, descr));
  const result = get(rt, descr, o, type);
  drop(rt);
  return result;
}

function noTypeAttribute(rt: Runtime, type: Ref, name: Ref): PyErr {
  const message = `type object '${tpName(rt, type, 100)}' has no attribute '${jsString(rt, name)}'`;
  return attributeError(rt, message, type, name);
}

/** cls.name = value (0: del); a special method's slots follow. */
export function type_setattro(rt: Runtime, type: Ref, name: Ref, value: OptRef): void {
  const i32 = rt.i32;
  if (!PyUnicode_Check(rt, name)) {
    throw typeError(rt, `attribute name must be string, not '${typeNameOf(rt, name, 200)}'`);
  }
  if ((i32[type + Ty.flags] & TF.IMMUTABLETYPE) !== 0) {
    throw typeError(
      rt,
      `cannot set '${jsString(rt, name)}' attribute of immutable type '${tpName(rt, type)}'`,
    );
  }
  const exact =
    i32[name + Ob.type] === rt.types.str ? newref(rt, name) : PyUnicode_FromJS(rt, jsString(rt, name));
  const key = PyUnicode_InternInPlace(rt, exact);
  push(rt, key);
  const descr = _PyType_Lookup(rt, i32[type + Ob.type], key);
  const set = descr === 0 ? null : infoOf(rt, descr).tp_descr_set;
  if (set !== null) {
    push(rt, newref(rt, descr));
    set(rt, descr, type, value);
    drop(rt);
  } else setInDict(rt, type, key, value);
  drop(rt);
}

function setInDict(rt: Runtime, type: Ref, name: Ref, value: OptRef): void {
  const dict = rt.i32[type + Ty.dict];
  const old = PyDict_GetItemWithError(rt, dict, name);
  if (value === 0 && old === 0) throw noTypeAttribute(rt, type, name);
  if (old !== 0) incref(rt, old);
  // The old value goes last: its end may run code, which must see the new slots.
  push(rt, old);
  if (value === 0) PyDict_DelItem(rt, dict, name);
  else PyDict_SetItem(rt, dict, name, value);
  PyType_Modified(rt, type);
  if (isDunder(rt, name)) update_slot(rt, type, name);
  drop(rt);
}

function isDunder(rt: Runtime, name: Ref): boolean {
  if (rt.i32[name + Str.length] <= 4) return false;
  const text = jsString(rt, name);
  return text.startsWith("__") && text.endsWith("__");
}

/** Refuses to set a special attribute of an immutable type, or to delete it (check_set_special_type_attr). */
function checkSettable(rt: Runtime, type: Ref, value: OptRef, name: string): void {
  if ((rt.i32[type + Ty.flags] & TF.IMMUTABLETYPE) !== 0) {
    throw typeError(rt, `cannot set '${name}' attribute of immutable type '${tpName(rt, type)}'`);
  }
  if (value === 0)
    throw typeError(rt, `cannot delete '${name}' attribute of immutable type '${tpName(rt, type)}'`);
}

function isHeapType(rt: Runtime, type: Ref): boolean {
  return (rt.i32[type + Ty.flags] & TF.HEAPTYPE) !== 0;
}

export function type_name(rt: Runtime, type: Ref): NewRef {
  if (isHeapType(rt, type)) return newref(rt, rt.i32[type + Ty.ht_name]);
  const name = infoOfType(rt, type).name;
  return internStatic(rt, name.slice(name.lastIndexOf(".") + 1));
}

function type_set_name(rt: Runtime, type: Ref, value: OptRef): void {
  checkSettable(rt, type, value, "__name__");
  if (!PyUnicode_Check(rt, value)) {
    throw typeError(
      rt,
      `can only assign string to ${tpName(rt, type)}.__name__, not '${typeNameOf(rt, value)}'`,
    );
  }
  const text = jsString(rt, value);
  if (text.includes("\0")) throw valueError(rt, "type name must not contain null characters");
  infoOfType(rt, type).name = text;
  incref(rt, value);
  setField(rt, type + Ty.ht_name, value);
}

export function type_qualname(rt: Runtime, type: Ref): NewRef {
  return isHeapType(rt, type) ? newref(rt, rt.i32[type + Ty.ht_qualname]) : type_name(rt, type);
}

function type_set_qualname(rt: Runtime, type: Ref, value: OptRef): void {
  checkSettable(rt, type, value, "__qualname__");
  if (!PyUnicode_Check(rt, value)) {
    const message = `can only assign string to ${tpName(rt, type)}.__qualname__, not '${typeNameOf(rt, value)}'`;
    throw typeError(rt, message);
  }
  incref(rt, value);
  setField(rt, type + Ty.ht_qualname, value);
}

function dictGet(rt: Runtime, type: Ref, name: Ref): OptRef {
  return PyDict_GetItemWithError(rt, rt.i32[type + Ty.dict], name);
}

export function type_module(rt: Runtime, type: Ref): NewRef {
  if (!isHeapType(rt, type)) {
    const name = infoOfType(rt, type).name;
    const dot = name.lastIndexOf(".");
    return dot < 0 ? newref(rt, rt.names.builtins) : internStatic(rt, name.slice(0, dot));
  }
  const module = dictGet(rt, type, rt.names.__module__);
  if (module === 0) throw raise(rt, rt.exc.AttributeError, "__module__");
  return newref(rt, module);
}

function dictSet(rt: Runtime, type: Ref, name: Ref, value: Ref): void {
  PyType_Modified(rt, type);
  PyDict_SetItem(rt, rt.i32[type + Ty.dict], name, value);
}

function dictDel(rt: Runtime, type: Ref, name: Ref): boolean {
  const dict = rt.i32[type + Ty.dict];
  if (!PyDict_Contains(rt, dict, name)) return false;
  PyDict_DelItem(rt, dict, name);
  return true;
}

function type_set_module(rt: Runtime, type: Ref, value: OptRef): void {
  checkSettable(rt, type, value, "__module__");
  dictSet(rt, type, rt.names.__module__, value);
  dictDel(rt, type, rt.names.__firstlineno__);
}

function type_abstractmethods(rt: Runtime, type: Ref): NewRef {
  const name = internStatic(rt, "__abstractmethods__");
  // type itself has the descriptor in its dict, not a value.
  const value = type === rt.types.type ? 0 : dictGet(rt, type, name);
  if (value === 0) throw raise(rt, rt.exc.AttributeError, "__abstractmethods__");
  return newref(rt, value);
}

function type_set_abstractmethods(rt: Runtime, type: Ref, value: OptRef): void {
  const name = internStatic(rt, "__abstractmethods__");
  const abstract = value !== 0 && PyObject_IsTrue(rt, value);
  if (value !== 0) PyDict_SetItem(rt, rt.i32[type + Ty.dict], name, value);
  else if (!dictDel(rt, type, name)) throw raise(rt, rt.exc.AttributeError, "__abstractmethods__");
  PyType_Modified(rt, type);
  if (abstract) rt.i32[type + Ty.flags] |= TF.IS_ABSTRACT;
  else rt.i32[type + Ty.flags] &= ~TF.IS_ABSTRACT;
}

function type_get_doc(rt: Runtime, type: Ref): NewRef {
  const text = isHeapType(rt, type) ? undefined : rt.typeState.docs.get(type);
  if (text !== undefined) return PyUnicode_FromJS(rt, text);
  const doc = dictGet(rt, type, rt.names.__doc__);
  if (doc === 0) return rt.None;
  const get = infoOf(rt, doc).tp_descr_get;
  return get === null ? newref(rt, doc) : callGet(rt, get, doc, 0, type);
}

function type_set_doc(rt: Runtime, type: Ref, value: OptRef): void {
  checkSettable(rt, type, value, "__doc__");
  dictSet(rt, type, rt.names.__doc__, value);
}

function type_get_annotations(rt: Runtime, type: Ref): NewRef {
  if (!isHeapType(rt, type)) {
    const message = `type object '${tpName(rt, type)}' has no attribute '__annotations__'`;
    throw raise(rt, rt.exc.AttributeError, message);
  }
  const name = rt.names.__annotations__;
  const found = dictGet(rt, type, name);
  if (found !== 0) {
    const get = infoOf(rt, found).tp_descr_get;
    return get === null ? newref(rt, found) : callGet(rt, get, found, 0, type);
  }
  const fresh = PyDict_New(rt);
  push(rt, fresh);
  PyDict_SetItem(rt, rt.i32[type + Ty.dict], name, fresh);
  PyType_Modified(rt, type);
  return pop(rt);
}

function type_set_annotations(rt: Runtime, type: Ref, value: OptRef): void {
  if ((rt.i32[type + Ty.flags] & TF.IMMUTABLETYPE) !== 0) {
    throw typeError(rt, `cannot set '__annotations__' attribute of immutable type '${tpName(rt, type)}'`);
  }
  if (value !== 0) PyDict_SetItem(rt, rt.i32[type + Ty.dict], rt.names.__annotations__, value);
  else if (!dictDel(rt, type, rt.names.__annotations__)) {
    throw raise(rt, rt.exc.AttributeError, "__annotations__");
  }
  PyType_Modified(rt, type);
}

function type_get_type_params(rt: Runtime, type: Ref): NewRef {
  const params = type === rt.types.type ? 0 : dictGet(rt, type, rt.names.__type_params__);
  return params === 0 ? rt.emptyTuple : newref(rt, params);
}

function type_set_type_params(rt: Runtime, type: Ref, value: OptRef): void {
  checkSettable(rt, type, value, "__type_params__");
  dictSet(rt, type, rt.names.__type_params__, value);
}

export const TYPE_MEMBERS: MemberDef[] = [
  { name: "__basicsize__", type: "ssize", offset: Ty.basicsize, readonly: true },
  { name: "__itemsize__", type: "ssize", offset: Ty.itemsize, readonly: true },
  { name: "__flags__", type: "uint", offset: Ty.flags, readonly: true },
  { name: "__weakrefoffset__", type: "ssize", offset: Ty.weaklistoffset, readonly: true },
  { name: "__base__", type: "object", offset: Ty.base, readonly: true },
  { name: "__dictoffset__", type: "ssize", offset: Ty.dictoffset, readonly: true },
];

/** How built-in types are called, for inspect.signature. */
const SIGNATURES: Record<string, string> = {
  bool: "(object=False, /)",
  classmethod: "(function, /)",
  complex: "(real=0, imag=0)",
  enumerate: "(iterable, start=0)",
  filter: "(function, iterable, /)",
  float: "(x=0, /)",
  frozenset: "(iterable=(), /)",
  list: "(iterable=(), /)",
  map: "(function, iterable, /, *iterables)",
  memoryview: "(object)",
  object: "()",
  property: "(fget=None, fset=None, fdel=None, doc=None)",
  reversed: "(sequence, /)",
  set: "(iterable=(), /)",
  staticmethod: "(function, /)",
  tuple: "(iterable=(), /)",
  zip: "(*iterables, strict=False)",
};

function type_get_text_signature(rt: Runtime, type: Ref): NewRef {
  const flags = rt.i32[type + Ty.flags];
  const sig = (flags & TF.IMMUTABLETYPE) === 0 ? undefined : rt.typeState.signatures.get(type);
  if (sig !== undefined) return PyUnicode_FromJS(rt, sig);
  if ((flags & TF.HEAPTYPE) !== 0) return rt.None;
  const { name } = rt.typeInfos[rt.i32[type + Ty.info]];
  return Object.hasOwn(SIGNATURES, name) ? PyUnicode_FromJS(rt, SIGNATURES[name]) : rt.None;
}

export const TYPE_GETSETS: GetSetDef[] = [
  { name: "__name__", get: type_name, set: type_set_name },
  { name: "__qualname__", get: type_qualname, set: type_set_qualname },
  { name: "__bases__", get: (rt, type) => newref(rt, rt.i32[type + Ty.bases]), set: type_set_bases },
  { name: "__mro__", get: (rt, type) => newref(rt, rt.i32[type + Ty.mro] || rt.None) },
  { name: "__module__", get: type_module, set: type_set_module },
  { name: "__abstractmethods__", get: type_abstractmethods, set: type_set_abstractmethods },
  { name: "__dict__", get: (rt, type) => PyDictProxy_New(rt, rt.i32[type + Ty.dict]) },
  { name: "__doc__", get: type_get_doc, set: type_set_doc },
  { name: "__text_signature__", get: type_get_text_signature },
  { name: "__annotations__", get: type_get_annotations, set: type_set_annotations },
  { name: "__type_params__", get: type_get_type_params, set: type_set_type_params },
];

export { _Py_type_getattro as type_getattro };
