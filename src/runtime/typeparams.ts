/** Type parameters and aliases (PEP 695): the objects are made by the `_typing` module. Part of the runtime. */
import { PyObject_Vectorcall } from "../objects/call.ts";
import { Func } from "../objects/layout.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, push } from "../objects/stack.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";

/** kind: 0 TypeVar, 1 ParamSpec, 2 TypeVarTuple; bound and fallback are functions that evaluate lazily, or 0. */
export function makeTypeParam(
  rt: Runtime,
  kind: number,
  name: Ref,
  bound: OptRef,
  fallback: OptRef,
  constraints: number,
): NewRef {
  return rt.typing.typeParam(kind, name, bound, fallback, constraints !== 0);
}

export function makeTypeAlias(rt: Runtime, fp: number, name: Ref, params: OptRef, value: Ref): NewRef {
  return rt.typing.typeAlias(fp, name, params, value);
}

export function setTypeParams(rt: Runtime, func: Ref, params: Ref): void {
  setField(rt, func + Func.typeparams, newref(rt, params));
}

/** Generic[params], the base that a generic class gets. */
export function genericBase(rt: Runtime, params: Ref): NewRef {
  return rt.typing.genericBase(params);
}

/** Calls a lazily evaluated bound, default or alias value. */
export function evaluateLazy(rt: Runtime, f: Ref): NewRef {
  const at = mark(rt);
  push(rt, newref(rt, f));
  const r = PyObject_Vectorcall(rt, f, at, 0, 0);
  drop(rt);
  return r;
}
