/** Text helpers of the number types: digits and spaces of any script, reprs in messages. Part of the object layer. */
import { PyObject_Repr } from "./abstract.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { jsString } from "./str.ts";
import type { Ref } from "./typeinfo.ts";

/** repr of an object as JavaScript text, at most `max` characters: %.200R in a message. */
export function reprText(rt: Runtime, o: Ref, max = Number.POSITIVE_INFINITY): string {
  const r = PyObject_Repr(rt, o);
  const text = jsString(rt, r);
  decref(rt, r);
  return text.length > max ? text.slice(0, max) : text;
}

const NON_ASCII = /[^\0-\x7f]/;
const UNICODE_SPACE = /[\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * _PyUnicode_TransformDecimalAndSpaceToASCII: decimal digits of any script become 0-9, any white space a space, any other
 * non-ASCII character "?".
 */
export function transformDecimalAndSpace(text: string): string {
  if (!NON_ASCII.test(text) && !UNICODE_SPACE.test(text)) return text;
  let out = "";
  for (const c of text) out += UNICODE_SPACE.test(c) ? " " : c < "\x80" ? c : decimalDigit(c);
  return out;
}

const DECIMAL = /\p{Nd}/u;

/** The digits of a script stand in runs of ten; a run begins after a character that is no digit or on a multiple of ten. */
function decimalDigit(c: string): string {
  if (!DECIMAL.test(c)) return "?";
  const cp = c.codePointAt(0)!;
  let start = cp;
  while (DECIMAL.test(String.fromCodePoint(start - 1))) start--;
  return String((cp - start) % 10);
}

/** The bytes of a bytes or bytearray object, one character each. */
export function bytesAsLatin1(rt: Runtime, o: Ref): string {
  const view = infoOf(rt, o).bf_getbuffer!(rt, o, false);
  let text = "";
  for (let i = 0; i < view.len; i++) text += String.fromCharCode(rt.u8[view.buf + i]);
  infoOf(rt, o).bf_releasebuffer?.(rt, o, view);
  decref(rt, view.obj);
  return text;
}
