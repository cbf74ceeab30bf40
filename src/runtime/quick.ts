/**
 * Methods of built-in types that second forms call without the ceremony of a call (compiler/quickcalls.ts): they run no
 * Python code for arguments of the kinds said here, so nobody can see that the object, the method and the arguments are not
 * counted meanwhile. Part of the runtime.
 */

import type { KnownQuick, Plain } from "../compiler/profile.ts";
import { Cell } from "../heap/cells.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { Descr, List, SetOb, Ty } from "../objects/layout.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";

interface Method {
  /**
   * Functions of self and the arguments, all borrowed, by the number of arguments: they neither allocate nor raise. The result
   * is a new reference, or 0 where nothing has been done.
   */
  short?: (rt: Runtime) => Record<number, unknown>;
  /** Or: the native function itself, for such arguments (str, int, None where nothing else is said). */
  args?: Plain;
  /** A condition on the object `$`, in JavaScript. */
  guard?: string;
}

const NATIVE: Method = { args: "" };

/** A deque without a maximal length (word 16) throws nothing out when it takes something in. */
const UNLIMITED: Method = { args: "any", guard: "i32[$+16]<0" };

const STR_METHODS =
  "capitalize casefold center count endswith expandtabs find index isalnum isalpha isascii isdecimal isdigit isidentifier " +
  "islower isnumeric isprintable isspace istitle isupper ljust lower lstrip partition removeprefix removesuffix replace rfind " +
  "rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill";

const METHODS: Record<string, Record<string, Method>> = {
  str: {
    ...Object.fromEntries(STR_METHODS.split(" ").map((name) => [name, NATIVE])),
    join: { args: "list" },
  },
  dict: {
    get: { short: dictGet },
    setdefault: { short: dictSetdefault },
    items: NATIVE,
    keys: NATIVE,
    values: NATIVE,
    copy: NATIVE,
  },
  list: { append: { short: listAppend }, pop: { short: listPop }, copy: NATIVE, reverse: NATIVE },
  set: {
    add: { short: setAdd },
    discard: { short: (rt) => setTakeOut(rt, rt.None) },
    remove: { short: (rt) => setTakeOut(rt, 0) },
  },
  "collections.deque": {
    append: UNLIMITED,
    appendleft: UNLIMITED,
    pop: NATIVE,
    popleft: NATIVE,
  },
};

/** The type of a name, where it exists. */
function typeNamed(rt: Runtime, name: string): Ref {
  return rt.typeInfos.find((info) => info?.name === name)?.type ?? 0;
}

const quickOf = new WeakMap<Runtime, Map<number, KnownQuick>>();

/** The quick form of the method with a definition's number, or null. */
export function quickMethod(rt: Runtime, number: number): KnownQuick | null {
  let known = quickOf.get(rt);
  if (known === undefined) quickOf.set(rt, (known = new Map()));
  const have = known.get(number);
  if (have !== undefined) return have;
  const { name } = rt.methodDefs[number];
  for (const [typeName, methods] of Object.entries(METHODS)) {
    if (!Object.hasOwn(methods, name)) continue;
    const type = typeNamed(rt, typeName);
    const descriptor = type === 0 ? 0 : dict_getitem_str(rt, rt.i32[type + Ty.dict], name);
    if (descriptor === 0 || rt.i32[descriptor + Descr.def] !== number) continue;
    const { short, args, guard } = methods[name];
    const quick = { type, descriptor, short: short?.(rt) ?? null, args: args ?? "", guard: guard ?? "" };
    known.set(number, quick);
    return quick;
  }
  return null;
}

function dictGet(rt: Runtime): Record<number, unknown> {
  const i32 = rt.i32;
  const { dictFind } = rt.tables;
  const None = rt.None;
  const found = (at: number, otherwise: Ref): Ref => {
    if (at < 0) return 0;
    const v = at === 0 ? otherwise : i32[at];
    if (i32[v] >= 0) i32[v]++;
    return v;
  };
  return {
    1: (d: Ref, key: Ref) => found(dictFind(d, key), None),
    2: (d: Ref, key: Ref, otherwise: Ref) => found(dictFind(d, key), otherwise),
  };
}

function dictSetdefault(rt: Runtime): Record<number, unknown> {
  const i32 = rt.i32;
  const { dictFind, dictStore } = rt.tables;
  return {
    2: (d: Ref, key: Ref, otherwise: Ref): Ref => {
      const at = dictFind(d, key);
      if (at < 0 || (at === 0 && !dictStore(d, key, otherwise))) return 0;
      const v = at === 0 ? otherwise : i32[at];
      if (i32[v] >= 0) i32[v]++;
      return v;
    },
  };
}

function listAppend(rt: Runtime): Record<number, unknown> {
  const i32 = rt.i32;
  const None = rt.None;
  return {
    1: (list: Ref, v: Ref): Ref => {
      const n = i32[list + List.size];
      if (n >= i32[list + List.allocated]) return 0;
      if (i32[v] >= 0) i32[v]++;
      i32[i32[list + List.items] + 2 * n] = v;
      i32[list + List.size] = n + 1;
      return None;
    },
  };
}

function listPop(rt: Runtime): Record<number, unknown> {
  const i32 = rt.i32;
  return {
    0: (list: Ref): Ref => {
      const n = i32[list + List.size] - 1;
      // The last item takes the buffer with it, and a buffer half empty shrinks.
      if (n <= 0 || n < i32[list + List.allocated] >> 1) return 0;
      i32[list + List.size] = n;
      return i32[i32[list + List.items] + 2 * n];
    },
  };
}

function setAdd(rt: Runtime): Record<number, unknown> {
  const { setPut } = rt.tables;
  const None = rt.None;
  return { 1: (so: Ref, key: Ref): Ref => (setPut(so, key) >= 0 ? None : 0) };
}

/** discard and remove: the key's entry is taken away; `absent` is the answer where there is none (0: the ordinary way raises). */
function setTakeOut(rt: Runtime, absent: Ref): Record<number, unknown> {
  const i32 = rt.i32;
  const { setEntry } = rt.tables;
  const None = rt.None;
  return {
    1: (so: Ref, key: Ref): Ref => {
      const at = setEntry(so, key);
      if (at <= 0) return at < 0 ? 0 : absent;
      const old = i32[at];
      i32[at] = Cell.SET_DUMMY;
      i32[at + 2] = -1;
      i32[at + 3] = -1;
      i32[so + SetOb.used]--;
      // An exact str or int: releasing it runs nothing.
      decref(rt, old);
      return None;
    },
  };
}
