/** Translation of line ends: what IncrementalNewlineDecoder, StringIO and TextIOWrapper share. Part of the modules. */
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop } from "../objects/stack.ts";
import { isAscii, jsString, PyUnicode_FromJS, strData, strKind, strLength } from "../objects/str.ts";
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
  const n = strLength(rt, s);
  if (mode === "\n" && strKind(rt, s) === 1) {
    const at = strData(rt, s) * 4;
    const i = rt.u8.indexOf(10, at + from) - at;
    return i >= from && i < n ? i + 1 : -1;
  }
  const points = isAscii(rt, s) || strKind(rt, s) < 4;
  const text = jsString(rt, s);
  if (!points) return lineEndOf([...text], from, mode);
  return lineEndOf(text, from, mode);
}

function lineEndOf(text: string | string[], from: number, mode: string | null): number {
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c !== "\n" && c !== "\r") continue;
    if (mode === "\n") {
      if (c === "\n") return i + 1;
    } else if (mode === null) {
      if (c === "\n") return i + 1;
      if (i + 1 < text.length) return text[i + 1] === "\n" ? i + 2 : i + 1;
      return i + 1;
    } else if (mode === "\r") {
      if (c === "\r") return i + 1;
    } else if (c === "\r" && text[i + 1] === "\n") return i + 2;
  }
  return -1;
}
