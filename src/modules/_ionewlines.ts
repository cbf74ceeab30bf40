/** Translation of line ends: what IncrementalNewlineDecoder, StringIO and TextIOWrapper share. Part of the modules. */
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS, strData, strKind, strLength } from "../objects/str.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";

/** Bits of the line ends seen. */
export const enum Seen {
  CR = 1,
  LF = 2,
  CRLF = 4,
}

export interface NewlineState {
  translate: boolean;
  pendingcr: boolean;
  seen: number;
}

/** Has a str a carriage return? */
export function hasCR(rt: Runtime, s: Ref): boolean {
  const n = strLength(rt, s);
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  if (kind === 1) return rt.u8.subarray(w * 4, w * 4 + n).includes(13);
  if (kind === 2) return rt.u16.subarray(w * 2, w * 2 + n).includes(13);
  return rt.u32.subarray(w, w + n).includes(13);
}

/** Decoded text with its line ends noted and, if asked, turned into "\n" (new reference). A "\r" at the end waits. */
export function translateNewlines(rt: Runtime, state: NewlineState, text: Ref, final: boolean): NewRef {
  if (!state.pendingcr && !hasCR(rt, text)) {
    if ((state.seen & Seen.LF) === 0 && strLength(rt, text) > 0 && jsString(rt, text).includes("\n"))
      state.seen |= Seen.LF;
    return newref(rt, text);
  }
  let s = jsString(rt, text);
  if (state.pendingcr && (s !== "" || final)) {
    s = `\r${s}`;
    state.pendingcr = false;
  }
  if (s.endsWith("\r") && !final) {
    s = s.slice(0, -1);
    state.pendingcr = true;
  }
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c === 10) state.seen |= Seen.LF;
    else if (c === 13) {
      if (s.charCodeAt(i + 1) === 10) {
        state.seen |= Seen.CRLF;
        i++;
      } else state.seen |= Seen.CR;
    }
  }
  return PyUnicode_FromJS(rt, state.translate ? s.replace(/\r\n?/g, "\n") : s);
}

/** The attribute `newlines`: None, a str, or a tuple. */
export function seenNewlines(rt: Runtime, seen: number): NewRef {
  const names: string[] = [];
  if ((seen & Seen.CR) !== 0) names.push("\r");
  if ((seen & Seen.LF) !== 0) names.push("\n");
  if ((seen & Seen.CRLF) !== 0) names.push("\r\n");
  if (names.length === 0) return rt.None;
  if (names.length === 1) return PyUnicode_FromJS(rt, names[0]);
  const t = pushed(rt, PyTuple_New(rt, names.length));
  names.forEach((name, i) => PyTuple_SET_ITEM(rt, t, i, PyUnicode_FromJS(rt, name)));
  return pop(rt);
}

/** Index after the end of the line that starts at `from`, or -1. `mode`: "\n" only, universal, or a given end. */
export function lineEnd(rt: Runtime, s: Ref, from: number, mode: string | null): number {
  const kind = strKind(rt, s);
  const units = kind === 1 ? rt.u8 : kind === 2 ? rt.u16 : rt.u32;
  const at = (strData(rt, s) * 4) / kind;
  const end = at + strLength(rt, s);
  const found = mode === "\n" ? unitFrom(units, 10, at + from, end) : lineEndOf(units, at + from, end, mode);
  return found < 0 ? -1 : found - at;
}

type Units = Uint8Array | Uint16Array | Uint32Array;

/** Index after the first such unit, or -1. Not indexOf, which would go on through the heap behind the text. */
function unitFrom(units: Units, unit: number, from: number, end: number): number {
  for (let i = from; i < end; i++) if (units[i] === unit) return i + 1;
  return -1;
}

function lineEndOf(units: Units, from: number, end: number, mode: string | null): number {
  if (mode === "\r") return unitFrom(units, 13, from, end);
  for (let i = from; i < end; i++) {
    const c = units[i];
    if (c === 10 && mode === null) return i + 1;
    if (c !== 13) continue;
    if (i + 1 < end && units[i + 1] === 10) return i + 2;
    if (mode === null) return i + 1;
  }
  return -1;
}
