/** `type`: the type of types, its slots and methods, and the end of a class. Part of the object layer (CPython's Objects/typeobject.c). */
import { PyMem_Free } from "../pymalloc/domains.ts";
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { merge_class_dict, qualifiedName } from "./baseobject.ts";
import { defineType } from "./defineType.ts";
import { PyDict_Clear, PyDict_Keys, PyDict_New, PyDict_Size } from "./dict.ts";
import { _PyDict_KeysSize, dictkeys_decref } from "./dictkeys.ts";
import { fetch, restore, typeError } from "./errors.ts";
import { object_isinstance, recursive_issubclass } from "./isinstance.ts";
import { Ob, TF, Tuple, Ty } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { freeManaged, PyType_GenericAlloc } from "./managed.ts";
import { mro_implementation } from "./mro.ts";
import { clearField } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_List } from "./sequence.ts";
import { infoOfType } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { remove_all_subclasses, type_subclasses } from "./subclasses.ts";
import { _Py_type_getattro, TYPE_GETSETS, TYPE_MEMBERS, type_setattro } from "./typeattrs.ts";
import { type_call, typeVectorcall } from "./typecall.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";
import { PyType_Modified } from "./typelookup.ts";
import { type_new } from "./typenew.ts";
import { freeTypeInfo } from "./typestate.ts";
import { _Py_union_type_or } from "./union.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** The end of a class: only heap types get here. */
function type_dealloc(rt: Runtime, type: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, type);
  push(rt, fetch(rt));
  if (i32[type + Ty.bases] !== 0) remove_all_subclasses(rt, type, i32[type + Ty.bases]);
  const saved = pop(rt);
  if (saved !== 0) restore(rt, saved);
  if (i32[type + Ty.weaklist] !== 0) PyObject_ClearWeakRefs(rt, type);
  for (const field of [Ty.base, Ty.dict, Ty.bases, Ty.mro, Ty.cache, Ty.subclasses])
    clearField(rt, type + field);
  if (i32[type + Ty.doc] !== 0) PyMem_Free(rt, i32[type + Ty.doc]);
  for (const field of [Ty.ht_name, Ty.ht_qualname, Ty.ht_slots]) clearField(rt, type + field);
  if (i32[type + Ty.ht_cached_keys] !== 0) dictkeys_decref(rt, i32[type + Ty.ht_cached_keys]);
  clearField(rt, type + Ty.ht_module);
  const index = i32[type + Ty.info];
  infoOfType(rt, i32[type + Ob.type]).tp_free!(rt, type);
  if (index !== 0) freeTypeInfo(rt, index);
}

function type_traverse(rt: Runtime, type: Ref, visit: Visit): void {
  const i32 = rt.i32;
  for (const field of [Ty.dict, Ty.cache, Ty.mro, Ty.bases, Ty.base, Ty.ht_module]) {
    const held = i32[type + field];
    if (held !== 0) visit(held);
  }
}

function type_clear(rt: Runtime, type: Ref): void {
  const i32 = rt.i32;
  PyType_Modified(rt, type);
  if (i32[type + Ty.dict] !== 0) PyDict_Clear(rt, i32[type + Ty.dict]);
  clearField(rt, type + Ty.ht_module);
  clearField(rt, type + Ty.mro);
}

function type_is_gc(rt: Runtime, type: Ref): boolean {
  return (rt.i32[type + Ty.flags] & TF.HEAPTYPE) !== 0;
}

function type_repr(rt: Runtime, type: Ref): NewRef {
  // A class in the making has no order yet, and may have no name.
  if (rt.i32[type + Ty.mro] === 0) return PyUnicode_FromJS(rt, `<class '${infoOfType(rt, type).name}'>`);
  return PyUnicode_FromJS(rt, `<class '${qualifiedName(rt, type)}'>`);
}

function type_init(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): void {
  const n = rt.i32[args + Tuple.size];
  if (kwargs !== 0 && n === 1 && PyDict_Size(rt, kwargs) !== 0) {
    throw typeError(rt, "type.__init__() takes no keyword arguments");
  }
  if (n !== 1 && n !== 3) throw typeError(rt, "type.__init__() takes 1 or 3 arguments");
}

function type_sizeof(rt: Runtime, type: Ref): NewRef {
  const i32 = rt.i32;
  if ((i32[type + Ty.flags] & TF.HEAPTYPE) === 0) return PyLong_FromNumber(rt, Ty.STATIC_BYTES);
  const keys = i32[type + Ty.ht_cached_keys];
  return PyLong_FromNumber(rt, Ty.HEAP_BYTES + (keys === 0 ? 0 : _PyDict_KeysSize(rt, keys)));
}

function type_dir(rt: Runtime, type: Ref): NewRef {
  const dict = PyDict_New(rt);
  push(rt, dict);
  merge_class_dict(rt, dict, type);
  const names = PyDict_Keys(rt, dict);
  drop(rt);
  return names;
}

/** `type.mro()`: the C3 order as a list. */
function type_mro(rt: Runtime, type: Ref): NewRef {
  const order = mro_implementation(rt, type);
  push(rt, order);
  const list = PySequence_List(rt, order);
  drop(rt);
  return list;
}

const METHODS: MethodDef[] = [
  {
    name: "mro",
    flags: METH.NOARGS,
    fn: type_mro,
    sig: "($self, /)",
    doc: "The method resolution order, as a list.",
  },
  {
    name: "__subclasses__",
    flags: METH.NOARGS,
    fn: type_subclasses,
    sig: "($self, /)",
    doc: "The classes right under this one.",
  },
  {
    name: "__prepare__",
    flags: METH.FASTCALL | METH.KEYWORDS | METH.CLASS,
    fn: (rt) => PyDict_New(rt),
    sig: "($cls, name, bases, /, **kwds)",
    doc: "The namespace for the body of a class statement.",
  },
  {
    name: "__instancecheck__",
    flags: METH.O,
    fn: (rt, self, o) => (object_isinstance(rt, o, self) ? rt.True : rt.False),
    sig: "($self, instance, /)",
    doc: "Is the object an instance?",
  },
  {
    name: "__subclasscheck__",
    flags: METH.O,
    fn: (rt, self, cls) => (recursive_issubclass(rt, cls, self) ? rt.True : rt.False),
    sig: "($self, subclass, /)",
    doc: "Is the class a subclass?",
  },
  {
    name: "__dir__",
    flags: METH.NOARGS,
    fn: type_dir,
    sig: "($self, /)",
    doc: "The names of the attributes.",
  },
  {
    name: "__sizeof__",
    flags: METH.NOARGS,
    fn: type_sizeof,
    sig: "($self, /)",
    doc: "The type object's size in bytes, with the keys that instances share.",
  },
];

export function initType(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "type",
      basicsize: Ty.HEAP_BYTES,
      itemsize: 40,
      dictoffset: Ty.dict * 4,
      weaklistoffset: Ty.weaklist * 4,
      flags: TF.HAVE_GC | TF.BASETYPE | TF.TYPE_SUBCLASS | TF.HAVE_VECTORCALL | TF.ITEMS_AT_END,
      doc: "type(object) -> the object's class; type(name, bases, namespace) -> a new class",
      slots: {
        tp_dealloc: type_dealloc,
        tp_repr: type_repr,
        tp_call: type_call,
        tp_vectorcall: typeVectorcall,
        tp_getattro: _Py_type_getattro,
        tp_setattro: type_setattro,
        tp_traverse: type_traverse,
        tp_clear: type_clear,
        tp_init: type_init,
        tp_alloc: PyType_GenericAlloc,
        tp_new: type_new,
        tp_free: freeManaged,
        tp_is_gc: type_is_gc,
        nb_or: _Py_union_type_or,
      },
      methods: METHODS,
      members: TYPE_MEMBERS,
      getsets: TYPE_GETSETS,
    },
    rt.types.type,
  );
}
