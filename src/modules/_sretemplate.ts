/**
 * The replacement text of sub() and expand(), split by re._parser into literals and group numbers. Part of the modules.
 *
 *   byte  0      16
 *         | head | parts: a tuple (literal, group, literal, ..., literal) |
 */
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs } from "../objects/argparse.ts";
import { PyObject_CallMethodOneArg } from "../objects/call.ts";
import { PyList_Check, PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { Ob } from "../objects/layout.ts";
import { listAppendSteal, listItem, listSize, PyList_AsTuple, PyList_New } from "../objects/list.ts";
import { PyLong_AsSsize_t } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { PyUnicode_Join } from "../objects/strjoin.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, Ref, Visit } from "../objects/typeinfo.ts";
import { matchSlice } from "./_srematchobject.ts";
import { Pat, sreState } from "./_srepattern.ts";

export const enum Template {
  parts = 4,
  BYTES = 40,
}

/** _sre.template(pattern, list) */
export function sre_template(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "template", nargs, 2, 2);
  const [pattern, list] = [rt.i32[args], rt.i32[args + 2]];
  if (rt.i32[pattern + Ob.type] !== sreState(rt).pattern)
    throw typeError(rt, "template() argument 1 must be re.Pattern");
  if (!PyList_Check(rt, list) || (listSize(rt, list) & 1) === 0) throw typeError(rt, "invalid template");
  for (let i = 1; i < listSize(rt, list); i += 2) {
    const group = listItem(rt, list, i);
    const g = PyLong_Check(rt, group) ? PyLong_AsSsize_t(rt, group) : -1;
    if (g < 0 || g > rt.i32[pattern + Pat.groups]) throw valueError(rt, "invalid template");
  }
  const type = sreState(rt).template;
  const t = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[t + Template.parts] = PyList_AsTuple(rt, list);
  return t;
}

/** Joins the items of a list of str or of bytes; `text`: which. */
export function joinParts(rt: Runtime, list: Ref, text: boolean): NewRef {
  if (text) return PyUnicode_Join(rt, rt.emptyStr, list);
  return PyObject_CallMethodOneArg(rt, rt.emptyBytes, internStatic(rt, "join"), list);
}

export function isTemplate(rt: Runtime, o: Ref): boolean {
  return rt.i32[o + Ob.type] === sreState(rt).template;
}

/** The literal of a template without groups, borrowed, or 0. */
export function literalOf(rt: Runtime, t: Ref): Ref {
  const parts = rt.i32[t + Template.parts];
  return tupleSize(rt, parts) === 1 ? tupleItem(rt, parts, 0) : 0;
}

/** The text of a template for a match. */
export function expandTemplate(rt: Runtime, t: Ref, match: Ref): NewRef {
  const parts = rt.i32[t + Template.parts];
  const first = tupleItem(rt, parts, 0);
  const n = tupleSize(rt, parts);
  if (n === 1) return newref(rt, first);
  const text = PyUnicode_Check(rt, first);
  const empty = text ? rt.emptyStr : rt.emptyBytes;
  const list = pushed(rt, PyList_New(rt, 0));
  for (let i = 0; i < n; i++) {
    const part = tupleItem(rt, parts, i);
    const piece = (i & 1) === 0 ? newref(rt, part) : matchSlice(rt, match, PyLong_AsSsize_t(rt, part), empty);
    listAppendSteal(rt, list, piece);
  }
  const result = joinParts(rt, list, text);
  drop(rt);
  return result;
}

export function template_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + Template.parts);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

export function template_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
  if (rt.i32[p + Template.parts] !== 0) visit(rt.i32[p + Template.parts]);
}
