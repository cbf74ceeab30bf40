/** Attribute access of compiled code beyond the inline caches, and what fills the caches. Part of the runtime. */
import { AttrKind } from "../compiler/profile.ts";
import { noAttribute, PyObject_GetAttr, PyObject_SetAttr } from "../objects/abstract.ts";
import { takesPlainly } from "../objects/callpy.ts";
import { codeFn } from "../objects/codefn.ts";
import { dictKeysVersion, dictLookupStr } from "../objects/dict.ts";
import { keysVersion } from "../objects/dictkeys.ts";
import {
  _PyObject_GenericGetAttrWithDict,
  _PyObject_GetMethod,
  inlineValueWord,
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  sharedKeyIndex,
} from "../objects/instance.ts";
import { Code, Descr, Dict, Func, ModuleOb, Ob, TF, Ty } from "../objects/layout.ts";
import { module_getattro } from "../objects/module.ts";
import { Prop } from "../objects/property.ts";
import { decref, incref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { type_getattro } from "../objects/typeattrs.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { _PyType_Lookup, assignVersionTag } from "../objects/typelookup.ts";

/** Misses after which a site is taken for megamorphic and no longer cached. */
const MANY_MISSES = 40;

/** Makes room in a site's cache: the first entry becomes the second. False when the site has missed too often. */
function makeRoom(ic: Int32Array, c: number): boolean {
  if (ic[c + 8]++ > MANY_MISSES) return false;
  if (ic[c] !== -1) ic.copyWithin(c + 4, c, c + 4);
  ic[c] = -1;
  return true;
}

export function attrSlow(
  rt: Runtime,
  o: Ref,
  name: Ref,
  ic: Int32Array,
  c: number,
  f: number,
  top: number,
): NewRef {
  if (f === 0) incref(rt, o);
  const i32 = rt.i32;
  const v = i32[i32[o + Ob.type] + Ty.version_tag];
  const k = ic[c] === v ? c : c + 4;
  const kind = ic[k] === v ? ic[k + 1] : 0;
  if (kind === AttrKind.PROPERTY) {
    const getter = i32[ic[k + 2] + Prop.get];
    if (getter !== 0 && takesPlainly(rt, getter, 1)) return callGetter(rt, getter, o);
  }
  i32[top] = o;
  let r: NewRef;
  if (kind === AttrKind.GETTER) r = rt.getsetDefs[ic[k + 2]].get(rt, o);
  else {
    cacheLoad(rt, o, name, ic, c);
    r = getAttribute(rt, o, name);
    if (r === 0) return 0;
  }
  i32[top] = 0;
  decref(rt, o);
  return r;
}

/** o.name; 0: an exception is set (an instance's missing attribute is not thrown). */
function getAttribute(rt: Runtime, o: Ref, name: Ref): NewRef {
  const generic = infoOf(rt, o).tp_getattro === PyObject_GenericGetAttr;
  if (!generic || _PyType_Lookup(rt, rt.i32[o + Ob.type], name) !== 0) return PyObject_GetAttr(rt, o, name);
  const r = _PyObject_GenericGetAttrWithDict(rt, o, name, 0, true);
  if (r === 0) noAttribute(rt, o, name);
  return r;
}

/** A property's getter, a Python function of one argument; takes over the object. 0: an exception is set. */
function callGetter(rt: Runtime, getter: Ref, o: Ref): NewRef {
  const code = rt.i32[getter + Func.code];
  const fn = rt.codes[rt.i32[code + Code.js]].fn ?? codeFn(rt, code);
  incref(rt, getter);
  return fn(getter, o);
}

/** Fills a load site's cache where a rule applies; otherwise leaves it empty. */
function cacheLoad(rt: Runtime, o: Ref, name: Ref, ic: Int32Array, c: number): void {
  const i32 = rt.i32;
  const type = i32[o + Ob.type];
  if (!makeRoom(ic, c)) return;
  const getattro = infoOfType(rt, type).tp_getattro;
  if (getattro === PyObject_GenericGetAttr) cacheInstance(rt, o, type, name, ic, c);
  else if (getattro === module_getattro) cacheModule(rt, o, type, name, ic, c);
  else if (getattro === type_getattro) cacheType(rt, o, type, name, ic, c);
}

function version(rt: Runtime, type: Ref): number {
  return assignVersionTag(rt, type);
}

function cacheInstance(rt: Runtime, o: Ref, type: Ref, name: Ref, ic: Int32Array, c: number): void {
  const i32 = rt.i32;
  const v = version(rt, type);
  if (v === 0) return;
  const descr = _PyType_Lookup(rt, type, name);
  const inline = (i32[type + Ty.flags] & TF.INLINE_VALUES) !== 0;
  if (descr === 0) {
    if (!inline || i32[o + 4] >> 24 === 0) return;
    const k = sharedKeyIndex(rt, type, name);
    if (k >= 0) set(ic, c, v, AttrKind.INLINE, inlineValueWord(k), 0);
    return;
  }
  const info = infoOfType(rt, i32[descr + Ob.type]);
  if (i32[descr + Ob.type] === rt.types.member_descriptor) {
    const at = slotOffset(rt, descr);
    if (at > 0) set(ic, c, v, AttrKind.SLOT, at, 0);
    return;
  }
  if (i32[descr + Ob.type] === rt.types.property) {
    set(ic, c, v, AttrKind.PROPERTY, descr, 0);
    return;
  }
  if (i32[descr + Ob.type] === rt.types.getset_descriptor) {
    set(ic, c, v, AttrKind.GETTER, i32[descr + Descr.def], 0);
    return;
  }
  if (info.tp_descr_get !== null || info.tp_descr_set !== null) return;
  cacheClassValue(rt, o, type, name, descr, v, ic, c);
}

/** A class attribute that needs no binding (or, for calls, a method), while the instance does not shadow it. */
function cacheClassValue(
  rt: Runtime,
  o: Ref,
  type: Ref,
  name: Ref,
  descr: Ref,
  v: number,
  ic: Int32Array,
  c: number,
): void {
  const i32 = rt.i32;
  const flags = i32[type + Ty.flags];
  if ((flags & TF.INLINE_VALUES) !== 0) {
    if (i32[o + 4] >> 24 === 0 || sharedKeyIndex(rt, type, name) >= 0) return;
    const kv = keysVersion(rt, i32[type + Ty.ht_cached_keys]);
    if (kv !== 0) set(ic, c, v, AttrKind.CLASS_KEYS, descr, kv);
    return;
  }
  if ((flags & TF.MANAGED_DICT) === 0 && i32[type + Ty.dictoffset] === 0)
    set(ic, c, v, AttrKind.CLASS, descr, 0);
}

/** Word offset of a slot made by `__slots__` (an object_ex member), or 0. */
function slotOffset(rt: Runtime, descr: Ref): number {
  const def = rt.memberDefs[rt.i32[descr + Descr.def]];
  return def !== undefined && def.type === "object_ex" && def.readonly !== true ? def.offset : 0;
}

function cacheModule(rt: Runtime, o: Ref, type: Ref, name: Ref, ic: Int32Array, c: number): void {
  const i32 = rt.i32;
  if (type !== rt.types.module) return;
  const dict = i32[o + ModuleOb.dict];
  if (_PyType_Lookup(rt, type, name) !== 0 || dict === 0) return;
  const entry = dictLookupStr(rt, dict, name);
  const kv = entry === 0 ? 0 : dictKeysVersion(rt, dict);
  const v = version(rt, type);
  if (kv === 0 || v === 0 || i32[dict + Dict.values] !== 0) return;
  set(ic, c, v, AttrKind.MODULE, kv, valueAddress(rt, dict, entry) - i32[dict + Dict.keys]);
}

/** What dictLookupStr gives is the address of the value's slot, whatever the table's kind. */
export function valueAddress(_rt: Runtime, _dict: Ref, slot: number): number {
  return slot;
}

function cacheType(rt: Runtime, o: Ref, meta: Ref, name: Ref, ic: Int32Array, c: number): void {
  if (_PyType_Lookup(rt, meta, name) !== 0) return;
  const value = _PyType_Lookup(rt, o, name);
  if (value === 0) return;
  const info = infoOfType(rt, rt.i32[value + Ob.type]);
  if (info.tp_descr_get !== null && rt.i32[value + Ob.type] !== rt.types.function) return;
  const mv = version(rt, meta);
  const v = version(rt, o);
  if (mv !== 0 && v !== 0) set(ic, c, mv, AttrKind.TYPE, v, value);
}

function set(ic: Int32Array, c: number, v: number, kind: AttrKind, a: number, b: number): void {
  ic[c] = v;
  ic[c + 1] = kind;
  ic[c + 2] = a;
  ic[c + 3] = b;
}

/** See `lm` in fast.ts. */
export function methodSlow(
  rt: Runtime,
  self: Ref,
  name: Ref,
  ic: Int32Array,
  c: number,
  top: number,
): NewRef {
  const i32 = rt.i32;
  i32[top] = self;
  cacheMethod(rt, self, name, ic, c);
  const m = _PyObject_GetMethod(rt, self, name);
  i32[top] = 0;
  if (rt.methodIsUnbound) return m;
  i32[top] = m;
  decref(rt, self);
  i32[top] = 0;
  return -m;
}

function cacheMethod(rt: Runtime, o: Ref, name: Ref, ic: Int32Array, c: number): void {
  const i32 = rt.i32;
  const type = i32[o + Ob.type];
  if (!makeRoom(ic, c)) return;
  const getattro = infoOfType(rt, type).tp_getattro;
  if (getattro === module_getattro) {
    cacheModule(rt, o, type, name, ic, c);
    return;
  }
  if (getattro !== PyObject_GenericGetAttr) return;
  const v = version(rt, type);
  const descr = _PyType_Lookup(rt, type, name);
  if (v === 0 || descr === 0) return;
  if ((i32[i32[descr + Ob.type] + Ty.flags] & TF.METHOD_DESCRIPTOR) === 0) return;
  cacheClassValue(rt, o, type, name, descr, v, ic, c);
}

/** See `sa` in fast.ts. */
export function setAttrSlow(
  rt: Runtime,
  o: Ref,
  name: Ref,
  v: OptRef,
  ic: Int32Array,
  c: number,
  f: number,
  top: number,
): void {
  const i32 = rt.i32;
  if ((f & 1) === 0) incref(rt, o);
  if ((f & 2) === 0) incref(rt, v);
  i32[top] = o;
  i32[top + 2] = v;
  PyObject_SetAttr(rt, o, name, v);
  cacheStore(rt, o, name, ic, c);
  i32[top] = 0;
  i32[top + 2] = 0;
  decref(rt, v);
  decref(rt, o);
}

/** After a store: where the attribute now is, the next one can go straight there. */
function cacheStore(rt: Runtime, o: Ref, name: Ref, ic: Int32Array, c: number): void {
  const i32 = rt.i32;
  const type = i32[o + Ob.type];
  if (!makeRoom(ic, c)) return;
  if (infoOfType(rt, type).tp_setattro !== PyObject_GenericSetAttr) return;
  const v = version(rt, type);
  if (v === 0) return;
  const descr = _PyType_Lookup(rt, type, name);
  if (descr !== 0) {
    if (i32[descr + Ob.type] === rt.types.member_descriptor) {
      const at = slotOffset(rt, descr);
      if (at > 0) set(ic, c, v, AttrKind.SLOT, at, 0);
      return;
    }
    if (infoOfType(rt, i32[descr + Ob.type]).tp_descr_set !== null) return;
  }
  if ((i32[type + Ty.flags] & TF.INLINE_VALUES) === 0 || i32[o + 4] >> 24 === 0) return;
  const k = sharedKeyIndex(rt, type, name);
  // The instance may have less room than the class has keys by now.
  if (k >= 0 && k < (i32[o + 4] & 255)) set(ic, c, v, AttrKind.INLINE, inlineValueWord(k), k);
}
