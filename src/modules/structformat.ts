/** Formats of the module _struct: parsing, and packing and unpacking one item. Part of the modules. */

import { bytesLike } from "../objects/buffer.ts";
import { PyBytes_FromAddress } from "../objects/bytes.ts";
import { PyByteArray_Check, PyBytes_Check, PyLong_Check } from "../objects/check.ts";
import { caught, clearError, overflowError, raise } from "../objects/errors.ts";
import { PyFloat_AsDouble } from "../objects/float.ts";
import {
  fits,
  itemSize,
  readFloat,
  readInteger,
  truth,
  writeFloat,
  writeInteger,
} from "../objects/itemcodes.ts";
import { bigIntOf } from "../objects/long.ts";
import { PyIndex_Check, PyNumber_Index } from "../objects/number.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop, mark, push } from "../objects/stack.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";

/** One run of equal items; "s" and "p" are one item of `size` bytes. */
export interface Code {
  code: string;
  offset: number;
  size: number;
  repeat: number;
}

export interface Format {
  native: boolean;
  little: boolean;
  codes: Code[];
  size: number;
  /** Number of values. */
  length: number;
}

const STANDARD: Record<string, number> = {
  x: 1,
  c: 1,
  b: 1,
  B: 1,
  "?": 1,
  s: 1,
  p: 1,
  h: 2,
  H: 2,
  e: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  f: 4,
  q: 8,
  Q: 8,
  d: 8,
};
const MAX_SIZE = 2 ** 63 - 1;

const cache = new Map<string, Format>();

/** The class struct.error of this runtime. */
export function structErrorClass(rt: Runtime): Ref {
  return rt.moduleState.get("_struct.error") as Ref;
}

export function structError(rt: Runtime, message: string): PyErr {
  return raise(rt, structErrorClass(rt), message);
}

/** Size of one item of a code, -1 for a bad code. */
function sizeOf(code: string, native: boolean): number {
  if (!native) return STANDARD[code] ?? -1;
  return "xsp".includes(code) ? 1 : itemSize(code) || -1;
}

/** prepare_s: parses a format; the last hundred are kept. */
export function parseFormat(rt: Runtime, text: string): Format {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const format = parse(rt, text);
  if (cache.size >= 100) cache.clear();
  cache.set(text, format);
  return format;
}

function parse(rt: Runtime, text: string): Format {
  const order = "@=<>!".includes(text[0] ?? "") && text !== "" ? text[0] : "";
  const native = order === "" || order === "@";
  const f: Format = { native, little: order !== ">" && order !== "!", codes: [], size: 0, length: 0 };
  for (let i = order === "" ? 0 : 1; i < text.length; i++) {
    if (/\s/.test(text[i])) continue;
    const digits = /^\d*/.exec(text.slice(i))![0];
    i += digits.length;
    if (i >= text.length) throw structError(rt, "repeat count given without format specifier");
    addCode(rt, f, text[i], digits === "" ? 1 : Number(digits));
  }
  return f;
}

function addCode(rt: Runtime, f: Format, code: string, count: number): void {
  if (count > MAX_SIZE) throw structError(rt, "total struct size too long");
  const size = sizeOf(code, f.native);
  if (size < 0) throw structError(rt, "bad char in struct format");
  const at = f.native && !"xsp".includes(code) ? Math.ceil(f.size / size) * size : f.size;
  f.size = at + size * count;
  if (f.size > MAX_SIZE) throw structError(rt, "total struct size too long");
  if (code === "x") return;
  if (code === "s" || code === "p") {
    f.codes.push({ code, offset: at, size: count, repeat: 1 });
    f.length++;
  } else if (count > 0) {
    f.codes.push({ code, offset: at, size, repeat: count });
    f.length += count;
  }
}

/** The item at a byte address as an object. */
export function unpackItem(rt: Runtime, f: Format, c: Code, at: number): NewRef {
  switch (c.code) {
    case "s":
    case "c":
      return PyBytes_FromAddress(rt, at, c.size);
    case "p":
      return PyBytes_FromAddress(rt, at + 1, c.size === 0 ? 0 : Math.min(rt.u8[at], c.size - 1));
    case "?":
      return rt.u8[at] !== 0 ? rt.True : rt.False;
    case "e":
    case "f":
    case "d":
      return readFloat(rt, at, c.size, f.little);
    default:
      return readInteger(rt, at, c.size, c.code === c.code.toLowerCase(), f.little);
  }
}

/** Packs an object at a byte address. */
export function packItem(rt: Runtime, f: Format, c: Code, at: number, v: Ref): void {
  switch (c.code) {
    case "s":
    case "p":
      packBytes(rt, c, at, v);
      return;
    case "c":
      if (!PyBytes_Check(rt, v) || bytesLike(rt, v).n !== 1) {
        throw structError(rt, "char format requires a bytes object of length 1");
      }
      rt.u8[at] = rt.u8[bytesLike(rt, v).at];
      return;
    case "?":
      rt.u8[at] = truth(rt, v);
      return;
    case "e":
    case "f":
    case "d":
      packFloat(rt, f, c, at, v);
      return;
    default:
      packInteger(rt, f, c, at, v);
  }
}

function packBytes(rt: Runtime, c: Code, at: number, v: Ref): void {
  if (!PyBytes_Check(rt, v) && !PyByteArray_Check(rt, v)) {
    throw structError(rt, `argument for '${c.code}' must be a bytes object`);
  }
  const b = bytesLike(rt, v);
  if (c.code === "s") {
    rt.u8.copyWithin(at, b.at, b.at + Math.min(b.n, c.size));
    return;
  }
  if (c.size === 0) return;
  const n = Math.min(b.n, c.size - 1);
  rt.u8.copyWithin(at + 1, b.at, b.at + n);
  rt.u8[at] = Math.min(n, 255);
}

function packFloat(rt: Runtime, f: Format, c: Code, at: number, v: Ref): void {
  const m = mark(rt);
  let x: number;
  try {
    x = PyFloat_AsDouble(rt, v);
  } catch (e) {
    caught(rt, e, m, rt.exc.Exception);
    clearError(rt);
    throw structError(rt, "required argument is not a float");
  }
  // The native float is a plain conversion: too large becomes infinite.
  if (f.native && c.code === "f") x = Math.fround(x);
  if (!writeFloat(rt, at, c.size, x, f.little))
    throw overflowError(rt, `float too large to pack with ${c.code} format`);
}

function packInteger(rt: Runtime, f: Format, c: Code, at: number, v: Ref): void {
  if (!PyIndex_Check(rt, v)) throw structError(rt, "required argument is not an integer");
  let value: bigint;
  if (PyLong_Check(rt, v)) value = bigIntOf(rt, v);
  else {
    push(rt, PyNumber_Index(rt, v));
    value = bigIntOf(rt, rt.i32[mark(rt) - 2]);
    drop(rt);
  }
  if (!inRange(c, value)) throw outOfRange(rt, c);
  writeInteger(rt, at, c.size, value, f.little);
}

function inRange(c: Code, value: bigint): boolean {
  if (c.code === "P") return fits(value, 8, true) || fits(value, 8, false);
  return fits(value, c.size, c.code === c.code.toLowerCase());
}

function outOfRange(rt: Runtime, c: Code): PyErr {
  if (c.code === "P") return structError(rt, "int too large to convert");
  const bits = BigInt(8 * c.size);
  const signed = c.code === c.code.toLowerCase();
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = (1n << (signed ? bits - 1n : bits)) - 1n;
  return structError(rt, `'${c.code}' format requires ${low} <= number <= ${high}`);
}
