/**
 * `super`: attributes of the classes that follow one class in the order of another. Part of the object layer (superobject of
 * CPython's Objects/typeobject.c).
 *
 *   byte  0      16     24    32         40
 *         | head | type | obj | obj_type |
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GetOptionalAttr } from "./abstract.ts";
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs } from "./argparse.ts";
import { PyObject_CallTwoArgs } from "./call.ts";
import { PyCell_Check, PyType_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { PyDict_GetItemWithError, PyDict_Size } from "./dict.ts";
import { raise, typeError } from "./errors.ts";
import { _PyObject_GenericGetAttrWithDict } from "./instance.ts";
import { Bytes, CellOb, Code, Frame, Ob, TF, Tuple, Ty } from "./layout.ts";
import { freeManaged, PyType_GenericAlloc } from "./managed.ts";
import { incref, newref, setField, xdecref, xincref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf, tpName, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { PyUnicode_FromJS, strEqualsJS } from "./str.ts";
import { PyType_GenericNew } from "./subtype.ts";
import { trashed } from "./trashcan.ts";
import type { MemberDef, NewRef, OptRef, Ref, Visit } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

const enum Super {
  type = 4,
  obj = 6,
  obj_type = 8,
  BYTES = 40,
}

/** Kinds of variables in co_localspluskinds. */
const CO_FAST_FREE = 0x80;
const CO_FAST_CELL = 0x40;

function super_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  xdecref(rt, i32[p + Super.obj]);
  xdecref(rt, i32[p + Super.type]);
  xdecref(rt, i32[p + Super.obj_type]);
  infoOf(rt, p).tp_free!(rt, p);
}

function super_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  for (const field of [Super.obj, Super.type, Super.obj_type]) {
    const held = rt.i32[p + field];
    if (held !== 0) visit(held);
  }
}

function super_repr(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[p + Super.type];
  const name = type === 0 ? "NULL" : tpName(rt, type);
  const objType = i32[p + Super.obj_type];
  const what = objType === 0 ? "NULL" : `<${tpName(rt, objType)} object>`;
  return PyUnicode_FromJS(rt, `<super: <class '${name}'>, ${what}>`);
}

/** The attribute as a class after `type` in the order of `start` has it: borrowed, or 0. */
function lookupAfter(rt: Runtime, start: Ref, type: Ref, name: Ref): OptRef {
  const i32 = rt.i32;
  const mro = i32[start + Ty.mro];
  if (mro === 0) return 0;
  const n = i32[mro + Tuple.size];
  let k = 0;
  while (k + 1 < n && i32[mro + Tuple.items + 2 * k] !== type) k++;
  for (k++; k < n; k++) {
    const value = PyDict_GetItemWithError(rt, i32[i32[mro + Tuple.items + 2 * k] + Ty.dict], name);
    if (value !== 0) return value;
  }
  return 0;
}

/**
 * super(type, obj).name without the super object: a new reference. `objType` is the class whose order counts
 * (`supercheck(rt, type, obj)`).
 */
export function superLookup(rt: Runtime, type: Ref, obj: Ref, objType: Ref, name: Ref): NewRef {
  const found = name === rt.names.__class__ ? 0 : lookupAfter(rt, objType, type, name);
  if (found === 0) return genericOfSuper(rt, type, obj, name);
  const get = infoOf(rt, found).tp_descr_get;
  if (get === null) return newref(rt, found);
  push(rt, newref(rt, found));
  const result = get(rt, found, obj === objType ? 0 : obj, objType);
  drop(rt);
  return result;
}

/** For names that no class has: super's own attributes, or the AttributeError. */
function genericOfSuper(rt: Runtime, type: Ref, obj: Ref, name: Ref): NewRef {
  const p = PyObject_CallTwoArgs(rt, rt.types.super, type, obj);
  push(rt, p);
  const result = _PyObject_GenericGetAttrWithDict(rt, p, name, 0, false);
  drop(rt);
  return result;
}

/**
 * super(type, obj).name for a call (_PySuper_Lookup): a new reference; `rt.methodIsUnbound` is true when it is a function that
 * must be called with `obj` as first argument.
 */
export function _PySuper_LookupMethod(rt: Runtime, type: Ref, obj: Ref, name: Ref): NewRef {
  const i32 = rt.i32;
  rt.methodIsUnbound = false;
  if (obj === rt.None) return genericOfSuper(rt, type, obj, name);
  const objType = supercheck(rt, type, obj);
  if (objType !== obj && name !== rt.names.__class__) {
    const found = lookupAfter(rt, objType, type, name);
    if (found !== 0 && (i32[i32[found + Ob.type] + Ty.flags] & TF.METHOD_DESCRIPTOR) !== 0) {
      rt.methodIsUnbound = true;
      return newref(rt, found);
    }
  }
  const result = superLookup(rt, type, obj, objType, name);
  rt.methodIsUnbound = false;
  return result;
}

/** super(type, obj).name */
export function _PySuper_Lookup(rt: Runtime, type: Ref, obj: Ref, name: Ref): NewRef {
  if (obj === rt.None) return genericOfSuper(rt, type, obj, name);
  return superLookup(rt, type, obj, supercheck(rt, type, obj), name);
}

function super_getattro(rt: Runtime, p: Ref, name: Ref): NewRef {
  const i32 = rt.i32;
  const start = i32[p + Super.obj_type];
  if (start === 0 || name === rt.names.__class__)
    return _PyObject_GenericGetAttrWithDict(rt, p, name, 0, false);
  const found = lookupAfter(rt, start, i32[p + Super.type], name);
  if (found === 0) return _PyObject_GenericGetAttrWithDict(rt, p, name, 0, false);
  const get = infoOf(rt, found).tp_descr_get;
  if (get === null) return newref(rt, found);
  push(rt, newref(rt, found));
  push(rt, newref(rt, start));
  const obj = i32[p + Super.obj];
  const result = get(rt, found, obj === start ? 0 : obj, start);
  drop(rt, 2);
  return result;
}

/** The class whose order counts: `obj` itself if it is a subclass of `type`, else its class (borrowed). */
export function supercheck(rt: Runtime, type: Ref, obj: Ref): Ref {
  const i32 = rt.i32;
  if (PyType_Check(rt, obj) && PyType_IsSubtype(rt, obj, type)) return obj;
  const cls = i32[obj + Ob.type];
  if (PyType_IsSubtype(rt, cls, type)) return cls;
  const claimed = PyObject_GetOptionalAttr(rt, obj, rt.names.__class__);
  if (claimed !== 0) {
    push(rt, claimed);
    drop(rt);
    if (PyType_Check(rt, claimed) && claimed !== cls && PyType_IsSubtype(rt, claimed, type)) return claimed;
  }
  const what = PyType_Check(rt, obj) ? `type ${tpName(rt, obj, 200)}` : `instance of ${tpName(rt, cls, 200)}`;
  throw typeError(
    rt,
    `super(type, obj): obj (${what}) is not an instance or subtype of type (${tpName(rt, type, 200)}).`,
  );
}

function super_descr_get(rt: Runtime, self: Ref, obj: OptRef, _type: OptRef): NewRef {
  const i32 = rt.i32;
  if (obj === 0 || obj === rt.None || i32[self + Super.obj] !== 0) return newref(rt, self);
  const type = i32[self + Super.type];
  if (i32[self + Ob.type] !== rt.types.super) {
    return PyObject_CallTwoArgs(rt, i32[self + Ob.type], type, obj);
  }
  const objType = supercheck(rt, type, obj);
  const p = PyType_GenericAlloc(rt, rt.types.super, 0);
  setFields(rt, p, type, obj, objType);
  return p;
}

function setFields(rt: Runtime, p: Ref, type: Ref, obj: OptRef, objType: OptRef): void {
  incref(rt, type);
  xincref(rt, obj);
  xincref(rt, objType);
  setField(rt, p + Super.type, type);
  setField(rt, p + Super.obj, obj);
  setField(rt, p + Super.obj_type, objType);
}

function super_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const i32 = rt.i32;
  if (kwargs !== 0 && PyDict_Size(rt, kwargs) > 0) throw typeError(rt, "super() takes no keyword arguments");
  initSuperObject(rt, self, args + Tuple.items, i32[args + Tuple.size]);
}

function initSuperObject(rt: Runtime, self: Ref, args: number, nargs: number): void {
  const i32 = rt.i32;
  checkArgs(rt, "super()", nargs, 0, 2);
  let type: Ref;
  let obj: OptRef = 0;
  if (nargs === 0) {
    const implicit = super_init_without_args(rt);
    type = implicit.type;
    obj = implicit.obj;
  } else {
    type = i32[args];
    if (!PyType_Check(rt, type)) {
      throw typeError(rt, `super() argument 1 must be a type, not ${typeNameOf(rt, type)}`);
    }
    if (nargs === 2) obj = i32[args + 2];
    if (obj === rt.None) obj = 0;
  }
  setFields(rt, self, type, obj, obj === 0 ? 0 : supercheck(rt, type, obj));
}

function super_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (kwnames !== 0 && rt.i32[kwnames + Tuple.size] > 0)
    throw typeError(rt, "super() takes no keyword arguments");
  const p = PyType_GenericAlloc(rt, type, 0);
  push(rt, p);
  initSuperObject(rt, p, args, nargs);
  return pop(rt);
}

/**
 * For `super()`: the class from the `__class__` cell of the running function, and its first argument (both borrowed). The
 * frame is Cell.FRAME, with localsplus as CPython lays it out.
 */
export function super_init_without_args(rt: Runtime): { type: Ref; obj: Ref } {
  const i32 = rt.i32;
  const frame = i32[Cell.FRAME];
  if (frame === 0) throw raise(rt, rt.exc.RuntimeError, "super(): no current frame");
  const code = i32[frame + Frame.executable];
  if (i32[code + Code.argcount] === 0) throw raise(rt, rt.exc.RuntimeError, "super(): no arguments");
  const kinds = i32[code + Code.localspluskinds] * 4 + Bytes.data * 4;
  let obj = i32[frame + Frame.localsplus];
  const isCell = (rt.u8[kinds] & CO_FAST_CELL) !== 0;
  if (isCell && obj !== 0 && PyCell_Check(rt, obj)) obj = i32[obj + CellOb.ref];
  if (obj === 0) throw raise(rt, rt.exc.RuntimeError, "super(): arg[0] deleted");
  return { type: classOfFrame(rt, frame, code, kinds), obj };
}

function classOfFrame(rt: Runtime, frame: Ref, code: Ref, kinds: number): Ref {
  const i32 = rt.i32;
  const names = i32[code + Code.localsplusnames];
  const n = i32[code + Code.nlocalsplus];
  for (let k = n - i32[code + Code.nfreevars]; k < n; k++) {
    if ((rt.u8[kinds + k] & CO_FAST_FREE) === 0) continue;
    if (!strEqualsJS(rt, i32[names + Tuple.items + 2 * k], "__class__")) continue;
    const cell = i32[frame + Frame.localsplus + 2 * k];
    if (cell === 0 || !PyCell_Check(rt, cell))
      throw raise(rt, rt.exc.RuntimeError, "super(): bad __class__ cell");
    const type = i32[cell + CellOb.ref];
    if (type === 0) throw raise(rt, rt.exc.RuntimeError, "super(): empty __class__ cell");
    if (PyType_Check(rt, type)) return type;
    const message = `super(): __class__ is not a type (${typeNameOf(rt, type)})`;
    throw raise(rt, rt.exc.RuntimeError, message);
  }
  throw raise(rt, rt.exc.RuntimeError, "super(): __class__ cell not found");
}

const MEMBERS: MemberDef[] = [
  {
    name: "__thisclass__",
    type: "object",
    offset: Super.type,
    readonly: true,
    doc: "The class that super() starts after.",
  },
  { name: "__self__", type: "object", offset: Super.obj, readonly: true, doc: "The instance, or None." },
  {
    name: "__self_class__",
    type: "object",
    offset: Super.obj_type,
    readonly: true,
    doc: "The class whose order counts, or None.",
  },
];

export function initSuper(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "super",
      basicsize: Super.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "Attributes of the classes that come later in the method resolution order.",
      slots: {
        tp_dealloc: trashed(super_dealloc),
        tp_repr: super_repr,
        tp_getattro: super_getattro,
        tp_traverse: super_traverse,
        tp_descr_get: super_descr_get,
        tp_init: super_init,
        tp_alloc: PyType_GenericAlloc,
        tp_new: PyType_GenericNew,
        tp_free: freeManaged,
        type_vectorcall: super_vectorcall,
      },
      members: MEMBERS,
    },
    rt.types.super,
  );
}
