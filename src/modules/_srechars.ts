/** Classes and sets of characters of the regular expression engine. Part of the modules; knows nothing of the heap. */
import { LOWER, UPPER } from "../objects/unicode/casemap.ts";
import { CF, flagsOf, isLineBreak, isSpace } from "../objects/unicode/db.ts";
import { Op } from "./_sreops.ts";

export function asciiLower(c: number): number {
  return c >= 65 && c <= 90 ? c + 32 : c;
}

export function asciiUpper(c: number): number {
  return c >= 97 && c <= 122 ? c - 32 : c;
}

export function unicodeLower(c: number): number {
  return c < 128 ? asciiLower(c) : LOWER.one(c);
}

export function unicodeUpper(c: number): number {
  return c < 128 ? asciiUpper(c) : UPPER.one(c);
}

function isAsciiDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function isAsciiSpace(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}

export function isAsciiWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || isAsciiDigit(c) || c === 95;
}

export function isUnicodeWord(c: number): boolean {
  return c < 128 ? isAsciiWord(c) : (flagsOf(c) & CF.ALNUM) !== 0;
}

/** Is c of category `which`? Odd numbers are the negations. */
function inCategory(which: number, c: number): boolean {
  return isOfClass(which >> 1, c) !== ((which & 1) === 1);
}

function isOfClass(k: number, c: number): boolean {
  switch (k) {
    case 0:
      return isAsciiDigit(c);
    case 1:
      return isAsciiSpace(c);
    case 2:
    case 4:
      return isAsciiWord(c);
    case 3:
      return c === 10;
    case 5:
      return c < 128 ? isAsciiDigit(c) : (flagsOf(c) & CF.DECIMAL) !== 0;
    case 6:
      return isSpace(c);
    case 7:
      return isUnicodeWord(c);
    default:
      return isLineBreak(c);
  }
}

/** Does the set that starts at `pc` (after IN and its skip) hold c? (SRE(charset)) */
export function inCharset(code: Int32Array, start: number, c: number): boolean {
  let pc = start;
  let ok = true;
  for (;;) {
    switch (code[pc++]) {
      case Op.FAILURE:
        return !ok;
      case Op.LITERAL:
        if (c === code[pc]) return ok;
        pc++;
        break;
      case Op.CATEGORY:
        if (inCategory(code[pc], c)) return ok;
        pc++;
        break;
      case Op.CHARSET:
        if (c < 256 && (code[pc + (c >> 5)] & (1 << (c & 31))) !== 0) return ok;
        pc += 8;
        break;
      case Op.RANGE:
        if (code[pc] <= c && c <= code[pc + 1]) return ok;
        pc += 2;
        break;
      case Op.RANGE_UNI_IGNORE: {
        if (code[pc] <= c && c <= code[pc + 1]) return ok;
        const up = unicodeUpper(c);
        if (code[pc] <= up && up <= code[pc + 1]) return ok;
        pc += 2;
        break;
      }
      case Op.NEGATE:
        ok = !ok;
        break;
      case Op.BIGCHARSET: {
        const count = code[pc++];
        const page = c >> 8;
        const block = page < 256 ? (code[pc + (page >> 2)] >> ((page & 3) * 8)) & 255 : -1;
        pc += 64;
        if (block >= 0 && (code[pc + block * 8 + ((c & 255) >> 5)] & (1 << (c & 31))) !== 0) return ok;
        pc += count * 8;
        break;
      }
      default:
        return false;
    }
  }
}

/** Does the one-character instruction at `pc` accept c? */
export function unitMatches(code: Int32Array, pc: number, c: number): boolean {
  const arg = code[pc + 1];
  switch (code[pc]) {
    case Op.ANY:
      return c !== 10;
    case Op.ANY_ALL:
      return true;
    case Op.CATEGORY:
      return inCategory(arg, c);
    case Op.LITERAL:
      return c === arg;
    case Op.NOT_LITERAL:
      return c !== arg;
    case Op.IN:
      return inCharset(code, pc + 2, c);
    case Op.IN_IGNORE:
      return inCharset(code, pc + 2, asciiLower(c));
    case Op.IN_UNI_IGNORE:
      return inCharset(code, pc + 2, unicodeLower(c));
    case Op.IN_LOC_IGNORE:
      return inCharset(code, pc + 2, asciiLower(c)) || inCharset(code, pc + 2, asciiUpper(c));
    case Op.LITERAL_IGNORE:
    case Op.LITERAL_LOC_IGNORE:
      return asciiLower(c) === asciiLower(arg);
    case Op.NOT_LITERAL_IGNORE:
    case Op.NOT_LITERAL_LOC_IGNORE:
      return asciiLower(c) !== asciiLower(arg);
    case Op.LITERAL_UNI_IGNORE:
      return unicodeLower(c) === arg;
    case Op.NOT_LITERAL_UNI_IGNORE:
      return unicodeLower(c) !== arg;
    default:
      throw new Error(`no one-character instruction: ${code[pc]}`);
  }
}
