/**
 * Module objects. Part of the object layer (CPython's Objects/moduleobject.c); the words for a missing attribute are in
 * moduleerror.ts.
 *
 *   byte   0      16     24    32      40          48     56
 *          | head | dict | def | state | weak refs | name |
 */

import { PyObject_GetOptionalAttr, reprOf } from "./abstract.ts";
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { badArgument, kwSpec, parseTupleKw } from "./argparse.ts";
import { PyObject_CallNoArgs, PyObject_CallOneArg } from "./call.ts";
import { PyDict_Check, PyUnicode_Check, PyUnicode_CheckExact } from "./check.ts";
import { defineType } from "./defineType.ts";
import {
  dict_getitem_str,
  dict_setitem_str,
  PyDict_DelItem,
  PyDict_GetItemWithError,
  PyDict_Keys,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
} from "./dict.ts";
import { caught, clearError, raise, typeError } from "./errors.ts";
import { _PyObject_GenericGetAttrWithDict } from "./instance.ts";
import { ModuleOb, TF } from "./layout.ts";
import { missingModuleAttribute } from "./moduleerror.ts";
import { clearField, newref, setField, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "./str.ts";
import { PyType_GenericAlloc } from "./subtype.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** An object with an empty dict; the allocation has tracked it. */
function new_module(rt: Runtime, type: Ref): NewRef {
  const i32 = rt.i32;
  const m = PyType_GenericAlloc(rt, type, 0);
  i32[m + ModuleOb.def] = 0;
  i32[m + ModuleOb.state] = 0;
  i32[m + ModuleOb.weaklist] = 0;
  i32[m + ModuleOb.name] = 0;
  i32[m + ModuleOb.dict] = 0;
  push(rt, m);
  i32[m + ModuleOb.dict] = PyDict_New(rt);
  return pop(rt);
}

export function PyModule_New(rt: Runtime, name: string): NewRef {
  const slot = push(rt, PyUnicode_FromJS(rt, name));
  const m = PyModule_NewObject(rt, rt.i32[slot]);
  drop(rt);
  return m;
}

/** A module named `name` (a str) with the five attributes every module has. */
export function PyModule_NewObject(rt: Runtime, name: Ref): NewRef {
  const m = new_module(rt, rt.types.module);
  push(rt, m);
  module_init_dict(rt, m, rt.i32[m + ModuleOb.dict], name, rt.None);
  return pop(rt);
}

function module_init_dict(rt: Runtime, m: Ref, dict: Ref, name: Ref, doc: Ref): void {
  const names = rt.names;
  PyDict_SetItem(rt, dict, names.__name__, name);
  PyDict_SetItem(rt, dict, names.__doc__, doc);
  PyDict_SetItem(rt, dict, names.__package__, rt.None);
  PyDict_SetItem(rt, dict, names.__loader__, rt.None);
  PyDict_SetItem(rt, dict, names.__spec__, rt.None);
  if (PyUnicode_CheckExact(rt, name)) setField(rt, m + ModuleOb.name, newref(rt, name));
}

const INIT = kwSpec("module", "name, doc=");

function module_init(rt: Runtime, m: Ref, args: Ref, kwargs: OptRef): void {
  const [name, doc] = parseTupleKw(rt, INIT, args, kwargs);
  if (!PyUnicode_Check(rt, name)) throw badArgument(rt, "module", "argument 'name'", "str", name);
  module_init_dict(rt, m, rt.i32[m + ModuleOb.dict], name, doc === 0 ? rt.None : doc);
}

/** module.name = value for a native's own name; the value is borrowed (PyModule_AddObjectRef). */
export function PyModule_AddObjectRef(rt: Runtime, m: Ref, name: string, value: Ref): void {
  dict_setitem_str(rt, rt.i32[m + ModuleOb.dict], name, value);
}

/** As PyModule_AddObjectRef, taking the value over (PyModule_Add). */
export function PyModule_AddObject(rt: Runtime, m: Ref, name: string, value: NewRef): void {
  push(rt, value);
  PyModule_AddObjectRef(rt, m, name, value);
  drop(rt);
}

/** `__name__` of a module: a new reference (PyModule_GetNameObject). */
export function PyModule_GetNameObject(rt: Runtime, m: Ref): NewRef {
  const name = PyDict_GetItemWithError(rt, rt.i32[m + ModuleOb.dict], rt.names.__name__);
  if (name === 0 || !PyUnicode_Check(rt, name)) throw raise(rt, rt.exc.SystemError, "nameless module");
  return newref(rt, name);
}

function module_dealloc(rt: Runtime, m: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, m);
  if (i32[m + ModuleOb.weaklist] !== 0) PyObject_ClearWeakRefs(rt, m);
  xdecref(rt, i32[m + ModuleOb.dict]);
  xdecref(rt, i32[m + ModuleOb.name]);
  infoOf(rt, m).tp_free!(rt, m);
}

function module_traverse(rt: Runtime, m: Ref, visit: Visit): void {
  if (rt.i32[m + ModuleOb.dict] !== 0) visit(rt.i32[m + ModuleOb.dict]);
}

function module_clear(rt: Runtime, m: Ref): void {
  clearField(rt, m + ModuleOb.dict);
}

/** Breaks a dying module's cycles: single-underscore names first, then all but `__builtins__` become None. */
export function _PyModule_ClearDict(rt: Runtime, dict: Ref): void {
  clearNames(rt, dict, (name) => name[0] === "_" && name[1] !== "_");
  clearNames(rt, dict, (name) => name[0] !== "_" || name !== "__builtins__");
}

function clearNames(rt: Runtime, dict: Ref, chosen: (name: string) => boolean): void {
  for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
    const key = rt.dictKey;
    if (rt.dictValue !== rt.None && PyUnicode_Check(rt, key) && chosen(jsString(rt, key))) {
      PyDict_SetItem(rt, dict, key, rt.None);
    }
  }
}

export function _PyModule_Clear(rt: Runtime, m: Ref): void {
  const dict = rt.i32[m + ModuleOb.dict];
  if (dict !== 0) _PyModule_ClearDict(rt, dict);
}

function module_repr(rt: Runtime, m: Ref): NewRef {
  const dict = rt.i32[m + ModuleOb.dict];
  const spec = dict_getitem_str(rt, dict, "__spec__");
  if (spec !== 0 && spec !== rt.None) return PyUnicode_FromJS(rt, reprFromSpec(rt, spec));
  const nameRef = dict_getitem_str(rt, dict, "__name__");
  const name = nameRef === 0 ? "'?'" : reprOf(rt, nameRef);
  const file = dict_getitem_str(rt, dict, "__file__");
  if (file !== 0) return PyUnicode_FromJS(rt, `<module ${name} from ${reprOf(rt, file)}>`);
  const loader = dict_getitem_str(rt, dict, "__loader__");
  const suffix = loader === 0 || loader === rt.None ? "" : ` (${reprOf(rt, loader)})`;
  return PyUnicode_FromJS(rt, `<module ${name}${suffix}>`);
}

/** Attribute of a spec as a repr, or null if it is None or absent. */
function specPart(rt: Runtime, spec: Ref, name: string): { ref: Ref; repr: string } | null {
  const value = PyObject_GetOptionalAttr(rt, spec, internStatic(rt, name));
  push(rt, value);
  const part = value === 0 || value === rt.None ? null : { ref: value, repr: reprOf(rt, value) };
  drop(rt);
  return part;
}

function reprFromSpec(rt: Runtime, spec: Ref): string {
  const name = specPart(rt, spec, "name")?.repr ?? "'?'";
  const origin = specPart(rt, spec, "origin");
  if (origin === null) {
    const loader = specPart(rt, spec, "loader");
    return loader === null ? `<module ${name}>` : `<module ${name} (${loader.repr})>`;
  }
  const located = specPart(rt, spec, "has_location");
  if (located !== null && located.repr === "True") return `<module ${name} from ${origin.repr}>`;
  return `<module ${name} (${originText(rt, spec)})>`;
}

function originText(rt: Runtime, spec: Ref): string {
  const origin = PyObject_GetOptionalAttr(rt, spec, internStatic(rt, "origin"));
  push(rt, origin);
  const text = PyUnicode_Check(rt, origin) ? jsString(rt, origin) : reprOf(rt, origin);
  drop(rt);
  return text;
}

/**
 * m.name with the module's own `__getattr__` (PEP 562); with `suppress` 0 answers "not there", else AttributeError
 * explains.
 */
export function _Py_module_getattro_impl(rt: Runtime, m: Ref, name: Ref, suppress: boolean): NewRef | 0 {
  const value = _PyObject_GenericGetAttrWithDict(rt, m, name, 0, true);
  if (value !== 0) return value;
  const getattr = PyDict_GetItemWithError(rt, rt.i32[m + ModuleOb.dict], rt.names.__getattr__);
  if (getattr !== 0) return callGetattr(rt, getattr, name, suppress);
  if (suppress) return 0;
  throw missingModuleAttribute(rt, m, name);
}

function callGetattr(rt: Runtime, getattr: Ref, name: Ref, suppress: boolean): NewRef | 0 {
  const m = mark(rt);
  push(rt, newref(rt, getattr));
  try {
    const value = PyObject_CallOneArg(rt, getattr, name);
    drop(rt);
    return value;
  } catch (e) {
    if (!suppress) throw e;
    caught(rt, e, m, rt.exc.AttributeError);
    clearError(rt);
    return 0;
  }
}

export function module_getattro(rt: Runtime, m: Ref, name: Ref): NewRef {
  return _Py_module_getattro_impl(rt, m, name, false);
}

function module_dir(rt: Runtime, m: Ref): NewRef {
  const dict = PyObject_GetOptionalAttr(rt, m, rt.names.__dict__);
  push(rt, dict);
  if (dict === 0 || !PyDict_Check(rt, dict)) throw typeError(rt, "<module>.__dict__ is not a dictionary");
  const dirfunc = PyDict_GetItemWithError(rt, dict, rt.names.__dir__);
  const result = dirfunc === 0 ? PyDict_Keys(rt, dict) : PyObject_CallNoArgs(rt, dirfunc);
  drop(rt);
  return result;
}

function module_get_annotations(rt: Runtime, m: Ref): NewRef {
  const dict = rt.i32[m + ModuleOb.dict];
  const annotations = PyDict_GetItemWithError(rt, dict, rt.names.__annotations__);
  if (annotations !== 0) return newref(rt, annotations);
  const made = PyDict_New(rt);
  push(rt, made);
  PyDict_SetItem(rt, dict, rt.names.__annotations__, made);
  return pop(rt);
}

function module_set_annotations(rt: Runtime, m: Ref, value: OptRef): void {
  const dict = rt.i32[m + ModuleOb.dict];
  if (value !== 0) {
    PyDict_SetItem(rt, dict, rt.names.__annotations__, value);
    return;
  }
  if (PyDict_GetItemWithError(rt, dict, rt.names.__annotations__) === 0) {
    throw raise(rt, rt.exc.AttributeError, "__annotations__");
  }
  PyDict_DelItem(rt, dict, rt.names.__annotations__);
}

export function initModule(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "module",
      basicsize: ModuleOb.BYTES,
      dictoffset: ModuleOb.dict * 4,
      weaklistoffset: ModuleOb.weaklist * 4,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "A module: a name and a namespace.",
      slots: {
        tp_dealloc: module_dealloc,
        tp_traverse: module_traverse,
        tp_clear: module_clear,
        tp_repr: module_repr,
        tp_getattro: module_getattro,
        tp_init: module_init,
        tp_new: new_module,
        tp_alloc: PyType_GenericAlloc,
      },
      methods: [{ name: "__dir__", flags: METH.NOARGS, fn: module_dir }],
      members: [{ name: "__dict__", type: "object", offset: ModuleOb.dict, readonly: true }],
      getsets: [{ name: "__annotations__", get: module_get_annotations, set: module_set_annotations }],
    },
    rt.types.module,
  );
}
