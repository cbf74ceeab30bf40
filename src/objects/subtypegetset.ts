/** The `__dict__` and `__weakref__` attributes that a class adds to its instances. Part of the object layer. */
import { PyDict_Check } from "./check.ts";
import { raise, typeError } from "./errors.ts";
import { Gc, Ob, TF, Ty } from "./layout.ts";
import { PyObject_GenericGetDict, setInstanceDict } from "./managed.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import type { GetSetDef, NewRef, OptRef, Ref } from "./typeinfo.ts";
import { _PyType_Lookup } from "./typelookup.ts";

/** The native base that already gives instances a dict, or 0 (get_builtin_base_with_dict). */
function builtinBaseWithDict(rt: Runtime, type: Ref): OptRef {
  const i32 = rt.i32;
  for (; i32[type + Ty.base] !== 0; type = i32[type + Ty.base]) {
    if (i32[type + Ty.dictoffset] !== 0 && (i32[type + Ty.flags] & TF.HEAPTYPE) === 0) return type;
  }
  return 0;
}

/** That base's own `__dict__` descriptor. */
function dictDescriptor(rt: Runtime, o: Ref, base: Ref): Ref {
  const descr = _PyType_Lookup(rt, base, rt.names.__dict__);
  if (descr !== 0 && infoOf(rt, descr).tp_descr_set !== null) return descr;
  throw typeError(rt, `this __dict__ descriptor does not support '${typeNameOf(rt, o, 200)}' objects`);
}

function subtype_dict(rt: Runtime, o: Ref): NewRef {
  const type = rt.i32[o + Ob.type];
  const base = builtinBaseWithDict(rt, type);
  if (base === 0) return PyObject_GenericGetDict(rt, o);
  const descr = dictDescriptor(rt, o, base);
  return infoOf(rt, descr).tp_descr_get!(rt, descr, o, type);
}

function subtype_setdict(rt: Runtime, o: Ref, value: OptRef): void {
  const base = builtinBaseWithDict(rt, rt.i32[o + Ob.type]);
  if (base !== 0) {
    const descr = dictDescriptor(rt, o, base);
    infoOf(rt, descr).tp_descr_set!(rt, descr, o, value);
    return;
  }
  if (rt.i32[rt.i32[o + Ob.type] + Ty.dictoffset] === 0) {
    throw raise(rt, rt.exc.AttributeError, "This object has no __dict__");
  }
  if (value !== 0 && !PyDict_Check(rt, value)) {
    throw typeError(rt, `__dict__ must be set to a dictionary, not a '${typeNameOf(rt, value, 200)}'`);
  }
  setInstanceDict(rt, o, value);
}

function subtype_getweakref(rt: Runtime, o: Ref): NewRef {
  const i32 = rt.i32;
  const offset = i32[i32[o + Ob.type] + Ty.weaklistoffset];
  if (offset === 0) throw raise(rt, rt.exc.AttributeError, "This object has no __weakref__");
  const first = i32[offset < 0 ? o + Gc.weakref : o + (offset >> 2)];
  return first === 0 ? rt.None : newref(rt, first);
}

export const subtypeDictGetset: GetSetDef = {
  name: "__dict__",
  get: subtype_dict,
  set: subtype_setdict,
  doc: "The instance's attributes.",
};

export const subtypeWeakrefGetset: GetSetDef = {
  name: "__weakref__",
  get: subtype_getweakref,
  doc: "The first weak reference to the object.",
};
