/**
 * re.Pattern: a compiled regular expression, with what it is made from. Part of the modules (CPython's Modules/_sre/sre.c).
 *
 *   byte  0      24       32           40           48        56      64          72        80         88
 *         | head | groups | groupindex | indexgroup | pattern | flags | weakrefs | isbytes | codesize | code ... |
 */
import { PyObject_Hash, PyObject_RichCompareBool, reprOf } from "../objects/abstract.ts";
import { gcNewWithPreheader, PyObject_GC_Track, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { bytesLike, PyObject_CheckBuffer } from "../objects/buffer.ts";
import { PyBytes_FromAddress } from "../objects/bytes.ts";
import { PyBytes_CheckExact, PyUnicode_Check, PyUnicode_CheckExact } from "../objects/check.ts";
import { typeError } from "../objects/errors.ts";
import { Ob } from "../objects/layout.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { PyUnicode_FromJS, strData, strKind, strLength } from "../objects/str.ts";
import { strFromData } from "../objects/strnew.ts";
import { Cmp, type NewRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import type { Matcher, Text } from "./_srematch.ts";
import { Program } from "./_sreprogram.ts";

export const enum Pat {
  groups = 6,
  groupindex = 8,
  indexgroup = 10,
  pattern = 12,
  flags = 14,
  weakreflist = 16,
  isbytes = 18,
  codesize = 20,
  code = 22,
  BYTES = 96,
}

export interface SreState {
  pattern: Ref;
  match: Ref;
  scanner: Ref;
  template: Ref;
  programs: Map<Ref, Program>;
  matcher: Matcher;
}

export function sreState(rt: Runtime): SreState {
  return rt.moduleState.get("_sre") as SreState;
}

/** What a search works on: where the characters stand, and how many there are. */
export interface Subject {
  text: Text;
  base: number;
  length: number;
}

/** The characters of a str or bytes-like object; they stand still until Python code runs. Checks them against the pattern. */
export function subjectOf(rt: Runtime, pattern: Ref, string: Ref): Subject {
  const isbytes = rt.i32[pattern + Pat.isbytes];
  if (PyUnicode_Check(rt, string)) {
    if (isbytes > 0) throw typeError(rt, "cannot use a bytes pattern on a string-like object");
    const kind = strKind(rt, string);
    const w = strData(rt, string);
    const length = strLength(rt, string);
    if (kind === 1) return { text: rt.u8, base: w * 4, length };
    return kind === 2 ? { text: rt.u16, base: w * 2, length } : { text: rt.u32, base: w, length };
  }
  if (!PyObject_CheckBuffer(rt, string)) {
    throw typeError(rt, `expected string or bytes-like object, got '${typeNameOf(rt, string, 200)}'`);
  }
  if (isbytes === 0) throw typeError(rt, "cannot use a string pattern on a bytes-like object");
  const span = bytesLike(rt, string);
  return { text: rt.u8, base: span.at, length: span.n };
}

/** Characters `from` to `to` as a str or bytes; the object itself if that is all of it (getslice). */
export function sliceOf(rt: Runtime, string: Ref, from: number, to: number): NewRef {
  if (PyUnicode_Check(rt, string)) {
    if (from === 0 && to === strLength(rt, string) && PyUnicode_CheckExact(rt, string))
      return newref(rt, string);
    return strFromData(rt, strKind(rt, string), strData(rt, string), from, to);
  }
  const span = bytesLike(rt, string);
  const end = Math.min(to, span.n);
  const start = Math.min(from, end);
  if (start === 0 && end === span.n && PyBytes_CheckExact(rt, string)) return newref(rt, string);
  return PyBytes_FromAddress(rt, span.at + start, end - start);
}

export function programOf(rt: Runtime, p: Ref): Program {
  const { programs } = sreState(rt);
  let program = programs.get(p);
  if (program === undefined) {
    const n = rt.i32[p + Pat.codesize];
    program = new Program(rt.u32.slice(p + Pat.code, p + Pat.code + n), rt.i32[p + Pat.groups]);
    programs.set(p, program);
  }
  return program;
}

/** A matcher set up for a string; valid until Python code runs. */
export function matcherFor(rt: Runtime, pattern: Ref, string: Ref, endpos: number): Matcher {
  const s = subjectOf(rt, pattern, string);
  const { matcher } = sreState(rt);
  matcher.prepare(
    programOf(rt, pattern),
    s.text,
    s.base,
    // What stands before `pos` is seen by anchors and by assertions that look back.
    0,
    Math.min(endpos, s.length),
  );
  return matcher;
}

/** A new pattern object; its references are taken over. */
export function newPattern(
  rt: Runtime,
  words: number[],
  fields: { groups: number; flags: number; isbytes: number },
  refs: { pattern: NewRef; groupindex: NewRef; indexgroup: NewRef },
): NewRef {
  const bytes = Math.ceil((Pat.BYTES + 4 * words.length) / 8) * 8;
  const p = gcNewWithPreheader(rt, sreState(rt).pattern, bytes, 0);
  const i32 = rt.i32;
  i32.fill(0, p + Ob.size, p + bytes / 4);
  i32[p + Ob.size] = words.length;
  i32[p + Pat.groups] = fields.groups;
  i32[p + Pat.flags] = fields.flags;
  i32[p + Pat.isbytes] = fields.isbytes;
  i32[p + Pat.codesize] = words.length;
  i32[p + Pat.pattern] = refs.pattern;
  i32[p + Pat.groupindex] = refs.groupindex;
  i32[p + Pat.indexgroup] = refs.indexgroup;
  rt.u32.set(words, p + Pat.code);
  PyObject_GC_Track(rt, p);
  return p;
}

export function pattern_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  if (rt.i32[p + Pat.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  sreState(rt).programs.delete(p);
  pattern_clear(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

export function pattern_clear(rt: Runtime, p: Ref): void {
  clearField(rt, p + Pat.groupindex);
  clearField(rt, p + Pat.indexgroup);
  clearField(rt, p + Pat.pattern);
}

export function pattern_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
  for (const at of [Pat.groupindex, Pat.indexgroup, Pat.pattern])
    if (rt.i32[p + at] !== 0) visit(rt.i32[p + at]);
}

const FLAG_NAMES: [number, string][] = [
  [2, "re.IGNORECASE"],
  [4, "re.LOCALE"],
  [8, "re.MULTILINE"],
  [16, "re.DOTALL"],
  [64, "re.VERBOSE"],
  [128, "re.DEBUG"],
  [256, "re.ASCII"],
];

export function pattern_repr(rt: Runtime, p: Ref): NewRef {
  let flags = rt.i32[p + Pat.flags];
  // UNICODE is what str patterns have anyway.
  if (PyUnicode_Check(rt, rt.i32[p + Pat.pattern]) && (flags & (4 | 32 | 256)) === 32) flags &= ~32;
  const names: string[] = [];
  for (const [bit, name] of FLAG_NAMES) {
    if ((flags & bit) === 0) continue;
    names.push(name);
    flags &= ~bit;
  }
  if (flags !== 0) names.push(`0x${flags.toString(16)}`);
  const text = [...reprOf(rt, rt.i32[p + Pat.pattern])].slice(0, 200).join("");
  return PyUnicode_FromJS(rt, `re.compile(${text}${names.length > 0 ? `, ${names.join("|")}` : ""})`);
}

export function pattern_hash(rt: Runtime, p: Ref): number {
  const low = PyObject_Hash(rt, rt.i32[p + Pat.pattern]);
  let h = low ^ rt.i32[p + Pat.flags] ^ rt.i32[p + Pat.isbytes] ^ rt.i32[p + Pat.groups];
  const end = p + Pat.code + rt.i32[p + Pat.codesize];
  for (let at = p + Pat.code; at < end; at++) h = (Math.imul(h, 1000003) ^ rt.i32[at]) | 0;
  return h === -1 ? -2 : h;
}

export function pattern_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if ((op !== Cmp.EQ && op !== Cmp.NE) || rt.i32[a + Ob.type] !== rt.i32[b + Ob.type])
    return rt.NotImplemented;
  return (a === b || samePattern(rt, a, b)) === (op === Cmp.EQ) ? rt.True : rt.False;
}

function samePattern(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  for (const at of [Pat.flags, Pat.isbytes, Pat.codesize]) if (i32[a + at] !== i32[b + at]) return false;
  for (let k = 0; k < i32[a + Pat.codesize]; k++)
    if (i32[a + Pat.code + k] !== i32[b + Pat.code + k]) return false;
  return PyObject_RichCompareBool(rt, i32[a + Pat.pattern], i32[b + Pat.pattern], Cmp.EQ);
}
