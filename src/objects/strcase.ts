/**
 * Case mappings and character tests of str. Part of the object layer; characters' properties come from unicode/.
 */

import { Str } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { PyUnicode_New, readChar, StrState, strData, strKind, strLength } from "./str.ts";
import { strCodes, strNewFromCodes } from "./strnew.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { type CaseMap, FOLD, LOWER, TITLE, UPPER } from "./unicode/casemap.ts";
import { CF, flagsOf, isPrintable, isSpace, isXidContinue, isXidStart } from "./unicode/db.ts";

function isAsciiText(rt: Runtime, p: Ref): boolean {
  return (rt.i32[p + Str.state] & StrState.ASCII) !== 0;
}

/**
 * A new ASCII string where letters with the given first letter of their case are changed to the other case: four bytes at a
 * time. Adding 128 - x sets the high bit of each byte that is at least x; bit 5 tells the cases apart.
 */
function asciiCase(rt: Runtime, p: Ref, first: number): NewRef {
  const n = strLength(rt, p);
  const q = PyUnicode_New(rt, n, 127);
  const i32 = rt.i32;
  const from = strData(rt, p);
  const to = strData(rt, q);
  const least = Math.imul(128 - first, 0x01010101);
  const beyond = Math.imul(128 - first - 26, 0x01010101);
  const words = n >> 2;
  for (let i = 0; i < words; i++) {
    const w = i32[from + i];
    i32[to + i] = w ^ (((w + least) & ~(w + beyond) & 0x80808080) >>> 2);
  }
  const u8 = rt.u8;
  for (let i = words << 2; i < n; i++) {
    const c = u8[from * 4 + i];
    u8[to * 4 + i] = c >= first && c < first + 26 ? c ^ 32 : c;
  }
  return q;
}

/** Lower case of the characters below 256, which all stay below 256. */
const LOWER_LATIN1 = Uint8Array.from({ length: 256 }, (_, c) =>
  (c >= 65 && c <= 90) || (c >= 0xc0 && c <= 0xde && c !== 0xd7) ? c + 32 : c,
);

function latin1Lower(rt: Runtime, p: Ref): NewRef {
  const n = strLength(rt, p);
  const q = PyUnicode_New(rt, n, 255);
  const u8 = rt.u8;
  const from = strData(rt, p) * 4;
  const to = strData(rt, q) * 4;
  for (let i = 0; i < n; i++) u8[to + i] = LOWER_LATIN1[u8[from + i]];
  return q;
}

/** The results of mapping characters one after another; the length may grow. */
class Mapped {
  readonly out: number[] = [];

  put(map: CaseMap, c: number): void {
    const many = c < 128 ? undefined : map.many(c);
    if (many === undefined) this.out.push(map.one(c));
    else this.out.push(...many);
  }
}

function mapAll(rt: Runtime, p: Ref, map: CaseMap): NewRef {
  const mapped = new Mapped();
  const codes = strCodes(rt, p);
  for (let i = 0; i < codes.length; i++) mapped.put(map, codes[i]);
  return strNewFromCodes(rt, mapped.out);
}

const SIGMA = 0x3a3;

/** Is the capital sigma at i at the end of a word? Then it becomes the final form. */
function isFinalSigma(codes: ArrayLike<number>, i: number): boolean {
  let j = i - 1;
  while (j >= 0 && (flagsOf(codes[j]) & CF.CASE_IGNORABLE) !== 0) j--;
  if (j < 0 || (flagsOf(codes[j]) & CF.CASED) === 0) return false;
  j = i + 1;
  while (j < codes.length && (flagsOf(codes[j]) & CF.CASE_IGNORABLE) !== 0) j++;
  return j === codes.length || (flagsOf(codes[j]) & CF.CASED) === 0;
}

function putLower(mapped: Mapped, codes: ArrayLike<number>, i: number): void {
  const c = codes[i];
  if (c === SIGMA) mapped.out.push(isFinalSigma(codes, i) ? 0x3c2 : 0x3c3);
  else mapped.put(LOWER, c);
}

export function str_lower(rt: Runtime, self: Ref): NewRef {
  if (isAsciiText(rt, self)) return asciiCase(rt, self, 65);
  if (strKind(rt, self) === 1) return latin1Lower(rt, self);
  const codes = strCodes(rt, self);
  const mapped = new Mapped();
  for (let i = 0; i < codes.length; i++) putLower(mapped, codes, i);
  return strNewFromCodes(rt, mapped.out);
}

export function str_upper(rt: Runtime, self: Ref): NewRef {
  return isAsciiText(rt, self) ? asciiCase(rt, self, 97) : mapAll(rt, self, UPPER);
}

export function str_casefold(rt: Runtime, self: Ref): NewRef {
  return isAsciiText(rt, self) ? asciiCase(rt, self, 65) : mapAll(rt, self, FOLD);
}

export function str_swapcase(rt: Runtime, self: Ref): NewRef {
  const codes = strCodes(rt, self);
  const mapped = new Mapped();
  for (let i = 0; i < codes.length; i++) {
    const flags = flagsOf(codes[i]);
    if ((flags & CF.UPPER) !== 0) putLower(mapped, codes, i);
    else if ((flags & CF.LOWER) !== 0) mapped.put(UPPER, codes[i]);
    else mapped.out.push(codes[i]);
  }
  return strNewFromCodes(rt, mapped.out);
}

export function str_capitalize(rt: Runtime, self: Ref): NewRef {
  if (isAsciiText(rt, self) && strLength(rt, self) > 0) {
    const p = asciiCase(rt, self, 65);
    const at = strData(rt, p) * 4;
    const c = rt.u8[at];
    if (c >= 97 && c <= 122) rt.u8[at] = c - 32;
    return p;
  }
  const codes = strCodes(rt, self);
  if (codes.length === 0) return rt.emptyStr;
  const mapped = new Mapped();
  mapped.put(TITLE, codes[0]);
  for (let i = 1; i < codes.length; i++) putLower(mapped, codes, i);
  return strNewFromCodes(rt, mapped.out);
}

export function str_title(rt: Runtime, self: Ref): NewRef {
  const codes = strCodes(rt, self);
  const mapped = new Mapped();
  let inWord = false;
  for (let i = 0; i < codes.length; i++) {
    if (inWord) putLower(mapped, codes, i);
    else mapped.put(TITLE, codes[i]);
    inWord = (flagsOf(codes[i]) & CF.CASED) !== 0;
  }
  return strNewFromCodes(rt, mapped.out);
}

/** Has every character (and there is one) some of these flags? */
function allFlags(rt: Runtime, p: Ref, mask: number): NewRef {
  const n = strLength(rt, p);
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  for (let i = 0; i < n; i++) if ((flagsOf(readChar(rt, kind, w, i)) & mask) === 0) return rt.False;
  return n === 0 ? rt.False : rt.True;
}

export function str_isalpha(rt: Runtime, self: Ref): NewRef {
  return allFlags(rt, self, CF.ALPHA);
}
export function str_isalnum(rt: Runtime, self: Ref): NewRef {
  return allFlags(rt, self, CF.ALNUM);
}
export function str_isdecimal(rt: Runtime, self: Ref): NewRef {
  return allFlags(rt, self, CF.DECIMAL);
}
export function str_isdigit(rt: Runtime, self: Ref): NewRef {
  return allFlags(rt, self, CF.DIGIT);
}
export function str_isnumeric(rt: Runtime, self: Ref): NewRef {
  return allFlags(rt, self, CF.NUMERIC);
}

export function str_isspace(rt: Runtime, self: Ref): NewRef {
  const n = strLength(rt, self);
  const kind = strKind(rt, self);
  const w = strData(rt, self);
  for (let i = 0; i < n; i++) if (!isSpace(readChar(rt, kind, w, i))) return rt.False;
  return n === 0 ? rt.False : rt.True;
}

export function str_isprintable(rt: Runtime, self: Ref): NewRef {
  const codes = strCodes(rt, self);
  for (let i = 0; i < codes.length; i++) if (!isPrintable(codes[i])) return rt.False;
  return rt.True;
}

export function str_isascii(rt: Runtime, self: Ref): NewRef {
  return isAsciiText(rt, self) ? rt.True : rt.False;
}

/** Some cased character, all of them with `wanted`, none with `unwanted` flags. */
function allCased(rt: Runtime, p: Ref, wanted: number, unwanted: number): NewRef {
  const codes = strCodes(rt, p);
  let cased = false;
  for (let i = 0; i < codes.length; i++) {
    const flags = flagsOf(codes[i]);
    if ((flags & unwanted) !== 0) return rt.False;
    if ((flags & wanted) !== 0) cased = true;
  }
  return cased ? rt.True : rt.False;
}

export function str_islower(rt: Runtime, self: Ref): NewRef {
  return allCased(rt, self, CF.LOWER, CF.UPPER | CF.TITLE);
}
export function str_isupper(rt: Runtime, self: Ref): NewRef {
  return allCased(rt, self, CF.UPPER, CF.LOWER | CF.TITLE);
}

export function str_istitle(rt: Runtime, self: Ref): NewRef {
  const codes = strCodes(rt, self);
  let cased = false;
  let previous = false;
  for (let i = 0; i < codes.length; i++) {
    const flags = flagsOf(codes[i]);
    const starts = (flags & (CF.UPPER | CF.TITLE)) !== 0;
    const goesOn = (flags & CF.LOWER) !== 0;
    if ((starts && previous) || (!starts && goesOn && !previous)) return rt.False;
    previous = starts || goesOn;
    if (previous) cased = true;
  }
  return cased ? rt.True : rt.False;
}

/** PyUnicode_IsIdentifier */
export function PyUnicode_IsIdentifier(rt: Runtime, p: Ref): boolean {
  const codes = strCodes(rt, p);
  if (codes.length === 0 || !(codes[0] === 95 || isXidStart(codes[0]))) return false;
  for (let i = 1; i < codes.length; i++) if (!isXidContinue(codes[i])) return false;
  return true;
}

export function str_isidentifier(rt: Runtime, self: Ref): NewRef {
  return PyUnicode_IsIdentifier(rt, self) ? rt.True : rt.False;
}
