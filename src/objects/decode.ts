/**
 * What the decoders share: a text of code points that grows, and the way an error is answered by name of its handler. Part
 * of the object layer.
 */

import { PyBytes_FromAddress } from "./bytes.ts";
import { decodeError, ErrorRun } from "./codecerrors.ts";
import { Bytes } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { readChar, strData, strKind, strLength } from "./str.ts";
import { strFromCodes } from "./strnew.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** One run of a decoder over n bytes at byte address `at`. */
export class Decoding {
  readonly rt: Runtime;
  readonly encoding: string;
  readonly errors: string;
  at: number;
  n: number;
  /** Next byte, counted from the start. */
  pos = 0;
  private codes = new Uint32Array(64);
  private length = 0;
  /** The input as a bytes object: native stack slot. */
  private readonly slot: number;
  private run: ErrorRun | null = null;

  constructor(rt: Runtime, encoding: string, at: number, n: number, errors: string) {
    this.rt = rt;
    this.encoding = encoding;
    this.errors = errors;
    this.at = at;
    this.n = n;
    this.slot = push(rt, 0);
  }

  put(c: number): void {
    if (this.length === this.codes.length) {
      const more = new Uint32Array(this.length * 2);
      more.set(this.codes);
      this.codes = more;
    }
    this.codes[this.length++] = c;
  }

  putStr(s: Ref): void {
    const rt = this.rt;
    const n = strLength(rt, s);
    const kind = strKind(rt, s);
    const w = strData(rt, s);
    for (let i = 0; i < n; i++) this.put(readChar(rt, kind, w, i));
  }

  /** Byte i of the input. */
  byte(i: number): number {
    return this.rt.u8[this.at + i];
  }

  private input(): Ref {
    const rt = this.rt;
    if (rt.i32[this.slot] === 0) rt.i32[this.slot] = PyBytes_FromAddress(rt, this.at, this.n);
    return rt.i32[this.slot];
  }

  /** An error about bytes start to end: writes what the handler says and sets `pos`. */
  error(start: number, end: number, reason: string): void {
    const rt = this.rt;
    switch (this.errors) {
      case "strict":
        throw decodeError(rt, this.encoding, this.input(), start, end, reason);
      case "ignore":
        this.pos = end;
        return;
      case "replace":
        this.put(0xfffd);
        this.pos = end;
        return;
    }
    const input = this.input();
    this.run ??= new ErrorRun(rt, rt.exc.UnicodeDecodeError, this.encoding, this.errors);
    this.run.handle(input, this.n, start, end, reason);
    this.putStr(this.run.replacement);
    this.pos = this.run.position;
    this.follow(this.run.object);
  }

  /** The handler may have exchanged the input. */
  private follow(object: Ref): void {
    const rt = this.rt;
    this.at = (object + Bytes.data) * 4;
    this.n = rt.i32[object + Bytes.size];
  }

  /** The text. */
  finish(): NewRef {
    const s = strFromCodes(this.rt, this.codes, this.length);
    if (this.run !== null) this.run.release();
    drop(this.rt);
    return s;
  }
}
