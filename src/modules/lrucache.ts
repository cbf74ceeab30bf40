/**
 * functools.lru_cache's wrapper: a dict of results, and for a bounded one a ring of links in the order of use.
 * Part of the modules (CPython's Modules/_functoolsmodule.c).
 *
 *   byte   0      16     24     32     40    48
 *   link   | head | prev | next | hash | key | result |
 *   byte   0                   56        64      72      80     88     96        104      112
 *   cache  | link (the root) | wrapper  | typed | cache | hits | func | maxsize | misses | kwd_mark |
 *   byte   120         128               136    144
 *          | link type | cache_info type | dict | weak refs |
 */
import { getAttrString, PyCallable_Check, PyObject_Hash, PyObject_IsTrue } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack, PyObject_New } from "../objects/alloc.ts";
import { kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_Call, PyObject_CallArgs, PyObject_CallNoArgs } from "../objects/call.ts";
import { PyLong_CheckExact, PyUnicode_CheckExact } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import {
  _PyDict_GetItem_KnownHash,
  _PyDict_Pop_KnownHash,
  _PyDict_SetItem_KnownHash,
  PyDict_Clear,
  PyDict_New,
  PyDict_Next,
  PyDict_Size,
} from "../objects/dict.ts";
import { typeError } from "../objects/errors.ts";
import { PyObject_GenericGetDict, PyObject_GenericSetDict } from "../objects/instance.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyMethod_New } from "../objects/method.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "../objects/number.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { trashed } from "../objects/trashcan.ts";
import { PyTuple_New, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";

const enum Link {
  prev = 4,
  next = 6,
  hash = 8,
  hashHi = 9,
  key = 10,
  result = 12,
  BYTES = 56,
}

const enum Lru {
  wrapper = 14,
  typed = 16,
  cache = 18,
  hits = 20,
  func = 22,
  maxsize = 24,
  misses = 26,
  kwd_mark = 28,
  link_type = 30,
  info_type = 32,
  dict = 34,
  weakreflist = 36,
  BYTES = 152,
}

/** What `wrapper` holds in place of a C function. */
const enum Kind {
  UNCACHED = 0,
  INFINITE = 1,
  BOUNDED = 2,
}

const FIELDS = [Lru.cache, Lru.func, Lru.kwd_mark, Lru.link_type, Lru.info_type, Lru.dict] as const;

export interface LruTypes {
  link: Ref;
  kwd_mark: Ref;
}

const NEW = kwSpec("lru_cache", "user_function, maxsize, typed, cache_info_type");

function lru_cache_new(types: LruTypes) {
  return (rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef => {
    const i32 = rt.i32;
    const [func, maxsizeArg, typed, infoType] = parseTupleKw(rt, NEW, args, kwargs);
    if (!PyCallable_Check(rt, func)) throw typeError(rt, "the first argument must be callable");
    const maxsize = boundOf(rt, maxsizeArg);
    const isTyped = PyObject_IsTrue(rt, typed);
    const cache = pushed(rt, PyDict_New(rt));
    const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
    i32[p + Link.prev] = p;
    i32[p + Link.next] = p;
    i32[p + Lru.wrapper] = maxsize < 0 ? Kind.INFINITE : maxsize === 0 ? Kind.UNCACHED : Kind.BOUNDED;
    i32[p + Lru.typed] = isTyped ? 1 : 0;
    i32[p + Lru.cache] = cache;
    i32[p + Lru.func] = newref(rt, func);
    i32[p + Lru.maxsize] = maxsize;
    i32[p + Lru.kwd_mark] = newref(rt, types.kwd_mark);
    i32[p + Lru.link_type] = newref(rt, types.link);
    i32[p + Lru.info_type] = newref(rt, infoType);
    pop(rt);
    return p;
  };
}

/** -1: no bound. */
function boundOf(rt: Runtime, o: Ref): number {
  if (o === rt.None) return -1;
  if (!PyIndex_Check(rt, o)) throw typeError(rt, "maxsize should be integer or None");
  const n = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
  return n < 0 ? 0 : Math.min(n, 0x7fffffff);
}

/**
 * The key of a call: a single str or int stands for itself, a call of plain arguments for its tuple; keywords follow a mark,
 * types follow all.
 */
function lru_cache_make_key(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  const typed = rt.i32[p + Lru.typed] !== 0;
  const nkw = kwargs === 0 ? 0 : PyDict_Size(rt, kwargs);
  const nargs = tupleSize(rt, args);
  if (!typed && nkw === 0) {
    if (nargs !== 1) return newref(rt, args);
    const only = tupleItem(rt, args, 0);
    const plain = PyUnicode_CheckExact(rt, only) || PyLong_CheckExact(rt, only);
    return newref(rt, plain ? only : args);
  }
  const size = nargs + (nkw === 0 ? 0 : 2 * nkw + 1) + (typed ? nargs + nkw : 0);
  const key = PyTuple_New(rt, size);
  fillKey(rt, p, key, args, nkw === 0 ? 0 : kwargs, typed);
  return key;
}

function fillKey(rt: Runtime, p: Ref, key: Ref, args: Ref, kwargs: OptRef, typed: boolean): void {
  const nargs = tupleSize(rt, args);
  let at = 0;
  const put = (o: Ref): void => PyTuple_SET_ITEM(rt, key, at++, newref(rt, o));
  for (let i = 0; i < nargs; i++) put(tupleItem(rt, args, i));
  const values: Ref[] = [];
  if (kwargs !== 0) {
    put(rt.i32[p + Lru.kwd_mark]);
    for (let pos = PyDict_Next(rt, kwargs, 0); pos >= 0; pos = PyDict_Next(rt, kwargs, pos)) {
      put(rt.dictKey);
      put(rt.dictValue);
      values.push(rt.dictValue);
    }
  }
  if (!typed) return;
  for (let i = 0; i < nargs; i++) put(rt.i32[tupleItem(rt, args, i) + Ob.type]);
  for (const v of values) put(rt.i32[v + Ob.type]);
}

function lru_cache_call(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  switch (rt.i32[p + Lru.wrapper]) {
    case Kind.BOUNDED:
      return bounded_lru_cache_wrapper(rt, p, args, kwargs);
    case Kind.INFINITE:
      return infinite_lru_cache_wrapper(rt, p, args, kwargs);
    default:
      rt.i32[p + Lru.misses]++;
      return PyObject_Call(rt, rt.i32[p + Lru.func], args, kwargs);
  }
}

function infinite_lru_cache_wrapper(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  const i32 = rt.i32;
  const key = pushed(rt, lru_cache_make_key(rt, p, args, kwargs));
  const lo = PyObject_Hash(rt, key);
  const hi = rt.hashHi;
  const found = _PyDict_GetItem_KnownHash(rt, i32[p + Lru.cache], key, lo, hi);
  if (found !== 0) {
    i32[p + Lru.hits]++;
    const result = newref(rt, found);
    drop(rt);
    return result;
  }
  i32[p + Lru.misses]++;
  const result = pushed(rt, PyObject_Call(rt, i32[p + Lru.func], args, kwargs));
  _PyDict_SetItem_KnownHash(rt, i32[p + Lru.cache], key, result, lo, hi);
  pop(rt);
  drop(rt);
  return result;
}

function lru_cache_extract_link(rt: Runtime, link: Ref): void {
  const i32 = rt.i32;
  const prev = i32[link + Link.prev];
  const next = i32[link + Link.next];
  i32[prev + Link.next] = next;
  i32[next + Link.prev] = prev;
}

/** Puts a link in as the most recently used. */
function lru_cache_append_link(rt: Runtime, p: Ref, link: Ref): void {
  const i32 = rt.i32;
  const last = i32[p + Link.prev];
  i32[last + Link.next] = link;
  i32[p + Link.prev] = link;
  i32[link + Link.prev] = last;
  i32[link + Link.next] = p;
}

function lru_cache_prepend_link(rt: Runtime, p: Ref, link: Ref): void {
  const i32 = rt.i32;
  const first = i32[p + Link.next];
  i32[first + Link.prev] = link;
  i32[p + Link.next] = link;
  i32[link + Link.prev] = p;
  i32[link + Link.next] = first;
}

function bounded_lru_cache_wrapper(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  const i32 = rt.i32;
  const key = pushed(rt, lru_cache_make_key(rt, p, args, kwargs));
  const lo = PyObject_Hash(rt, key);
  const hi = rt.hashHi;
  const link = _PyDict_GetItem_KnownHash(rt, i32[p + Lru.cache], key, lo, hi);
  if (link !== 0) {
    lru_cache_extract_link(rt, link);
    lru_cache_append_link(rt, p, link);
    i32[p + Lru.hits]++;
    const result = newref(rt, i32[link + Link.result]);
    drop(rt);
    return result;
  }
  i32[p + Lru.misses]++;
  const result = pushed(rt, PyObject_Call(rt, i32[p + Lru.func], args, kwargs));
  // The call itself may have stored the same key.
  if (_PyDict_GetItem_KnownHash(rt, i32[p + Lru.cache], key, lo, hi) !== 0) {
    pop(rt);
    drop(rt);
    return result;
  }
  const room = PyDict_Size(rt, i32[p + Lru.cache]) < i32[p + Lru.maxsize] || i32[p + Link.next] === p;
  if (room) storeNew(rt, p, key, result, lo, hi);
  else replaceOldest(rt, p, key, result, lo, hi);
  return result;
}

/** Stores in a new link. Takes key and result off the native stack into it; the caller gets a reference of its own. */
function storeNew(rt: Runtime, p: Ref, key: Ref, result: Ref, lo: number, hi: number): void {
  const i32 = rt.i32;
  const link = PyObject_New(rt, i32[p + Lru.link_type], Link.BYTES);
  i32[link + Link.hash] = lo;
  i32[link + Link.hashHi] = hi;
  i32[link + Link.key] = key;
  i32[link + Link.result] = result;
  pop(rt);
  pop(rt);
  push(rt, link);
  _PyDict_SetItem_KnownHash(rt, i32[p + Lru.cache], key, link, lo, hi);
  lru_cache_append_link(rt, p, link);
  pop(rt);
  newref(rt, result);
}

/** Stores in the least recently used link, which leaves its old place in the dict. */
function replaceOldest(rt: Runtime, p: Ref, key: Ref, result: Ref, lo: number, hi: number): void {
  const i32 = rt.i32;
  const link = i32[p + Link.next];
  lru_cache_extract_link(rt, link);
  const popped = popOrPrepend(rt, p, link);
  if (popped === 0) {
    // The call has removed the oldest key already: the link is nobody's.
    pop(rt);
    decref(rt, link);
    drop(rt);
    return;
  }
  const oldkey = i32[link + Link.key];
  const oldresult = i32[link + Link.result];
  i32[link + Link.hash] = lo;
  i32[link + Link.hashHi] = hi;
  i32[link + Link.key] = key;
  i32[link + Link.result] = result;
  pop(rt);
  pop(rt);
  // Held until the cache is consistent again: releasing them may run Python code.
  for (const ref of [oldresult, oldkey, popped, link]) push(rt, ref);
  _PyDict_SetItem_KnownHash(rt, i32[p + Lru.cache], key, link, lo, hi);
  lru_cache_append_link(rt, p, link);
  newref(rt, result);
  pop(rt);
  drop(rt, 3);
}

/** Takes the link's key out of the dict; if comparing keys raises, the link goes back. */
function popOrPrepend(rt: Runtime, p: Ref, link: Ref): NewRef | 0 {
  const i32 = rt.i32;
  let ok = false;
  try {
    const lo = i32[link + Link.hash];
    const popped = _PyDict_Pop_KnownHash(
      rt,
      i32[p + Lru.cache],
      i32[link + Link.key],
      lo,
      i32[link + Link.hashHi],
    );
    ok = true;
    return popped;
  } finally {
    if (!ok) lru_cache_prepend_link(rt, p, link);
  }
}

function lru_list_elem_dealloc(rt: Runtime, link: Ref): void {
  const type = rt.i32[link + Ob.type];
  clearField(rt, link + Link.key);
  clearField(rt, link + Link.result);
  infoOf(rt, link).tp_free!(rt, link);
  decref(rt, type);
}

/** Empties the ring; gives the first of its links, chained by `next` to 0. */
function lru_cache_unlink_list(rt: Runtime, p: Ref): OptRef {
  const i32 = rt.i32;
  const first = i32[p + Link.next];
  if (first === p) return 0;
  i32[i32[p + Link.prev] + Link.next] = 0;
  i32[p + Link.next] = p;
  i32[p + Link.prev] = p;
  return first;
}

function lru_cache_clear_list(rt: Runtime, link: OptRef): void {
  while (link !== 0) {
    const next = rt.i32[link + Link.next];
    decref(rt, link);
    link = next;
  }
}

function lru_cache_tp_clear(rt: Runtime, p: Ref): void {
  const list = lru_cache_unlink_list(rt, p);
  for (const field of FIELDS) clearField(rt, p + field);
  lru_cache_clear_list(rt, list);
}

function lru_cache_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  if (i32[p + Lru.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  lru_cache_tp_clear(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function lru_cache_tp_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  const i32 = rt.i32;
  visit(i32[p + Ob.type]);
  for (let link = i32[p + Link.next]; link !== p; link = i32[link + Link.next]) {
    visit(i32[link + Link.key]);
    visit(i32[link + Link.result]);
    // CPython visits the link's type instead; the link itself is no container, and the audit then counts both.
    visit(link);
  }
  for (const field of FIELDS) if (i32[p + field] !== 0) visit(i32[p + field]);
}

function lru_cache_descr_get(rt: Runtime, p: Ref, obj: Ref): NewRef {
  return obj === 0 || obj === rt.None ? newref(rt, p) : PyMethod_New(rt, p, obj);
}

function lru_cache_cache_info(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const maxsize = i32[p + Lru.maxsize];
  const values = [
    pushed(rt, PyLong_FromNumber(rt, i32[p + Lru.hits])),
    pushed(rt, PyLong_FromNumber(rt, i32[p + Lru.misses])),
    pushed(rt, maxsize < 0 ? rt.None : PyLong_FromNumber(rt, maxsize)),
    pushed(rt, PyLong_FromNumber(rt, PyDict_Size(rt, i32[p + Lru.cache]))),
  ];
  const result = PyObject_CallArgs(rt, i32[p + Lru.info_type], ...values);
  drop(rt, 4);
  return result;
}

function lru_cache_cache_clear(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const list = lru_cache_unlink_list(rt, p);
  i32[p + Lru.hits] = 0;
  i32[p + Lru.misses] = 0;
  PyDict_Clear(rt, i32[p + Lru.cache]);
  lru_cache_clear_list(rt, list);
  return rt.None;
}

/** The type of the links: no collector's object, as in CPython. */
export function linkType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "functools._lru_list_elem",
    basicsize: Link.BYTES,
    flags: TF.DISALLOW_INSTANTIATION | TF.IMMUTABLETYPE,
    heap: true,
    slots: { tp_dealloc: lru_list_elem_dealloc },
  });
}

export function keywordMark(rt: Runtime): NewRef {
  return PyObject_CallNoArgs(rt, rt.types.object);
}

export function lruCacheType(rt: Runtime, types: LruTypes): NewRef {
  return defineType(rt, {
    name: "functools._lru_cache_wrapper",
    basicsize: Lru.BYTES,
    dictoffset: Lru.dict * 4,
    weaklistoffset: Lru.weakreflist * 4,
    flags: TF.HAVE_GC | TF.METHOD_DESCRIPTOR | TF.IMMUTABLETYPE,
    heap: true,
    doc: "A function that remembers its results.",
    slots: {
      tp_new: lru_cache_new(types),
      tp_dealloc: trashed(lru_cache_dealloc),
      tp_traverse: lru_cache_tp_traverse,
      tp_clear: lru_cache_tp_clear,
      tp_call: lru_cache_call,
      tp_descr_get: lru_cache_descr_get,
    },
    methods: [
      { name: "cache_info", flags: METH.NOARGS, fn: lru_cache_cache_info, sig: "($self, /)" },
      { name: "cache_clear", flags: METH.NOARGS, fn: lru_cache_cache_clear, sig: "($self, /)" },
      { name: "__reduce__", flags: METH.NOARGS, fn: (rt, p) => getAttrString(rt, p, "__qualname__") },
      { name: "__copy__", flags: METH.VARARGS, fn: newref },
      { name: "__deepcopy__", flags: METH.VARARGS, fn: newref },
    ],
    getsets: [{ name: "__dict__", get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }],
  });
}
