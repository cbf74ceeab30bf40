/** str.replace and str.translate's neighbours: replacing parts of a string. Part of the object layer. */
import { ssizeArgument } from "./argnumbers.ts";
import { kwSpec, parseFastKw } from "./argparse.ts";
import { overflowError } from "./errors.ts";
import { baseOf, countUnits, findUnits, type Units, unitsOf } from "./fastsearch.ts";
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
  const count = countUnits(unitsOf(rt, kind), base, base + n, needle, at, m, max);
  if (count === 0) return strUnchanged(rt, s);
  const size = n + count * (strLength(rt, to) - m);
  if (size > MAX_STR) throw overflowError(rt, "replace string is too long");
  if (size === 0) return rt.emptyStr;
  const bound = Math.max(maxCharBound(rt, s), maxCharBound(rt, to));
  const p = PyUnicode_New(rt, size, bound);
  fillReplaced(rt, p, s, needle, at, m, to, count);
  const mayShrink = maxCharBound(rt, from) === bound && maxCharBound(rt, to) < bound;
  return mayShrink || bound > 127 ? adjustMaxChar(rt, p) : p;
}

function fillReplaced(
  rt: Runtime,
  p: Ref,
  s: Ref,
  needle: Units,
  at: number,
  m: number,
  to: Ref,
  count: number,
): void {
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  const base = baseOf(kind, w);
  const h = unitsOf(rt, kind);
  const n = strLength(rt, s);
  const pkind = strKind(rt, p);
  const pw = strData(rt, p);
  const tkind = strKind(rt, to);
  const tw = strData(rt, to);
  const tn = strLength(rt, to);
  let i = 0;
  let o = 0;
  for (; count > 0; count--) {
    // An empty needle stands before each character and at the end.
    const j = m === 0 ? i : findUnits(h, base + i, base + n, needle, at, m) - base;
    copyChars(rt, pkind, pw, o, kind, w, i, j - i);
    o += j - i;
    copyChars(rt, pkind, pw, o, tkind, tw, 0, tn);
    o += tn;
    i = j + m;
    if (m === 0 && i < n) copyChars(rt, pkind, pw, o++, kind, w, i++, 1);
  }
  copyChars(rt, pkind, pw, o, kind, w, i, n - i);
}

const REPLACE = kwSpec("replace", "old, new, /, count=");

export function str_replace(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [from, to, count] = parseFastKw(rt, REPLACE, args, nargs, kwnames);
  argStr(rt, "replace", "argument 1", from);
  argStr(rt, "replace", "argument 2", to);
  const max = count === 0 ? -1 : ssizeArgument(rt, count);
  return PyUnicode_Replace(rt, self, from, to, max);
}
