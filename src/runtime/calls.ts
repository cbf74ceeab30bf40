/** Calls from compiled code that are not direct: first calls of a site, natives, keywords. Part of the runtime. */
import { Cell } from "../heap/cells.ts";
import { _PyObject_LookupSpecial } from "../objects/abstract.ts";
import { lend, PyObject_Call, PyObject_CallNoArgs, PyObject_Vectorcall, unlend } from "../objects/call.ts";
import { callFunctionEx, callFunctionOwned } from "../objects/callpy.ts";
import type { CompiledFunction } from "../objects/code.ts";
import { codeFn } from "../objects/codefn.ts";
import { typeError } from "../objects/errors.ts";
import { PyFunction_New } from "../objects/function.ts";
import { CFunc, Code, Descr, Exc, Frame, Func, Method, Ob, Ty } from "../objects/layout.ts";
import { listAppendSteal } from "../objects/list.ts";
import { list_append } from "../objects/listmethods.ts";
import { _Py_Dealloc, clearField, decref, newref, xnewref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import { _PySuper_Lookup, _PySuper_LookupMethod } from "../objects/super.ts";
import { initOf, newWithInit } from "../objects/typecall.ts";
import { METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { evalBreaker } from "./breaker.ts";

type Site = (CompiledFunction | null)[];

/** The JavaScript of a Python function that takes exactly n positional arguments without binding, or null. */
function directFn(rt: Runtime, f: Ref, n: number): CompiledFunction | null {
  const i32 = rt.i32;
  const code = i32[f + Func.code];
  const c = rt.codes[i32[code + Code.js]];
  if (!c.simple || i32[code + Code.argcount] !== n) return null;
  return c.fn ?? codeFn(rt, code);
}

function remember(
  rt: Runtime,
  f: Ref,
  fn: CompiledFunction,
  ic: Int32Array,
  c: number,
  site: Site,
  s: number,
): void {
  const v = rt.i32[f + Func.version];
  if (v !== 0) {
    ic[c] = v;
    site[s] = fn;
  }
}

/** Releases callable and arguments in CPython's order after a call through the stack. */
function release(rt: Runtime, top: number, n: number): void {
  const i32 = rt.i32;
  for (let i = 0; i <= n; i++) {
    const v = i32[top + 2 * i];
    i32[top + 2 * i] = 0;
    decref(rt, v);
  }
}

/** Callable and n arguments lie in the slots from `top` on: calls, then releases them. */
function callFromTop(rt: Runtime, top: number, n: number, ic: Int32Array, c: number): NewRef {
  const i32 = rt.i32;
  if (i32[i32[top] + Ob.type] === rt.types.type && siteIsWarm(rt, top, n, ic, c))
    return newWithInit(rt, top, n);
  if (i32[i32[top] + Ob.type] === rt.types.method) return callBoundMethod(rt, top, n);
  if (i32[i32[top] + Ob.type] === rt.types.function) {
    const f = i32[top];
    i32[top] = 0;
    return callFunctionOwned(rt, f, top + 2, n, 0);
  }
  const r = PyObject_Vectorcall(rt, i32[top], top + 2, n, 0);
  release(rt, top, n);
  return i32[Cell.EVAL_BREAKER] === 0 ? r : afterCall(rt, r);
}

/**
 * Has this site called this class before, and can its `__init__` take the arguments over (CALL_ALLOC_AND_ENTER_INIT)? The
 * first call of a site goes the general way, with a tuple, as in CPython. The cache holds -2 after it, then ~class.
 */
function siteIsWarm(rt: Runtime, top: number, n: number, ic: Int32Array, c: number): boolean {
  const type = rt.i32[top];
  if (ic[c] === ~type) return initOf(rt, type, n) !== 0;
  if (ic[c] === -1) ic[c] = -2;
  else if (ic[c] === -2 && initOf(rt, type, n) !== 0) {
    ic[c] = ~type;
    return true;
  }
  return false;
}

/** The eval breaker is looked at after a call of anything but a Python function; the result is safe meanwhile. */
function afterCall(rt: Runtime, r: NewRef): NewRef {
  push(rt, r);
  evalBreaker(rt);
  return pop(rt);
}

/** A bound method in the callable's slot is taken apart: self goes into the slot, as the first argument. */
function callBoundMethod(rt: Runtime, top: number, n: number): NewRef {
  const i32 = rt.i32;
  const method = i32[top];
  const f = newref(rt, i32[method + Method.func]);
  i32[top] = newref(rt, i32[method + Method.self]);
  decref(rt, method);
  if (i32[f + Ob.type] === rt.types.function) return callFunctionOwned(rt, f, top, n + 1, 0);
  push(rt, f);
  const r = PyObject_Vectorcall(rt, f, top, n + 1, 0);
  release(rt, top, n);
  drop(rt);
  return i32[Cell.EVAL_BREAKER] === 0 ? r : afterCall(rt, r);
}

export function makeCalls(rt: Runtime) {
  const i32 = rt.i32;
  const FUNCTION = rt.types.function;
  const NATIVE = rt.types.builtin_function_or_method;
  const DESCRIPTOR = rt.types.method_descriptor;
  const TYPE = rt.types.type;
  const defs = rt.methodDefs;
  const infos = rt.typeInfos;

  function decref(p: number): void {
    const r = i32[p] - 1;
    if (r > 0) i32[p] = r;
    else if (r === 0) _Py_Dealloc(rt, p);
  }

  /** After a native call: callable and arguments leave their slots in CPython's order. */
  function finish0(r: number, top: number): number {
    const f = i32[top];
    i32[top] = 0;
    decref(f);
    return i32[Cell.EVAL_BREAKER] === 0 ? r : afterCall(rt, r);
  }

  function finish1(r: number, top: number): number {
    const f = i32[top];
    i32[top] = 0;
    decref(f);
    const a = i32[top + 2];
    i32[top + 2] = 0;
    decref(a);
    return i32[Cell.EVAL_BREAKER] === 0 ? r : afterCall(rt, r);
  }

  function finish2(r: number, top: number): number {
    const f = i32[top];
    i32[top] = 0;
    decref(f);
    const a = i32[top + 2];
    i32[top + 2] = 0;
    decref(a);
    const b = i32[top + 4];
    i32[top + 4] = 0;
    decref(b);
    return i32[Cell.EVAL_BREAKER] === 0 ? r : afterCall(rt, r);
  }

  function finish(r: number, top: number, n: number): number {
    for (let at = top, end = top + 2 * n; at <= end; at += 2) {
      const v = i32[at];
      i32[at] = 0;
      decref(v);
    }
    return i32[Cell.EVAL_BREAKER] === 0 ? r : afterCall(rt, r);
  }

  // What follows calls built-in functions, methods and classes by their convention at once; callable and arguments lie in the
  // slots from `top` on. 0: an exception is set, or what is called, or with how many arguments, is not of the plain kinds.

  function native0(f: number, top: number): number {
    const t = i32[f + Ob.type];
    if (t === NATIVE) {
      const def = defs[i32[f + CFunc.ml]];
      const convention = def.convention;
      if (convention === METH.NOARGS) return def.fn(rt, i32[f + CFunc.self]);
      if (convention === METH.FASTCALL) return def.fn(rt, i32[f + CFunc.self], top + 2, 0);
    } else if (t === TYPE) {
      const make = infos[i32[f + Ty.info]].type_vectorcall;
      if (make !== null) return make(rt, f, top + 2, 0, 0);
    }
    return 0;
  }

  /** With one argument, which may be the self of a method. */
  function native1(f: number, a: number, top: number): number {
    const t = i32[f + Ob.type];
    if (t === DESCRIPTOR) {
      if (i32[a + Ob.type] !== i32[f + Descr.type]) return 0;
      const def = defs[i32[f + Descr.def]];
      const convention = def.convention;
      if (convention === METH.NOARGS) return def.fn(rt, a);
      if (convention === METH.FASTCALL) return def.fn(rt, a, top + 4, 0);
      if (convention === (METH.FASTCALL | METH.KEYWORDS)) return def.fn(rt, a, top + 4, 0, 0);
    } else if (t === NATIVE) {
      const def = defs[i32[f + CFunc.ml]];
      const convention = def.convention;
      if (convention === METH.O) return def.fn(rt, i32[f + CFunc.self], a);
      if (convention === METH.FASTCALL) return def.fn(rt, i32[f + CFunc.self], top + 2, 1);
      if (convention === (METH.FASTCALL | METH.KEYWORDS))
        return def.fn(rt, i32[f + CFunc.self], top + 2, 1, 0);
    } else if (t === TYPE) {
      const make = infos[i32[f + Ty.info]].type_vectorcall;
      if (make !== null) return make(rt, f, top + 2, 1, 0);
      if (f === TYPE) return newref(rt, i32[a + Ob.type]);
    }
    return 0;
  }

  function native2(f: number, a: number, b: number, top: number): number {
    const t = i32[f + Ob.type];
    if (t === DESCRIPTOR) {
      if (i32[a + Ob.type] !== i32[f + Descr.type]) return 0;
      const def = defs[i32[f + Descr.def]];
      const convention = def.convention;
      if (convention === METH.O) {
        if (def.fn !== list_append) return def.fn(rt, a, b);
        if (i32[b] >= 0) i32[b]++;
        listAppendSteal(rt, a, b);
        return rt.None;
      }
      if (convention === METH.FASTCALL) return def.fn(rt, a, top + 4, 1);
      if (convention === (METH.FASTCALL | METH.KEYWORDS)) return def.fn(rt, a, top + 4, 1, 0);
      return 0;
    }
    return nativeMany(f, 2, top);
  }

  /** With two and more arguments. */
  function nativeMany(f: number, n: number, top: number): number {
    const t = i32[f + Ob.type];
    if (t === DESCRIPTOR) {
      const a = i32[top + 2];
      if (i32[a + Ob.type] !== i32[f + Descr.type]) return 0;
      const def = defs[i32[f + Descr.def]];
      const convention = def.convention;
      if (convention === METH.FASTCALL) return def.fn(rt, a, top + 4, n - 1);
      if (convention === (METH.FASTCALL | METH.KEYWORDS)) return def.fn(rt, a, top + 4, n - 1, 0);
    } else if (t === NATIVE) {
      const def = defs[i32[f + CFunc.ml]];
      const convention = def.convention;
      if (convention === METH.FASTCALL) return def.fn(rt, i32[f + CFunc.self], top + 2, n);
      if (convention === (METH.FASTCALL | METH.KEYWORDS))
        return def.fn(rt, i32[f + CFunc.self], top + 2, n, 0);
    } else if (t === TYPE) {
      const make = infos[i32[f + Ty.info]].type_vectorcall;
      if (make !== null) return make(rt, f, top + 2, n, 0);
    }
    return 0;
  }

  function other0(f: number, top: number, ic: Int32Array, c: number): number {
    i32[top] = f;
    const r = native0(f, top);
    return r !== 0 ? finish0(r, top) : i32[Cell.CURRENT_EXC] !== 0 ? 0 : callFromTop(rt, top, 0, ic, c);
  }

  function other1(f: number, a: number, top: number, ic: Int32Array, c: number): number {
    i32[top] = f;
    i32[top + 2] = a;
    const r = native1(f, a, top);
    return r !== 0 ? finish1(r, top) : i32[Cell.CURRENT_EXC] !== 0 ? 0 : callFromTop(rt, top, 1, ic, c);
  }

  function other2(f: number, a: number, b: number, top: number, ic: Int32Array, c: number): number {
    i32[top] = f;
    i32[top + 2] = a;
    i32[top + 4] = b;
    const r = native2(f, a, b, top);
    return r !== 0 ? finish2(r, top) : i32[Cell.CURRENT_EXC] !== 0 ? 0 : callFromTop(rt, top, 2, ic, c);
  }

  /** The arguments are in their slots already. */
  function otherMany(f: number, n: number, top: number, ic: Int32Array, c: number): number {
    i32[top] = f;
    const r = nativeMany(f, n, top);
    return r !== 0 ? finish(r, top, n) : i32[Cell.CURRENT_EXC] !== 0 ? 0 : callFromTop(rt, top, n, ic, c);
  }

  function call0(f: number, top: number, ic: Int32Array, c: number, FN: Site, s: number): number {
    if (i32[f + 2] === FUNCTION) {
      const fn = directFn(rt, f, 0);
      if (fn !== null) {
        remember(rt, f, fn, ic, c, FN, s);
        return fn(f);
      }
    }
    return other0(f, top, ic, c);
  }

  function call1(f: number, a: number, top: number, ic: Int32Array, c: number, FN: Site, s: number): number {
    if (i32[f + 2] === FUNCTION) {
      const fn = directFn(rt, f, 1);
      if (fn !== null) {
        remember(rt, f, fn, ic, c, FN, s);
        return fn(f, a);
      }
    }
    return other1(f, a, top, ic, c);
  }

  function call2(
    f: number,
    a: number,
    b: number,
    top: number,
    ic: Int32Array,
    c: number,
    FN: Site,
    s: number,
  ): number {
    if (i32[f + 2] === FUNCTION) {
      const fn = directFn(rt, f, 2);
      if (fn !== null) {
        remember(rt, f, fn, ic, c, FN, s);
        return fn(f, a, b);
      }
    }
    return other2(f, a, b, top, ic, c);
  }

  function call3(
    f: number,
    a: number,
    b: number,
    d: number,
    top: number,
    ic: Int32Array,
    c: number,
    FN: Site,
    s: number,
  ): number {
    if (i32[f + 2] === FUNCTION) {
      const fn = directFn(rt, f, 3);
      if (fn !== null) {
        remember(rt, f, fn, ic, c, FN, s);
        return fn(f, a, b, d);
      }
    }
    i32[top + 2] = a;
    i32[top + 4] = b;
    i32[top + 6] = d;
    return otherMany(f, 3, top, ic, c);
  }

  function call4(
    f: number,
    a: number,
    b: number,
    d: number,
    e: number,
    top: number,
    ic: Int32Array,
    c: number,
    FN: Site,
    s: number,
  ): number {
    if (i32[f + 2] === FUNCTION) {
      const fn = directFn(rt, f, 4);
      if (fn !== null) {
        remember(rt, f, fn, ic, c, FN, s);
        return fn(f, a, b, d, e);
      }
    }
    i32[top + 2] = a;
    i32[top + 4] = b;
    i32[top + 6] = d;
    i32[top + 8] = e;
    return otherMany(f, 4, top, ic, c);
  }

  /** Five and more arguments: `args` are the arguments, then top, ic, c, FN, s. */
  function callMany(n: number) {
    return (f: number, ...rest: unknown[]): number => {
      const args = rest.slice(0, n) as number[];
      const [top, ic, c, FN, s] = rest.slice(n) as [number, Int32Array, number, Site, number];
      if (i32[f + 2] === FUNCTION) {
        const fn = directFn(rt, f, n);
        if (fn !== null) {
          remember(rt, f, fn, ic, c, FN, s);
          return fn(f, ...args);
        }
      }
      for (let i = 0; i < n; i++) i32[top + 2 + 2 * i] = args[i];
      return otherMany(f, n, top, ic, c);
    };
  }

  /** A loaded method with self (or 0) and n more arguments. */
  function callMethodMany(n: number) {
    const withSelf = callMany(n + 1);
    return (f: number, self: number, ...rest: unknown[]): number => {
      if (self !== 0) return withSelf(f, self, ...rest);
      const [top, ic, c] = rest.slice(n) as [number, Int32Array, number];
      for (let i = 0; i < n; i++) i32[top + 2 + 2 * i] = rest[i] as number;
      return otherMany(f, n, top, ic, c);
    };
  }

  function callM0(
    f: number,
    self: number,
    top: number,
    ic: Int32Array,
    c: number,
    FN: Site,
    s: number,
  ): number {
    if (self === 0) return other0(f, top, ic, c);
    return call1(f, self, top, ic, c, FN, s);
  }

  function callM1(
    f: number,
    self: number,
    a: number,
    top: number,
    ic: Int32Array,
    c: number,
    FN: Site,
    s: number,
  ): number {
    if (self === 0) return other1(f, a, top, ic, c);
    return call2(f, self, a, top, ic, c, FN, s);
  }

  function callM2(
    f: number,
    self: number,
    a: number,
    b: number,
    top: number,
    ic: Int32Array,
    c: number,
    FN: Site,
    s: number,
  ): number {
    if (self === 0) return other2(f, a, b, top, ic, c);
    return call3(f, self, a, b, top, ic, c, FN, s);
  }

  function callM3(
    f: number,
    self: number,
    a: number,
    b: number,
    d: number,
    top: number,
    ic: Int32Array,
    c: number,
    FN: Site,
    s: number,
  ): number {
    if (self !== 0) return call4(f, self, a, b, d, top, ic, c, FN, s);
    i32[top + 2] = a;
    i32[top + 4] = b;
    i32[top + 6] = d;
    return otherMany(f, 3, top, ic, c);
  }

  return {
    NATIVE,
    DESCRIPTOR,
    TYPE,
    finish0,
    finish1,
    finish2,
    finish,
    call0,
    call1,
    call2,
    call3,
    call4,
    call5: callMany(5),
    call6: callMany(6),
    callM0,
    callM1,
    callM2,
    callM3,
    callM4: callMethodMany(4),
    callM5: callMethodMany(5),
  };
}

/** Calls with n positional arguments (and keyword values) in slots at `at`; the arguments are released, the callable is the caller's. */
export function callStack(rt: Runtime, f: Ref, at: number, n: number, kwnames: OptRef): NewRef {
  if (rt.i32[f + Ob.type] === rt.types.function) return callFunctionOwned(rt, newref(rt, f), at, n, kwnames);
  const r = PyObject_Vectorcall(rt, f, at, n, kwnames);
  const total = n + (kwnames === 0 ? 0 : rt.i32[kwnames + 4]);
  const i32 = rt.i32;
  for (let i = 0; i < total; i++) {
    const v = i32[at + 2 * i];
    i32[at + 2 * i] = 0;
    decref(rt, v);
  }
  return i32[Cell.EVAL_BREAKER] === 0 ? r : afterCall(rt, r);
}

/**
 * A loaded method: slots self (or 0), callable, arguments. Self is moved next to the arguments, where the callable stood
 * (the caller still holds the callable in a temporary and releases it); afterwards self and arguments are gone.
 */
export function callStackMethod(
  rt: Runtime,
  f: Ref,
  selfAt: number,
  at: number,
  n: number,
  kwnames: OptRef,
): NewRef {
  const i32 = rt.i32;
  const self = i32[selfAt];
  if (self === 0) return callStack(rt, f, at, n, kwnames);
  i32[selfAt] = f;
  i32[at - 2] = self;
  const r = callStack(rt, f, at - 2, n + 1, kwnames);
  if (r === 0) return 0;
  i32[at - 2] = f;
  i32[selfAt] = 0;
  return r;
}

/** CALL_FUNCTION_EX: a tuple and a dict (kwAt 0: none) in slots, which are empty afterwards; the callable is the caller's. */
export function callEx(rt: Runtime, f: Ref, argsAt: number, kwAt: number): NewRef {
  const i32 = rt.i32;
  if (i32[f + Ob.type] === rt.types.function) return callFunctionEx(rt, f, argsAt, kwAt);
  const r = PyObject_Call(rt, f, i32[argsAt], kwAt === 0 ? 0 : i32[kwAt]);
  clearField(rt, argsAt);
  if (kwAt !== 0) clearField(rt, kwAt);
  return i32[Cell.EVAL_BREAKER] === 0 ? r : afterCall(rt, r);
}

/** MAKE_FUNCTION with its parts (borrowed, 0 where absent). */
export function makeFunction(
  rt: Runtime,
  fp: number,
  code: Ref,
  defaults: OptRef,
  kwdefaults: OptRef,
  annotations: OptRef,
  closure: OptRef,
): NewRef {
  const i32 = rt.i32;
  const f = PyFunction_New(rt, code, i32[fp + Frame.globals]);
  i32[f + Func.defaults] = xnewref(rt, defaults);
  i32[f + Func.kwdefaults] = xnewref(rt, kwdefaults);
  i32[f + Func.annotations] = xnewref(rt, annotations);
  i32[f + Func.closure] = xnewref(rt, closure);
  return f;
}

/** super().name without a super object; falls back to the object where `super` is not the built-in. */
export function superAttr(rt: Runtime, globalSuper: Ref, cls: Ref, self: Ref, name: Ref): NewRef {
  if (globalSuper === rt.types.super) return _PySuper_Lookup(rt, cls, self, name);
  const s = PyObject_CallNoArgs(rt, globalSuper);
  push(rt, s);
  const r = infoOf(rt, s).tp_getattro!(rt, s, name);
  drop(rt);
  return r;
}

/** super().name(...): the slot of `super` becomes self's, or empty when what was found is bound already. */
export function superMethod(rt: Runtime, at: number, cls: Ref, self: Ref, name: Ref): NewRef {
  const i32 = rt.i32;
  const old = i32[at];
  let f: NewRef;
  let unbound = false;
  if (old === rt.types.super) {
    f = _PySuper_LookupMethod(rt, cls, self, name);
    unbound = rt.methodIsUnbound;
  } else f = superAttr(rt, old, cls, self, name);
  i32[at] = unbound ? newref(rt, self) : 0;
  decref(rt, old);
  return f;
}

/** The first part of `with`: the slot's manager is replaced by its bound `__exit__`; the result of `__enter__` is returned. */
export function beforeWith(rt: Runtime, at: number, _top: number): NewRef {
  return enterManager(rt, at, rt.names.__enter__, rt.names.__exit__, "context manager");
}

export function beforeAsyncWith(rt: Runtime, at: number, _top: number): NewRef {
  return enterManager(rt, at, rt.names.__aenter__, rt.names.__aexit__, "asynchronous context manager");
}

function enterManager(rt: Runtime, at: number, enterName: Ref, exitName: Ref, what: string): NewRef {
  const i32 = rt.i32;
  const manager = i32[at];
  const enter = _PyObject_LookupSpecial(rt, manager, enterName);
  if (enter === 0) throw protocolError(rt, manager, what, "");
  push(rt, enter);
  const exit = _PyObject_LookupSpecial(rt, manager, exitName);
  if (exit === 0) throw protocolError(rt, manager, what, ` (missed ${jsString(rt, exitName)} method)`);
  i32[at] = exit;
  decref(rt, manager);
  const r = PyObject_CallNoArgs(rt, enter);
  drop(rt);
  return r;
}

function protocolError(rt: Runtime, o: Ref, what: string, missed: string): unknown {
  return typeError(rt, `'${typeNameOf(rt, o)}' object does not support the ${what} protocol${missed}`);
}

/** Calls `__exit__` with an exception (type, value, traceback) or three times None (exc = 0). */
export function callExit(rt: Runtime, exit: Ref, exc: OptRef): NewRef {
  const i32 = rt.i32;
  const tb = exc === 0 ? 0 : i32[exc + Exc.traceback];
  const at = lend(rt, exc === 0 ? rt.None : i32[exc + Ob.type]);
  lend(rt, exc === 0 ? rt.None : exc);
  lend(rt, tb === 0 ? rt.None : tb);
  const r = PyObject_Vectorcall(rt, exit, at, 3, 0);
  unlend(rt, 3);
  return r;
}
