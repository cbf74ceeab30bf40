/**
 * Weak references: PyWeakReference, the list of them that an object keeps, and what happens when the object dies. Part of
 * the object layer; the types are in weakreftype.ts.
 *
 *   word  4          6             8      10        12        14
 *         | wr_object | wr_callback | hash | wr_prev | wr_next | vectorcall |      64 bytes
 *
 * The list head is a field of the object (tp_weaklistoffset) or stands before its GC head (MANAGED_WEAKREF). The plain
 * reference without callback comes first, then the plain proxy, then those with callbacks, the newest first. wr_object is
 * not counted; a dead reference's is None.
 */
import { PyCallable_Check } from "./abstract.ts";
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { PyObject_CallOneArg } from "./call.ts";
import { caught, fetch, restore, typeError } from "./errors.ts";
import { Gc, Ob, TF, Ty, WeakRef as Wr } from "./layout.ts";
import { decref, incref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType, typeNameOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";
import { PyErr_WriteUnraisable } from "./unraisable.ts";

/** _PyType_SUPPORTS_WEAKREFS */
export function supportsWeakrefs(rt: Runtime, type: Ref): boolean {
  const i32 = rt.i32;
  return i32[type + Ty.weaklistoffset] !== 0 || (i32[type + Ty.flags] & TF.MANAGED_WEAKREF) !== 0;
}

/**
 * _PyObject_GET_WEAKREFS_LISTPTR: word address of the head of an object's list, or 0 if its type supports none. Static
 * types keep theirs in the type object as heap types do.
 */
export function weakrefListPtr(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  if ((i32[type + Ty.flags] & TF.MANAGED_WEAKREF) !== 0) return p + Gc.weakref;
  const offset = i32[type + Ty.weaklistoffset];
  return offset > 0 ? p + (offset >> 2) : 0;
}

/** _PyWeakref_GetWeakrefCount */
export function _PyWeakref_GetWeakrefCount(rt: Runtime, p: Ref): number {
  const list = weakrefListPtr(rt, p);
  let n = 0;
  for (let wr = list === 0 ? 0 : rt.i32[list]; wr !== 0; wr = rt.i32[wr + Wr.next]) n++;
  return n;
}

/** Sets the fields of a new reference of any of the types; not linked, not tracked. */
function init_weakref(rt: Runtime, wr: Ref, ob: Ref, callback: OptRef): void {
  const i32 = rt.i32;
  i32[wr + Wr.hash] = -1;
  i32[wr + Wr.hashHi] = -1;
  i32[wr + Wr.object] = ob;
  i32[wr + Wr.prev] = 0;
  i32[wr + Wr.next] = 0;
  if (callback !== 0) incref(rt, callback);
  i32[wr + Wr.callback] = callback;
}

/** insert_head */
function insertHead(rt: Runtime, wr: Ref, list: number): void {
  const i32 = rt.i32;
  const next = i32[list];
  i32[wr + Wr.prev] = 0;
  i32[wr + Wr.next] = next;
  if (next !== 0) i32[next + Wr.prev] = wr;
  i32[list] = wr;
}

/** insert_after */
function insertAfter(rt: Runtime, wr: Ref, prev: Ref): void {
  const i32 = rt.i32;
  const next = i32[prev + Wr.next];
  i32[wr + Wr.prev] = prev;
  i32[wr + Wr.next] = next;
  if (next !== 0) i32[next + Wr.prev] = wr;
  i32[prev + Wr.next] = wr;
}

/** The plain reference without callback at the head of a list, or 0. */
function basicRef(rt: Runtime, list: number): OptRef {
  const head = rt.i32[list];
  const basic = head !== 0 && rt.i32[head + Wr.callback] === 0 && rt.i32[head + Ob.type] === rt.types.weakref;
  return basic ? head : 0;
}

function isProxy(rt: Runtime, wr: Ref): boolean {
  const type = rt.i32[wr + Ob.type];
  return type === rt.types.weakproxy || type === rt.types.weakcallableproxy;
}

/** The proxy without callback of a list, or 0: it is first, or second after the plain reference. */
function basicProxy(rt: Runtime, list: number): OptRef {
  const ref = basicRef(rt, list);
  const wr = ref !== 0 ? rt.i32[ref + Wr.next] : rt.i32[list];
  return wr !== 0 && rt.i32[wr + Wr.callback] === 0 && isProxy(rt, wr) ? wr : 0;
}

/**
 * get_or_create_weakref: the reference of this type to `ob`. Without a callback, the plain reference and the proxy are
 * made once for each object and handed out again. `callback` 0 or None: none.
 */
export function get_or_create_weakref(rt: Runtime, type: Ref, ob: Ref, callback: OptRef): NewRef {
  const list = weakrefListPtr(rt, ob);
  if (list === 0) throw typeError(rt, `cannot create weak reference to '${typeNameOf(rt, ob, 100)}' object`);
  if (callback === rt.None) callback = 0;
  const proxy = type === rt.types.weakproxy || type === rt.types.weakcallableproxy;
  if (callback === 0) {
    const known = proxy ? basicProxy(rt, list) : type === rt.types.weakref ? basicRef(rt, list) : 0;
    if (known !== 0) return newref(rt, known);
  }
  const wr = allocate_weakref(rt, type, ob, callback);
  link(rt, wr, list, callback, proxy);
  return wr;
}

function allocate_weakref(rt: Runtime, type: Ref, ob: Ref, callback: OptRef): NewRef {
  const wr = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  init_weakref(rt, wr, ob, callback);
  return wr;
}

function link(rt: Runtime, wr: Ref, list: number, callback: OptRef, proxy: boolean): void {
  const plain = rt.i32[wr + Ob.type] === rt.types.weakref;
  if (callback === 0 && plain) {
    insertHead(rt, wr, list);
    return;
  }
  const ref = basicRef(rt, list);
  const prev = callback === 0 && proxy ? ref : basicProxy(rt, list) || ref;
  if (prev === 0) insertHead(rt, wr, list);
  else insertAfter(rt, wr, prev);
}

/** PyWeakref_NewRef */
export function PyWeakref_NewRef(rt: Runtime, ob: Ref, callback: OptRef): NewRef {
  return get_or_create_weakref(rt, rt.types.weakref, ob, callback);
}

/** PyWeakref_NewProxy */
export function PyWeakref_NewProxy(rt: Runtime, ob: Ref, callback: OptRef): NewRef {
  const type = PyCallable_Check(rt, ob) ? rt.types.weakcallableproxy : rt.types.weakproxy;
  if (callback !== 0 && callback !== rt.None) rt.finalizersRun = true;
  return get_or_create_weakref(rt, type, ob, callback);
}

/** The referent, borrowed, or 0 when it has died or is dying. */
export function _PyWeakref_GET_REF(rt: Runtime, wr: Ref): OptRef {
  const ob = rt.i32[wr + Wr.object];
  return ob === rt.None || ob === 0 || rt.i32[ob] === 0 ? 0 : ob;
}

/** PyWeakref_GetRef: a new reference to the referent, or 0. */
export function PyWeakref_GetRef(rt: Runtime, wr: Ref): NewRef | 0 {
  const ob = _PyWeakref_GET_REF(rt, wr);
  if (ob !== 0) incref(rt, ob);
  return ob;
}

/** Takes a reference off its referent's list; it is dead then. */
function unlink(rt: Runtime, wr: Ref): void {
  const i32 = rt.i32;
  const ob = i32[wr + Wr.object];
  if (ob === rt.None || ob === 0) return;
  const list = weakrefListPtr(rt, ob);
  const next = i32[wr + Wr.next];
  const prev = i32[wr + Wr.prev];
  if (i32[list] === wr) i32[list] = next;
  i32[wr + Wr.object] = rt.None;
  if (prev !== 0) i32[prev + Wr.next] = next;
  if (next !== 0) i32[next + Wr.prev] = prev;
  i32[wr + Wr.prev] = 0;
  i32[wr + Wr.next] = 0;
}

/** clear_weakref: dead, and the callback released without being called. */
export function clear_weakref(rt: Runtime, wr: Ref): void {
  unlink(rt, wr);
  const callback = rt.i32[wr + Wr.callback];
  if (callback === 0) return;
  rt.i32[wr + Wr.callback] = 0;
  decref(rt, callback);
}

/** _PyWeakref_ClearRef: dead, but the callback stays (the collector calls it later or not at all). */
export function _PyWeakref_ClearRef(rt: Runtime, wr: Ref): void {
  unlink(rt, wr);
}

export function weakref_dealloc(rt: Runtime, wr: Ref): void {
  PyObject_GC_UnTrack(rt, wr);
  clear_weakref(rt, wr);
  infoOfType(rt, rt.i32[wr + Ob.type]).tp_free!(rt, wr);
}

/** Calls a callback with its reference; an exception is reported and forgotten. */
export function handle_callback(rt: Runtime, wr: Ref, callback: Ref): void {
  const m = mark(rt);
  try {
    decref(rt, PyObject_CallOneArg(rt, callback, wr));
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    PyErr_WriteUnraisable(rt, callback);
  }
}

/**
 * PyObject_ClearWeakRefs: what the deallocator of an object with weak references calls first. All references die; then the
 * callbacks of those that are alive themselves are called, in the order of the list (the newest first). The current
 * exception is kept.
 */
export function PyObject_ClearWeakRefs(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const list = weakrefListPtr(rt, p);
  if (list === 0 || i32[list] === 0) return;
  while (i32[list] !== 0 && i32[i32[list] + Wr.callback] === 0) clear_weakref(rt, i32[list]);
  if (i32[list] === 0) return;
  const saved = fetch(rt);
  push(rt, saved);
  const first = mark(rt);
  takeCallbacks(rt, list);
  const end = mark(rt);
  for (let slot = first; slot < end; slot += 4) {
    if (i32[slot + 2] === 0) continue;
    handle_callback(rt, i32[slot], i32[slot + 2]);
  }
  drop(rt, (end - first) / 2);
  pop(rt);
  if (saved !== 0) restore(rt, saved);
}

/** Clears a list; pushes each live reference with its callback (pairs of slots, both owned). */
function takeCallbacks(rt: Runtime, list: number): void {
  const i32 = rt.i32;
  for (let wr = i32[list]; wr !== 0; wr = i32[list]) {
    const callback = i32[wr + Wr.callback];
    i32[wr + Wr.callback] = 0;
    unlink(rt, wr);
    if (i32[wr] > 0) {
      push(rt, newref(rt, wr));
      push(rt, callback);
    } else if (callback !== 0) decref(rt, callback);
  }
}

/** _PyStaticType_ClearWeakRefs and the like: kills all references of an object without calling callbacks. */
export function clearWeakRefsNoCallbacks(rt: Runtime, p: Ref): void {
  const list = weakrefListPtr(rt, p);
  if (list === 0) return;
  while (rt.i32[list] !== 0) clear_weakref(rt, rt.i32[list]);
}
