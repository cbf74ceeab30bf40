/**
 * The array object: its memory, growth, and items by typecode. Part of the modules; methods stand in arraymethods.ts.
 *
 *   byte  0         24        32          40      48        56        64
 *         | head, n | ob_item | allocated | descr | weakrefs | exports |
 */

import { PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { noMemory, overflowError, raise, typeError } from "../objects/errors.ts";
import { PyFloat_AsDouble } from "../objects/float.ts";
import { fits, readFloat, readInteger, writeFloat, writeInteger } from "../objects/itemcodes.ts";
import { bigIntOf } from "../objects/long.ts";
import { PyNumber_Index } from "../objects/number.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { charAt, strLength, unicode_char } from "../objects/str.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc, PyMem_Realloc } from "../pymalloc/domains.ts";

export const enum Arr {
  size = 4,
  item = 6,
  allocated = 8,
  descr = 10,
  weakreflist = 12,
  exports = 14,
  BYTES = 64,
}

interface Kind {
  code: string;
  bytes: number;
  /** Name in messages about range; the two unsigned longs have words of their own. */
  what: string;
}

export const KINDS: Kind[] = [
  { code: "b", bytes: 1, what: "signed char" },
  { code: "B", bytes: 1, what: "unsigned byte integer" },
  { code: "u", bytes: 4, what: "" },
  { code: "w", bytes: 4, what: "" },
  { code: "h", bytes: 2, what: "signed short integer" },
  { code: "H", bytes: 2, what: "unsigned short" },
  { code: "i", bytes: 4, what: "signed integer" },
  { code: "I", bytes: 4, what: "unsigned int" },
  { code: "l", bytes: 8, what: "" },
  { code: "L", bytes: 8, what: "" },
  { code: "q", bytes: 8, what: "" },
  { code: "Q", bytes: 8, what: "" },
  { code: "f", bytes: 4, what: "" },
  { code: "d", bytes: 8, what: "" },
];

/** The kind of an array: `descr` is a number in KINDS. */
export function kindOf(rt: Runtime, a: Ref): Kind {
  return KINDS[rt.i32[a + Arr.descr]];
}

export function arraySize(rt: Runtime, a: Ref): number {
  return rt.i32[a + Arr.size];
}

/** Byte address of item i. */
export function itemAt(rt: Runtime, a: Ref, i: number): number {
  return rt.i32[a + Arr.item] * 4 + i * kindOf(rt, a).bytes;
}

/** A new array with room for n items of kind number `descr`, which are to be filled in. */
export function newArray(rt: Runtime, type: Ref, descr: number, n: number): NewRef {
  const a = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  const i32 = rt.i32;
  i32[a + Arr.descr] = descr;
  if (n === 0) return a;
  const block = PyMem_Malloc(rt, n * KINDS[descr].bytes);
  if (block === 0) {
    decref(rt, a);
    throw noMemory(rt);
  }
  i32[a + Arr.item] = block;
  i32[a + Arr.size] = i32[a + Arr.allocated] = n;
  return a;
}

/** array_resize */
export function arrayResize(rt: Runtime, a: Ref, n: number): void {
  const i32 = rt.i32;
  const size = i32[a + Arr.size];
  if (i32[a + Arr.exports] > 0 && n !== size) {
    throw raise(rt, rt.exc.BufferError, "cannot resize an array that is exporting buffers");
  }
  if (i32[a + Arr.allocated] >= n && size < n + 16 && i32[a + Arr.item] !== 0) {
    i32[a + Arr.size] = n;
    return;
  }
  if (n === 0) {
    if (i32[a + Arr.item] !== 0) PyMem_Free(rt, i32[a + Arr.item]);
    i32[a + Arr.item] = i32[a + Arr.size] = i32[a + Arr.allocated] = 0;
    return;
  }
  const room = (n >> 4) + (size < 8 ? 3 : 7) + n;
  const bytes = room * kindOf(rt, a).bytes;
  const block =
    i32[a + Arr.item] === 0 ? PyMem_Malloc(rt, bytes) : PyMem_Realloc(rt, i32[a + Arr.item], bytes);
  if (block === 0) throw noMemory(rt);
  i32[a + Arr.item] = block;
  i32[a + Arr.size] = n;
  i32[a + Arr.allocated] = room;
}

/** Item i as an object. */
export function getItem(rt: Runtime, a: Ref, i: number): NewRef {
  const { code, bytes } = kindOf(rt, a);
  const at = itemAt(rt, a, i);
  if (code === "u" || code === "w") return unicode_char(rt, rt.u32[at >>> 2]);
  if (code === "f" || code === "d") return readFloat(rt, at, bytes, true);
  return readInteger(rt, at, bytes, code === code.toLowerCase(), true);
}

/** Checks and converts an object, then stores it as item i (or only checks it where i is negative). */
export function setItem(rt: Runtime, a: Ref, i: number, v: Ref): void {
  const kind = kindOf(rt, a);
  const { code, bytes } = kind;
  if (code === "u" || code === "w") {
    if (!PyUnicode_Check(rt, v) || strLength(rt, v) !== 1)
      throw typeError(rt, "array item must be unicode character");
    if (i >= 0) rt.u32[itemAt(rt, a, i) >>> 2] = charAt(rt, v, 0);
  } else if (code === "f" || code === "d") {
    const x = PyFloat_AsDouble(rt, v);
    if (i >= 0 && !writeFloat(rt, itemAt(rt, a, i), bytes, code === "f" ? Math.fround(x) : x, true)) return;
  } else {
    const value = integerOf(rt, kind, v);
    if (i >= 0) writeInteger(rt, itemAt(rt, a, i), bytes, value, true);
  }
}

function integerOf(rt: Runtime, kind: Kind, v: Ref): bigint {
  let value: bigint;
  if (PyLong_Check(rt, v)) value = bigIntOf(rt, v);
  else {
    push(rt, PyNumber_Index(rt, v));
    value = bigIntOf(rt, rt.i32[mark(rt) - 2]);
    drop(rt);
  }
  const { code, bytes } = kind;
  if (fits(value, bytes, code === code.toLowerCase())) return value;
  throw overflowError(rt, rangeMessage(kind, value));
}

function rangeMessage(kind: Kind, value: bigint): string {
  const { code, what } = kind;
  const below = value < 0n;
  if (code === "I" || code === "L" || code === "Q") {
    if (below) return "can't convert negative value to unsigned int";
    return code === "I" ? "unsigned int is greater than maximum" : "int too big to convert";
  }
  if (code === "l") return "Python int too large to convert to C long";
  if (code === "q") return "int too big to convert";
  return `${what} is ${below ? "less than minimum" : "greater than maximum"}`;
}
