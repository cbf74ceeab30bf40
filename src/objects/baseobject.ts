/** `object`: the root of all types. Part of the object layer (CPython's Objects/typeobject.c, the object_* functions). */

import { PyObject_Free } from "../pymalloc/domains.ts";
import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_Str } from "./abstract.ts";
import { PyDict_Check, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { PyDict_Copy, PyDict_Keys, PyDict_New, PyDict_Size, PyDict_Update } from "./dict.ts";
import { typeError } from "./errors.ts";
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from "./instance.ts";
import { Ob, Str, TF, Tuple, Ty } from "./layout.ts";
import { list_sort_impl } from "./listsort.ts";
import { PyLong_FromNumber } from "./long.ts";
import { PyType_GenericAlloc } from "./managed.ts";
import { object_getstate_method, object_reduce, object_reduce_ex } from "./reduce.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Check, PySequence_GetItem, PySequence_List, PySequence_Size } from "./sequence.ts";
import { object_set_class } from "./setclass.ts";
import { infoOf, infoOfType, tpName, typeNameOf } from "./slots.ts";
import { addressText } from "./slottp.ts";
import { drop, dropTo, mark, pop, push } from "./stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "./str.ts";
import { type_module, type_qualname } from "./typeattrs.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref, type TypeSpec } from "./typeinfo.ts";

function excess_args(rt: Runtime, args: Ref, kwargs: OptRef): boolean {
  return rt.i32[args + Tuple.size] !== 0 || (kwargs !== 0 && PyDict_Size(rt, kwargs) !== 0);
}

export function object_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  if (!excess_args(rt, args, kwargs)) return;
  const info = infoOf(rt, self);
  if (info.tp_init !== object_init) {
    throw typeError(rt, "object.__init__() takes exactly one argument (the instance to initialize)");
  }
  if (info.tp_new === object_new) {
    const name = info.name.slice(0, 200);
    throw typeError(rt, `${name}.__init__() takes exactly one argument (the instance to initialize)`);
  }
}

export function object_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const info = infoOfType(rt, type);
  if (excess_args(rt, args, kwargs)) {
    if (info.tp_new !== object_new) {
      throw typeError(rt, "object.__new__() takes exactly one argument (the type to instantiate)");
    }
    if (info.tp_init === object_init) throw typeError(rt, `${info.name.slice(0, 200)}() takes no arguments`);
  }
  if ((rt.i32[type + Ty.flags] & TF.IS_ABSTRACT) !== 0) checkAbstract(rt, type);
  return info.tp_alloc!(rt, type, 0);
}

/** Refuses to make an instance of a class that has abstract methods, and names them in order. */
export function checkAbstract(rt: Runtime, type: Ref): void {
  const abstract = PyObject_GetAttr(rt, type, internStatic(rt, "__abstractmethods__"));
  push(rt, abstract);
  const list = PySequence_List(rt, abstract);
  push(rt, list);
  list_sort_impl(rt, list, 0, false);
  const n = PySequence_Size(rt, list);
  const names: string[] = [];
  for (let k = 0; k < n; k++) {
    const item = PySequence_GetItem(rt, list, k);
    push(rt, item);
    if (!PyUnicode_Check(rt, item)) {
      throw typeError(rt, `sequence item ${k}: expected str instance, ${typeNameOf(rt, item, 80)} found`);
    }
    names.push(`'${jsString(rt, item)}'`);
    drop(rt);
  }
  const plural = n > 1 ? "s" : "";
  throw typeError(
    rt,
    `Can't instantiate abstract class ${tpName(rt, type)} without an implementation for abstract method${plural} ${names.join(", ")}`,
  );
}

function object_dealloc(rt: Runtime, self: Ref): void {
  infoOf(rt, self).tp_free!(rt, self);
}

function object_repr(rt: Runtime, self: Ref): NewRef {
  const type = rt.i32[self + Ob.type];
  return PyUnicode_FromJS(rt, `<${qualifiedName(rt, type)} object at ${addressText(self)}>`);
}

/** "module.Qualname", without the module for built-in types; the bare name when the module is no str. */
export function qualifiedName(rt: Runtime, type: Ref): string {
  const m = mark(rt);
  const qualname = type_qualname(rt, type);
  push(rt, qualname);
  const module = type_module(rt, type);
  push(rt, module);
  const plain = !PyUnicode_Check(rt, module) || jsString(rt, module) === "builtins";
  const text = plain ? tpName(rt, type) : `${jsString(rt, module)}.${jsString(rt, qualname)}`;
  dropTo(rt, m);
  return text;
}

/** PyType_GetFullyQualifiedName, `%T` of a message: as qualifiedName, and without the module `__main__` too. */
export function fullyQualifiedName(rt: Runtime, type: Ref): string {
  return qualifiedName(rt, type).replace(/^__main__\./, "");
}

function object_str(rt: Runtime, self: Ref): NewRef {
  const repr = infoOf(rt, self).tp_repr;
  return repr === null ? object_repr(rt, self) : repr(rt, self);
}

/** The byte address, rotated right by 4 bits (_Py_HashPointer): for a word index, by 2. */
export function _Py_HashPointer(rt: Runtime, p: Ref): number {
  rt.hashHi = 0;
  return p >>> 2;
}

function object_richcompare(rt: Runtime, self: Ref, other: Ref, op: Cmp): NewRef {
  if (op === Cmp.EQ) return self === other ? rt.True : rt.NotImplemented;
  if (op !== Cmp.NE) return rt.NotImplemented;
  const compare = infoOf(rt, self).tp_richcompare;
  if (compare === null) return rt.NotImplemented;
  const equal = compare(rt, self, other, Cmp.EQ);
  if (equal === rt.NotImplemented) return equal;
  if (equal === rt.True) return rt.False;
  if (equal === rt.False) return rt.True;
  push(rt, equal);
  const truth = PyObject_IsTrue(rt, equal);
  drop(rt);
  return truth ? rt.False : rt.True;
}

function object_format(rt: Runtime, self: Ref, spec: Ref): NewRef {
  if (!PyUnicode_Check(rt, spec)) {
    throw typeError(
      rt,
      `__format__() argument must be str, not ${spec === rt.None ? "None" : typeNameOf(rt, spec)}`,
    );
  }
  if (rt.i32[spec + Str.length] > 0) {
    throw typeError(rt, `unsupported format string passed to ${typeNameOf(rt, self, 200)}.__format__`);
  }
  return PyObject_Str(rt, self);
}

function object_sizeof(rt: Runtime, self: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[self + Ob.type];
  const itemsize = i32[type + Ty.itemsize];
  let size = i32[type + Ty.basicsize];
  if (itemsize > 0) size += Math.abs(i32[self + Ob.size]) * itemsize;
  return PyLong_FromNumber(rt, size);
}

/** Adds the names of a class and of all its bases to a dict (merge_class_dict). */
export function merge_class_dict(rt: Runtime, dict: Ref, cls: Ref): void {
  const own = PyObject_GetOptionalAttr(rt, cls, rt.names.__dict__);
  if (own !== 0) {
    push(rt, own);
    PyDict_Update(rt, dict, own);
    drop(rt);
  }
  const bases = PyObject_GetOptionalAttr(rt, cls, rt.names.__bases__);
  if (bases === 0) return;
  push(rt, bases);
  if (PySequence_Check(rt, bases)) {
    const n = PySequence_Size(rt, bases);
    for (let k = 0; k < n; k++) {
      const base = PySequence_GetItem(rt, bases, k);
      push(rt, base);
      merge_class_dict(rt, dict, base);
      drop(rt);
    }
  }
  drop(rt);
}

function object_dir(rt: Runtime, self: Ref): NewRef {
  const own = PyObject_GetOptionalAttr(rt, self, rt.names.__dict__);
  push(rt, own);
  const dict = own !== 0 && PyDict_Check(rt, own) ? PyDict_Copy(rt, own) : PyDict_New(rt);
  push(rt, dict);
  const cls = PyObject_GetOptionalAttr(rt, self, rt.names.__class__);
  if (cls !== 0) {
    push(rt, cls);
    merge_class_dict(rt, dict, cls);
    drop(rt);
  }
  const names = PyDict_Keys(rt, dict);
  decref(rt, pop(rt));
  const rest = pop(rt);
  if (rest !== 0) decref(rt, rest);
  return names;
}

const METHODS: MethodDef[] = [
  {
    name: "__reduce_ex__",
    flags: METH.O,
    fn: object_reduce_ex,
    sig: "($self, protocol, /)",
    doc: "What pickle and copy need to make the object again.",
  },
  {
    name: "__reduce__",
    flags: METH.NOARGS,
    fn: object_reduce,
    sig: "($self, /)",
    doc: "As __reduce_ex__ with protocol 0.",
  },
  {
    name: "__getstate__",
    flags: METH.NOARGS,
    fn: object_getstate_method,
    sig: "($self, /)",
    doc: "The attributes that pickle saves.",
  },
  {
    name: "__subclasshook__",
    flags: METH.O | METH.CLASS,
    fn: (rt) => rt.NotImplemented,
    doc: "Lets an abstract class decide what counts as its subclass.",
  },
  {
    name: "__init_subclass__",
    flags: METH.NOARGS | METH.CLASS,
    fn: (rt) => rt.None,
    doc: "Runs when a subclass is made.",
  },
  {
    name: "__format__",
    flags: METH.O,
    fn: object_format,
    sig: "($self, format_spec, /)",
    doc: "str(self), if the format says nothing.",
  },
  {
    name: "__sizeof__",
    flags: METH.NOARGS,
    fn: object_sizeof,
    sig: "($self, /)",
    doc: "The object's own size in bytes.",
  },
  {
    name: "__dir__",
    flags: METH.NOARGS,
    fn: object_dir,
    sig: "($self, /)",
    doc: "The names of the attributes.",
  },
];

export function initBaseObject(rt: Runtime): void {
  const spec: TypeSpec = {
    name: "object",
    basicsize: Ob.HEAD_BYTES,
    flags: TF.BASETYPE,
    doc: "The base of all classes.",
    slots: {
      tp_dealloc: object_dealloc,
      tp_repr: object_repr,
      tp_str: object_str,
      tp_hash: _Py_HashPointer,
      tp_getattro: PyObject_GenericGetAttr,
      tp_setattro: PyObject_GenericSetAttr,
      tp_richcompare: object_richcompare,
      tp_init: object_init,
      tp_new: object_new,
      tp_alloc: PyType_GenericAlloc,
      tp_free: PyObject_Free,
    },
    methods: METHODS,
    getsets: [
      {
        name: "__class__",
        get: (rt, self) => newref(rt, rt.i32[self + Ob.type]),
        set: object_set_class,
        doc: "The object's class.",
      },
    ],
  };
  defineType(rt, spec, rt.types.object);
}
