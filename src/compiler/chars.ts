/** Character classes for the tokenizer. */

/** Flag bits of each ASCII character in `CHAR_CLASS`. */
export const enum C {
  DIGIT = 1,
  HEX = 2,
  IDENT = 4,
}

export const CHAR_CLASS: Uint8Array = buildClasses();

function buildClasses(): Uint8Array {
  const table = new Uint8Array(128);
  for (let c = 48; c <= 57; c++) table[c] = C.DIGIT | C.HEX | C.IDENT;
  for (let c = 65; c <= 90; c++) {
    table[c] = table[c + 32] = c <= 70 ? C.IDENT | C.HEX : C.IDENT;
  }
  table[95] = C.IDENT;
  return table;
}

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** Part of an identifier as far as its first scan goes: every non-ASCII character counts. */
export function isIdentChar(c: number): boolean {
  return c >= 128 || (CHAR_CLASS[c] & C.IDENT) !== 0;
}

const XID_START = /^[\p{XID_Start}_]$/u;
const XID_CONTINUE = /^\p{XID_Continue}$/u;
const NOT_PRINTABLE = /^[\p{C}\p{Z}]$/u;

/** The number of leading code units of `text` that form an identifier. */
export function scanIdentifier(text: string): number {
  let at = 0;
  for (const ch of text) {
    if (!(at === 0 ? XID_START : XID_CONTINUE).test(ch)) break;
    at += ch.length;
  }
  return at;
}

/** str.isprintable of one character. */
export function isPrintable(ch: string): boolean {
  return ch === " " || !NOT_PRINTABLE.test(ch);
}

/** The number of UTF-8 bytes of `text` from `from` to `to`. A lone surrogate counts three. */
export function utf8Length(text: string, from: number, to: number): number {
  let bytes = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) bytes += 1;
    else if (c < 0x800) bytes += 2;
    else if (
      c >= 0xd800 &&
      c < 0xdc00 &&
      i + 1 < text.length &&
      (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00
    ) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}
