/** collections.defaultdict: a dict with a function that makes missing values. Part of the modules. */
import { PyCallable_Check, reprOf } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { PyObject_CallMethodNoArgs, PyObject_CallNoArgs, PyObject_CallTwoArgs } from "../objects/call.ts";
import { PyDict_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { dict_dealloc, keyError, PyDict_Clear, PyDict_SetItem, PyDict_Update } from "../objects/dict.ts";
import { dict_traverse } from "../objects/dicttype.ts";
import { typeError } from "../objects/errors.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob, TF } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref, setField } from "../objects/refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { trashed } from "../objects/trashcan.ts";
import { PyTuple_GetSlice, PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";

const enum DefDict {
  default_factory = 12,
  BYTES = 56,
}

function defdict_missing(rt: Runtime, d: Ref, key: Ref): NewRef {
  const factory = rt.i32[d + DefDict.default_factory];
  if (factory === 0 || factory === rt.None) throw keyError(rt, key);
  const value = pushed(rt, PyObject_CallNoArgs(rt, factory));
  PyDict_SetItem(rt, d, key, value);
  return pop(rt);
}

function defdict_init(rt: Runtime, d: Ref, args: Ref, kwargs: OptRef): void {
  const n = tupleSize(rt, args);
  const factory = n === 0 ? 0 : tupleItem(rt, args, 0);
  if (factory !== 0 && factory !== rt.None && !PyCallable_Check(rt, factory)) {
    throw typeError(rt, "first argument must be callable or None");
  }
  const rest = pushed(rt, PyTuple_GetSlice(rt, args, Math.min(1, n), n));
  setField(rt, d + DefDict.default_factory, factory === 0 ? 0 : newref(rt, factory));
  infoOfType(rt, rt.types.dict).tp_init!(rt, d, rest, kwargs);
  drop(rt);
}

/** type(default_factory, d): a copy through the type, so that a subclass makes its own kind. */
function copyFrom(rt: Runtime, d: Ref, like: Ref): NewRef {
  const factory = rt.i32[like + DefDict.default_factory] || rt.None;
  return PyObject_CallTwoArgs(rt, rt.i32[like + Ob.type], factory, d);
}

function defdict_copy(rt: Runtime, d: Ref): NewRef {
  return copyFrom(rt, d, d);
}

function defdict_or(type: () => Ref): (rt: Runtime, a: Ref, b: Ref) => NewRef {
  return (rt, a, b) => {
    const mine = PyType_IsSubtype(rt, rt.i32[a + Ob.type], type());
    const like = mine ? a : b;
    const other = mine ? b : a;
    if (!PyDict_Check(rt, other)) return rt.NotImplemented;
    const copy = pushed(rt, copyFrom(rt, a, like));
    PyDict_Update(rt, copy, b);
    return pop(rt);
  };
}

function defdict_repr(rt: Runtime, d: Ref): NewRef {
  const base = pushed(rt, infoOfType(rt, rt.types.dict).tp_repr!(rt, d));
  const text = `${typeNameOf(rt, d).replace(/^.*\./, "")}(${factoryText(rt, d)}, ${jsString(rt, base)})`;
  drop(rt);
  return PyUnicode_FromJS(rt, text);
}

function factoryText(rt: Runtime, d: Ref): string {
  const factory = rt.i32[d + DefDict.default_factory];
  if (factory === 0) return "None";
  if (!Py_ReprEnter(rt, factory)) return "...";
  try {
    return reprOf(rt, factory);
  } finally {
    Py_ReprLeave(rt, factory);
  }
}

function defdict_reduce(rt: Runtime, d: Ref): NewRef {
  const i32 = rt.i32;
  const factory = i32[d + DefDict.default_factory];
  const args = pushed(rt, factory === 0 || factory === rt.None ? rt.emptyTuple : PyTuple_Pack(rt, factory));
  const items = pushed(rt, PyObject_CallMethodNoArgs(rt, d, internStatic(rt, "items")));
  const it = pushed(rt, PyObject_GetIter(rt, items));
  const result = PyTuple_Pack(rt, i32[d + Ob.type], args, rt.None, rt.None, it);
  drop(rt, 3);
  return result;
}

function defdict_dealloc(rt: Runtime, d: Ref): void {
  const type = rt.i32[d + Ob.type];
  PyObject_GC_UnTrack(rt, d);
  clearField(rt, d + DefDict.default_factory);
  dict_dealloc(rt, d);
  decref(rt, type);
}

/** The type, a new reference. */
export function defaultdictType(rt: Runtime): NewRef {
  let type = 0;
  type = defineType(rt, {
    name: "collections.defaultdict",
    basicsize: DefDict.BYTES,
    base: rt.types.dict,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.DICT_SUBCLASS | TF.IMMUTABLETYPE,
    heap: true,
    doc: "A dict that makes values for keys that it does not have.",
    slots: {
      tp_init: defdict_init,
      tp_dealloc: trashed(defdict_dealloc),
      tp_traverse: (rt, d, visit) => {
        visit(rt.i32[d + Ob.type]);
        if (rt.i32[d + DefDict.default_factory] !== 0) visit(rt.i32[d + DefDict.default_factory]);
        dict_traverse(rt, d, visit);
      },
      tp_clear: (rt, d) => {
        clearField(rt, d + DefDict.default_factory);
        PyDict_Clear(rt, d);
      },
      tp_repr: defdict_repr,
      tp_getattro: PyObject_GenericGetAttr,
      nb_or: defdict_or(() => type),
    },
    methods: [
      { name: "__missing__", flags: METH.O, fn: defdict_missing },
      { name: "copy", flags: METH.NOARGS, fn: defdict_copy },
      { name: "__copy__", flags: METH.NOARGS, fn: defdict_copy },
      { name: "__reduce__", flags: METH.NOARGS, fn: defdict_reduce },
      { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
    ],
    members: [{ name: "default_factory", type: "object", offset: DefDict.default_factory }],
  });
  return type;
}
