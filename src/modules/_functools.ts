/** The module `_functools`: partial, reduce, cmp_to_key and the cache of lru_cache. Part of the modules. */

import { PyObject_GetIter } from "../objects/abstract.ts";
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_Call } from "../objects/call.ts";
import { typeError } from "../objects/errors.ts";
import { PyIter_Next } from "../objects/iterproto.ts";
import { Tuple } from "../objects/layout.ts";
import { tupled } from "../objects/methdef.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { keyWrapperType, newKeyWrapper } from "./cmptokey.ts";
import { keywordMark, type LruTypes, linkType, lruCacheType } from "./lrucache.ts";
import { createModule } from "./native.ts";
import { partialType } from "./partial.ts";

interface State extends LruTypes {
  partial: Ref;
  keyWrapper: Ref;
}

function stateOf(rt: Runtime): State {
  return rt.moduleState.get("_functools") as State;
}

const CMP_TO_KEY = kwSpec("cmp_to_key", "mycmp");

function cmp_to_key(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [cmp] = parseFastKw(rt, CMP_TO_KEY, args, nargs, kwnames);
  return newKeyWrapper(rt, stateOf(rt).keyWrapper, cmp, 0);
}

function functools_reduce(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "reduce", nargs, 2, 3);
  const i32 = rt.i32;
  const func = i32[args];
  const it = pushed(rt, iterOf(rt, i32[args + 2]));
  const result = push(rt, nargs === 3 ? newref(rt, i32[args + 4]) : 0);
  // One tuple serves for all calls, as long as nobody keeps it.
  const pair = push(rt, PyTuple_New(rt, 2));
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    if (i32[result] === 0) {
      i32[result] = item;
      continue;
    }
    if (i32[i32[pair]] > 1) renewPair(rt, pair, item);
    setPair(rt, i32[pair], i32[result], item);
    i32[result] = 0;
    i32[result] = PyObject_Call(rt, func, i32[pair], 0);
  }
  drop(rt);
  const value = pop(rt);
  drop(rt);
  if (value === 0) throw typeError(rt, "reduce() of empty iterable with no initial value");
  return value;
}

function iterOf(rt: Runtime, iterable: Ref): NewRef {
  const it = catching(rt, rt.exc.TypeError, 0, () => PyObject_GetIter(rt, iterable));
  if (it === 0) throw typeError(rt, "reduce() arg 2 must support iteration");
  return it;
}

/** A new tuple in place of one that somebody else holds too. */
function renewPair(rt: Runtime, slot: number, item: NewRef): void {
  push(rt, item);
  const fresh = PyTuple_New(rt, 2);
  const old = rt.i32[slot];
  rt.i32[slot] = fresh;
  decref(rt, old);
  pop(rt);
}

/** Both references are taken over; what the tuple held is released. */
function setPair(rt: Runtime, pair: Ref, a: NewRef, b: NewRef): void {
  const i32 = rt.i32;
  const olda = i32[pair + Tuple.items];
  const oldb = i32[pair + Tuple.items + 2];
  PyTuple_SET_ITEM(rt, pair, 0, a);
  PyTuple_SET_ITEM(rt, pair, 1, b);
  if (olda !== 0) decref(rt, olda);
  if (oldb !== 0) decref(rt, oldb);
}

const METHODS: MethodDef[] = [
  {
    name: "cmp_to_key",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: cmp_to_key,
    sig: "($module, /, mycmp)",
  },
  { name: "reduce", flags: METH.FASTCALL, fn: tupled(functools_reduce) },
];

export function initModule__functools(rt: Runtime): NewRef {
  const m = createModule(rt, "_functools", METHODS, "What functools does natively.");
  push(rt, m);
  const state: State = { link: 0, kwd_mark: 0, partial: 0, keyWrapper: 0 };
  rt.moduleState.set("_functools", state);
  registerRoot(rt, () => Object.values(state) as Ref[], "_functools");
  state.kwd_mark = keywordMark(rt);
  state.partial = partialType(rt);
  PyModule_AddObjectRef(rt, m, "partial", state.partial);
  PyModule_AddObject(rt, m, "_lru_cache_wrapper", lruCacheType(rt, state));
  state.keyWrapper = keyWrapperType(rt);
  state.link = linkType(rt);
  return pop(rt);
}
