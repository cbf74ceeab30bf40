/** The module _typing: type variables, aliases and Generic, and the objects behind PEP 695's syntax. Part of the modules. */

import { Cell } from "../heap/cells.ts";
import { staticAlloc } from "../heap/static.ts";
import { PyObject_RichCompare, reprOf } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { badArgument, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_Call } from "../objects/call.ts";
import { PyTuple_Check, PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_Size } from "../objects/dict.ts";
import { typeError } from "../objects/errors.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { Func, IMMORTAL_REFCNT, Ob, TF, Tuple } from "../objects/layout.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, newref, xnewref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Concat } from "../objects/sequence.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { _Py_union_type_or } from "../objects/union.ts";
import { createModule } from "./native.ts";
import { makeTypeParam, paramspecType, typevarType, typevartupleType, unpacked } from "./typevar.ts";
import {
  callerModule,
  evaluated,
  fieldSlots,
  noSubclass,
  type TypingState,
  typingAttr,
  typingState,
} from "./typingcommon.ts";

/** paramspecattrobject */
const enum Component {
  origin = 4,
  BYTES = 24,
}

/** ParamSpecArgs, ParamSpecKwargs */
function componentType(rt: Runtime, name: string, attr: string): NewRef {
  const spec = kwSpec(name.toLowerCase(), "origin");
  return defineType(rt, {
    name: `typing.${name}`,
    basicsize: Component.BYTES,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE | TF.MANAGED_WEAKREF,
    heap: true,
    weaklistoffset: -32,
    doc: "A part of the parameters of a callable.",
    slots: {
      ...fieldSlots([Component.origin]),
      tp_new: (rt, type, args, kwargs) => {
        const [origin] = parseTupleKw(rt, spec, args, kwargs);
        const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
        rt.i32[p + Component.origin] = newref(rt, origin);
        return p;
      },
      tp_getattro: PyObject_GenericGetAttr,
      tp_repr: (rt, p) => {
        const origin = rt.i32[p + Component.origin];
        const isSpec = rt.i32[origin + Ob.type] === typingState(rt).ParamSpec;
        const text = isSpec ? jsString(rt, rt.i32[origin + 4]) : reprOf(rt, origin);
        return PyUnicode_FromJS(rt, `${text}.${attr}`);
      },
      tp_richcompare: (rt, a, b, op) => {
        if (rt.i32[a + Ob.type] !== rt.i32[b + Ob.type] || (op !== Cmp.EQ && op !== Cmp.NE))
          return rt.NotImplemented;
        return PyObject_RichCompare(rt, rt.i32[a + Component.origin], rt.i32[b + Component.origin], op);
      },
    },
    methods: [noSubclass(name)],
    members: [{ name: "__origin__", type: "object", offset: Component.origin, readonly: true }],
  });
}

/** typealiasobject */
const enum TA {
  name = 4,
  type_params = 6,
  compute_value = 8,
  value = 10,
  module = 12,
  BYTES = 56,
}

const TA_FIELDS = [TA.name, TA.type_params, TA.compute_value, TA.value, TA.module];
const ALIAS_ARGS = kwSpec("typealias", "name, value, *, type_params=");

function typealias_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [name, value, params] = parseTupleKw(rt, ALIAS_ARGS, args, kwargs);
  if (!PyUnicode_Check(rt, name)) throw badArgument(rt, "typealias", "argument 'name'", "str", name);
  if (params !== 0 && !PyTuple_Check(rt, params)) throw typeError(rt, "type_params must be a tuple");
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  const i32 = rt.i32;
  i32[p + TA.name] = newref(rt, name);
  i32[p + TA.type_params] = params !== 0 && tupleSize(rt, params) > 0 ? newref(rt, params) : 0;
  i32[p + TA.value] = newref(rt, value);
  i32[p + TA.module] = xnewref(rt, callerModule(rt));
  return p;
}

/** What `type name[params] = ...` makes; the value is a function, called when it is asked for. */
function makeTypeAlias(rt: Runtime, _fp: number, name: Ref, params: OptRef, value: Ref): NewRef {
  const type = typingState(rt).TypeAliasType;
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + TA.name] = newref(rt, name);
  rt.i32[p + TA.type_params] = params === rt.None ? 0 : xnewref(rt, params);
  rt.i32[p + TA.compute_value] = newref(rt, value);
  return p;
}

/** A tuple of type parameters in which each TypeVarTuple is unpacked. */
function unpackTypeVarTuples(rt: Runtime, params: Ref): NewRef {
  const tvt = typingState(rt).TypeVarTuple;
  const n = rt.i32[params + Tuple.size];
  const result = pushed(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) {
    const param = tupleItem(rt, params, i);
    const isTuple = rt.i32[param + Ob.type] === tvt;
    PyTuple_SET_ITEM(rt, result, i, isTuple ? unpacked(rt, param) : newref(rt, param));
  }
  return pop(rt);
}

function typealias_module(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[p + TA.module] !== 0) return newref(rt, i32[p + TA.module]);
  const compute = i32[p + TA.compute_value];
  return compute === 0 ? rt.None : newref(rt, i32[compute + Func.module] || rt.None);
}

function typealias_subscript(rt: Runtime, p: Ref, args: Ref): NewRef {
  if (rt.i32[p + TA.type_params] === 0) throw typeError(rt, "Only generic type aliases are subscriptable");
  return Py_GenericAlias(rt, p, args);
}

function typealias_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  for (const at of TA_FIELDS) clearField(rt, p + at);
  infoOf(rt, p).tp_free!(rt, p);
}

function typealiasType(rt: Runtime): Ref {
  return defineType(
    rt,
    {
      name: "typing.TypeAliasType",
      basicsize: TA.BYTES,
      flags: TF.HAVE_GC,
      doc: "A name for a type.",
      slots: {
        tp_dealloc: typealias_dealloc,
        tp_traverse: (rt: Runtime, p: Ref, visit: Visit) => {
          for (const at of TA_FIELDS) if (rt.i32[p + at] !== 0) visit(rt.i32[p + at]);
        },
        tp_clear: (rt, p) => {
          for (const at of TA_FIELDS) clearField(rt, p + at);
        },
        tp_new: typealias_new,
        tp_getattro: PyObject_GenericGetAttr,
        tp_repr: (rt, p) => newref(rt, rt.i32[p + TA.name]),
        nb_or: _Py_union_type_or,
        mp_subscript: typealias_subscript,
      },
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: (rt, p) => newref(rt, rt.i32[p + TA.name]) }],
      members: [{ name: "__name__", type: "object", offset: TA.name, readonly: true }],
      getsets: [
        {
          name: "__parameters__",
          get: (rt, p) => {
            const params = rt.i32[p + TA.type_params];
            return params === 0 ? rt.emptyTuple : unpackTypeVarTuples(rt, params);
          },
        },
        { name: "__type_params__", get: (rt, p) => newref(rt, rt.i32[p + TA.type_params] || rt.emptyTuple) },
        { name: "__value__", get: (rt, p) => evaluated(rt, p + TA.value, p + TA.compute_value, rt.None) },
        { name: "__module__", get: typealias_module },
      ],
    },
    rt.types.TypeAliasType,
  );
}

/** typing.name(cls, *args, **kwargs) */
function viaTyping(name: string) {
  return (rt: Runtime, cls: Ref, args: Ref, kwargs: OptRef): NewRef => {
    const f = pushed(rt, typingAttr(rt, name));
    const head = pushed(rt, PyTuple_Pack(rt, cls));
    const all = pushed(rt, PySequence_Concat(rt, head, args));
    const result = PyObject_Call(rt, f, all, kwargs);
    drop(rt, 3);
    return result;
  };
}

function genericType(rt: Runtime): NewRef {
  const flags = METH.VARARGS | METH.KEYWORDS | METH.CLASS;
  return defineType(rt, {
    name: "typing.Generic",
    basicsize: 16,
    flags: TF.HAVE_GC | TF.BASETYPE,
    heap: true,
    doc: "The base of generic classes.",
    slots: { ...fieldSlots([]), tp_getattro: PyObject_GenericGetAttr },
    methods: [
      { name: "__class_getitem__", flags, fn: viaTyping("_generic_class_getitem") },
      { name: "__init_subclass__", flags, fn: viaTyping("_generic_init_subclass") },
    ],
  });
}

/** Generic[params], which a class with type parameters has as its last base (_Py_subscript_generic). */
function genericBase(rt: Runtime, params: Ref): NewRef {
  const args = pushed(rt, unpackTypeVarTuples(rt, params));
  const alias = pushed(rt, typingAttr(rt, "_GenericAlias"));
  const both = pushed(rt, PyTuple_Pack(rt, typingState(rt).Generic, args));
  const result = PyObject_Call(rt, alias, both, 0);
  drop(rt, 3);
  return result;
}

/** typing.NoDefault, the one of its kind. */
function noDefault(rt: Runtime): Ref {
  const name = "NoDefaultType";
  const type = defineType(rt, {
    name,
    basicsize: 16,
    slots: {
      tp_repr: (rt) => PyUnicode_FromJS(rt, "typing.NoDefault"),
      tp_dealloc: () => {},
      tp_new: (rt, _type, args, kwargs) => {
        if (tupleSize(rt, args) > 0 || (kwargs !== 0 && PyDict_Size(rt, kwargs) > 0)) {
          throw typeError(rt, `${name} takes no arguments`);
        }
        return typingState(rt).NoDefault;
      },
    },
    methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: (rt) => internStatic(rt, "NoDefault") }],
  });
  const p = staticAlloc(rt, Ob.HEAD_BYTES);
  rt.i32[p] = IMMORTAL_REFCNT;
  rt.i32[p + Ob.type] = type;
  return p;
}

/** The types, made when the first of them is needed. */
function needTypes(rt: Runtime): TypingState {
  const known = rt.moduleState.get("_typing") as TypingState | undefined;
  if (known !== undefined) return known;
  // On the stack until all are made: there may be no memory for the next.
  const m = mark(rt);
  const state: TypingState = {
    TypeVar: pushed(rt, typevarType(rt)),
    ParamSpec: pushed(rt, paramspecType(rt)),
    TypeVarTuple: pushed(rt, typevartupleType(rt)),
    ParamSpecArgs: pushed(rt, componentType(rt, "ParamSpecArgs", "args")),
    ParamSpecKwargs: pushed(rt, componentType(rt, "ParamSpecKwargs", "kwargs")),
    Generic: pushed(rt, genericType(rt)),
    TypeAliasType: pushed(rt, typealiasType(rt)),
    NoDefault: noDefault(rt),
  };
  rt.i32[Cell.SP] = m;
  registerRoot(rt, () => Object.values(state) as Ref[], "_typing");
  rt.moduleState.set("_typing", state);
  return state;
}

/** Makes the syntax of type parameters work, before any program has imported typing. */
export function installTyping(rt: Runtime): void {
  rt.typing = {
    typeParam: (kind, name, bound, fallback, constraints) => {
      needTypes(rt);
      return makeTypeParam(rt, kind, name, bound, fallback, constraints);
    },
    typeAlias: (fp, name, params, value) => {
      needTypes(rt);
      return makeTypeAlias(rt, fp, name, params, value);
    },
    genericBase: (params) => {
      needTypes(rt);
      return genericBase(rt, params);
    },
  };
}

export function initModule__typing(rt: Runtime): NewRef {
  const state = needTypes(rt);
  const m = createModule(
    rt,
    "_typing",
    [{ name: "_idfunc", flags: METH.O, fn: (rt, _m, o) => newref(rt, o) }],
    "What typing does natively.",
  );
  push(rt, m);
  for (const [name, value] of Object.entries(state)) PyModule_AddObjectRef(rt, m, name, value);
  return pop(rt);
}
