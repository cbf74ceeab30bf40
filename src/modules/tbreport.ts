/**
 * An exception with its chain, groups and tracebacks, read off the heap into plain data for printing (the first half of
 * what CPython's traceback.TracebackException does). Part of modules/.
 */
import { PyObject_GetOptionalAttr, PyObject_Repr, PyObject_Str } from "../objects/abstract.ts";
import {
  PyBytes_Check,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
} from "../objects/check.ts";
import { codePosition } from "../objects/code.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { suppressesContext } from "../objects/exceptions.ts";
import { Group, isExceptionGroup } from "../objects/excgroup.ts";
import { Code, Exc, Ob, Tb, Tuple } from "../objects/layout.ts";
import { numberOrNaN } from "../objects/long.ts";
import { catching } from "../objects/nativecall.ts";
import type { Runtime } from "../objects/runtime.ts";
import {
  PySequence_Check,
  PySequence_Fast_GET_SIZE,
  PySequence_Fast_ITEMS,
  PySequence_List,
} from "../objects/sequence.ts";
import { drop, push } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import { SynErr } from "../objects/syntaxerror.ts";
import { tbCode } from "../objects/traceback.ts";
import { tupleItem } from "../objects/tuple.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import type { FrameSummary } from "./tbframe.ts";
import { suggestionFor } from "./tbnames.ts";
import type { SourceLines } from "./tbsource.ts";

/** Where a SyntaxError points; null where a field is None. */
export interface SyntaxDetails {
  filename: string | null;
  line: string | null;
  endLine: string | null;
  text: string | null;
  offset: number | null;
  endOffset: number | null;
  message: string | null;
}

export interface Report {
  frames: FrameSummary[];
  /** Name of the type, qualified by its module unless that is builtins or `__main__`. */
  type: string;
  /** str(exception) with a suggestion. */
  text: string;
  /** str(exception) alone. */
  plainText: string;
  notes: string[];
  syntax: SyntaxDetails | null;
  suppressContext: boolean;
  cause: Report | null;
  context: Report | null;
  /** The members of an exception group, else null. */
  members: Report[] | null;
}

/** The report of an exception (borrowed) and of all that is chained to it; each exception is reported once. */
export function makeReport(rt: Runtime, exc: Ref, sources: SourceLines): Report {
  const seen = new Set<Ref>();
  const top = single(rt, exc, sources, seen);
  const queue: [Report, Ref][] = [[top, exc]];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [report, e] = next;
    const link = (other: OptRef): Report | null =>
      other === 0 || seen.has(other) ? null : single(rt, other, sources, seen);
    const cause = rt.i32[e + Exc.cause];
    const context = rt.i32[e + Exc.context];
    report.cause = link(cause);
    report.context = link(context);
    const members = isExceptionGroup(rt, e) ? membersOf(rt, e) : null;
    report.members = members === null ? null : members.map((member) => single(rt, member, sources, seen));
    if (report.cause !== null) queue.push([report.cause, cause]);
    if (report.context !== null) queue.push([report.context, context]);
    members?.forEach((member, k) => {
      queue.push([report.members![k], member]);
    });
  }
  return top;
}

function membersOf(rt: Runtime, eg: Ref): Ref[] {
  const excs = rt.i32[eg + Group.excs];
  return Array.from({ length: rt.i32[excs + Tuple.size] }, (_, k) => tupleItem(rt, excs, k));
}

/** The report of one exception, not yet linked to others. */
function single(rt: Runtime, exc: Ref, sources: SourceLines, seen: Set<Ref>): Report {
  seen.add(exc);
  const type = rt.i32[exc + Ob.type];
  const frames = framesOf(rt, exc, sources);
  const plainText = safeText(rt, exc, "exception");
  return {
    frames,
    type: qualifiedTypeName(rt, type),
    text: plainText + (suggestionFor(rt, exc) ?? ""),
    plainText,
    notes: notesOf(rt, exc),
    syntax: PyType_IsSubtype(rt, type, rt.exc.SyntaxError) ? syntaxDetails(rt, exc) : null,
    suppressContext: suppressesContext(rt, exc),
    cause: null,
    context: null,
    members: null,
  };
}

/** Runs what may raise; its result, or `failed` if it raised. */
export function guarded<T>(rt: Runtime, work: () => T, failed: T): T {
  return catching(rt, rt.exc.BaseException, failed, work);
}

/** str(o), or words that say that it failed. */
function safeText(rt: Runtime, o: Ref, what: string): string {
  return guarded(rt, () => textOf(rt, o, PyObject_Str), `<${what} str() failed>`);
}

function textOf(rt: Runtime, o: Ref, how: (rt: Runtime, o: Ref) => Ref): string {
  const s = how(rt, o);
  const text = jsString(rt, s);
  push(rt, s);
  drop(rt);
  return text;
}

/** A str attribute, or null. */
function strAttribute(rt: Runtime, o: Ref, name: Ref): string | null {
  return guarded(
    rt,
    () => {
      const value = PyObject_GetOptionalAttr(rt, o, name);
      push(rt, value);
      const text = value !== 0 && PyUnicode_Check(rt, value) ? jsString(rt, value) : null;
      drop(rt);
      return text;
    },
    null,
  );
}

function qualifiedTypeName(rt: Runtime, type: Ref): string {
  const name = strAttribute(rt, type, rt.names.__qualname__) ?? "<unknown>";
  const module = strAttribute(rt, type, rt.names.__module__);
  if (module === "builtins" || module === "__main__") return name;
  return `${module ?? "<unknown>"}.${name}`;
}

/** `__notes__` as lines to print after the exception. */
function notesOf(rt: Runtime, exc: Ref): string[] {
  const failed = ["Ignored error getting __notes__: <__notes__ repr() failed>"];
  return guarded(rt, () => readNotes(rt, exc), failed);
}

function readNotes(rt: Runtime, exc: Ref): string[] {
  const notes = PyObject_GetOptionalAttr(rt, exc, rt.names.__notes__);
  if (notes === 0 || notes === rt.None) return [];
  push(rt, notes);
  const out: string[] = [];
  const listed = PyList_Check(rt, notes) || PyTuple_Check(rt, notes);
  const text = PyUnicode_Check(rt, notes) || PyBytes_Check(rt, notes);
  if (!listed || text || !PySequence_Check(rt, notes)) {
    out.push(guarded(rt, () => textOf(rt, notes, PyObject_Repr), "<__notes__ repr() failed>"));
  } else {
    const list = push(rt, PySequence_List(rt, notes));
    const fast = rt.i32[list];
    for (let k = 0; k < PySequence_Fast_GET_SIZE(rt, fast); k++) {
      out.push(...safeText(rt, rt.i32[PySequence_Fast_ITEMS(rt, fast) + 2 * k], "note").split("\n"));
    }
    drop(rt);
  }
  drop(rt);
  return out;
}

function syntaxDetails(rt: Runtime, exc: Ref): SyntaxDetails {
  const field = (at: number) => rt.i32[exc + at];
  const text = (p: OptRef) => (p === 0 || p === rt.None ? null : safeText(rt, p, "exception"));
  const number = (p: OptRef) => (p !== 0 && PyLong_Check(rt, p) ? numberOrNaN(rt, p) : null);
  return {
    filename: text(field(SynErr.filename)),
    line: text(field(SynErr.lineno)),
    endLine: text(field(SynErr.end_lineno)),
    text: text(field(SynErr.text)),
    offset: number(field(SynErr.offset)),
    endOffset: number(field(SynErr.end_offset)),
    message: text(field(SynErr.msg)),
  };
}

/** The traceback's entries; sys.tracebacklimit keeps the last ones. */
function framesOf(rt: Runtime, exc: Ref, sources: SourceLines): FrameSummary[] {
  const entries: Ref[] = [];
  for (let tb = rt.i32[exc + Exc.traceback]; tb !== 0; tb = rt.i32[tb + Tb.next]) entries.push(tb);
  const limit = tracebackLimit(rt);
  const kept = limit === null ? entries : entries.slice(entries.length - limit);
  return kept.map((tb) => summary(rt, tb, sources));
}

function tracebackLimit(rt: Runtime): number | null {
  const limit = rt.sysDict === 0 ? 0 : dict_getitem_str(rt, rt.sysDict, "tracebacklimit");
  if (limit === 0 || !PyLong_Check(rt, limit)) return null;
  return Math.max(0, numberOrNaN(rt, limit) || 0);
}

function summary(rt: Runtime, tb: Ref, sources: SourceLines): FrameSummary {
  const code = tbCode(rt, tb);
  const position = codePosition(rt, code, rt.i32[tb + Tb.lasti]);
  const given = rt.i32[tb + Tb.lineno];
  const line = position.line > 0 ? position.line : given;
  const endLine = position.endLine > 0 ? position.endLine : line;
  const filename = jsString(rt, rt.i32[code + Code.filename]);
  return {
    filename,
    name: jsString(rt, rt.i32[code + Code.name]),
    line,
    endLine,
    col: position.col,
    endCol: position.endCol,
    source: line > 0 && endLine >= line ? sources.get(filename, line, endLine) : [],
  };
}
