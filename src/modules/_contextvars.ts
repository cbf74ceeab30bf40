/**
 * The module _contextvars: Context, ContextVar and Token. Part of the modules (CPython's Python/context.c). A Context keeps its
 * values in a dict, which copy() copies, where CPython has a tree that copies share.
 */

import { staticAlloc } from "../heap/static.ts";
import { PyObject_RichCompare, reprOf } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallMethodNoArgs, PyObject_Vectorcall } from "../objects/call.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import {
  _PyDict_GetItem_KnownHash,
  PyDict_Copy,
  PyDict_DelItem,
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_SetItem,
  PyDict_Size,
} from "../objects/dict.ts";
import { mayBeTracked } from "../objects/dictcore.ts";
import { raise, raiseWith, typeError, valueError } from "../objects/errors.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { _Py_HashPointer } from "../objects/hash.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { PyObject_GetIter } from "../objects/iterproto.ts";
import { IMMORTAL_REFCNT, Ob, TF, Ty } from "../objects/layout.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import { hexAddress } from "../objects/repr.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { tupleSize } from "../objects/tuple.ts";
import {
  Cmp,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type TypeSpec,
  type Visit,
} from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import { createModule } from "./native.ts";

const enum Ctx {
  prev = 4,
  vars = 6,
  weakreflist = 8,
  entered = 10,
  BYTES = 48,
}

const enum Var {
  name = 4,
  fallback = 6,
  BYTES = 64,
}

const enum Tok {
  ctx = 4,
  var = 6,
  oldval = 8,
  used = 10,
  BYTES = 48,
}

interface State {
  Context: Ref;
  ContextVar: Ref;
  Token: Ref;
  MISSING: Ref;
  /** The current context, owned; 0 until one is needed. */
  current: Ref;
}

const stateOf = (rt: Runtime): State => rt.moduleState.get("_contextvars") as State;

/** Slots of an object with these reference fields; the types are static. */
function slotsFor(fields: number[], weakreflist: number): TypeSpec["slots"] {
  return {
    tp_dealloc: (rt, p) => {
      PyObject_GC_UnTrack(rt, p);
      if (weakreflist !== 0 && rt.i32[p + weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
      for (const at of fields) clearField(rt, p + at);
      infoOf(rt, p).tp_free!(rt, p);
    },
    tp_traverse: (rt: Runtime, p: Ref, visit: Visit) => {
      for (const at of fields) if (rt.i32[p + at] !== 0) visit(rt.i32[p + at]);
    },
    tp_clear: (rt, p) => {
      for (const at of fields) clearField(rt, p + at);
    },
    tp_getattro: PyObject_GenericGetAttr,
  };
}

/** A context with these values (taken over). */
function newContext(rt: Runtime, vars: NewRef): NewRef {
  push(rt, vars);
  const type = stateOf(rt).Context;
  const c = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[c + Ctx.vars] = pop(rt);
  return c;
}

/** The current context, borrowed. */
function currentContext(rt: Runtime): Ref {
  const state = stateOf(rt);
  if (state.current === 0) state.current = newContext(rt, PyDict_New(rt));
  return state.current;
}

function copyContext(rt: Runtime, c: Ref): NewRef {
  return newContext(rt, PyDict_Copy(rt, rt.i32[c + Ctx.vars]));
}

function context_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  if (tupleSize(rt, args) > 0 || (kwargs !== 0 && PyDict_Size(rt, kwargs) > 0)) {
    throw typeError(rt, "Context() does not accept any arguments");
  }
  return newContext(rt, PyDict_New(rt));
}

/** context.run(callable, *args, **kwargs) */
function context_run(rt: Runtime, c: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs < 1) throw typeError(rt, "run() missing 1 required positional argument");
  const i32 = rt.i32;
  if (i32[c + Ctx.entered] !== 0) {
    throw raise(rt, rt.exc.RuntimeError, `cannot enter context: ${reprOf(rt, c)} is already entered`);
  }
  const state = stateOf(rt);
  // The context before is kept by this one meanwhile; state.current owns what is current.
  i32[c + Ctx.prev] = currentContext(rt);
  i32[c + Ctx.entered] = 1;
  state.current = newref(rt, c);
  try {
    return PyObject_Vectorcall(rt, i32[args], args + 2, nargs - 1, kwnames);
  } finally {
    i32[c + Ctx.entered] = 0;
    state.current = i32[c + Ctx.prev];
    i32[c + Ctx.prev] = 0;
    decref(rt, c);
  }
}

function checkVar(rt: Runtime, key: Ref): void {
  if (rt.i32[key + Ob.type] !== stateOf(rt).ContextVar) {
    throw typeError(rt, `a ContextVar key was expected, got ${reprOf(rt, key)}`);
  }
}

function valueIn(rt: Runtime, c: Ref, key: Ref): OptRef {
  checkVar(rt, key);
  return PyDict_GetItemWithError(rt, rt.i32[c + Ctx.vars], key);
}

function context_get(rt: Runtime, c: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "get", nargs, 1, 2);
  const value = valueIn(rt, c, rt.i32[args]);
  return newref(rt, value !== 0 ? value : nargs > 1 ? rt.i32[args + 2] : rt.None);
}

function context_subscript(rt: Runtime, c: Ref, key: Ref): NewRef {
  const value = valueIn(rt, c, key);
  if (value === 0) throw raiseWith(rt, rt.exc.KeyError, key);
  return newref(rt, value);
}

/** keys(), values(), items(): iterators, as those of the tree are. */
function listed(name: string): MethodDef {
  return {
    name,
    flags: METH.NOARGS,
    fn: (rt, c) => {
      const view = pushed(rt, PyObject_CallMethodNoArgs(rt, rt.i32[c + Ctx.vars], internStatic(rt, name)));
      const it = PyObject_GetIter(rt, view);
      drop(rt);
      return it;
    },
  };
}

function contextType(rt: Runtime): Ref {
  return defineType(rt, {
    name: "_contextvars.Context",
    basicsize: Ctx.BYTES,
    weaklistoffset: 4 * Ctx.weakreflist,
    flags: TF.HAVE_GC,
    slots: {
      ...slotsFor([Ctx.prev, Ctx.vars], Ctx.weakreflist),
      tp_new: context_new,
      tp_iter: (rt, c) => PyObject_GetIter(rt, rt.i32[c + Ctx.vars]),
      tp_richcompare: (rt, a, b, op) => {
        const type = stateOf(rt).Context;
        if (rt.i32[b + Ob.type] !== type || (op !== Cmp.EQ && op !== Cmp.NE)) return rt.NotImplemented;
        return PyObject_RichCompare(rt, rt.i32[a + Ctx.vars], rt.i32[b + Ctx.vars], op);
      },
      mp_length: (rt, c) => PyDict_Size(rt, rt.i32[c + Ctx.vars]),
      mp_subscript: context_subscript,
      sq_contains: (rt, c, key) => valueIn(rt, c, key) !== 0,
    },
    methods: [
      { name: "get", flags: METH.FASTCALL, fn: context_get },
      { name: "copy", flags: METH.NOARGS, fn: copyContext },
      { name: "run", flags: METH.FASTCALL | METH.KEYWORDS, fn: context_run },
      listed("keys"),
      listed("values"),
      listed("items"),
    ],
  });
}

const VAR_ARGS = kwSpec("ContextVar", "name, *, default=");

function contextvar_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [name, fallback] = parseTupleKw(rt, VAR_ARGS, args, kwargs);
  if (!PyUnicode_Check(rt, name)) throw typeError(rt, "context variable name must be a str");
  const v = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[v + Var.name] = newref(rt, name);
  rt.i32[v + Var.fallback] = fallback === 0 ? 0 : newref(rt, fallback);
  if (fallback === 0 || !mayBeTracked(rt, fallback)) PyObject_GC_UnTrack(rt, v);
  return v;
}

function contextvar_get(rt: Runtime, v: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "get", nargs, 0, 1);
  const value = PyDict_GetItemWithError(rt, rt.i32[currentContext(rt) + Ctx.vars], v);
  if (value !== 0) return newref(rt, value);
  if (nargs > 0) return newref(rt, rt.i32[args]);
  if (rt.i32[v + Var.fallback] !== 0) return newref(rt, rt.i32[v + Var.fallback]);
  throw raiseWith(rt, rt.exc.LookupError, v);
}

/** PyContextVar_Get: the value in the current context, borrowed; 0 if there is none. */
export function PyContextVar_Get(rt: Runtime, v: Ref): OptRef {
  const hash = _Py_HashPointer(rt, v);
  return _PyDict_GetItem_KnownHash(rt, rt.i32[currentContext(rt) + Ctx.vars], v, hash, rt.hashHi);
}

/** PyContextVar_New: a variable without a default. */
export function PyContextVar_New(rt: Runtime, name: string): NewRef {
  const { ContextVar } = typesReady(rt);
  const v = infoOfType(rt, ContextVar).tp_alloc!(rt, ContextVar, 0);
  pushed(rt, v);
  rt.i32[v + Var.name] = PyUnicode_FromJS(rt, name);
  rt.i32[v + Var.fallback] = 0;
  return pop(rt);
}

/** PyContextVar_Set */
export { contextvar_set as PyContextVar_Set };

function contextvar_set(rt: Runtime, v: Ref, value: Ref): NewRef {
  const c = currentContext(rt);
  const state = stateOf(rt);
  const t = pushed(rt, infoOfType(rt, state.Token).tp_alloc!(rt, state.Token, 0));
  const old = PyDict_GetItemWithError(rt, rt.i32[c + Ctx.vars], v);
  rt.i32[t + Tok.ctx] = newref(rt, c);
  rt.i32[t + Tok.var] = newref(rt, v);
  rt.i32[t + Tok.oldval] = old === 0 ? 0 : newref(rt, old);
  PyDict_SetItem(rt, rt.i32[c + Ctx.vars], v, value);
  return pop(rt);
}

function contextvar_reset(rt: Runtime, v: Ref, t: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[t + Ob.type] !== stateOf(rt).Token) {
    throw typeError(rt, `expected an instance of Token, got ${reprOf(rt, t)}`);
  }
  if (i32[t + Tok.used] !== 0)
    throw raise(rt, rt.exc.RuntimeError, `${reprOf(rt, t)} has already been used once`);
  if (i32[t + Tok.var] !== v) throw valueError(rt, `${reprOf(rt, t)} was created by a different ContextVar`);
  const c = currentContext(rt);
  if (i32[t + Tok.ctx] !== c) throw valueError(rt, `${reprOf(rt, t)} was created in a different Context`);
  i32[t + Tok.used] = 1;
  const old = i32[t + Tok.oldval];
  if (old === 0) PyDict_DelItem(rt, i32[c + Ctx.vars], v);
  else PyDict_SetItem(rt, i32[c + Ctx.vars], v, old);
  return rt.None;
}

function contextvar_repr(rt: Runtime, v: Ref): NewRef {
  const fallback = rt.i32[v + Var.fallback];
  const text = fallback === 0 ? "" : ` default=${reprOf(rt, fallback)}`;
  return PyUnicode_FromJS(
    rt,
    `<ContextVar name=${reprOf(rt, rt.i32[v + Var.name])}${text} at ${hexAddress(v)}>`,
  );
}

function contextvarType(rt: Runtime): Ref {
  return defineType(rt, {
    name: "_contextvars.ContextVar",
    basicsize: Var.BYTES,
    flags: TF.HAVE_GC,
    slots: { ...slotsFor([Var.name, Var.fallback], 0), tp_new: contextvar_new, tp_repr: contextvar_repr },
    methods: [
      { name: "get", flags: METH.FASTCALL, fn: contextvar_get },
      { name: "set", flags: METH.O, fn: contextvar_set },
      { name: "reset", flags: METH.O, fn: contextvar_reset },
      { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
    ],
    members: [{ name: "name", type: "object", offset: Var.name, readonly: true }],
  });
}

function tokenType(rt: Runtime): Ref {
  return defineType(rt, {
    name: "_contextvars.Token",
    basicsize: Tok.BYTES,
    flags: TF.HAVE_GC,
    slots: {
      ...slotsFor([Tok.ctx, Tok.var, Tok.oldval], 0),
      tp_new: (rt) => {
        throw raise(rt, rt.exc.RuntimeError, "Tokens can only be created by ContextVars");
      },
      tp_repr: (rt, t) => {
        const used = rt.i32[t + Tok.used] !== 0 ? " used" : "";
        return PyUnicode_FromJS(
          rt,
          `<Token${used} var=${reprOf(rt, rt.i32[t + Tok.var])} at ${hexAddress(t)}>`,
        );
      },
    },
    methods: [{ name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias }],
    getsets: [
      { name: "var", get: (rt, t) => newref(rt, rt.i32[t + Tok.var]) },
      { name: "old_value", get: (rt, t) => newref(rt, rt.i32[t + Tok.oldval] || stateOf(rt).MISSING) },
    ],
  });
}

/** Token.MISSING */
function missing(rt: Runtime): Ref {
  const type = defineType(rt, {
    name: "Token.MISSING",
    basicsize: 16,
    slots: { tp_repr: (rt) => PyUnicode_FromJS(rt, "<Token.MISSING>"), tp_dealloc: () => {} },
  });
  const p = staticAlloc(rt, 16);
  rt.i32[p] = IMMORTAL_REFCNT;
  rt.i32[p + Ob.type] = type;
  return p;
}

/** The types; made once, also for natives that need them before the module is imported. */
function typesReady(rt: Runtime): State {
  const made = stateOf(rt) as State | undefined;
  if (made !== undefined) return made;
  const state: State = { Context: 0, ContextVar: 0, Token: 0, MISSING: 0, current: 0 };
  rt.moduleState.set("_contextvars", state);
  registerRoot(rt, () => [state.MISSING, state.current], "_contextvars");
  state.Context = contextType(rt);
  state.ContextVar = contextvarType(rt);
  state.Token = tokenType(rt);
  state.MISSING = missing(rt);
  PyDict_SetItem(rt, rt.i32[state.Token + Ty.dict], internStatic(rt, "MISSING"), state.MISSING);
  return state;
}

export function initModule__contextvars(rt: Runtime): NewRef {
  const state = typesReady(rt);
  const copy: MethodDef = {
    name: "copy_context",
    flags: METH.NOARGS,
    fn: (rt) => copyContext(rt, currentContext(rt)),
  };
  const m = pushed(rt, createModule(rt, "_contextvars", [copy], "Context variables."));
  for (const name of ["Context", "ContextVar", "Token"] as const)
    PyModule_AddObjectRef(rt, m, name, state[name]);
  return pop(rt);
}
