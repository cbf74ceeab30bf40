/** Numbers: the tokenizer's part, which finds where a literal ends and refuses what only looks like one. */
import { C, CHAR_CLASS, isDigit, isIdentChar } from "./chars.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Moves `t.i` from a digit, or from a point with a digit after it, to the end of the number. */
export function scanNumber(t: Tokenizer, start: number): void {
  const src = t.src;
  const c = src.charCodeAt(start);
  if (c === 46) {
    fraction(t);
    return;
  }
  if (c === 48) {
    const x = src.charCodeAt(start + 1) | 32;
    t.i = start + 2;
    if (x === 120) {
      radix(t, C.HEX, 16, "hexadecimal");
      return;
    }
    if (x === 111) {
      radix(t, C.DIGIT, 8, "octal");
      return;
    }
    if (x === 98) {
      radix(t, C.DIGIT, 2, "binary");
      return;
    }
    t.i = start;
    leadingZero(t, start);
    return;
  }
  decimalTail(t);
  afterInteger(t);
}

function radix(t: Tokenizer, cls: number, base: number, name: string): void {
  const src = t.src;
  let c = src.charCodeAt(t.i);
  for (;;) {
    if (c === 95) c = src.charCodeAt(++t.i);
    if (!isRadixDigit(c, cls, base)) {
      if (base !== 16 && isDigit(c)) badDigit(t, c, name);
      t.fail(`invalid ${name} literal`);
    }
    while (isRadixDigit(c, cls, base)) c = src.charCodeAt(++t.i);
    if (c !== 95) break;
  }
  if (base !== 16 && isDigit(c)) badDigit(t, c, name);
  verifyEnd(t, name);
}

function badDigit(t: Tokenizer, c: number, name: string): never {
  t.i++;
  t.fail(`invalid digit '${String.fromCharCode(c)}' in ${name} literal`);
}

function isRadixDigit(c: number, cls: number, base: number): boolean {
  return c < 128 && (CHAR_CLASS[c] & cls) !== 0 && (base === 16 || c < 48 + base);
}

/** Zeros, and perhaps what makes them the start of a float or an imaginary number. */
function leadingZero(t: Tokenizer, start: number): void {
  const src = t.src;
  let c = src.charCodeAt(t.i);
  for (;;) {
    if (c === 95) {
      c = src.charCodeAt(++t.i);
      if (!isDigit(c)) t.fail("invalid decimal literal");
    }
    if (c !== 48) break;
    c = src.charCodeAt(++t.i);
  }
  // CPython counts the character after the zeros in, too.
  const zerosEnd = t.i + 1;
  const nonzero = isDigit(c);
  if (nonzero) decimalTail(t);
  c = src.charCodeAt(t.i);
  if (c === 46 || (c | 32) === 101 || (c | 32) === 106) {
    afterInteger(t);
    return;
  }
  if (nonzero) {
    const msg =
      "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
    t.failAt(msg, start + 1 - t.lineStart, zerosEnd - t.lineStart);
  }
  verifyEnd(t, "decimal");
}

/** From a digit over digits and single underscores. */
function decimalTail(t: Tokenizer): void {
  const src = t.src;
  for (;;) {
    let c = src.charCodeAt(++t.i);
    while (c >= 48 && c <= 57) c = src.charCodeAt(++t.i);
    if (c !== 95) return;
    if (!isDigit(src.charCodeAt(++t.i))) t.fail("invalid decimal literal");
  }
}

function afterInteger(t: Tokenizer): void {
  if (t.src.charCodeAt(t.i) === 46) fraction(t);
  else exponent(t);
}

/** From the point. */
function fraction(t: Tokenizer): void {
  t.i++;
  if (isDigit(t.src.charCodeAt(t.i))) decimalTail(t);
  exponent(t);
}

function exponent(t: Tokenizer): void {
  const src = t.src;
  if ((src.charCodeAt(t.i) | 32) === 101) {
    const e = t.i;
    let c = src.charCodeAt(++t.i);
    if (c === 43 || c === 45) {
      c = src.charCodeAt(++t.i);
      if (!isDigit(c)) t.fail("invalid decimal literal");
    } else if (!isDigit(c)) {
      t.i = e;
      verifyEnd(t, "decimal");
      return;
    }
    decimalTail(t);
  }
  if ((src.charCodeAt(t.i) | 32) === 106) {
    t.i++;
    verifyEnd(t, "imaginary");
  } else verifyEnd(t, "decimal");
}

/** Keywords that may follow a number in valid code, for now with a warning, by their first letters. */
const FOLLOWER = /(?:(?:and|else|for|or|not)(?![\w\x80-\uffff])|i[fns])/y;

function verifyEnd(t: Tokenizer, name: string): void {
  const { src, i } = t;
  const c = src.charCodeAt(i);
  if (!isIdentChar(c) || c >= 128) return;
  FOLLOWER.lastIndex = i;
  if (FOLLOWER.test(src)) {
    t.warn("SyntaxWarning", `invalid ${name} literal`);
    return;
  }
  t.fail(`invalid ${name} literal`);
}
