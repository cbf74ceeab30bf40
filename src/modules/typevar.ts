/** typing.TypeVar, ParamSpec and TypeVarTuple. Part of the modules (CPython's Objects/typevarobject.c). */
import {
  getAttrString,
  PyObject_GetItem,
  PyObject_IsTrue,
  PyObject_SetAttr,
  strOf,
} from "../objects/abstract.ts";
import { badArgument, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from "../objects/instance.ts";
import { PyObject_GetIter } from "../objects/iterproto.ts";
import { TF } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import {
  PySequence_Concat,
  PySequence_Index,
  PySequence_Size,
  PySequence_Tuple,
} from "../objects/sequence.ts";
import { infoOfType } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_GetSlice, PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import {
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type TypeSpec,
} from "../objects/typeinfo.ts";
import {
  callerModule,
  callTyping,
  evaluated,
  fieldSlots,
  makeUnion,
  noSubclass,
  typingAttr,
  typingState,
} from "./typingcommon.ts";

const FLAGS = TF.HAVE_GC | TF.IMMUTABLETYPE | TF.MANAGED_DICT | TF.MANAGED_WEAKREF;

/** typevarobject */
const enum TV {
  name = 4,
  bound = 6,
  evaluate_bound = 8,
  constraints = 10,
  evaluate_constraints = 12,
  default_value = 14,
  evaluate_default = 16,
  covariant_byte = 72,
  BYTES = 80,
}

/** paramspecobject */
const enum PS {
  name = 4,
  bound = 6,
  default_value = 8,
  evaluate_default = 10,
  covariant_byte = 48,
  BYTES = 56,
}

/** typevartupleobject */
const enum TVT {
  name = 4,
  default_value = 6,
  evaluate_default = 8,
  BYTES = 40,
}

/** The three truth values from `byte` on: covariant, contravariant, infer_variance. */
function setVariance(rt: Runtime, p: Ref, byte: number, co: boolean, contra: boolean, infer: boolean): void {
  if (co && contra) throw valueError(rt, "Bivariant types are not supported.");
  if (infer && (co || contra)) throw valueError(rt, "Variance cannot be specified with infer_variance.");
  rt.u8[4 * p + byte] = co ? 1 : 0;
  rt.u8[4 * p + byte + 1] = contra ? 1 : 0;
  rt.u8[4 * p + byte + 2] = infer ? 1 : 0;
}

/** The name with its sign of variance. */
function varianceRepr(byte: number) {
  return (rt: Runtime, p: Ref): NewRef => {
    const name = rt.i32[p + TV.name];
    const flag = (k: number): boolean => rt.u8[4 * p + byte + k] !== 0;
    if (flag(2)) return newref(rt, name);
    const sign = flag(0) ? "+" : flag(1) ? "-" : "~";
    return PyUnicode_FromJS(rt, sign + jsString(rt, name));
  };
}

/** The keyword-only arguments, which all of them may leave out. */
const OPTIONS = "*, bound=, default=, covariant=, contravariant=, infer_variance=";
const TYPEVAR_ARGS = kwSpec("typevar", `name, ${OPTIONS}`);
const PARAMSPEC_ARGS = kwSpec("paramspec", `name, ${OPTIONS}`);
const TUPLE_ARGS = kwSpec("typevartuple", "name, *, default=");

function truth(rt: Runtime, o: OptRef): boolean {
  return o !== 0 && PyObject_IsTrue(rt, o);
}

function checkName(rt: Runtime, fname: string, name: Ref): void {
  if (!PyUnicode_Check(rt, name)) throw badArgument(rt, fname, "argument 'name'", "str", name);
}

/** `bound` checked by typing._type_check; 0 for None. */
function checkedBound(rt: Runtime, bound: OptRef): NewRef | 0 {
  if (bound === 0 || bound === rt.None) return 0;
  const message = pushed(rt, PyUnicode_FromJS(rt, "Bound must be a type."));
  const result = callTyping(rt, "_type_check", bound, message);
  drop(rt);
  return result;
}

/** obj.__module__ = where the call came from. */
function setModule(rt: Runtime, p: Ref): void {
  const module = callerModule(rt);
  if (module !== 0) PyObject_SetAttr(rt, p, rt.names.__module__, module);
}

/** An object of the type, pushed, with its name. */
function newNamed(rt: Runtime, type: Ref, name: Ref): Ref {
  const p = pushed(rt, infoOfType(rt, type).tp_alloc!(rt, type, 0));
  rt.i32[p + TV.name] = newref(rt, name);
  return p;
}

function typevar_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = tupleSize(rt, args);
  const named = pushed(rt, PyTuple_GetSlice(rt, args, 0, Math.min(1, n)));
  const parsed = parseTupleKw(rt, TYPEVAR_ARGS, named, kwargs);
  const [name, bound, fallback, co, contra, infer] = parsed;
  checkName(rt, "typevar", name);
  const p = newNamed(rt, type, name);
  const i32 = rt.i32;
  setVariance(rt, p, TV.covariant_byte, truth(rt, co), truth(rt, contra), truth(rt, infer));
  i32[p + TV.bound] = checkedBound(rt, bound);
  if (n === 2) throw typeError(rt, "A single constraint is not allowed");
  if (n > 2 && i32[p + TV.bound] !== 0) throw typeError(rt, "Constraints cannot be combined with bound=...");
  if (n > 2) i32[p + TV.constraints] = PyTuple_GetSlice(rt, args, 1, n);
  i32[p + TV.default_value] = newref(rt, fallback === 0 ? typingState(rt).NoDefault : fallback);
  setModule(rt, p);
  pop(rt);
  drop(rt);
  return p;
}

/** has_default of the object whose default stands at these fields. */
function hasDefault(at: number): MethodDef {
  return {
    name: "has_default",
    flags: METH.NOARGS,
    fn: (rt, p) => {
      const value = rt.i32[p + at];
      const none = value === 0 || value === typingState(rt).NoDefault;
      return rt.i32[p + at + 2] !== 0 || !none ? rt.True : rt.False;
    },
  };
}

/** `__default__`: the value at `at`, evaluated by the function in the next field. */
function defaultOf(rt: Runtime, p: Ref, at: number): NewRef {
  const value = rt.i32[p + at];
  const none = value === 0 || value === typingState(rt).NoDefault;
  if (!none || rt.i32[p + at + 2] === 0) return newref(rt, value || typingState(rt).NoDefault);
  rt.i32[p + at] = 0;
  return evaluated(rt, p + at, p + at + 2, typingState(rt).NoDefault);
}

function typevar_prepare_subst(rt: Runtime, p: Ref, args: Ref): NewRef {
  if (tupleSize(rt, args) !== 2) {
    throw typeError(rt, `__typing_prepare_subst__ expected 2 arguments, got ${tupleSize(rt, args)}`);
  }
  const [alias, given] = [tupleItem(rt, args, 0), tupleItem(rt, args, 1)];
  const params = pushed(rt, getAttrString(rt, alias, "__parameters__"));
  const n = PySequence_Size(rt, given);
  const index = PySequence_Index(rt, params, p);
  drop(rt);
  if (index < n) return newref(rt, given);
  if (index === n) {
    const fallback = pushed(rt, defaultOf(rt, p, TV.default_value));
    if (fallback !== typingState(rt).NoDefault) return withDefault(rt, given, fallback);
    drop(rt);
  }
  throw typeError(rt, `Too few arguments for ${strOf(rt, alias)}`);
}

/** given + (fallback,), where the fallback is pushed. */
function withDefault(rt: Runtime, given: Ref, fallback: Ref): NewRef {
  const tail = pushed(rt, PyTuple_Pack(rt, fallback));
  const head = pushed(rt, PySequence_Tuple(rt, given));
  const result = PySequence_Concat(rt, head, tail);
  drop(rt, 3);
  return result;
}

const reduceToName: MethodDef = {
  name: "__reduce__",
  flags: METH.NOARGS,
  fn: (rt, p) => newref(rt, rt.i32[p + TV.name]),
};

const nameMember = { name: "__name__", type: "object", offset: TV.name, readonly: true } as const;

function varianceMembers(byte: number): TypeSpec["members"] {
  return ["__covariant__", "__contravariant__", "__infer_variance__"].map((name, k) => ({
    name,
    type: "bool",
    offset: byte + k,
    readonly: true,
  }));
}

const attrSlots = { tp_getattro: PyObject_GenericGetAttr, tp_setattro: PyObject_GenericSetAttr };

export function typevarType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "typing.TypeVar",
    basicsize: TV.BYTES,
    flags: FLAGS,
    heap: true,
    weaklistoffset: -32,
    dictoffset: -1,
    doc: "A type variable.",
    slots: {
      ...fieldSlots([
        TV.name,
        TV.bound,
        TV.evaluate_bound,
        TV.constraints,
        TV.evaluate_constraints,
        TV.default_value,
        TV.evaluate_default,
      ]),
      ...attrSlots,
      tp_new: typevar_new,
      tp_repr: varianceRepr(TV.covariant_byte),
      nb_or: makeUnion,
    },
    methods: [
      {
        name: "__typing_subst__",
        flags: METH.O,
        fn: (rt, p, arg) => callTyping(rt, "_typevar_subst", p, arg),
      },
      { name: "__typing_prepare_subst__", flags: METH.VARARGS, fn: typevar_prepare_subst },
      reduceToName,
      hasDefault(TV.default_value),
      noSubclass("TypeVar"),
    ],
    members: [nameMember, ...varianceMembers(TV.covariant_byte)!],
    getsets: [
      { name: "__bound__", get: (rt, p) => evaluated(rt, p + TV.bound, p + TV.evaluate_bound, rt.None) },
      {
        name: "__constraints__",
        get: (rt, p) => evaluated(rt, p + TV.constraints, p + TV.evaluate_constraints, rt.emptyTuple),
      },
      { name: "__default__", get: (rt, p) => defaultOf(rt, p, TV.default_value) },
    ],
  });
}

function paramspec_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [name, bound, fallback, co, contra, infer] = parseTupleKw(rt, PARAMSPEC_ARGS, args, kwargs);
  checkName(rt, "paramspec", name);
  const p = newNamed(rt, type, name);
  setVariance(rt, p, PS.covariant_byte, truth(rt, co), truth(rt, contra), truth(rt, infer));
  rt.i32[p + PS.bound] = checkedBound(rt, bound);
  rt.i32[p + PS.default_value] = newref(rt, fallback === 0 ? typingState(rt).NoDefault : fallback);
  setModule(rt, p);
  return pop(rt);
}

/** p.args, p.kwargs */
function component(rt: Runtime, type: Ref, p: Ref): NewRef {
  const c = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[c + 4] = newref(rt, p);
  return c;
}

export function paramspecType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "typing.ParamSpec",
    basicsize: PS.BYTES,
    flags: FLAGS,
    heap: true,
    weaklistoffset: -32,
    dictoffset: -1,
    doc: "A variable for the parameters of a callable.",
    slots: {
      ...fieldSlots([PS.name, PS.bound, PS.default_value, PS.evaluate_default]),
      ...attrSlots,
      tp_new: paramspec_new,
      tp_repr: varianceRepr(PS.covariant_byte),
      nb_or: makeUnion,
    },
    methods: [
      {
        name: "__typing_subst__",
        flags: METH.O,
        fn: (rt, p, arg) => callTyping(rt, "_paramspec_subst", p, arg),
      },
      prepareSubst("_paramspec_prepare_subst"),
      reduceToName,
      hasDefault(PS.default_value),
      noSubclass("ParamSpec"),
    ],
    members: [
      nameMember,
      { name: "__bound__", type: "object", offset: PS.bound, readonly: true },
      ...varianceMembers(PS.covariant_byte)!,
    ],
    getsets: [
      { name: "args", get: (rt, p) => component(rt, typingState(rt).ParamSpecArgs, p) },
      { name: "kwargs", get: (rt, p) => component(rt, typingState(rt).ParamSpecKwargs, p) },
      { name: "__default__", get: (rt, p) => defaultOf(rt, p, PS.default_value) },
    ],
  });
}

function prepareSubst(name: string): MethodDef {
  return {
    name: "__typing_prepare_subst__",
    flags: METH.FASTCALL,
    fn: (rt, p, args, nargs) => {
      if (nargs !== 2) throw typeError(rt, `__typing_prepare_subst__ expected 2 arguments, got ${nargs}`);
      return callTyping(rt, name, p, rt.i32[args], rt.i32[args + 2]);
    },
  };
}

function typevartuple_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [name, fallback] = parseTupleKw(rt, TUPLE_ARGS, args, kwargs);
  checkName(rt, "typevartuple", name);
  const p = newNamed(rt, type, name);
  rt.i32[p + TVT.default_value] = newref(rt, fallback === 0 ? typingState(rt).NoDefault : fallback);
  setModule(rt, p);
  return pop(rt);
}

/** typing.Unpack[p] */
export function unpacked(rt: Runtime, p: Ref): NewRef {
  const unpack = pushed(rt, typingAttr(rt, "Unpack"));
  const result = PyObject_GetItem(rt, unpack, p);
  drop(rt);
  return result;
}

/** iter(Ts): Unpack[Ts], once. */
function typevartuple_iter(rt: Runtime, p: Ref): NewRef {
  const one = pushed(rt, unpacked(rt, p));
  const tuple = pushed(rt, PyTuple_Pack(rt, one));
  const it = PyObject_GetIter(rt, tuple);
  drop(rt, 2);
  return it;
}

export function typevartupleType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "typing.TypeVarTuple",
    basicsize: TVT.BYTES,
    flags: FLAGS,
    heap: true,
    weaklistoffset: -32,
    dictoffset: -1,
    doc: "A variable for any number of types.",
    slots: {
      ...fieldSlots([TVT.name, TVT.default_value, TVT.evaluate_default]),
      ...attrSlots,
      tp_new: typevartuple_new,
      tp_repr: (rt, p) => newref(rt, rt.i32[p + TVT.name]),
      tp_iter: typevartuple_iter,
    },
    methods: [
      {
        name: "__typing_subst__",
        flags: METH.O,
        fn: (rt) => {
          throw typeError(rt, "Substitution of bare TypeVarTuple is not supported");
        },
      },
      prepareSubst("_typevartuple_prepare_subst"),
      reduceToName,
      hasDefault(TVT.default_value),
      noSubclass("TypeVarTuple"),
    ],
    members: [nameMember],
    getsets: [{ name: "__default__", get: (rt, p) => defaultOf(rt, p, TVT.default_value) }],
  });
}

/** A parameter of a generic function, class or alias; bound, constraints and default are functions, evaluated when asked for. */
export function makeTypeParam(
  rt: Runtime,
  kind: number,
  name: Ref,
  bound: OptRef,
  fallback: OptRef,
  constraints: boolean,
): NewRef {
  const i32 = rt.i32;
  const state = typingState(rt);
  const type = [state.TypeVar, state.ParamSpec, state.TypeVarTuple][kind];
  const p = newNamed(rt, type, name);
  const lazyDefault = [TV.evaluate_default, PS.evaluate_default, TVT.evaluate_default][kind];
  if (kind === 0) {
    rt.u8[4 * p + TV.covariant_byte + 2] = 1;
    if (bound !== 0) i32[p + (constraints ? TV.evaluate_constraints : TV.evaluate_bound)] = newref(rt, bound);
  } else if (kind === 1) rt.u8[4 * p + PS.covariant_byte + 2] = 1;
  if (fallback !== 0) i32[p + lazyDefault] = newref(rt, fallback);
  return pop(rt);
}
