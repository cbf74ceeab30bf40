/**
 * re.Match: what a search found. Part of the modules (CPython's Modules/_sre/sre.c).
 *
 *   byte  0      24       32     40        48    56       64          72       80
 *         | head | string | regs | pattern | pos | endpos | lastindex | groups | marks, start and end of each group ... |
 */

import { getAttrString, reprOf } from "../objects/abstract.ts";
import { gcNewWithPreheader, PyObject_GC_Track, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import { PyLong_Check } from "../objects/check.ts";
import { PyDict_GetItemWithError, PyDict_New, PyDict_Next, PyDict_SetItem } from "../objects/dict.ts";
import { raise } from "../objects/errors.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { Ob } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { tupled } from "../objects/methdef.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "../objects/number.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, tpName } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_New, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type Ref,
  type Visit,
} from "../objects/typeinfo.ts";
import type { Matcher } from "./_srematch.ts";
import { Pat, sliceOf, sreState } from "./_srepattern.ts";
import { expandTemplate } from "./_sretemplate.ts";

export const enum MatchOb {
  string = 6,
  regs = 8,
  pattern = 10,
  pos = 12,
  endpos = 14,
  lastindex = 16,
  groups = 18,
  mark = 20,
  BYTES = 88,
}

/** The match that a matcher has just found. */
export function newMatch(
  rt: Runtime,
  pattern: Ref,
  string: Ref,
  m: Matcher,
  pos: number,
  endpos: number,
): NewRef {
  const groups = rt.i32[pattern + Pat.groups] + 1;
  const bytes = MatchOb.BYTES + 16 * groups;
  const p = gcNewWithPreheader(rt, sreState(rt).match, bytes, 0);
  const i32 = rt.i32;
  i32.fill(0, p + Ob.size, p + bytes / 4);
  i32[p + Ob.size] = 2 * groups;
  i32[p + MatchOb.string] = newref(rt, string);
  i32[p + MatchOb.pattern] = newref(rt, pattern);
  i32[p + MatchOb.groups] = groups;
  i32[p + MatchOb.pos] = pos;
  i32[p + MatchOb.endpos] = endpos;
  i32[p + MatchOb.lastindex] = m.lastindex;
  i32[p + MatchOb.mark] = m.from;
  i32[p + MatchOb.mark + 2] = m.to;
  for (let g = 1; g < groups; g++) {
    i32[p + MatchOb.mark + 4 * g] = m.mark(g, 0);
    i32[p + MatchOb.mark + 4 * g + 2] = m.mark(g, 1);
  }
  PyObject_GC_Track(rt, p);
  return p;
}

export function match_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  match_clear(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

export function match_clear(rt: Runtime, p: Ref): void {
  for (const at of [MatchOb.string, MatchOb.regs, MatchOb.pattern]) clearField(rt, p + at);
}

export function match_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
  for (const at of [MatchOb.string, MatchOb.regs, MatchOb.pattern])
    if (rt.i32[p + at] !== 0) visit(rt.i32[p + at]);
}

/** Start (0) or end (1) of a group, -1 if it did not take part. */
function markOf(rt: Runtime, p: Ref, g: number, which: 0 | 1): number {
  return rt.i32[p + MatchOb.mark + 4 * g + 2 * which];
}

/** Text of group g, or `fallback` (borrowed): a new reference. */
export function matchSlice(rt: Runtime, p: Ref, g: number, fallback: Ref): NewRef {
  const from = markOf(rt, p, g, 0);
  if (from < 0) return newref(rt, fallback);
  return sliceOf(rt, rt.i32[p + MatchOb.string], from, markOf(rt, p, g, 1));
}

/** The number of a group given by number or name. */
function groupIndex(rt: Runtime, p: Ref, index: Ref): number {
  let i = -1;
  if (PyIndex_Check(rt, index)) i = PyNumber_AsSsize_t(rt, index, 0);
  else {
    const found = PyDict_GetItemWithError(rt, rt.i32[rt.i32[p + MatchOb.pattern] + Pat.groupindex], index);
    if (found !== 0 && PyLong_Check(rt, found)) i = PyNumber_AsSsize_t(rt, found, 0);
  }
  if (i < 0 || i >= rt.i32[p + MatchOb.groups]) throw raise(rt, rt.exc.IndexError, "no such group");
  return i;
}

function match_group(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  const i32 = rt.i32;
  if (nargs === 0) return matchSlice(rt, p, 0, rt.None);
  if (nargs === 1) return matchSlice(rt, p, groupIndex(rt, p, i32[args]), rt.None);
  const t = pushed(rt, PyTuple_New(rt, nargs));
  for (let k = 0; k < nargs; k++)
    PyTuple_SET_ITEM(rt, t, k, matchSlice(rt, p, groupIndex(rt, p, i32[args + 2 * k]), rt.None));
  return pop(rt);
}

export function match_getitem(rt: Runtime, p: Ref, index: Ref): NewRef {
  return matchSlice(rt, p, groupIndex(rt, p, index), rt.None);
}

const GROUPS = kwSpec("groups", "default=");
const GROUPDICT = kwSpec("groupdict", "default=");

function match_groups(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const fallback = parseFastKw(rt, GROUPS, args, nargs, kwnames)[0] || rt.None;
  const n = rt.i32[p + MatchOb.groups] - 1;
  const t = pushed(rt, PyTuple_New(rt, n));
  for (let g = 1; g <= n; g++) PyTuple_SET_ITEM(rt, t, g - 1, matchSlice(rt, p, g, fallback));
  return pop(rt);
}

function match_groupdict(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const fallback = parseFastKw(rt, GROUPDICT, args, nargs, kwnames)[0] || rt.None;
  const d = pushed(rt, PyDict_New(rt));
  const index = rt.i32[rt.i32[p + MatchOb.pattern] + Pat.groupindex];
  for (let at = PyDict_Next(rt, index, 0); at >= 0; at = PyDict_Next(rt, index, at)) {
    const key = rt.dictKey;
    const value = pushed(rt, matchSlice(rt, p, groupIndex(rt, p, rt.dictValue), fallback));
    PyDict_SetItem(rt, d, key, value);
    drop(rt);
  }
  return pop(rt);
}

function groupArg(rt: Runtime, name: string, p: Ref, args: number, nargs: number): number {
  checkArgs(rt, name, nargs, 0, 1);
  return nargs === 0 ? 0 : groupIndex(rt, p, rt.i32[args]);
}

function pair(rt: Runtime, a: number, b: number): NewRef {
  const t = pushed(rt, PyTuple_New(rt, 2));
  PyTuple_SET_ITEM(rt, t, 0, PyLong_FromNumber(rt, a));
  PyTuple_SET_ITEM(rt, t, 1, PyLong_FromNumber(rt, b));
  return pop(rt);
}

function match_span(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  const g = groupArg(rt, "span", p, args, nargs);
  return pair(rt, markOf(rt, p, g, 0), markOf(rt, p, g, 1));
}

function match_regs(rt: Runtime, p: Ref): NewRef {
  if (rt.i32[p + MatchOb.regs] === 0) {
    const n = rt.i32[p + MatchOb.groups];
    const t = pushed(rt, PyTuple_New(rt, n));
    for (let g = 0; g < n; g++)
      PyTuple_SET_ITEM(rt, t, g, pair(rt, markOf(rt, p, g, 0), markOf(rt, p, g, 1)));
    rt.i32[p + MatchOb.regs] = pop(rt);
  }
  return newref(rt, rt.i32[p + MatchOb.regs]);
}

function match_lastgroup(rt: Runtime, p: Ref): NewRef {
  const i = rt.i32[p + MatchOb.lastindex];
  const names = rt.i32[rt.i32[p + MatchOb.pattern] + Pat.indexgroup];
  return i >= 0 && i < tupleSize(rt, names) ? newref(rt, tupleItem(rt, names, i)) : rt.None;
}

/** re._compile_template(pattern, template): new reference. */
export function compileTemplate(rt: Runtime, pattern: Ref, template: Ref): NewRef {
  const re = pushed(rt, rt.importHook(internStatic(rt, "re"), 0, 0, 0, 0));
  const f = pushed(rt, getAttrString(rt, re, "_compile_template"));
  const result = PyObject_CallArgs(rt, f, pattern, template);
  drop(rt, 2);
  return result;
}

function match_expand(rt: Runtime, p: Ref, template: Ref): NewRef {
  const t = pushed(rt, compileTemplate(rt, rt.i32[p + MatchOb.pattern], template));
  const result = expandTemplate(rt, t, p);
  drop(rt);
  return result;
}

export function match_repr(rt: Runtime, p: Ref): NewRef {
  const text = pushed(rt, matchSlice(rt, p, 0, rt.None));
  const name = tpName(rt, rt.i32[p + Ob.type]);
  const span = `span=(${markOf(rt, p, 0, 0)}, ${markOf(rt, p, 0, 1)})`;
  const shown = [...reprOf(rt, text)].slice(0, 50).join("");
  drop(rt);
  return PyUnicode_FromJS(rt, `<${name} object; ${span}, match=${shown}>`);
}

const KW = METH.FASTCALL | METH.KEYWORDS;

export const matchMethods: MethodDef[] = [
  { name: "group", flags: METH.FASTCALL, fn: tupled(match_group) },
  {
    name: "start",
    flags: METH.FASTCALL,
    fn: (rt, p, a, n) => PyLong_FromNumber(rt, markOf(rt, p, groupArg(rt, "start", p, a, n), 0)),
    sig: "($self, group=0, /)",
  },
  {
    name: "end",
    flags: METH.FASTCALL,
    fn: (rt, p, a, n) => PyLong_FromNumber(rt, markOf(rt, p, groupArg(rt, "end", p, a, n), 1)),
    sig: "($self, group=0, /)",
  },
  { name: "span", flags: METH.FASTCALL, fn: match_span, sig: "($self, group=0, /)" },
  { name: "groups", flags: KW, fn: match_groups, sig: "($self, /, default=None)" },
  { name: "groupdict", flags: KW, fn: match_groupdict, sig: "($self, /, default=None)" },
  { name: "expand", flags: METH.O, fn: match_expand, sig: "($self, /, template)" },
  { name: "__copy__", flags: METH.NOARGS, fn: (rt, p) => newref(rt, p), sig: "($self, /)" },
  { name: "__deepcopy__", flags: METH.O, fn: (rt, p) => newref(rt, p), sig: "($self, memo, /)" },
  {
    name: "__class_getitem__",
    flags: METH.O | METH.CLASS,
    fn: (rt, cls, item) => Py_GenericAlias(rt, cls, item),
  },
];

export const matchGetSets: GetSetDef[] = [
  {
    name: "lastindex",
    get: (rt, p) =>
      rt.i32[p + MatchOb.lastindex] < 0 ? rt.None : PyLong_FromNumber(rt, rt.i32[p + MatchOb.lastindex]),
  },
  { name: "lastgroup", get: match_lastgroup },
  { name: "regs", get: match_regs },
  { name: "string", get: (rt, p) => newref(rt, rt.i32[p + MatchOb.string]) },
  { name: "re", get: (rt, p) => newref(rt, rt.i32[p + MatchOb.pattern]) },
  { name: "pos", get: (rt, p) => PyLong_FromNumber(rt, rt.i32[p + MatchOb.pos]) },
  { name: "endpos", get: (rt, p) => PyLong_FromNumber(rt, rt.i32[p + MatchOb.endpos]) },
];
