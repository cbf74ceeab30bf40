/**
 * What the encoders share: bytes that grow, and the way an error is answered by name of its handler. Part of the object layer.
 */
import { PyBytes_FromArray } from "./bytes.ts";
import { PyUnicode_Check } from "./check.ts";
import { ErrorRun, encodeError } from "./codecerrors.ts";
import { Bytes } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { readChar, strData, strKind, strLength } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** One run of an encoder over a str. `unit` writes a replacement character; false if it cannot be encoded. */
export class Encoding {
  readonly rt: Runtime;
  readonly encoding: string;
  readonly errors: string;
  readonly s: Ref;
  readonly n: number;
  private readonly kind: number;
  private readonly w: number;
  pos = 0;
  bytes = new Uint8Array(64);
  length = 0;
  /** A handler's bytes must be a multiple of this. */
  unitBytes = 1;
  private run: ErrorRun | null = null;
  private readonly unit: (e: Encoding, c: number) => boolean;

  constructor(
    rt: Runtime,
    encoding: string,
    s: Ref,
    errors: string,
    unit: (e: Encoding, c: number) => boolean,
  ) {
    this.rt = rt;
    this.encoding = encoding;
    this.errors = errors;
    this.s = s;
    this.n = strLength(rt, s);
    this.kind = strKind(rt, s);
    this.w = strData(rt, s);
    this.unit = unit;
  }

  /** Character i. */
  char(i: number): number {
    return readChar(this.rt, this.kind, this.w, i);
  }

  put(byte: number): void {
    if (this.length === this.bytes.length) {
      const more = new Uint8Array(this.length * 2);
      more.set(this.bytes);
      this.bytes = more;
    }
    this.bytes[this.length++] = byte;
  }

  /** Writes ASCII text through the codec; what it cannot encode is the error after all. */
  private putText(text: string, start: number, end: number, reason: string): void {
    for (let i = 0; i < text.length; i++) {
      if (this.unit(this, text.charCodeAt(i))) continue;
      throw encodeError(this.rt, this.encoding, this.s, start, end, reason);
    }
  }

  /** An error about characters start to end: writes what the handler says and sets `pos`. */
  error(start: number, end: number, reason: string): void {
    this.pos = end;
    switch (this.errors) {
      case "strict":
        throw encodeError(this.rt, this.encoding, this.s, start, end, reason);
      case "ignore":
        return;
      case "replace":
        this.putText("?".repeat(end - start), start, end, reason);
        return;
      case "backslashreplace":
        for (let i = start; i < end; i++) this.putText(backslashed(this.char(i)), start, end, reason);
        return;
      case "xmlcharrefreplace":
        for (let i = start; i < end; i++) this.putText(`&#${this.char(i)};`, start, end, reason);
        return;
    }
    this.callHandler(start, end, reason);
  }

  private callHandler(start: number, end: number, reason: string): void {
    const rt = this.rt;
    this.run ??= new ErrorRun(rt, rt.exc.UnicodeEncodeError, this.encoding, this.errors);
    const run = this.run;
    run.handle(this.s, this.n, start, end, reason);
    this.pos = run.position;
    const r = run.replacement;
    if (!PyUnicode_Check(rt, r)) {
      if (rt.i32[r + Bytes.size] % this.unitBytes !== 0) throw run.fail(this.s, start, end, reason);
      for (let i = 0, at = (r + Bytes.data) * 4; i < rt.i32[r + Bytes.size]; i++) this.put(rt.u8[at + i]);
      return;
    }
    const kind = strKind(rt, r);
    const w = strData(rt, r);
    for (let i = 0; i < strLength(rt, r); i++) {
      if (!this.unit(this, readChar(rt, kind, w, i))) throw run.fail(this.s, start, end, reason);
    }
  }

  /** The bytes. */
  finish(): NewRef {
    const b = PyBytes_FromArray(this.rt, this.bytes.subarray(0, this.length));
    if (this.run !== null) this.run.release();
    return b;
  }
}

/** \xhh, \uhhhh or \Uhhhhhhhh */
export function backslashed(c: number): string {
  if (c < 256) return `\\x${c.toString(16).padStart(2, "0")}`;
  return c < 65536 ? `\\u${c.toString(16).padStart(4, "0")}` : `\\U${c.toString(16).padStart(8, "0")}`;
}
