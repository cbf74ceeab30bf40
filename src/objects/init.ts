/**
 * Start-up of the object layer: addresses of all static types, singletons, names, then each type's definition.
 * Part of the object layer; called once for each Runtime, before anything else makes an object.
 */
import { staticAlloc } from "../heap/static.ts";
import { initAnextAwaitable } from "./anext.ts";
import { initBaseObject } from "./baseobject.ts";
import { initBool, initBoolSingletons } from "./bool.ts";
import { initByteArray } from "./bytearraytype.ts";
import { initBytesSingletons } from "./bytes.ts";
import { initBytes } from "./bytestype.ts";
import { initCell } from "./cell.ts";
import { initCFunction } from "./cfunction.ts";
import { initClassMethod } from "./classmethod.ts";
import { initCode } from "./code.ts";
import { initComplex } from "./complex.ts";
import { reserveStaticType } from "./defineType.ts";
import { initDescr } from "./descr.ts";
import { initDictIter } from "./dictiter.ts";
import { initEmptyKeys } from "./dictkeys.ts";
import { initDict } from "./dicttype.ts";
import { initDictViews } from "./dictviews.ts";
import { initEnum } from "./enum.ts";
import { initExceptionGroupType } from "./excgroup.ts";
import { initExceptions } from "./exctypes.ts";
import { initFloat } from "./floattype.ts";
import { initFrame } from "./frame.ts";
import { initFrameLocalsProxy } from "./framelocalsproxy.ts";
import { initFunction } from "./function.ts";
import { initGenerator } from "./generatortype.ts";
import { initGenericAlias } from "./genericalias.ts";
import { initInterned, initNames } from "./intern.ts";
import { initIter } from "./iter.ts";
import { makeIterNext } from "./iterfast.ts";
import { Gc, IMMORTAL_REFCNT, Ob, TF, Ty } from "./layout.ts";
import { initList } from "./listtype.ts";
import { initSmallInts, long_dealloc } from "./long.ts";
import { initLong } from "./longtype.ts";
import { initMappingProxy } from "./mappingproxy.ts";
import { initMemoryView } from "./memoryview.ts";
import { initMethod } from "./method.ts";
import { initMethodWrapper } from "./methodwrapper.ts";
import { initModule } from "./module.ts";
import { initNamespace } from "./namespace.ts";
import { initNone } from "./none.ts";
import { initODict } from "./odicttype.ts";
import { initProperty } from "./property.ts";
import { initRange } from "./range.ts";
import type { Runtime } from "./runtime.ts";
import { makeSetFast } from "./setfast.ts";
import { initSet } from "./settype.ts";
import { initHashSecret } from "./siphash.ts";
import { initSlice } from "./slice.ts";
import { infoOfType } from "./slots.ts";
import { initStrSingletons, unicode_dealloc } from "./str.ts";
import { initStr } from "./strtype.ts";
import { flushSubclasses } from "./subclasses.ts";
import { initSuper } from "./super.ts";
import { makeTableFast } from "./tablefast.ts";
import { initTraceback } from "./traceback.ts";
import { tupledealloc } from "./tuple.ts";
import { initTuple } from "./tuplemethods.ts";
import type { Ref } from "./typeinfo.ts";
import { initTypeCache } from "./typelookup.ts";
import { initType } from "./typeobject.ts";
import { initTypeState, newTypeInfo } from "./typestate.ts";
import { initUnion } from "./union.ts";
import { initWeakref } from "./weakreftype.ts";
import { initZipMap } from "./zipmap.ts";

export function initObjects(rt: Runtime): void {
  reserveTypes(rt);
  initHashSecret(rt);
  rt.tables = makeTableFast(rt);
  rt.sets = makeSetFast(rt, rt.tables);
  rt.iterNext = makeIterNext(rt);
  initSingletons(rt);
  initEmptyKeys(rt);
  initInterned(rt);
  initNames(rt);
  initTypeState(rt);
  initTypeCache(rt);
  for (const init of INITS) init(rt);
  flushSubclasses(rt);
  initExceptionGroupType(rt);
}

/** Bases before the types derived from them. */
const INITS: ((rt: Runtime) => void)[] = [
  initBaseObject,
  initType,
  initDescr,
  initStr,
  initTuple,
  initDict,
  initDictViews,
  initDictIter,
  initLong,
  initBool,
  initCFunction,
  initMethodWrapper,
  initClassMethod,
  initMethod,
  initList,
  initBytes,
  initByteArray,
  initMemoryView,
  initFloat,
  initComplex,
  initSet,
  initRange,
  initSlice,
  initIter,
  initEnum,
  initZipMap,
  initProperty,
  initModule,
  initNamespace,
  initMappingProxy,
  initGenericAlias,
  initUnion,
  initNone,
  initWeakref,
  initODict,
  initSuper,
  initExceptions,
  initTraceback,
  initCode,
  initFunction,
  initCell,
  initFrame,
  initFrameLocalsProxy,
  initGenerator,
  initAnextAwaitable,
];

/** Flags that are asked for before the type is defined: what kind of object it is, and whether the collector sees it. */
const EARLY_FLAGS: Record<string, number> = {
  type: TF.TYPE_SUBCLASS | TF.HAVE_GC,
  int: TF.LONG_SUBCLASS,
  bool: TF.LONG_SUBCLASS,
  str: TF.UNICODE_SUBCLASS,
  bytes: TF.BYTES_SUBCLASS,
  tuple: TF.TUPLE_SUBCLASS | TF.HAVE_GC,
  list: TF.LIST_SUBCLASS | TF.HAVE_GC,
  dict: TF.DICT_SUBCLASS | TF.HAVE_GC,
  method_descriptor: TF.METHOD_DESCRIPTOR | TF.HAVE_GC,
  classmethod_descriptor: TF.HAVE_GC,
  member_descriptor: TF.HAVE_GC,
  getset_descriptor: TF.HAVE_GC,
  wrapper_descriptor: TF.METHOD_DESCRIPTOR | TF.HAVE_GC,
  builtin_function_or_method: TF.HAVE_GC,
  staticmethod: TF.HAVE_GC,
  classmethod: TF.HAVE_GC,
};

/** Step 1: every static type that the runtime knows by name has its address. */
function reserveTypes(rt: Runtime): void {
  // Number 0 stays free: a type object whose Ty.info is 0 has no slots yet.
  newTypeInfo(rt, "", 0);
  const types = rt.types as unknown as Record<string, Ref>;
  for (const name of Object.keys(types)) types[name] = reserveStaticType(rt, name);
  const exc = rt.exc as unknown as Record<string, Ref>;
  for (const name of Object.keys(exc)) exc[name] = reserveStaticType(rt, name);
  const i32 = rt.i32;
  // The first ones were reserved before type itself.
  for (const name of Object.keys(types)) {
    i32[types[name] + Ob.type] = rt.types.type;
    i32[types[name] + Ty.flags] = EARLY_FLAGS[name] ?? 0;
  }
  // Temporary strings, ints and tuples go before their types are defined.
  infoOfType(rt, rt.types.str).tp_dealloc = unicode_dealloc;
  infoOfType(rt, rt.types.int).tp_dealloc = long_dealloc;
  infoOfType(rt, rt.types.tuple).tp_dealloc = tupledealloc;
  i32[rt.types.type + Ty.basicsize] = Ty.HEAP_BYTES;
  // Allocated by basicsize for the methods of types that are defined before them.
  i32[rt.types.staticmethod + Ty.basicsize] = 32;
  i32[rt.types.classmethod + Ty.basicsize] = 32;
  i32[rt.types.type + Ty.itemsize] = 40;
  i32[rt.types.type + Ty.weaklistoffset] = Ty.weaklist * 4;
}

/** Step 2: the objects there is only one of. */
function initSingletons(rt: Runtime): void {
  rt.None = singleton(rt, rt.types.NoneType);
  rt.NotImplemented = singleton(rt, rt.types.NotImplementedType);
  rt.Ellipsis = singleton(rt, rt.types.ellipsis);
  // A tuple has a GC head before it, which stays empty: the empty tuple is never tracked.
  const block = staticAlloc(rt, Gc.HEAD_BYTES + 32);
  rt.emptyTuple = block + Gc.HEAD_BYTES / 4;
  rt.i32[rt.emptyTuple] = IMMORTAL_REFCNT;
  rt.i32[rt.emptyTuple + Ob.type] = rt.types.tuple;
  initSmallInts(rt);
  initBoolSingletons(rt);
  initStrSingletons(rt);
  initBytesSingletons(rt);
}

function singleton(rt: Runtime, type: Ref): Ref {
  const p = staticAlloc(rt, Ob.HEAD_BYTES);
  rt.i32[p] = IMMORTAL_REFCNT;
  rt.i32[p + Ob.type] = type;
  return p;
}
