/**
 * Slots of bytes and bytearray that both use: comparison, concatenation; and the table of the methods they share. Part of
 * the object layer.
 */
import { bytesLike, PyObject_CheckBuffer } from "./buffer.ts";
import { MAX_BYTES } from "./bytes.ts";
import * as c from "./bytescase.ts";
import { dataOf, likeNew } from "./bytescommon.ts";
import * as m from "./bytesmethods.ts";
import * as split from "./bytessplit.ts";
import { PyBytes_CheckExact } from "./check.ts";
import { b_decode } from "./codecs.ts";
import { noMemory, typeError } from "./errors.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { copyBytes } from "./str.ts";
import { Cmp, METH, type MethodDef, type NewRef, type Ref } from "./typeinfo.ts";

/** Lexicographic comparison of two runs of bytes. */
export function compareBytes(rt: Runtime, a: number, na: number, b: number, nb: number): number {
  const u8 = rt.u8;
  const n = Math.min(na, nb);
  for (let i = 0; i < n; i++) {
    const d = u8[a + i] - u8[b + i];
    if (d !== 0) return d;
  }
  return na - nb;
}

export function holds(d: number, op: Cmp): boolean {
  switch (op) {
    case Cmp.LT:
      return d < 0;
    case Cmp.LE:
      return d <= 0;
    case Cmp.EQ:
      return d === 0;
    case Cmp.NE:
      return d !== 0;
    case Cmp.GT:
      return d > 0;
    default:
      return d >= 0;
  }
}

/** PyBytes_Concat, PyByteArray_Concat: sq_concat. */
export function b_concat(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyObject_CheckBuffer(rt, a) || !PyObject_CheckBuffer(rt, b)) {
    throw typeError(rt, `can't concat ${typeNameOf(rt, b, 100)} to ${typeNameOf(rt, a, 100)}`);
  }
  const x = bytesLike(rt, a);
  const y = bytesLike(rt, b);
  if (x.n === 0 && PyBytes_CheckExact(rt, a) && PyBytes_CheckExact(rt, b)) return newref(rt, b);
  if (y.n === 0 && PyBytes_CheckExact(rt, a)) return newref(rt, a);
  if (x.n + y.n > MAX_BYTES) throw noMemory(rt);
  const p = likeNew(rt, a, x.n + y.n);
  const to = dataOf(rt, p);
  copyBytes(rt, to, x.at, x.n);
  copyBytes(rt, to + x.n, y.at, y.n);
  return p;
}

const FAST = METH.FASTCALL;
const KW = METH.FASTCALL | METH.KEYWORDS;

/** Methods that bytes and bytearray share. */
export const sharedMethods: MethodDef[] = [
  { name: "capitalize", flags: METH.NOARGS, fn: c.b_capitalize, sig: "($self, /)" },
  { name: "center", flags: FAST, fn: c.b_center, sig: "($self, width, fillchar=b' ', /)" },
  { name: "count", flags: FAST, fn: m.b_count },
  { name: "decode", flags: KW, fn: b_decode, sig: "($self, /, encoding='utf-8', errors='strict')" },
  { name: "endswith", flags: FAST, fn: m.b_endswith },
  { name: "expandtabs", flags: KW, fn: c.b_expandtabs, sig: "($self, /, tabsize=8)" },
  { name: "find", flags: FAST, fn: m.b_find },
  { name: "hex", flags: KW, fn: c.b_hex },
  { name: "index", flags: FAST, fn: m.b_index },
  { name: "isalnum", flags: METH.NOARGS, fn: c.b_isalnum, sig: "($self, /)" },
  { name: "isalpha", flags: METH.NOARGS, fn: c.b_isalpha, sig: "($self, /)" },
  { name: "isascii", flags: METH.NOARGS, fn: c.b_isascii, sig: "($self, /)" },
  { name: "isdigit", flags: METH.NOARGS, fn: c.b_isdigit, sig: "($self, /)" },
  { name: "islower", flags: METH.NOARGS, fn: c.b_islower, sig: "($self, /)" },
  { name: "isspace", flags: METH.NOARGS, fn: c.b_isspace, sig: "($self, /)" },
  { name: "istitle", flags: METH.NOARGS, fn: c.b_istitle, sig: "($self, /)" },
  { name: "isupper", flags: METH.NOARGS, fn: c.b_isupper, sig: "($self, /)" },
  { name: "join", flags: METH.O, fn: split.b_join, sig: "($self, iterable_of_bytes, /)" },
  { name: "ljust", flags: FAST, fn: c.b_ljust, sig: "($self, width, fillchar=b' ', /)" },
  { name: "lower", flags: METH.NOARGS, fn: c.b_lower, sig: "($self, /)" },
  { name: "lstrip", flags: FAST, fn: c.b_lstrip, sig: "($self, bytes=None, /)" },
  { name: "maketrans", flags: FAST | METH.STATIC, fn: m.b_maketrans, sig: "(frm, to, /)" },
  { name: "partition", flags: METH.O, fn: split.b_partition, sig: "($self, sep, /)" },
  { name: "removeprefix", flags: METH.O, fn: m.b_removeprefix, sig: "($self, prefix, /)" },
  { name: "removesuffix", flags: METH.O, fn: m.b_removesuffix, sig: "($self, suffix, /)" },
  { name: "replace", flags: FAST, fn: m.b_replace, sig: "($self, old, new, count=-1, /)" },
  { name: "rfind", flags: FAST, fn: m.b_rfind },
  { name: "rindex", flags: FAST, fn: m.b_rindex },
  { name: "rjust", flags: FAST, fn: c.b_rjust, sig: "($self, width, fillchar=b' ', /)" },
  { name: "rpartition", flags: METH.O, fn: split.b_rpartition, sig: "($self, sep, /)" },
  { name: "rsplit", flags: KW, fn: split.b_rsplit, sig: "($self, /, sep=None, maxsplit=-1)" },
  { name: "rstrip", flags: FAST, fn: c.b_rstrip, sig: "($self, bytes=None, /)" },
  { name: "split", flags: KW, fn: split.b_split, sig: "($self, /, sep=None, maxsplit=-1)" },
  { name: "splitlines", flags: KW, fn: split.b_splitlines, sig: "($self, /, keepends=False)" },
  { name: "startswith", flags: FAST, fn: m.b_startswith },
  { name: "strip", flags: FAST, fn: c.b_strip, sig: "($self, bytes=None, /)" },
  { name: "swapcase", flags: METH.NOARGS, fn: c.b_swapcase, sig: "($self, /)" },
  { name: "title", flags: METH.NOARGS, fn: c.b_title, sig: "($self, /)" },
  { name: "translate", flags: KW, fn: m.b_translate, sig: "($self, table, /, delete=b'')" },
  { name: "upper", flags: METH.NOARGS, fn: c.b_upper, sig: "($self, /)" },
  { name: "zfill", flags: METH.O, fn: c.b_zfill, sig: "($self, width, /)" },
];
