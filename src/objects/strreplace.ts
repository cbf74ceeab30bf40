/** str.replace and str.translate's neighbours: replacing parts of a string. Part of the object layer. */
import { ssizeArgument } from "./argnumbers.ts";
import { kwSpec, parseFastKw } from "./argparse.ts";
import { PyUnicode_Check } from "./check.ts";
import { tooLong } from "./errors.ts";
import { baseOf, findUnits, type Units, unitsOf } from "./fastsearch.ts";
import type { Runtime } from "./runtime.ts";
import { copyChars, maxCharBound, PyUnicode_New, strData, strKind, strLength } from "./str.ts";
import { MAX_STR } from "./strconcat.ts";
import { argStr, strUnchanged } from "./strnew.ts";
import { adjustMaxChar } from "./strsearch.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** PyUnicode_Replace: at most `max` replacements, all when it is negative. */
export function PyUnicode_Replace(rt: Runtime, s: Ref, from: Ref, to: Ref, max: number): NewRef {
  if (max < 0) max = Infinity;
  const n = strLength(rt, s);
  const m = strLength(rt, from);
  const kind = strKind(rt, s);
  const fromKind = strKind(rt, from);
  if (max === 0 || n < m || kind < fromKind || from === to) return strUnchanged(rt, s);
  const base = baseOf(kind, strData(rt, s));
  const needle = unitsOf(rt, fromKind);
  const at = baseOf(fromKind, strData(rt, from));
  const found = positions(unitsOf(rt, kind), base, n, needle, at, m, max);
  const count = found.length;
  if (count === 0) return strUnchanged(rt, s);
  const size = n + count * (strLength(rt, to) - m);
  if (size > MAX_STR) throw tooLong(rt, size, "replace string is too long");
  if (size === 0) return rt.emptyStr;
  const bound = Math.max(maxCharBound(rt, s), maxCharBound(rt, to));
  const p = PyUnicode_New(rt, size, bound);
  fillReplaced(rt, p, s, m, to, found);
  const mayShrink = maxCharBound(rt, from) === bound && maxCharBound(rt, to) < bound;
  return mayShrink || bound > 127 ? adjustMaxChar(rt, p) : p;
}

/** Where the needle stands in n elements from `base`, at most `max` places. An empty one stands before each and at the end. */
function positions(
  h: Units,
  base: number,
  n: number,
  needle: Units,
  at: number,
  m: number,
  max: number,
): number[] {
  const found: number[] = [];
  if (m === 0) {
    for (let i = 0; i <= n && found.length < max; i++) found.push(i);
    return found;
  }
  for (let i = base; found.length < max; i += m) {
    i = findUnits(h, i, base + n, needle, at, m);
    if (i < 0) break;
    found.push(i - base);
  }
  return found;
}

/** Writes s with the m characters at each position replaced by `to`. */
function fillReplaced(rt: Runtime, p: Ref, s: Ref, m: number, to: Ref, found: number[]): void {
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  const pkind = strKind(rt, p);
  const pw = strData(rt, p);
  const tkind = strKind(rt, to);
  const tw = strData(rt, to);
  const tn = strLength(rt, to);
  let i = 0;
  let o = 0;
  for (let k = 0; k < found.length; k++) {
    const j = found[k];
    copyChars(rt, pkind, pw, o, kind, w, i, j - i);
    o += j - i;
    copyChars(rt, pkind, pw, o, tkind, tw, 0, tn);
    o += tn;
    i = j + m;
  }
  copyChars(rt, pkind, pw, o, kind, w, i, strLength(rt, s) - i);
}

const REPLACE = kwSpec("replace", "old, new, /, count=");

export function str_replace(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  if (kwnames === 0 && nargs === 2) {
    const from = rt.i32[args];
    const to = rt.i32[args + 2];
    if (PyUnicode_Check(rt, from) && PyUnicode_Check(rt, to))
      return PyUnicode_Replace(rt, self, from, to, -1);
  }
  const [from, to, count] = parseFastKw(rt, REPLACE, args, nargs, kwnames);
  argStr(rt, "replace", "argument 1", from);
  argStr(rt, "replace", "argument 2", to);
  const max = count === 0 ? -1 : ssizeArgument(rt, count);
  return PyUnicode_Replace(rt, self, from, to, max);
}
