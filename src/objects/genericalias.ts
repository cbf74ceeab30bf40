/**
 * types.GenericAlias: `list[int]`. Part of the object layer (CPython's Objects/genericaliasobject.c).
 *
 *   byte   0      16       24     32           40          48        56           64
 *          | head | origin | args | parameters | weak refs | starred | vectorcall |
 */
import { Cell } from "../heap/cells.ts";
import {
  PyObject_Dir,
  PyObject_GetAttr,
  PyObject_Hash,
  PyObject_RichCompareBool,
  PyObject_SetAttr,
} from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs, noKeywords } from "./argparse.ts";
import { PyObject_Vectorcall, PyVectorcall_Call } from "./call.ts";
import { PyList_Check, PyObject_TypeCheck, PyTuple_Check, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { dict_getitem_str } from "./dict.ts";
import { caught, clearError, errorMatches, raise, typeError } from "./errors.ts";
import { _Py_make_parameters, _Py_subs_parameters, typeRepr } from "./genericsubst.ts";
import { PyObject_GenericGetAttr } from "./instance.ts";
import { List, Ob, TF, Tuple } from "./layout.ts";
import { listItem, PyList_Append } from "./list.ts";
import { newref, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Contains } from "./sequence.ts";
import { infoOf, infoOfType } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "./str.ts";
import { PyType_GenericAlloc } from "./subtype.ts";
import { trashed } from "./trashcan.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";
import { _Py_union_type_or } from "./union.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** gaobject */
export const enum Alias {
  origin = 4,
  args = 6,
  parameters = 8,
  weakreflist = 10,
  starred_byte = 48,
  vectorcall = 14,
  BYTES = 64,
}

/** Attributes that an alias answers itself instead of passing the question on to its origin. */
const OWN_ATTRIBUTES = new Set([
  "__class__",
  "__bases__",
  "__origin__",
  "__args__",
  "__unpacked__",
  "__parameters__",
  "__typing_unpacked_tuple_args__",
  "__mro_entries__",
  "__reduce_ex__",
  "__reduce__",
  "__copy__",
  "__deepcopy__",
]);

/** origin[item]: `item` is a tuple of arguments or one argument. */
export function Py_GenericAlias(rt: Runtime, origin: Ref, item: Ref): NewRef {
  return alias_new(rt, rt.types.GenericAlias, origin, item);
}

function alias_new(rt: Runtime, type: Ref, origin: Ref, item: Ref): NewRef {
  const args = PyTuple_Check(rt, item) ? newref(rt, item) : PyTuple_Pack(rt, item);
  push(rt, args);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  pop(rt);
  const i32 = rt.i32;
  i32[p + Alias.origin] = newref(rt, origin);
  i32[p + Alias.args] = args;
  i32[p + Alias.parameters] = 0;
  i32[p + Alias.weakreflist] = 0;
  rt.u8[4 * p + Alias.starred_byte] = 0;
  return p;
}

function isStarred(rt: Runtime, p: Ref): boolean {
  return rt.u8[4 * p + Alias.starred_byte] !== 0;
}

function ga_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "GenericAlias", kwargs);
  checkArgs(rt, "GenericAlias", rt.i32[args + Tuple.size], 2, 2);
  return alias_new(rt, type, tupleItem(rt, args, 0), tupleItem(rt, args, 1));
}

function ga_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  if (i32[p + Alias.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  xdecref(rt, i32[p + Alias.origin]);
  xdecref(rt, i32[p + Alias.args]);
  xdecref(rt, i32[p + Alias.parameters]);
  infoOf(rt, p).tp_free!(rt, p);
}

function ga_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  const i32 = rt.i32;
  visit(i32[p + Alias.origin]);
  visit(i32[p + Alias.args]);
  if (i32[p + Alias.parameters] !== 0) visit(i32[p + Alias.parameters]);
}

function ga_repr(rt: Runtime, p: Ref): NewRef {
  const args = rt.i32[p + Alias.args];
  const n = rt.i32[args + Tuple.size];
  const parts: string[] = [];
  for (let k = 0; k < n; k++) parts.push(argumentRepr(rt, tupleItem(rt, args, k)));
  const inner = n === 0 ? "()" : parts.join(", ");
  const star = isStarred(rt, p) ? "*" : "";
  return PyUnicode_FromJS(rt, `${star}${typeRepr(rt, rt.i32[p + Alias.origin])}[${inner}]`);
}

/** A list among the arguments (Callable's parameters) shows its items as types. */
function argumentRepr(rt: Runtime, arg: Ref): string {
  if (!PyList_Check(rt, arg)) return typeRepr(rt, arg);
  const parts: string[] = [];
  for (let k = 0; k < rt.i32[arg + List.size]; k++) parts.push(typeRepr(rt, listItem(rt, arg, k)));
  return `[${parts.join(", ")}]`;
}

function ga_hash(rt: Runtime, p: Ref): number {
  const a = PyObject_Hash(rt, rt.i32[p + Alias.origin]);
  const hi = rt.hashHi;
  const b = PyObject_Hash(rt, rt.i32[p + Alias.args]);
  rt.hashHi ^= hi;
  return a ^ b;
}

function isAlias(rt: Runtime, o: Ref): boolean {
  return PyObject_TypeCheck(rt, o, rt.types.GenericAlias);
}

function ga_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if ((op !== Cmp.EQ && op !== Cmp.NE) || !isAlias(rt, a) || !isAlias(rt, b)) return rt.NotImplemented;
  const i32 = rt.i32;
  const same =
    isStarred(rt, a) === isStarred(rt, b) &&
    PyObject_RichCompareBool(rt, i32[a + Alias.origin], i32[b + Alias.origin], Cmp.EQ) &&
    PyObject_RichCompareBool(rt, i32[a + Alias.args], i32[b + Alias.args], Cmp.EQ);
  return same === (op === Cmp.EQ) ? rt.True : rt.False;
}

/** Attributes come from the origin, but for the alias's own and, in subclasses, for theirs. */
function ga_getattro(rt: Runtime, p: Ref, name: Ref): NewRef {
  if (PyUnicode_Check(rt, name) && !OWN_ATTRIBUTES.has(jsString(rt, name))) {
    return PyObject_GetAttr(rt, rt.i32[p + Alias.origin], name);
  }
  return PyObject_GenericGetAttr(rt, p, name);
}

/** Calls the origin, and tells the object made which alias it was made by. */
function ga_vectorcall(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const obj = PyObject_Vectorcall(rt, rt.i32[p + Alias.origin], args, nargs, kwnames);
  push(rt, obj);
  setOrigClass(rt, obj, p);
  return pop(rt);
}

function setOrigClass(rt: Runtime, obj: Ref, alias: Ref): void {
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  try {
    PyObject_SetAttr(rt, obj, rt.names.__orig_class__, alias);
  } catch (e) {
    caught(rt, e, m, rt.exc.Exception);
    if (!errorMatches(rt, rt.exc.AttributeError) && !errorMatches(rt, rt.exc.TypeError)) throw e;
    clearError(rt);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
  }
}

/** The type variables, found when first asked for (borrowed). */
function parametersOf(rt: Runtime, p: Ref): Ref {
  if (rt.i32[p + Alias.parameters] === 0) {
    rt.i32[p + Alias.parameters] = _Py_make_parameters(rt, rt.i32[p + Alias.args]);
  }
  return rt.i32[p + Alias.parameters];
}

function ga_getitem(rt: Runtime, p: Ref, item: Ref): NewRef {
  const newargs = _Py_subs_parameters(rt, p, rt.i32[p + Alias.args], parametersOf(rt, p), item);
  push(rt, newargs);
  const result = Py_GenericAlias(rt, rt.i32[p + Alias.origin], newargs);
  rt.u8[4 * result + Alias.starred_byte] = isStarred(rt, p) ? 1 : 0;
  drop(rt);
  return result;
}

/** `*tuple[int]`: a one-shot iterator that gives the starred alias. */
const enum AliasIter {
  obj = 4,
  BYTES = 24,
}

function ga_iter(rt: Runtime, p: Ref): NewRef {
  const it = PyType_GenericAlloc(rt, rt.types.generic_alias_iterator, 0);
  rt.i32[it + AliasIter.obj] = newref(rt, p);
  return it;
}

function ga_iternext(rt: Runtime, it: Ref): NewRef | 0 {
  const p = rt.i32[it + AliasIter.obj];
  if (p === 0) return 0;
  const starred = Py_GenericAlias(rt, rt.i32[p + Alias.origin], rt.i32[p + Alias.args]);
  rt.u8[4 * starred + Alias.starred_byte] = 1;
  push(rt, starred);
  rt.i32[it + AliasIter.obj] = 0;
  push(rt, p);
  drop(rt);
  return pop(rt);
}

function ga_iter_dealloc(rt: Runtime, it: Ref): void {
  PyObject_GC_UnTrack(rt, it);
  xdecref(rt, rt.i32[it + AliasIter.obj]);
  PyObject_GC_Del(rt, it);
}

function ga_mro_entries(rt: Runtime, p: Ref): NewRef {
  return PyTuple_Pack(rt, rt.i32[p + Alias.origin]);
}

function refuse(what: string) {
  return (rt: Runtime): never => {
    throw typeError(rt, `${what}() argument 2 cannot be a parameterized generic`);
  };
}

function ga_reduce(rt: Runtime, p: Ref): NewRef {
  if (isStarred(rt, p)) return starredReduce(rt, p);
  const i32 = rt.i32;
  const args = push(rt, PyTuple_Pack(rt, i32[p + Alias.origin], i32[p + Alias.args]));
  const result = PyTuple_Pack(rt, i32[p + Ob.type], i32[args]);
  drop(rt);
  return result;
}

/** (next, (iter,)): pickling a starred alias goes by way of its iterator. */
function starredReduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const plain = push(rt, Py_GenericAlias(rt, i32[p + Alias.origin], i32[p + Alias.args]));
  const it = push(rt, ga_iter(rt, i32[plain]));
  const inner = push(rt, PyTuple_Pack(rt, i32[it]));
  const result = PyTuple_Pack(rt, builtin(rt, "next"), i32[inner]);
  drop(rt, 3);
  return result;
}

function builtin(rt: Runtime, name: string): Ref {
  const f = dict_getitem_str(rt, rt.builtinsDict, name);
  if (f === 0) throw raise(rt, rt.exc.AttributeError, name);
  return f;
}

function ga_iter_reduce(rt: Runtime, it: Ref): NewRef {
  const obj = rt.i32[it + AliasIter.obj];
  const args = push(rt, obj !== 0 ? PyTuple_Pack(rt, obj) : PyTuple_Pack(rt, rt.emptyTuple));
  const result = PyTuple_Pack(rt, builtin(rt, "iter"), rt.i32[args]);
  drop(rt);
  return result;
}

/** dir(): the origin's names and the alias's own. */
function ga_dir(rt: Runtime, p: Ref): NewRef {
  const list = PyObject_Dir(rt, rt.i32[p + Alias.origin]);
  push(rt, list);
  for (const own of OWN_ATTRIBUTES) {
    const name = internStatic(rt, own);
    if (!PySequence_Contains(rt, list, name)) PyList_Append(rt, list, name);
  }
  return pop(rt);
}

export function initGenericAlias(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "types.GenericAlias",
      basicsize: Alias.BYTES,
      weaklistoffset: Alias.weakreflist * 4,
      flags: TF.HAVE_GC | TF.BASETYPE | TF.HAVE_VECTORCALL,
      doc: "A generic type with its arguments, such as list[int].",
      slots: {
        tp_dealloc: trashed(ga_dealloc),
        tp_traverse: ga_traverse,
        tp_new: ga_new,
        tp_alloc: PyType_GenericAlloc,
        tp_free: PyObject_GC_Del,
        tp_repr: ga_repr,
        tp_hash: ga_hash,
        tp_call: PyVectorcall_Call,
        tp_vectorcall: ga_vectorcall,
        tp_getattro: ga_getattro,
        tp_richcompare: ga_richcompare,
        tp_iter: ga_iter,
        nb_or: _Py_union_type_or,
        mp_subscript: ga_getitem,
      },
      methods: [
        { name: "__mro_entries__", flags: METH.O, fn: ga_mro_entries },
        { name: "__instancecheck__", flags: METH.O, fn: refuse("isinstance") },
        { name: "__subclasscheck__", flags: METH.O, fn: refuse("issubclass") },
        { name: "__reduce__", flags: METH.NOARGS, fn: ga_reduce },
        { name: "__dir__", flags: METH.NOARGS, fn: ga_dir },
      ],
      members: [
        { name: "__origin__", type: "object", offset: Alias.origin, readonly: true },
        { name: "__args__", type: "object", offset: Alias.args, readonly: true },
        { name: "__unpacked__", type: "bool", offset: Alias.starred_byte, readonly: true },
      ],
      getsets: [
        { name: "__parameters__", get: (rt: Runtime, p: Ref) => newref(rt, parametersOf(rt, p)) },
        { name: "__typing_unpacked_tuple_args__", get: unpackedArgs },
      ],
    },
    rt.types.GenericAlias,
  );
  defineType(
    rt,
    {
      name: "generic_alias_iterator",
      basicsize: AliasIter.BYTES,
      flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION,
      slots: {
        tp_dealloc: ga_iter_dealloc,
        tp_traverse: (rt: Runtime, it: Ref, visit: Visit) => {
          if (rt.i32[it + AliasIter.obj] !== 0) visit(rt.i32[it + AliasIter.obj]);
        },
        tp_alloc: PyType_GenericAlloc,
        tp_iter: (rt: Runtime, it: Ref) => newref(rt, it),
        tp_iternext: ga_iternext,
      },
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: ga_iter_reduce }],
    },
    rt.types.generic_alias_iterator,
  );
}

/** For `*tuple[int, str]`: the arguments; else None. */
function unpackedArgs(rt: Runtime, p: Ref): NewRef {
  const starredTuple = isStarred(rt, p) && rt.i32[p + Alias.origin] === rt.types.tuple;
  return starredTuple ? newref(rt, rt.i32[p + Alias.args]) : rt.None;
}
