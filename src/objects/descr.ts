/**
 * Descriptors of built-in types: methods, class methods, members, computed attributes, slot wrappers. Part of the object
 * layer (CPython's Objects/descrobject.c); member access is in members.ts, bound slot wrappers in methodwrapper.ts.
 *
 *   byte   0      16       24       32         40      48
 *          | head | d_type | d_name | d_qualname | def | vectorcall or wrapped |
 */

import { PyObject_GetAttr } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { kwCount, PyObject_Vectorcall, PyVectorcall_Call } from "./call.ts";
import { cfunctionFromNumber, cmethodFromNumber } from "./cfunction.ts";
import { PyObject_TypeCheck, PyType_Check, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { dict_getitem_str } from "./dict.ts";
import { raise, typeError } from "./errors.ts";
import { Descr, Ob, TF } from "./layout.ts";
import { PyMember_GetOne, PyMember_SetOne } from "./members.ts";
import { callMethodDef, docOf, registerMethodDef } from "./methdef.ts";
import { PyWrapper_New } from "./methodwrapper.ts";
import { incref, newref, xdecref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { type SlotDef, slotdefs } from "./slotdefs.ts";
import { tpName, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "./str.ts";
import { PyTuple_FromArray, PyTuple_Pack } from "./tuple.ts";
import {
  type GetSetDef,
  METH,
  type MemberDef,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type TypeInfo,
  type Visit,
} from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";
import { type SlotFunction, wrappedFunction, wrappedNumber } from "./wrapped.ts";

const METHOD_BYTES = 56;
const MEMBER_BYTES = 48;

function descr_new(rt: Runtime, kind: Ref, bytes: number, type: Ref, name: string, def: number): NewRef {
  const nameRef = internStatic(rt, name);
  const i32 = rt.i32;
  const p = PyObject_GC_New(rt, kind, bytes);
  incref(rt, type);
  i32[p + Descr.type] = type;
  incref(rt, nameRef);
  i32[p + Descr.name] = nameRef;
  i32[p + Descr.qualname] = 0;
  i32[p + Descr.def] = def;
  if (bytes > MEMBER_BYTES) i32[p + Descr.vectorcall] = 0;
  PyObject_GC_Track(rt, p);
  return p;
}

export function PyDescr_NewMethod(rt: Runtime, type: Ref, def: MethodDef): NewRef {
  const n = registerMethodDef(rt, def);
  return descr_new(rt, rt.types.method_descriptor, METHOD_BYTES, type, def.name, n);
}

export function PyDescr_NewClassMethod(rt: Runtime, type: Ref, def: MethodDef): NewRef {
  const n = registerMethodDef(rt, def);
  return descr_new(rt, rt.types.classmethod_descriptor, METHOD_BYTES, type, def.name, n);
}

export function PyDescr_NewMember(rt: Runtime, type: Ref, def: MemberDef): NewRef {
  const n = rt.memberDefs.push(def) - 1;
  return descr_new(rt, rt.types.member_descriptor, MEMBER_BYTES, type, def.name, n);
}

export function PyDescr_NewGetSet(rt: Runtime, type: Ref, def: GetSetDef): NewRef {
  const n = rt.getsetDefs.push(def) - 1;
  return descr_new(rt, rt.types.getset_descriptor, MEMBER_BYTES, type, def.name, n);
}

/** A slot wrapper: entry `slot` of slotdefs() over the native function `wrapped`. */
export function PyDescr_NewWrapper(rt: Runtime, type: Ref, slot: number, wrapped: SlotFunction): NewRef {
  const name = slotdefs()[slot].name;
  const p = descr_new(rt, rt.types.wrapper_descriptor, METHOD_BYTES, type, name, slot);
  rt.i32[p + Descr.wrapped] = wrappedNumber(wrapped);
  return p;
}

function descr_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  xdecref(rt, i32[p + Descr.type]);
  xdecref(rt, i32[p + Descr.name]);
  xdecref(rt, i32[p + Descr.qualname]);
  PyObject_GC_Del(rt, p);
}

function descr_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Descr.type]);
}

export function descrName(rt: Runtime, p: Ref): string {
  const name = rt.i32[p + Descr.name];
  return name !== 0 && PyUnicode_Check(rt, name) ? jsString(rt, name) : "?";
}

function ownerName(rt: Runtime, p: Ref, max = 200): string {
  return tpName(rt, rt.i32[p + Descr.type], max);
}

function descrRepr(kind: string): (rt: Runtime, p: Ref) => NewRef {
  return (rt, p) => PyUnicode_FromJS(rt, `<${kind} '${descrName(rt, p)}' of '${ownerName(rt, p)}' objects>`);
}

/** Refuses an object that is no instance of the descriptor's type. */
function descr_check(rt: Runtime, p: Ref, obj: Ref): void {
  if (PyObject_TypeCheck(rt, obj, rt.i32[p + Descr.type])) return;
  const what = `descriptor '${descrName(rt, p)}' for '${ownerName(rt, p, 100)}' objects`;
  throw typeError(rt, `${what} doesn't apply to a '${typeNameOf(rt, obj, 100)}' object`);
}

function method_get(rt: Runtime, p: Ref, obj: OptRef, _type: OptRef): NewRef {
  if (obj === 0) return newref(rt, p);
  descr_check(rt, p, obj);
  const ml = rt.i32[p + Descr.def];
  if ((rt.methodDefs[ml].flags & METH.METHOD) !== 0)
    return cmethodFromNumber(rt, ml, obj, rt.i32[p + Descr.type]);
  return cfunctionFromNumber(rt, ml, obj, 0);
}

function method_vectorcall(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const i32 = rt.i32;
  if (nargs < 1) throw needsArgument(rt, p);
  const self = i32[args];
  const type = i32[p + Descr.type];
  if (i32[self + Ob.type] !== type) descr_check(rt, p, self);
  return callMethodDef(rt, p, rt.methodDefs[i32[p + Descr.def]], self, args + 2, nargs - 1, kwnames);
}

function needsArgument(rt: Runtime, p: Ref): PyErr {
  const qualname = jsString(rt, descr_qualname(rt, p));
  return typeError(rt, `unbound method ${qualname}() needs an argument`);
}

function classmethod_get(rt: Runtime, p: Ref, obj: OptRef, type: OptRef): NewRef {
  const what = `descriptor '${descrName(rt, p)}'`;
  if (type === 0) {
    if (obj === 0) {
      const owner = tpName(rt, rt.i32[p + Descr.type], 100);
      throw typeError(rt, `${what} for type '${owner}' needs either an object or a type`);
    }
    type = rt.i32[obj + Ob.type];
  }
  checkClassArgument(rt, p, type, what);
  return cfunctionFromNumber(rt, rt.i32[p + Descr.def], type, 0);
}

function checkClassArgument(rt: Runtime, p: Ref, type: Ref, what: string): void {
  const owner = ownerName(rt, p, 100);
  if (!PyType_Check(rt, type)) {
    const got = typeNameOf(rt, type, 100);
    throw typeError(rt, `${what} for type '${owner}' needs a type, not a '${got}' as arg 2`);
  }
  if (PyType_IsSubtype(rt, type, rt.i32[p + Descr.type])) return;
  throw typeError(rt, `${what} requires a subtype of '${owner}' but received '${tpName(rt, type, 100)}'`);
}

function classmethod_call(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs < 1) throw ofNeedsArgument(rt, p);
  const bound = classmethod_get(rt, p, 0, rt.i32[args]);
  push(rt, bound);
  const result = PyObject_Vectorcall(rt, bound, args + 2, nargs - 1, kwnames);
  drop(rt);
  return result;
}

function ofNeedsArgument(rt: Runtime, p: Ref): PyErr {
  const owner = ownerName(rt, p, 100);
  return typeError(rt, `descriptor '${descrName(rt, p)}' of '${owner}' object needs an argument`);
}

function member_get(rt: Runtime, p: Ref, obj: OptRef, _type: OptRef): NewRef {
  if (obj === 0) return newref(rt, p);
  descr_check(rt, p, obj);
  return PyMember_GetOne(rt, obj, rt.memberDefs[rt.i32[p + Descr.def]]);
}

function member_set(rt: Runtime, p: Ref, obj: Ref, value: OptRef): void {
  descr_check(rt, p, obj);
  PyMember_SetOne(rt, obj, rt.memberDefs[rt.i32[p + Descr.def]], value);
}

function getset_get(rt: Runtime, p: Ref, obj: OptRef, _type: OptRef): NewRef {
  if (obj === 0) return newref(rt, p);
  descr_check(rt, p, obj);
  return rt.getsetDefs[rt.i32[p + Descr.def]].get(rt, obj);
}

function getset_set(rt: Runtime, p: Ref, obj: Ref, value: OptRef): void {
  descr_check(rt, p, obj);
  const def = rt.getsetDefs[rt.i32[p + Descr.def]];
  if (def.set === undefined) {
    const what = `attribute '${descrName(rt, p)}' of '${ownerName(rt, p, 100)}' objects is not writable`;
    throw raise(rt, rt.exc.AttributeError, what);
  }
  def.set(rt, obj, value);
}

function wrapperdescr_get(rt: Runtime, p: Ref, obj: OptRef, _type: OptRef): NewRef {
  if (obj === 0) return newref(rt, p);
  descr_check(rt, p, obj);
  return PyWrapper_New(rt, p, obj);
}

export function slotDefOf(rt: Runtime, p: Ref): SlotDef {
  return slotdefs()[rt.i32[p + Descr.def]];
}

function wrapperdescr_call(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs < 1) throw ofNeedsArgument(rt, p);
  const self = rt.i32[args];
  if (!PyType_IsSubtype(rt, rt.i32[self + Ob.type], rt.i32[p + Descr.type])) {
    const what = `descriptor '${descrName(rt, p)}' requires a '${ownerName(rt, p, 100)}' object`;
    throw typeError(rt, `${what} but received a '${typeNameOf(rt, self, 100)}'`);
  }
  // tp_call is given a tuple, and hands on a slice of it; adapters with keywords make the slice themselves.
  push(rt, PyTuple_FromArray(rt, args, nargs, false));
  const plain = !slotDefOf(rt, p).keywords;
  if (plain) push(rt, PyTuple_FromArray(rt, args + 2, nargs - 1, false));
  const result = wrapperdescr_raw_call(rt, p, self, args + 2, nargs - 1, kwnames);
  drop(rt, plain ? 2 : 1);
  return result;
}

/** Calls the wrapped slot on `self` with the other arguments. */
export function wrapperdescr_raw_call(
  rt: Runtime,
  p: Ref,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const def = slotDefOf(rt, p);
  if (!def.keywords && kwCount(rt, kwnames) > 0) {
    throw typeError(rt, `wrapper ${def.name}() takes no keyword arguments`);
  }
  return def.wrap!(rt, self, args, nargs, kwnames, wrappedFunction(rt.i32[p + Descr.wrapped]));
}

/** d_qualname, made when first asked for (borrowed). */
export function descr_qualname(rt: Runtime, p: Ref): Ref {
  const i32 = rt.i32;
  if (i32[p + Descr.qualname] !== 0) return i32[p + Descr.qualname];
  if (i32[p + Descr.name] === 0 || !PyUnicode_Check(rt, i32[p + Descr.name])) {
    throw typeError(rt, "<descriptor>.__name__ is not a unicode object");
  }
  const owner = PyObject_GetAttr(rt, i32[p + Descr.type], rt.names.__qualname__);
  push(rt, owner);
  if (!PyUnicode_Check(rt, owner)) {
    throw typeError(rt, "<descriptor>.__objclass__.__qualname__ is not a unicode object");
  }
  i32[p + Descr.qualname] = PyUnicode_FromJS(rt, `${jsString(rt, owner)}.${descrName(rt, p)}`);
  drop(rt);
  return i32[p + Descr.qualname];
}

/** A str, or None for null. */
export function strOrNone(rt: Runtime, text: string | null): NewRef {
  return text === null || text === "" ? rt.None : PyUnicode_FromJS(rt, text);
}

/** `(getattr, (o, name))`: how descriptors and bound methods are pickled. Takes `name` over. */
export function getattrReduce(rt: Runtime, o: Ref, name: NewRef): NewRef {
  push(rt, name);
  const inner = PyTuple_Pack(rt, o, name);
  push(rt, inner);
  const getattr = dict_getitem_str(rt, rt.builtinsDict, "getattr");
  if (getattr === 0) throw raise(rt, rt.exc.AttributeError, "getattr");
  const result = PyTuple_Pack(rt, getattr, inner);
  drop(rt, 2);
  return result;
}

function descr_reduce(rt: Runtime, p: Ref): NewRef {
  return getattrReduce(rt, rt.i32[p + Descr.type], newref(rt, rt.i32[p + Descr.name]));
}

const REDUCE: MethodDef = { name: "__reduce__", flags: METH.NOARGS, fn: descr_reduce };
const MEMBERS: MemberDef[] = [
  { name: "__objclass__", type: "object", offset: Descr.type, readonly: true },
  { name: "__name__", type: "object", offset: Descr.name, readonly: true },
];
const QUALNAME: GetSetDef = { name: "__qualname__", get: (rt, p) => newref(rt, descr_qualname(rt, p)) };

interface Kind {
  doc: (rt: Runtime, p: Ref) => string | null;
  sig?: (rt: Runtime, p: Ref) => string | null;
}

function getsets(kind: Kind): GetSetDef[] {
  const defs: GetSetDef[] = [{ name: "__doc__", get: (rt, p) => strOrNone(rt, kind.doc(rt, p)) }, QUALNAME];
  const sig = kind.sig;
  if (sig) defs.push({ name: "__text_signature__", get: (rt, p) => strOrNone(rt, sig(rt, p)) });
  return defs;
}

const methodDef = (rt: Runtime, p: Ref) => rt.methodDefs[rt.i32[p + Descr.def]];
const METHOD_KIND: Kind = {
  doc: (rt, p) => docOf(methodDef(rt, p)),
  sig: (rt, p) => methodDef(rt, p).sig ?? null,
};

function define(
  rt: Runtime,
  name: keyof Runtime["types"],
  bytes: number,
  flags: number,
  slots: Partial<Omit<TypeInfo, "type" | "name">>,
  kind: Kind,
  methods: MethodDef[],
): void {
  const spec = {
    name,
    basicsize: bytes,
    flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION | flags,
    slots: { tp_dealloc: descr_dealloc, tp_traverse: descr_traverse, ...slots },
    members: MEMBERS,
    getsets: getsets(kind),
    methods,
  };
  defineType(rt, spec, rt.types[name]);
}

export function initDescr(rt: Runtime): void {
  const call = { tp_call: PyVectorcall_Call };
  const method = {
    ...call,
    tp_repr: descrRepr("method"),
    tp_descr_get: method_get,
    tp_vectorcall: method_vectorcall,
  };
  const methodFlags = TF.METHOD_DESCRIPTOR | TF.HAVE_VECTORCALL;
  define(rt, "method_descriptor", METHOD_BYTES, methodFlags, method, METHOD_KIND, [REDUCE]);
  const cls = {
    ...call,
    tp_repr: descrRepr("method"),
    tp_descr_get: classmethod_get,
    tp_vectorcall: classmethod_call,
  };
  define(rt, "classmethod_descriptor", METHOD_BYTES, 0, cls, METHOD_KIND, []);
  const member = { tp_repr: descrRepr("member"), tp_descr_get: member_get, tp_descr_set: member_set };
  const memberDoc = { doc: (rt: Runtime, p: Ref) => docOf(rt.memberDefs[rt.i32[p + Descr.def]]) };
  define(rt, "member_descriptor", MEMBER_BYTES, 0, member, memberDoc, [REDUCE]);
  const getset = { tp_repr: descrRepr("attribute"), tp_descr_get: getset_get, tp_descr_set: getset_set };
  const getsetDoc = { doc: (rt: Runtime, p: Ref) => docOf(rt.getsetDefs[rt.i32[p + Descr.def]]) };
  define(rt, "getset_descriptor", MEMBER_BYTES, 0, getset, getsetDoc, []);
  const wrapper = {
    ...call,
    tp_repr: descrRepr("slot wrapper"),
    tp_descr_get: wrapperdescr_get,
    tp_vectorcall: wrapperdescr_call,
  };
  const wrapperKind = {
    doc: (rt: Runtime, p: Ref) => docOf(slotDefOf(rt, p)),
    sig: (rt: Runtime, p: Ref) => slotDefOf(rt, p).sig,
  };
  define(rt, "wrapper_descriptor", METHOD_BYTES, TF.METHOD_DESCRIPTOR, wrapper, wrapperKind, [REDUCE]);
}
