import { Func } from "../objects/layout.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
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
