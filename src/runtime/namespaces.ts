/** Globals, builtins, class and module namespaces, cells: for compiled code. Part of the runtime. */
import { PyObject_DelItem, PyObject_GetItem, PyObject_SetItem } from "../objects/abstract.ts";
import { PyCell_New } from "../objects/cell.ts";
import { PyDict_CheckExact } from "../objects/check.ts";
import {
  dictDiscard,
  dictKeysVersion,
  dictLookupStr,
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_SetItem,
} from "../objects/dict.ts";
import { caught, clearError, raise } from "../objects/errors.ts";
import { CellOb, Dict, Frame, Func, Keys } from "../objects/layout.ts";
import { clearField, decref, incref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import { tupleItem } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { valueAddress } from "./attributes.ts";
import { setNameErrorName } from "./nameerrors.ts";

/** NameError: name 'x' is not defined */
function notDefined(rt: Runtime, name: Ref): unknown {
  const err = raise(rt, rt.exc.NameError, `name '${jsString(rt, name)}' is not defined`);
  setNameErrorName(rt, name);
  return err;
}

/** Without the name in the exception, so that nothing is suggested. */
export function unboundLocal(rt: Runtime, name: Ref): never {
  throw raise(
    rt,
    rt.exc.UnboundLocalError,
    `cannot access local variable '${jsString(rt, name)}' where it is not associated with a value`,
  );
}

export function unboundFree(rt: Runtime, name: Ref): never {
  const text = jsString(rt, name);
  const err = raise(
    rt,
    rt.exc.NameError,
    `cannot access free variable '${text}' where it is not associated with a value in enclosing scope`,
  );
  setNameErrorName(rt, name);
  throw err;
}

/** LOAD_GLOBAL without a hit; fills the cache. */
export function globalSlow(rt: Runtime, fp: number, name: Ref, ic: Int32Array, c: number): NewRef {
  const i32 = rt.i32;
  const globals = i32[fp + Frame.globals];
  const builtins = i32[fp + Frame.builtins];
  ic[c] = -1;
  if (!PyDict_CheckExact(rt, globals) || !PyDict_CheckExact(rt, builtins))
    return globalGeneric(rt, globals, builtins, name);
  const entry = dictLookupStr(rt, globals, name);
  const gv = dictKeysVersion(rt, globals);
  if (entry !== 0) {
    const at = valueAddress(rt, globals, entry);
    if (gv !== 0 && i32[globals + Dict.values] === 0) {
      ic[c] = gv;
      ic[c + 1] = at - i32[globals + Dict.keys];
      ic[c + 2] = -1;
      ic[c + 3] = i32[i32[globals + Dict.keys] + Keys.log2];
    }
    return newref(rt, i32[at]);
  }
  const bentry = dictLookupStr(rt, builtins, name);
  if (bentry === 0) throw notDefined(rt, name);
  const at = valueAddress(rt, builtins, bentry);
  const bv = dictKeysVersion(rt, builtins);
  if (gv !== 0 && bv !== 0) {
    ic[c] = gv;
    ic[c + 1] = at - i32[builtins + Dict.keys];
    ic[c + 2] = bv;
  }
  return newref(rt, i32[at]);
}

function globalGeneric(rt: Runtime, globals: Ref, builtins: Ref, name: Ref): NewRef {
  const v = PyDict_GetItemWithError(rt, globals, name);
  if (v !== 0) return newref(rt, v);
  const b = lookupMapping(rt, builtins, name);
  if (b === 0) throw notDefined(rt, name);
  return b;
}

/** ns[name] as a new reference, or 0 when it is not there. */
export function lookupMapping(rt: Runtime, ns: Ref, name: Ref): NewRef | 0 {
  if (PyDict_CheckExact(rt, ns)) {
    const v = PyDict_GetItemWithError(rt, ns, name);
    return v === 0 ? 0 : newref(rt, v);
  }
  const m = mark(rt);
  try {
    return PyObject_GetItem(rt, ns, name);
  } catch (e) {
    caught(rt, e, m, rt.exc.KeyError);
    clearError(rt);
    return 0;
  }
}

/** LOAD_NAME in class bodies and exec'd code: locals, then globals and builtins. */
export function nameSlow(rt: Runtime, fp: number, name: Ref, ic: Int32Array, c: number): NewRef {
  const ns = rt.i32[fp + Frame.locals];
  if (ns === 0) throw raise(rt, rt.exc.SystemError, `no locals when loading ${jsString(rt, name)}`);
  const v = lookupMapping(rt, ns, name);
  return v !== 0 ? v : globalSlow(rt, fp, name, ic, c);
}

export function storeGlobal(rt: Runtime, fp: number, name: Ref, value: Ref): void {
  PyDict_SetItem(rt, rt.i32[fp + Frame.globals], name, value);
}

export function storeName(rt: Runtime, fp: number, name: Ref, value: Ref): void {
  const ns = rt.i32[fp + Frame.locals];
  if (ns === 0) throw raise(rt, rt.exc.SystemError, `no locals found when storing ${jsString(rt, name)}`);
  if (PyDict_CheckExact(rt, ns)) PyDict_SetItem(rt, ns, name, value);
  else PyObject_SetItem(rt, ns, name, value);
}

export function deleteGlobal(rt: Runtime, fp: number, name: Ref): void {
  if (!dictDiscard(rt, rt.i32[fp + Frame.globals], name)) throw notDefined(rt, name);
}

export function deleteName(rt: Runtime, fp: number, name: Ref): void {
  const ns = rt.i32[fp + Frame.locals];
  if (PyDict_CheckExact(rt, ns)) {
    if (!dictDiscard(rt, ns, name)) throw notDefined(rt, name);
    return;
  }
  const m = mark(rt);
  try {
    PyObject_DelItem(rt, ns, name);
  } catch (e) {
    caught(rt, e, m, rt.exc.KeyError);
    clearError(rt);
    throw notDefined(rt, name);
  }
}

/** Unbinds the name of an except clause, which the clause's body may have unbound already. */
export function unbindName(rt: Runtime, fp: number, name: Ref, global: boolean): void {
  const ns = global ? rt.i32[fp + Frame.globals] : rt.i32[fp + Frame.locals];
  if (PyDict_CheckExact(rt, ns)) dictDiscard(rt, ns, name);
  else {
    storeName(rt, fp, name, rt.None);
    deleteName(rt, fp, name);
  }
}

export function deleteDeref(rt: Runtime, cell: Ref, name: Ref, free: boolean): void {
  if (rt.i32[cell + CellOb.ref] === 0) {
    if (free) unboundFree(rt, name);
    unboundLocal(rt, name);
  }
  clearField(rt, cell + CellOb.ref);
}

/** LOAD_FROM_DICT_OR_DEREF */
export function loadClassFree(rt: Runtime, ns: Ref, name: Ref, cell: Ref): NewRef {
  const v = ns === 0 ? 0 : lookupMapping(rt, ns, name);
  if (v !== 0) return v;
  const content = rt.i32[cell + CellOb.ref];
  if (content === 0) unboundFree(rt, name);
  return newref(rt, content);
}

/** LOAD_FROM_DICT_OR_GLOBALS */
export function loadClassGlobal(rt: Runtime, ns: Ref, fp: number, name: Ref): NewRef {
  const v = ns === 0 ? 0 : lookupMapping(rt, ns, name);
  if (v !== 0) return v;
  return globalGeneric(rt, rt.i32[fp + Frame.globals], rt.i32[fp + Frame.builtins], name);
}

/** MAKE_CELL: the slot's value (a parameter, or nothing) moves into a new cell. */
export function makeCell(rt: Runtime, at: number): void {
  const i32 = rt.i32;
  const cell = PyCell_New(rt, 0);
  i32[cell + CellOb.ref] = i32[at];
  i32[at] = cell;
}

/** COPY_FREE_VARS */
export function copyFreeVars(rt: Runtime, func: Ref, at: number, n: number): void {
  const i32 = rt.i32;
  const closure = i32[func + Func.closure];
  for (let i = 0; i < n; i++) i32[at + 2 * i] = newref(rt, tupleItem(rt, closure, i));
}

/** Stores a reference of its own in a cell. */
export function setCell(rt: Runtime, cell: Ref, value: Ref): void {
  incref(rt, value);
  setField(rt, cell + CellOb.ref, value);
}

/** The value that a class body stores as `__module__`: the globals' `__name__` (borrowed). */
export function classModule(rt: Runtime, fp: number): Ref {
  const name = PyDict_GetItemWithError(rt, rt.i32[fp + Frame.globals], rt.names.__name__);
  return name === 0
    ? PyDict_GetItemWithError(rt, rt.i32[fp + Frame.builtins], rt.names.__name__) || rt.None
    : name;
}

/** SETUP_ANNOTATIONS: makes `__annotations__` where it is missing. */
export function setupAnnotations(rt: Runtime, fp: number): void {
  const ns = rt.i32[fp + Frame.locals];
  const have = lookupMapping(rt, ns, rt.names.__annotations__);
  if (have !== 0) {
    decref(rt, have);
    return;
  }
  push(rt, PyDict_New(rt));
  storeName(rt, fp, rt.names.__annotations__, rt.i32[mark(rt) - 2]);
  drop(rt);
}

export function storeAnnotation(rt: Runtime, fp: number, name: Ref, value: Ref): void {
  const ns = rt.i32[fp + Frame.locals];
  const d: OptRef = lookupMapping(rt, ns, rt.names.__annotations__);
  if (d === 0) throw notDefined(rt, rt.names.__annotations__);
  push(rt, d);
  PyObject_SetItem(rt, d, name, value);
  drop(rt);
}

/** `builtins.__build_class__` */
export function loadBuildClass(rt: Runtime, fp: number): NewRef {
  const f = lookupMapping(rt, rt.i32[fp + Frame.builtins], rt.names.__build_class__);
  if (f === 0) throw raise(rt, rt.exc.NameError, "__build_class__ not found");
  return f;
}
