/**
 * Interned strings: one str for each text. Part of the object layer.
 *
 * Two tables, as in CPython 3.13: the static strings (`internStatic`: names the runtime itself uses, immortal, outside the
 * allocator), found by hash in a JavaScript map that could be rebuilt from the static region; and `rt.interned`, a dict
 * text -> text whose two references to a *mortal* interned string are not counted, so that it dies with its last user.
 *
 * Str.state's low bits: 0 not interned, 1 mortal, 2 immortal, 3 immortal and static.
 */
import { staticAlloc } from "../heap/static.ts";
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetDefault, PyDict_Size } from "./dict.ts";
import { _Py_dict_lookup, delitem_common } from "./dictcore.ts";
import { Ix } from "./dictkeys.ts";
import { unicode_hash } from "./hash.ts";
import { IMMORTAL_REFCNT, Ob, Str } from "./layout.ts";
import { decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { _PyUnicode_EQ } from "./str.ts";
import { PyUnicode_FromJS } from "./strjs.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";

const enum Interned {
  NOT = 0,
  MORTAL = 1,
  IMMORTAL = 2,
  IMMORTAL_STATIC = 3,
  MASK = 3,
}

/** Static strings by the low half of their hash, which is not asked for before the first string is looked for. */
class StaticTable {
  private readonly byHash = new Map<number, Ref[]>();
  private readonly fresh: Ref[] = [];

  add(p: Ref): void {
    this.fresh.push(p);
  }

  find(rt: Runtime, p: Ref): OptRef {
    if (this.fresh.length > 0) for (const q of this.fresh.splice(0)) this.put(rt, q);
    const bucket = this.byHash.get(unicode_hash(rt, p));
    if (bucket === undefined) return 0;
    for (const q of bucket) if (_PyUnicode_EQ(rt, p, q)) return q;
    return 0;
  }

  private put(rt: Runtime, p: Ref): void {
    const lo = unicode_hash(rt, p);
    const bucket = this.byHash.get(lo);
    if (bucket === undefined) this.byHash.set(lo, [p]);
    else bucket.push(p);
  }
}

const tables = new WeakMap<Runtime, StaticTable>();

function statics(rt: Runtime): StaticTable {
  let table = tables.get(rt);
  if (table === undefined) {
    table = new StaticTable();
    tables.set(rt, table);
  }
  return table;
}

/**
 * The static interned str with this text, immortal: for the names that native code uses, and names of modules. One character
 * of latin-1 is the one-character string.
 */
export function internStatic(rt: Runtime, s: string): Ref {
  const known = rt.staticStrings.get(s);
  if (known !== undefined) return known;
  const p = existingStatic(rt, s) || newStatic(rt, s);
  rt.staticStrings.set(s, p);
  return p;
}

/** The empty and one-character strings, and texts that a program has interned already. */
function existingStatic(rt: Runtime, s: string): OptRef {
  if (s.length === 0) return rt.emptyStr;
  if (s.length === 1 && s.charCodeAt(0) < 256) return rt.latin1 + 16 * s.charCodeAt(0);
  // Nothing is in the table while the interpreter itself is made.
  return rt.interned === 0 || PyDict_Size(rt, rt.interned) === 0 ? 0 : findInterned(rt, s);
}

/** The interned str with this text, made immortal, or 0. */
function findInterned(rt: Runtime, s: string): OptRef {
  const temporary = PyUnicode_FromJS(rt, s);
  const p = PyDict_GetItemWithError(rt, rt.interned, temporary);
  if (p !== 0 && (rt.i32[p + Str.state] & Interned.MASK) === Interned.MORTAL) immortalize_interned(rt, p);
  decref(rt, temporary);
  return p;
}

function newStatic(rt: Runtime, s: string): Ref {
  let ascii = true;
  for (let i = 0; i < s.length; i++) {
    if (s.charCodeAt(i) > 255) return newWideStatic(rt, s);
    if (s.charCodeAt(i) > 127) ascii = false;
  }
  const head = ascii ? Str.ASCII_HEAD_BYTES : Str.HEAD_BYTES;
  const p = staticAlloc(rt, head + s.length + 1);
  const i32 = rt.i32;
  i32[p] = IMMORTAL_REFCNT;
  i32[p + Ob.type] = rt.types.str;
  i32[p + Str.length] = s.length;
  i32[p + Str.hash] = -1;
  i32[p + Str.hashHi] = -1;
  // kind 1, compact, ascii or not, statically allocated
  i32[p + Str.state] = Interned.IMMORTAL_STATIC | (1 << 2) | 0x20 | (ascii ? 0x40 : 0) | 0x80;
  for (let i = 0; i < s.length; i++) rt.u8[p * 4 + head + i] = s.charCodeAt(i);
  statics(rt).add(p);
  return p;
}

/** Text beyond latin-1: a static copy of the object that it makes. */
function newWideStatic(rt: Runtime, s: string): Ref {
  const temporary = PyUnicode_FromJS(rt, s);
  const i32 = rt.i32;
  const kind = (i32[temporary + Str.state] >> 2) & 7;
  const bytes = Str.HEAD_BYTES + kind * (i32[temporary + Str.length] + 1);
  const p = staticAlloc(rt, bytes);
  i32.copyWithin(p, temporary, temporary + Math.ceil(bytes / 4));
  i32[p] = IMMORTAL_REFCNT;
  i32[p + Str.state] |= Interned.IMMORTAL_STATIC | 0x80;
  decref(rt, temporary);
  statics(rt).add(p);
  return p;
}

/** Start-up: every field of rt.names gets its string. Needs the hash key, `rt.types.str` and the one-character strings. */
export function initNames(rt: Runtime): void {
  rt.i32[rt.emptyStr + Str.state] |= Interned.IMMORTAL_STATIC;
  for (let c = 0; c < 256; c++) rt.i32[rt.latin1 + 16 * c + Str.state] |= Interned.IMMORTAL_STATIC;
  const names = rt.names as unknown as Record<string, Ref>;
  for (const name of Object.keys(names)) names[name] = internStatic(rt, name);
}

/** Start-up, once dicts can be made: the table of interned strings that are not static. */
export function initInterned(rt: Runtime): void {
  rt.interned = PyDict_New(rt);
}

/** PyUnicode_InternInPlace: takes a reference to a str and returns one to the interned str of its text. Mortal. */
export function PyUnicode_InternInPlace(rt: Runtime, p: StolenRef): NewRef {
  const state = rt.i32[p + Str.state] & Interned.MASK;
  return state !== 0 ? p : intern_common(rt, p, false);
}

/** _PyUnicode_InternImmortal: as PyUnicode_InternInPlace; the interned str lives for ever (names in code objects). */
export function _PyUnicode_InternImmortal(rt: Runtime, p: StolenRef): NewRef {
  const state = rt.i32[p + Str.state] & Interned.MASK;
  if (state >= Interned.IMMORTAL) return p;
  if (state === Interned.MORTAL) {
    immortalize_interned(rt, p);
    return p;
  }
  return intern_common(rt, p, true);
}

/** PyUnicode_InternFromString, for JavaScript text: a new reference; mortal. */
export function PyUnicode_InternFromJS(rt: Runtime, s: string): NewRef {
  const known = rt.staticStrings.get(s);
  if (known !== undefined) return known;
  const p = PyUnicode_FromJS(rt, s);
  const state = rt.i32[p + Str.state] & Interned.MASK;
  return state !== 0 ? p : internOther(rt, p, false);
}

/** Only exact str are interned. */
function intern_common(rt: Runtime, p: StolenRef, immortal: boolean): NewRef {
  const i32 = rt.i32;
  if (i32[p + Ob.type] !== rt.types.str) return p;
  const known = findStatic(rt, p);
  if (known !== 0) {
    decref(rt, p);
    return known;
  }
  return internOther(rt, p, immortal);
}

/** intern_common for an exact str whose text is no static string's. */
function internOther(rt: Runtime, p: StolenRef, immortal: boolean): NewRef {
  const { i32 } = rt;
  const t = PyDict_SetDefault(rt, rt.interned, p, p);
  if (t !== p) return replaceBy(rt, p, t, immortal);
  i32[p + Str.state] |= Interned.MORTAL;
  if (immortal) immortalize_interned(rt, p);
  else if (i32[p] >= 0) i32[p] -= 2;
  return p;
}

function replaceBy(rt: Runtime, p: StolenRef, t: Ref, immortal: boolean): NewRef {
  incref(rt, t);
  decref(rt, p);
  if (immortal && (rt.i32[t + Str.state] & Interned.MASK) === Interned.MORTAL) immortalize_interned(rt, t);
  return t;
}

function findStatic(rt: Runtime, p: Ref): OptRef {
  const i32 = rt.i32;
  const n = i32[p + Str.length];
  if (n === 0) return rt.emptyStr;
  if (n === 1 && (i32[p + Str.state] & 0x1c) === 4) {
    const data = (p + ((i32[p + Str.state] & 0x40) !== 0 ? Str.ASCII_DATA : Str.DATA)) * 4;
    return rt.latin1 + 16 * rt.u8[data];
  }
  return statics(rt).find(rt, p);
}

/** Makes a mortal interned string immortal. */
function immortalize_interned(rt: Runtime, p: Ref): void {
  rt.i32[p + Str.state] = (rt.i32[p + Str.state] & ~Interned.MASK) | Interned.IMMORTAL;
  rt.i32[p] = IMMORTAL_REFCNT;
}

/**
 * What unicode_dealloc does first with an interned string: takes it out of the table (whose two references come back for
 * the time). True: go on freeing it.
 */
export function internedDealloc(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  if ((i32[p + Str.state] & Interned.MASK) !== Interned.MORTAL) return false;
  i32[p] = 3;
  const lo = i32[p + Str.hash];
  const hi = i32[p + Str.hashHi];
  const ix = _Py_dict_lookup(rt, rt.interned, p, lo, hi);
  if (ix === Ix.EMPTY) rt.fatal("an interned string is not in the table of interned strings");
  delitem_common(rt, rt.interned, lo, hi, ix);
  i32[p] = 0;
  i32[p + Str.state] &= ~Interned.MASK;
  return true;
}
