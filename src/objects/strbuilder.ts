/**
 * StrBuilder: how native code builds a string piece by piece, in the heap (CPython's _PyUnicodeWriter). Part of the object
 * layer. The growing string is an owned reference on the native stack, so that an exception on the way releases it.
 *
 * Rule of use: what is pushed after the builder is made is popped before `finish`.
 */
import { Str } from "./layout.ts";
import { writeNumber } from "./numberbytes.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, pop, push } from "./stack.ts";
import {
  copyChars,
  findMaxChar,
  isAscii,
  maxCharBound,
  PyUnicode_New,
  strData,
  strKind,
  strLength,
  unicode_char,
  writeChar,
} from "./str.ts";
import { PyUnicode_Resize, resizeCompact } from "./strconcat.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

export class StrBuilder {
  private readonly rt: Runtime;
  /** Native stack slot of the buffer (0 there: none yet). */
  private readonly slot: number;
  private kind = 0;
  private maxchar = 127;
  private size = 0;
  /** The buffer is somebody's string: it is copied before the next write. */
  private readonly_ = false;
  /** Characters written. */
  pos = 0;
  /** More will come: make room for a quarter more than is needed. */
  overallocate: boolean;
  /** Size of the first buffer. */
  minLength: number;

  constructor(rt: Runtime, minLength = 0, overallocate = true) {
    this.rt = rt;
    this.slot = push(rt, 0);
    this.minLength = minLength;
    this.overallocate = overallocate;
  }

  /** Word address of the buffer's characters. */
  private get data(): number {
    return strData(this.rt, this.rt.i32[this.slot]);
  }

  private adopt(p: Ref, isReadonly: boolean): void {
    const rt = this.rt;
    rt.i32[this.slot] = p;
    this.readonly_ = isReadonly;
    this.kind = strKind(rt, p);
    this.maxchar = maxCharBound(rt, p);
    this.size = isReadonly ? 0 : strLength(rt, p);
  }

  /** _PyUnicodeWriter_Prepare: room for `length` more characters up to `maxchar`. */
  prepare(length: number, maxchar: number): void {
    if (this.kind !== 0 && maxchar <= this.maxchar && length <= this.size - this.pos) return;
    if (length !== 0) this.grow(length, maxchar);
  }

  private grow(length: number, maxchar: number): void {
    const rt = this.rt;
    let size = this.pos + length;
    const old = rt.i32[this.slot];
    if (this.overallocate && (old === 0 || size > this.size)) size += size >> 2;
    if (size < this.minLength) size = this.minLength;
    if (old === 0) {
      this.adopt(PyUnicode_New(rt, size, Math.max(maxchar, this.maxchar)), false);
    } else if (this.readonly_ || maxchar > this.maxchar) {
      if (size < this.size) size = this.size;
      const p = PyUnicode_New(rt, size, Math.max(maxchar, this.maxchar));
      copyChars(rt, strKind(rt, p), strData(rt, p), 0, this.kind, this.data, 0, this.pos);
      push(rt, old);
      this.adopt(p, false);
      drop(rt);
    } else {
      this.adopt(resizeCompact(rt, old, size), false);
    }
  }

  /** Could n more ASCII characters be written without a larger buffer? */
  hasRoom(n: number): boolean {
    return this.kind !== 0 && n <= this.size - this.pos;
  }

  /** ", " */
  writeCommaSpace(): void {
    this.prepare(2, 127);
    const w = this.data;
    writeChar(this.rt, this.kind, w, this.pos++, 44);
    writeChar(this.rt, this.kind, w, this.pos++, 32);
  }

  writeChar(c: number): void {
    this.prepare(1, c);
    writeChar(this.rt, this.kind, this.data, this.pos++, c);
  }

  /** _PyUnicodeWriter_WriteStr: the first and only string written is not copied. */
  writeStr(s: Ref): void {
    const rt = this.rt;
    const n = rt.i32[s + Str.length];
    if (n === 0) return;
    if (rt.i32[this.slot] === 0 && !this.overallocate) {
      this.adopt(newref(rt, s), true);
      this.pos = n;
      return;
    }
    this.prepare(n, maxCharBound(rt, s));
    copyChars(rt, this.kind, this.data, this.pos, strKind(rt, s), strData(rt, s), 0, n);
    this.pos += n;
  }

  /** Characters start to end of s. */
  writeSubstring(s: Ref, start: number, end: number): void {
    const rt = this.rt;
    if (start >= end) return;
    if (start === 0 && end === strLength(rt, s)) {
      this.writeStr(s);
      return;
    }
    const kind = strKind(rt, s);
    const w = strData(rt, s);
    this.prepare(end - start, isAscii(rt, s) ? 127 : findMaxChar(rt, kind, w, start, end));
    copyChars(rt, this.kind, this.data, this.pos, kind, w, start, end - start);
    this.pos += end - start;
  }

  /** A JavaScript text (of characters below 65536). */
  writeJS(s: string): void {
    const n = s.length;
    if (n === 0) return;
    let max = 0;
    for (let i = 0; i < n; i++) max |= s.charCodeAt(i);
    this.prepare(n, max);
    const w = this.data;
    if (this.kind === 1) {
      const u8 = this.rt.u8;
      for (let i = 0, to = w * 4 + this.pos; i < n; i++) u8[to++] = s.charCodeAt(i);
    } else for (let i = 0; i < n; i++) writeChar(this.rt, this.kind, w, this.pos + i, s.charCodeAt(i));
    this.pos += n;
  }

  /** The number that planNumber laid out last, n characters long. */
  writePlanned(n: number): void {
    const rt = this.rt;
    this.prepare(n, 127);
    if (this.kind === 1) writeNumber(rt.u8, this.data * 4 + this.pos);
    else {
      const text = new Uint8Array(n);
      writeNumber(text, 0);
      for (let i = 0; i < n; i++) writeChar(rt, this.kind, this.data, this.pos + i, text[i]);
    }
    this.pos += n;
  }

  /** n times the character c. */
  fill(c: number, n: number): void {
    if (n <= 0) return;
    this.prepare(n, c);
    const w = this.data;
    for (let i = 0; i < n; i++) writeChar(this.rt, this.kind, w, this.pos + i, c);
    this.pos += n;
  }

  /** The string, cut to what was written. The builder's slot must be the top of the native stack. */
  finish(): NewRef {
    const rt = this.rt;
    if (this.pos === 0) {
      drop(rt);
      return rt.emptyStr;
    }
    if (!this.readonly_) {
      const p = rt.i32[this.slot];
      if (strLength(rt, p) !== this.pos) rt.i32[this.slot] = PyUnicode_Resize(rt, p, this.pos);
    }
    return strResult(rt, pop(rt));
  }
}

/** unicode_result: exchanges a one-character string below 256 for the shared one. */
export function strResult(rt: Runtime, p: NewRef): NewRef {
  if (strLength(rt, p) !== 1 || strKind(rt, p) !== 1) return p;
  const c = rt.u8[strData(rt, p) * 4];
  decref(rt, p);
  return unicode_char(rt, c);
}
