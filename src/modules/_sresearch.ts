/** The methods of re.Pattern that search: match, search, findall, split, sub, scanner ... Part of the modules. */
import { getAttrString, PyCallable_Check } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { type KwSpec, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { bytesLike } from "../objects/buffer.ts";
import { PyObject_CallOneArg } from "../objects/call.ts";
import { PyByteArray_Check, PyBytes_Check, PyUnicode_Check } from "../objects/check.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { PyCallIter_New } from "../objects/iter.ts";
import { Ob } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyDictProxy_New } from "../objects/mappingproxy.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type Visit,
} from "../objects/typeinfo.ts";
import type { Matcher } from "./_srematch.ts";
import { compileTemplate, newMatch } from "./_srematchobject.ts";
import { matcherFor, Pat, sliceOf, sreState, subjectOf } from "./_srepattern.ts";
import { expandTemplate, isTemplate, joinParts, literalOf } from "./_sretemplate.ts";

const span = (name: string): KwSpec => kwSpec(name, "string, pos=, endpos=");
const SPECS = {
  match: span("match"),
  fullmatch: span("fullmatch"),
  search: span("search"),
  findall: span("findall"),
  scanner: span("scanner"),
  finditer: span("finditer"),
};

interface Range {
  string: Ref;
  pos: number;
  endpos: number;
}

/** string, pos and endpos, the latter two within the string. */
function rangeOf(rt: Runtime, p: Ref, spec: KwSpec, args: number, nargs: number, kwnames: OptRef): Range {
  const [string, posArg, endArg] =
    nargs === 1 && kwnames === 0 ? [rt.i32[args], 0, 0] : parseFastKw(rt, spec, args, nargs, kwnames);
  const start = posArg === 0 ? 0 : PyNumber_AsSsize_t(rt, posArg, 0);
  const end = endArg === 0 ? Number.POSITIVE_INFINITY : PyNumber_AsSsize_t(rt, endArg, 0);
  const { length } = subjectOf(rt, p, string);
  const endpos = Math.min(Math.max(end, 0), length);
  return { string, pos: Math.min(Math.max(start, 0), length), endpos };
}

function matchAt(name: "match" | "fullmatch") {
  const all = name === "fullmatch";
  return (rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef => {
    const { string, pos, endpos } = rangeOf(rt, p, SPECS[name], args, nargs, kwnames);
    const m = matcherFor(rt, p, string, endpos);
    return pos <= endpos && m.match(pos, all, -1) ? newMatch(rt, p, string, m, pos, endpos) : rt.None;
  };
}

function pattern_search(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const { string, pos, endpos } = rangeOf(rt, p, SPECS.search, args, nargs, kwnames);
  const m = matcherFor(rt, p, string, endpos);
  return m.search(pos, false) ? newMatch(rt, p, string, m, pos, endpos) : rt.None;
}

/** Text of group g of what a matcher found; `empty` (borrowed) if it took no part. */
function groupText(rt: Runtime, m: Matcher, string: Ref, g: number, empty: Ref): NewRef {
  const from = m.mark(g, 0);
  return from < 0 ? newref(rt, empty) : sliceOf(rt, string, from, m.mark(g, 1));
}

/** findall's item: the match, its only group, or a tuple of its groups. */
function foundItem(rt: Runtime, p: Ref, m: Matcher, string: Ref): NewRef {
  const n = rt.i32[p + Pat.groups];
  const empty = PyUnicode_Check(rt, string) ? rt.emptyStr : rt.emptyBytes;
  if (n === 0) return sliceOf(rt, string, m.from, m.to);
  if (n === 1) return groupText(rt, m, string, 1, empty);
  const t = pushed(rt, PyTuple_New(rt, n));
  for (let g = 1; g <= n; g++) PyTuple_SET_ITEM(rt, t, g - 1, groupText(rt, m, string, g, empty));
  return pop(rt);
}

function pattern_findall(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const { string, pos, endpos } = rangeOf(rt, p, SPECS.findall, args, nargs, kwnames);
  const list = pushed(rt, PyList_New(rt, 0));
  let advance = false;
  const m = matcherFor(rt, p, string, endpos);
  for (let at = pos; at <= endpos && m.search(at, advance); ) {
    at = m.to;
    advance = m.to === m.from;
    listAppendSteal(rt, list, foundItem(rt, p, m, string));
  }
  return pop(rt);
}

const SPLIT = kwSpec("split", "string, maxsplit=");

function pattern_split(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [string, maxArg] = parseFastKw(rt, SPLIT, args, nargs, kwnames);
  const max = maxArg === 0 ? 0 : PyNumber_AsSsize_t(rt, maxArg, rt.exc.OverflowError);
  const { length } = subjectOf(rt, p, string);
  const list = pushed(rt, PyList_New(rt, 0));
  let last = 0;
  let advance = false;
  const m = matcherFor(rt, p, string, length);
  const groups = rt.i32[p + Pat.groups];
  for (let n = 0; (max === 0 || n < max) && m.search(last, advance); n++) {
    listAppendSteal(rt, list, sliceOf(rt, string, last, m.from));
    for (let g = 1; g <= groups; g++) listAppendSteal(rt, list, groupText(rt, m, string, g, rt.None));
    last = m.to;
    advance = m.to === m.from;
  }
  listAppendSteal(rt, list, sliceOf(rt, string, last, length));
  return pop(rt);
}

/** Has a str or bytes replacement nothing to expand? */
function isPlain(rt: Runtime, repl: Ref): boolean {
  if (PyUnicode_Check(rt, repl)) return !jsString(rt, repl).includes("\\");
  if (!PyBytes_Check(rt, repl) && !PyByteArray_Check(rt, repl)) return false;
  const { at, n } = bytesLike(rt, repl);
  return !rt.u8.subarray(at, at + n).includes(92);
}

interface Replacement {
  /** Owned by the native stack. */
  object: Ref;
  kind: "literal" | "template" | "call";
}

/** What sub() puts in; pushes one reference. */
function replacement(rt: Runtime, p: Ref, repl: Ref): Replacement {
  if (PyCallable_Check(rt, repl)) return { object: pushed(rt, newref(rt, repl)), kind: "call" };
  if (isPlain(rt, repl)) return { object: pushed(rt, newref(rt, repl)), kind: "literal" };
  const object = pushed(rt, compileTemplate(rt, p, repl));
  if (!isTemplate(rt, object)) return { object, kind: PyCallable_Check(rt, object) ? "call" : "literal" };
  const literal = literalOf(rt, object);
  if (literal === 0) return { object, kind: "template" };
  const plain = newref(rt, literal);
  drop(rt);
  return { object: pushed(rt, plain), kind: "literal" };
}

const SUB = kwSpec("sub", "repl, string, count=");
const SUBN = kwSpec("subn", "repl, string, count=");

/** Substitutes; the new text, with the number of replacements in `replaced`. */
let replaced = 0;

function substitute(rt: Runtime, p: Ref, spec: KwSpec, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [repl, string, countArg] = parseFastKw(rt, spec, args, nargs, kwnames);
  const count = countArg === 0 ? 0 : PyNumber_AsSsize_t(rt, countArg, rt.exc.OverflowError);
  const r = replacement(rt, p, repl);
  const { length } = subjectOf(rt, p, string);
  const list = pushed(rt, PyList_New(rt, 0));
  let last = 0;
  let advance = false;
  let n = 0;
  for (; count === 0 || n < count; n++) {
    // Python code may have run since: the matcher is set up anew.
    const m = matcherFor(rt, p, string, length);
    if (!m.search(last, advance)) break;
    const { from, to } = m;
    if (last < from) {
      const match = r.kind === "literal" ? 0 : newMatch(rt, p, string, m, 0, length);
      if (match !== 0) pushed(rt, match);
      listAppendSteal(rt, list, sliceOf(rt, string, last, from));
      addReplacement(rt, list, r, match);
    } else
      addReplacement(
        rt,
        list,
        r,
        r.kind === "literal" ? 0 : pushed(rt, newMatch(rt, p, string, m, 0, length)),
      );
    last = to;
    advance = to === from;
  }
  if (last < length) listAppendSteal(rt, list, sliceOf(rt, string, last, length));
  const result = joinParts(rt, list, PyUnicode_Check(rt, string));
  drop(rt, 2);
  replaced = n;
  return result;
}

/** Appends what replaces a match (on the native stack if there is one; it is dropped). */
function addReplacement(rt: Runtime, list: Ref, r: Replacement, match: OptRef): void {
  if (match === 0) {
    listAppendSteal(rt, list, newref(rt, r.object));
    return;
  }
  const item =
    r.kind === "template" ? expandTemplate(rt, r.object, match) : PyObject_CallOneArg(rt, r.object, match);
  if (item !== rt.None) listAppendSteal(rt, list, item);
  drop(rt);
}

function pattern_sub(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  return substitute(rt, p, SUB, args, nargs, kwnames);
}

function pattern_subn(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const text = pushed(rt, substitute(rt, p, SUBN, args, nargs, kwnames));
  const n = pushed(rt, PyLong_FromNumber(rt, replaced));
  const t = PyTuple_Pack(rt, text, n);
  drop(rt, 2);
  return t;
}

/** Byte layout of a scanner: head, pattern, string, position, end, beginning, and whether the next match must advance. */
export const enum Scanner {
  pattern = 4,
  string = 6,
  at = 8,
  end = 10,
  pos = 12,
  advance = 14,
  BYTES = 216,
}

function newScanner(rt: Runtime, p: Ref, spec: KwSpec, args: number, nargs: number, kwnames: OptRef): NewRef {
  const { string, pos, endpos } = rangeOf(rt, p, spec, args, nargs, kwnames);
  const type = sreState(rt).scanner;
  const s = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  const i32 = rt.i32;
  i32[s + Scanner.pattern] = newref(rt, p);
  i32[s + Scanner.string] = newref(rt, string);
  i32[s + Scanner.pos] = pos;
  i32[s + Scanner.at] = pos;
  i32[s + Scanner.end] = endpos;
  return s;
}

/** The next match of a scanner, by `match` at its position or by `search`. */
function scannerNext(search: boolean) {
  return (rt: Runtime, s: Ref): NewRef => {
    const i32 = rt.i32;
    const at = i32[s + Scanner.at];
    if (at < 0 || at > i32[s + Scanner.end]) return rt.None;
    const [p, string, pos, end] = [
      i32[s + Scanner.pattern],
      i32[s + Scanner.string],
      i32[s + Scanner.pos],
      i32[s + Scanner.end],
    ];
    const m = matcherFor(rt, p, string, end);
    const advance = i32[s + Scanner.advance] !== 0;
    if (!(search ? m.search(at, advance) : m.match(at, false, advance ? at : -1))) {
      i32[s + Scanner.at] = -1;
      return rt.None;
    }
    i32[s + Scanner.at] = m.to;
    i32[s + Scanner.advance] = m.to === m.from ? 1 : 0;
    return newMatch(rt, p, string, m, pos, end);
  };
}

function pattern_finditer(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const scanner = pushed(rt, newScanner(rt, p, SPECS.finditer, args, nargs, kwnames));
  const search = pushed(rt, getAttrString(rt, scanner, "search"));
  const it = PyCallIter_New(rt, search, rt.None);
  drop(rt, 2);
  return it;
}

export function scanner_dealloc(rt: Runtime, s: Ref): void {
  const type = rt.i32[s + Ob.type];
  PyObject_GC_UnTrack(rt, s);
  clearField(rt, s + Scanner.pattern);
  clearField(rt, s + Scanner.string);
  infoOf(rt, s).tp_free!(rt, s);
  decref(rt, type);
}

export function scanner_traverse(rt: Runtime, s: Ref, visit: Visit): void {
  visit(rt.i32[s + Ob.type]);
  for (const at of [Scanner.pattern, Scanner.string]) if (rt.i32[s + at] !== 0) visit(rt.i32[s + at]);
}

export const scannerMethods: MethodDef[] = [
  { name: "match", flags: METH.NOARGS, fn: scannerNext(false) },
  { name: "search", flags: METH.NOARGS, fn: scannerNext(true) },
];

const KW = METH.FASTCALL | METH.KEYWORDS;
const RANGE_SIG = "($self, /, string, pos=0, endpos=sys.maxsize)";

export const patternMethods: MethodDef[] = [
  { name: "match", flags: KW, fn: matchAt("match"), sig: RANGE_SIG },
  { name: "fullmatch", flags: KW, fn: matchAt("fullmatch"), sig: RANGE_SIG },
  { name: "search", flags: KW, fn: pattern_search, sig: RANGE_SIG },
  { name: "sub", flags: KW, fn: pattern_sub, sig: "($self, /, repl, string, count=0)" },
  { name: "subn", flags: KW, fn: pattern_subn, sig: "($self, /, repl, string, count=0)" },
  { name: "findall", flags: KW, fn: pattern_findall, sig: RANGE_SIG },
  { name: "split", flags: KW, fn: pattern_split, sig: "($self, /, string, maxsplit=0)" },
  { name: "finditer", flags: KW, fn: pattern_finditer, sig: RANGE_SIG },
  {
    name: "scanner",
    flags: KW,
    fn: (rt, p, a, n, k) => newScanner(rt, p, SPECS.scanner, a, n, k),
    sig: RANGE_SIG,
  },
  { name: "__copy__", flags: METH.NOARGS, fn: (rt, p) => newref(rt, p), sig: "($self, /)" },
  { name: "__deepcopy__", flags: METH.O, fn: (rt, p) => newref(rt, p), sig: "($self, memo, /)" },
  {
    name: "__class_getitem__",
    flags: METH.O | METH.CLASS,
    fn: (rt, cls, item) => Py_GenericAlias(rt, cls, item),
  },
];

export const patternGetSets: GetSetDef[] = [
  { name: "pattern", get: (rt, p) => newref(rt, rt.i32[p + Pat.pattern]) },
  { name: "flags", get: (rt, p) => PyLong_FromNumber(rt, rt.i32[p + Pat.flags]) },
  { name: "groups", get: (rt, p) => PyLong_FromNumber(rt, rt.i32[p + Pat.groups]) },
  { name: "groupindex", get: (rt, p) => PyDictProxy_New(rt, rt.i32[p + Pat.groupindex]) },
];
