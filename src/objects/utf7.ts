/** UTF-7 (RFC 2152). Part of the object layer. */

import { PyBytes_FromArray } from "./bytes.ts";
import { Decoding } from "./decode.ts";
import type { Runtime } from "./runtime.ts";
import { charAt, strLength } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { consumedBytes } from "./utf8.ts";

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PLUS = 43;
const MINUS = 45;

/** Characters that stand for themselves when encoding: letters, digits, '(),-./:? and what RFC 2152 calls optional, and space. */
function isDirect(c: number): boolean {
  if (c === 9 || c === 10 || c === 13) return true;
  return c >= 32 && c < 126 && c !== PLUS && c !== 92;
}

const isBase64 = (c: number): boolean => c < 128 && BASE64.includes(String.fromCharCode(c));

/** _PyUnicode_EncodeUTF7 */
export function encodeUtf7(rt: Runtime, s: Ref): NewRef {
  const out: number[] = [];
  let bits = 0;
  let nbits = 0;
  let shifted = false;
  const flush = (): void => {
    while (nbits >= 6) {
      out.push(BASE64.charCodeAt((bits >>> (nbits - 6)) & 63));
      nbits -= 6;
    }
    bits &= (1 << nbits) - 1;
  };
  const unit = (u: number): void => {
    bits = (bits << 16) | u;
    nbits += 16;
    flush();
  };
  for (let i = 0; i < strLength(rt, s); i++) {
    const c = charAt(rt, s, i);
    if (shifted && isDirect(c)) {
      if (nbits > 0) out.push(BASE64.charCodeAt((bits << (6 - nbits)) & 63));
      bits = nbits = 0;
      shifted = false;
      if (isBase64(c) || c === MINUS) out.push(MINUS);
      out.push(c);
    } else if (!shifted && c === PLUS) out.push(PLUS, MINUS);
    else if (!shifted && isDirect(c)) out.push(c);
    else {
      if (!shifted) out.push(PLUS);
      shifted = true;
      if (c >= 0x10000) {
        unit(0xd7c0 + (c >> 10));
        unit(0xdc00 | (c & 0x3ff));
      } else unit(c);
    }
  }
  if (nbits > 0) out.push(BASE64.charCodeAt((bits << (6 - nbits)) & 63));
  if (shifted) out.push(MINUS);
  return PyBytes_FromArray(rt, out);
}

/** The state of a shift sequence being decoded. */
class Shift {
  /** Position of the '+'. */
  start = 0;
  active = false;
  bits = 0;
  nbits = 0;
  surrogate = 0;
  /** Characters held back until the sequence ends, where more input may come. */
  readonly chars: number[] = [];

  begin(at: number): void {
    this.start = at;
    this.active = true;
    this.bits = this.nbits = this.surrogate = 0;
    this.chars.length = 0;
  }

  /** Takes a base64 character's value. */
  take(v: number): void {
    this.bits = ((this.bits << 6) | v) >>> 0;
    this.nbits += 6;
    if (this.nbits < 16) return;
    this.nbits -= 16;
    const u = (this.bits >>> this.nbits) & 0xffff;
    this.bits &= (1 << this.nbits) - 1;
    this.unit(u);
  }

  private unit(u: number): void {
    if (this.surrogate !== 0) {
      if (u >= 0xdc00 && u <= 0xdfff) {
        this.chars.push(0x10000 + ((this.surrogate & 0x3ff) << 10) + (u & 0x3ff));
        this.surrogate = 0;
        return;
      }
      this.chars.push(this.surrogate);
      this.surrogate = 0;
    }
    if (u >= 0xd800 && u <= 0xdbff) this.surrogate = u;
    else this.chars.push(u);
  }
}

/** PyUnicode_DecodeUTF7Stateful */
export function decodeUtf7(rt: Runtime, at: number, n: number, errors: string, final = true): NewRef {
  const d = new Decoding(rt, "utf7", at, n, errors);
  const shift = new Shift();
  while (d.pos < d.n) {
    const c = d.byte(d.pos);
    if (shift.active) inShift(d, shift, c);
    else plain(d, shift, c);
  }
  consumedBytes.n = d.pos;
  if (shift.active) endInShift(d, shift, final);
  return d.finish();
}

function plain(d: Decoding, shift: Shift, c: number): void {
  if (c === PLUS) {
    const next = d.pos + 1 < d.n ? d.byte(d.pos + 1) : -1;
    if (next === MINUS) {
      d.put(PLUS);
      d.pos += 2;
    } else if (next >= 0 && !isBase64(next)) d.error(d.pos, d.pos + 2, "ill-formed sequence");
    else {
      shift.begin(d.pos);
      d.pos++;
    }
  } else if (c < 128) {
    d.put(c);
    d.pos++;
  } else d.error(d.pos, d.pos + 1, "unexpected special character");
}

function flush(d: Decoding, shift: Shift): void {
  for (const c of shift.chars) d.put(c);
  shift.chars.length = 0;
}

function inShift(d: Decoding, shift: Shift, c: number): void {
  if (isBase64(c)) {
    shift.take(BASE64.indexOf(String.fromCharCode(c)));
    d.pos++;
    return;
  }
  shift.active = false;
  flush(d, shift);
  if (shift.nbits >= 6) d.error(shift.start, d.pos + 1, "partial character in shift sequence");
  else if (shift.bits !== 0) d.error(shift.start, d.pos + 1, "non-zero padding bits in shift sequence");
  else leave(d, shift, c);
}

function leave(d: Decoding, shift: Shift, c: number): void {
  if (shift.surrogate !== 0 && c < 128 && c !== PLUS) d.put(shift.surrogate);
  if (c === MINUS) d.pos++;
}

function endInShift(d: Decoding, shift: Shift, final: boolean): void {
  if (!final) {
    consumedBytes.n = shift.start;
    return;
  }
  const incomplete = shift.surrogate !== 0 || shift.nbits >= 6 || (shift.nbits > 0 && shift.bits !== 0);
  flush(d, shift);
  if (incomplete) d.error(shift.start, d.n, "unterminated shift sequence");
}
