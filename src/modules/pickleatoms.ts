/** Pickling of numbers and text. Part of the modules, for _pickle.ts. */
import { PyBytes_New } from "../objects/bytes.ts";
import { floatRepr } from "../objects/dtoa.ts";
import { raise } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE } from "../objects/float.ts";
import { Bytes, Float, Long } from "../objects/layout.ts";
import { exactNumber } from "../objects/long.ts";
import { _PyLong_NumBits } from "../objects/longbits.ts";
import { _PyLong_AsByteArray } from "../objects/longmethods.ts";
import { decimalText } from "../objects/longstr.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { charAt, isAscii, strData, strLength } from "../objects/str.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { consumedBytes, encodeUtf8, PyUnicode_AsUTF8 } from "../objects/utf8.ts";
import { memo_number, memo_put } from "./picklememorize.ts";
import { put, putBytes, putData, putSize32, putText, quickRoom, room } from "./pickleoutput.ts";
import { Op, Pickler } from "./picklestate.ts";

export function save_bool(rt: Runtime, p: Ref, obj: Ref): void {
  const yes = obj === rt.True;
  if (rt.i32[p + Pickler.proto] >= 2) put(rt, p, yes ? Op.NEWTRUE : Op.NEWFALSE);
  else putText(rt, p, yes ? "I01\n" : "I00\n");
}

export function save_long(rt: Runtime, p: Ref, obj: Ref): void {
  const n = exactNumber(rt, obj);
  if (!(n >= -0x80000000 && n <= 0x7fffffff)) {
    saveBigLong(rt, p, obj);
    return;
  }
  if (rt.i32[p + Pickler.bin] === 0) {
    putText(rt, p, `I${n}\n`);
    return;
  }
  const u8 = rt.u8;
  if (n >= 0 && n < 0x10000) {
    const short = n < 0x100;
    const at = room(rt, p, short ? 2 : 3);
    u8[at] = short ? Op.BININT1 : Op.BININT2;
    u8[at + 1] = n;
    if (!short) u8[at + 2] = n >> 8;
    return;
  }
  const at = room(rt, p, 5);
  u8[at] = Op.BININT;
  putSize32(rt, at + 1, n);
}

/** An int that 32 bits do not hold: its two's complement, or its digits before protocol 2. */
function saveBigLong(rt: Runtime, p: Ref, obj: Ref): void {
  if (rt.i32[p + Pickler.proto] < 2) {
    putText(rt, p, `L${decimalText(rt, obj)}L\n`);
    return;
  }
  let n = Math.floor(_PyLong_NumBits(rt, obj) / 8) + 1;
  if (n > 0x7fffffff) throw raise(rt, rt.exc.OverflowError, "int too large to pickle");
  const bytes = pushed(rt, PyBytes_New(rt, n));
  const from = 4 * (bytes + Bytes.data);
  _PyLong_AsByteArray(rt, obj, from, n, true, true);
  const negative = (rt.i32[obj + Long.tag] & 3) === 2;
  if (negative && n > 1 && rt.u8[from + n - 1] === 0xff && (rt.u8[from + n - 2] & 0x80) !== 0) n--;
  const header = room(rt, p, n < 256 ? 2 : 5);
  rt.u8[header] = n < 256 ? Op.LONG1 : Op.LONG4;
  if (n < 256) rt.u8[header + 1] = n;
  else putSize32(rt, header + 1, n);
  putBytes(rt, p, from, n);
  drop(rt);
}

export function save_float(rt: Runtime, p: Ref, obj: Ref): void {
  if (rt.i32[p + Pickler.bin] === 0) {
    putText(rt, p, `F${floatRepr(PyFloat_AS_DOUBLE(rt, obj))}\n`);
    return;
  }
  const at = room(rt, p, 9);
  const u8 = rt.u8;
  u8[at] = Op.BINFLOAT;
  const last = 4 * (obj + Float.fval) + 7;
  for (let i = 0; i < 8; i++) u8[at + 1 + i] = u8[last - i];
}

export function save_unicode(rt: Runtime, p: Ref, obj: Ref): void {
  if (saveShortText(rt, p, obj)) return;
  if (rt.i32[p + Pickler.bin] !== 0) saveUtf8(rt, p, obj);
  else putText(rt, p, `V${rawEscaped(rt, obj)}\n`);
  memo_put(rt, p, obj);
}

/** Short ASCII text in protocol 4 and later, with its number: true if it has been written. */
export function saveShortText(rt: Runtime, p: Ref, obj: Ref): boolean {
  const n = strLength(rt, obj);
  const i32 = rt.i32;
  if (n > 0xff || !isAscii(rt, obj) || i32[p + Pickler.proto] < 4 || i32[p + Pickler.fast] !== 0)
    return false;
  const at = quickRoom(rt, p, n + 3);
  if (at < 0) return false;
  const u8 = rt.u8;
  u8[at] = Op.SHORT_BINUNICODE;
  u8[at + 1] = n;
  const from = 4 * strData(rt, obj);
  for (let i = 0; i < n; i++) u8[at + 2 + i] = u8[from + i];
  u8[at + 2 + n] = Op.MEMOIZE;
  memo_number(rt, p, obj);
  return true;
}

function saveUtf8(rt: Runtime, p: Ref, obj: Ref): void {
  if (isAscii(rt, obj)) {
    putUtf8(rt, p, 4 * strData(rt, obj), strLength(rt, obj), 0);
    return;
  }
  // Lone surrogates have no place in the cached form.
  const from = catching(rt, rt.exc.UnicodeEncodeError, -1, () => PyUnicode_AsUTF8(rt, obj));
  if (from >= 0) {
    putUtf8(rt, p, from, consumedBytes.n, 0);
    return;
  }
  const encoded = pushed(rt, encodeUtf8(rt, obj, "surrogatepass"));
  putUtf8(rt, p, 4 * (encoded + Bytes.data), rt.i32[encoded + Bytes.size], encoded);
  drop(rt);
}

function putUtf8(rt: Runtime, p: Ref, from: number, n: number, encoded: Ref): void {
  if (n <= 0xff && rt.i32[p + Pickler.proto] >= 4) putData(rt, p, Op.SHORT_BINUNICODE, 1, from, n, encoded);
  else putData(rt, p, Op.BINUNICODE, 4, from, n, encoded);
}

const hex = (c: number, width: number): string => c.toString(16).padStart(width, "0");

/** Text as latin-1 with \u escapes for what is not, and for what would end the line or begin an escape. */
function rawEscaped(rt: Runtime, s: Ref): string {
  const parts: string[] = [];
  for (let i = 0, n = strLength(rt, s); i < n; i++) {
    const c = charAt(rt, s, i);
    if (c >= 0x10000) parts.push(`\\U${hex(c, 8)}`);
    else if (c >= 256 || c === 0x5c || c === 0 || c === 10 || c === 13 || c === 26)
      parts.push(`\\u${hex(c, 4)}`);
    else parts.push(String.fromCharCode(c));
  }
  return parts.join("");
}
