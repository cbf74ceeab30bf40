/**
 * mappingproxy: a read-only view of a mapping. Part of the object layer (CPython's Objects/descrobject.c).
 *
 *   byte   0      16        24
 *          | head | mapping |
 */

import {
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_Hash,
  PyObject_RichCompare,
  PyObject_Size,
  PyObject_Str,
  reprOf,
} from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs, kwSpec, noKwnames, parseTupleKw } from "./argparse.ts";
import { lend, PyObject_CallMethodNoArgs, PyObject_VectorcallMethod, unlend } from "./call.ts";
import { PyDict_CheckExact, PyList_Check, PyTuple_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { PyDict_Contains } from "./dict.ts";
import { typeError } from "./errors.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { Ob, TF } from "./layout.ts";
import { PyMapping_Check } from "./mapping.ts";
import { PyNumber_Or } from "./number.ts";
import { decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Contains } from "./sequence.ts";
import { typeNameOf } from "./slots.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { type Cmp, METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

export const enum MappingProxy {
  mapping = 4,
  BYTES = 24,
}

export function PyDictProxy_New(rt: Runtime, mapping: Ref): NewRef {
  if (!PyMapping_Check(rt, mapping) || PyList_Check(rt, mapping) || PyTuple_Check(rt, mapping)) {
    throw typeError(rt, `mappingproxy() argument must be a mapping, not ${typeNameOf(rt, mapping)}`);
  }
  const p = PyObject_GC_New(rt, rt.types.mappingproxy, MappingProxy.BYTES);
  incref(rt, mapping);
  rt.i32[p + MappingProxy.mapping] = mapping;
  PyObject_GC_Track(rt, p);
  return p;
}

const mappingOf = (rt: Runtime, p: Ref): Ref => rt.i32[p + MappingProxy.mapping];

const NEW = kwSpec("mappingproxy", "mapping");

function mappingproxy_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  return PyDictProxy_New(rt, parseTupleKw(rt, NEW, args, kwargs)[0]);
}

function mappingproxy_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  decref(rt, mappingOf(rt, p));
  PyObject_GC_Del(rt, p);
}

function mappingproxy_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(mappingOf(rt, p));
}

function mappingproxy_contains(rt: Runtime, p: Ref, key: Ref): boolean {
  const mapping = mappingOf(rt, p);
  return PyDict_CheckExact(rt, mapping)
    ? PyDict_Contains(rt, mapping, key)
    : PySequence_Contains(rt, mapping, key);
}

function unproxied(rt: Runtime, o: Ref): Ref {
  return rt.i32[o + Ob.type] === rt.types.mappingproxy ? mappingOf(rt, o) : o;
}

function mappingproxy_or(rt: Runtime, a: Ref, b: Ref): NewRef {
  return PyNumber_Or(rt, unproxied(rt, a), unproxied(rt, b));
}

function mappingproxy_ior(rt: Runtime, p: Ref): never {
  throw typeError(rt, `'|=' is not supported by ${typeNameOf(rt, p)}; use '|' instead`);
}

function mappingproxy_richcompare(rt: Runtime, p: Ref, other: Ref, op: Cmp): NewRef {
  return PyObject_RichCompare(rt, mappingOf(rt, p), other, op);
}

function mappingproxy_get(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "get", kwnames);
  checkArgs(rt, "get", nargs, 1, 2);
  const i32 = rt.i32;
  const at = lend(rt, mappingOf(rt, p));
  lend(rt, i32[args]);
  lend(rt, nargs === 2 ? i32[args + 2] : rt.None);
  const value = PyObject_VectorcallMethod(rt, rt.names.get, at, 3, 0);
  unlend(rt, 3);
  return value;
}

type NameOfMethod = "keys" | "values" | "items" | "copy" | "__reversed__";

function forward(name: NameOfMethod) {
  const fn = (rt: Runtime, p: Ref) => PyObject_CallMethodNoArgs(rt, mappingOf(rt, p), rt.names[name]);
  return { name, flags: METH.NOARGS, fn };
}

export function initMappingProxy(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "mappingproxy",
      basicsize: MappingProxy.BYTES,
      flags: TF.HAVE_GC | TF.MAPPING,
      doc: "A read-only view of a mapping.",
      slots: {
        tp_dealloc: trashed(mappingproxy_dealloc),
        tp_traverse: mappingproxy_traverse,
        tp_new: mappingproxy_new,
        tp_repr: (rt, p) => PyUnicode_FromJS(rt, `mappingproxy(${reprOf(rt, mappingOf(rt, p))})`),
        tp_str: (rt, p) => PyObject_Str(rt, mappingOf(rt, p)),
        tp_hash: (rt, p) => PyObject_Hash(rt, mappingOf(rt, p)),
        tp_richcompare: mappingproxy_richcompare,
        tp_iter: (rt, p) => PyObject_GetIter(rt, mappingOf(rt, p)),
        nb_or: mappingproxy_or,
        nb_inplace_or: mappingproxy_ior,
        mp_length: (rt, p) => PyObject_Size(rt, mappingOf(rt, p)),
        mp_subscript: (rt, p, key) => PyObject_GetItem(rt, mappingOf(rt, p), key),
        sq_contains: mappingproxy_contains,
      },
      methods: [
        { name: "get", flags: METH.FASTCALL | METH.KEYWORDS, fn: mappingproxy_get },
        forward("keys"),
        forward("values"),
        forward("items"),
        forward("copy"),
        {
          name: "__class_getitem__",
          flags: METH.O | METH.CLASS,
          fn: (rt, cls, item) => Py_GenericAlias(rt, cls, item),
        },
        forward("__reversed__"),
      ],
    },
    rt.types.mappingproxy,
  );
}
