/** Sequence operations and methods of array objects. Part of the modules. */

import { PyObject_GetIter, PyObject_RichCompare, PyObject_RichCompareBool } from "../objects/abstract.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { checkArgs } from "../objects/argparse.ts";
import { bytesLike } from "../objects/buffer.ts";
import { PyBytes_FromAddress } from "../objects/bytes.ts";
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from "../objects/call.ts";
import { PyList_Check, PyObject_TypeCheck, PySlice_Check, PyUnicode_Check } from "../objects/check.ts";
import { noMemory, raise, typeError, valueError } from "../objects/errors.ts";
import { PyIter_Next } from "../objects/iterproto.ts";
import { listItem, listSize, PyList_New, PyList_SET_ITEM } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "../objects/number.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySlice_AdjustIndices, PySlice_Unpack, sliceOut } from "../objects/slice.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { charAt, copyBytes, internStatic, strLength } from "../objects/str.ts";
import { repeatBytes } from "../objects/strconcat.ts";
import { strFromData } from "../objects/strnew.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { Cmp, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { Arr, arrayResize, arraySize, getItem, itemAt, kindOf, newArray, setItem } from "./arrayobject.ts";

const MAX_BYTES = 0x7fff_ff00;

/** The array type of this runtime. */
export function arrayType(rt: Runtime): Ref {
  return rt.moduleState.get("array.array") as Ref;
}

export function isArray(rt: Runtime, o: Ref): boolean {
  return PyObject_TypeCheck(rt, o, arrayType(rt));
}

/** A new array of a's kind. */
function like(rt: Runtime, a: Ref, n: number): NewRef {
  if (n * kindOf(rt, a).bytes > MAX_BYTES) throw noMemory(rt);
  return newArray(rt, arrayType(rt), rt.i32[a + Arr.descr], n);
}

function indexError(rt: Runtime, message: string) {
  return raise(rt, rt.exc.IndexError, message);
}

export function array_item(rt: Runtime, a: Ref, i: number): NewRef {
  if (i < 0 || i >= arraySize(rt, a)) throw indexError(rt, "array index out of range");
  return getItem(rt, a, i);
}

export function array_subscript(rt: Runtime, a: Ref, key: Ref): NewRef {
  if (PyIndex_Check(rt, key)) {
    const i = PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
    return array_item(rt, a, i < 0 ? i + arraySize(rt, a) : i);
  }
  if (!PySlice_Check(rt, key)) throw typeError(rt, "array indices must be integers");
  PySlice_Unpack(rt, key);
  PySlice_AdjustIndices(arraySize(rt, a));
  const { start, step, length } = sliceOut;
  const p = like(rt, a, Math.max(0, length));
  const { bytes } = kindOf(rt, a);
  for (let i = 0, at = start; i < length; i++, at += step)
    copyBytes(rt, itemAt(rt, p, i), itemAt(rt, a, at), bytes);
  return p;
}

/** Replaces items lo to hi by the n items at a byte address (of another array). */
function replaceRange(rt: Runtime, a: Ref, lo: number, hi: number, from: number, n: number): void {
  const size = arraySize(rt, a);
  const { bytes } = kindOf(rt, a);
  const growth = n - (hi - lo);
  if (growth > 0) arrayResize(rt, a, size + growth);
  if (growth !== 0) {
    if (growth < 0) checkResizable(rt, a);
    copyBytes(rt, itemAt(rt, a, hi + growth), itemAt(rt, a, hi), (size - hi) * bytes);
  }
  if (growth < 0) arrayResize(rt, a, size + growth);
  if (n > 0) copyBytes(rt, itemAt(rt, a, lo), from, n * bytes);
}

function checkResizable(rt: Runtime, a: Ref): void {
  if (rt.i32[a + Arr.exports] > 0) {
    throw raise(rt, rt.exc.BufferError, "cannot resize an array that is exporting buffers");
  }
}

export function array_ass_item(rt: Runtime, a: Ref, i: number, value: OptRef): void {
  if (i < 0 || i >= arraySize(rt, a)) throw indexError(rt, "array assignment index out of range");
  if (value === 0) replaceRange(rt, a, i, i + 1, 0, 0);
  else setItem(rt, a, i, value);
}

export function array_ass_subscr(rt: Runtime, a: Ref, key: Ref, value: OptRef): void {
  if (PyIndex_Check(rt, key)) {
    const i = PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
    array_ass_item(rt, a, i < 0 ? i + arraySize(rt, a) : i, value);
    return;
  }
  if (!PySlice_Check(rt, key)) throw typeError(rt, "array indices must be integers");
  PySlice_Unpack(rt, key);
  PySlice_AdjustIndices(arraySize(rt, a));
  const { start, stop, step, length } = sliceOut;
  if (value !== 0 && !isArray(rt, value)) {
    throw typeError(rt, `can only assign array (not "${typeNameOf(rt, value)}") to array slice`);
  }
  if (value !== 0 && rt.i32[value + Arr.descr] !== rt.i32[a + Arr.descr]) {
    throw typeError(rt, "bad argument type for built-in operation");
  }
  const bytes = value === 0 ? new Uint8Array(0) : itemBytes(rt, value);
  const n = value === 0 ? 0 : arraySize(rt, value);
  if (step === 1) assignRange(rt, a, start, Math.max(start, stop), bytes, n);
  else if (n === 0 && value === 0) deleteEvery(rt, a, start, step, length);
  else assignEvery(rt, a, start, step, length, bytes, n);
}

function itemBytes(rt: Runtime, a: Ref): Uint8Array {
  const at = itemAt(rt, a, 0);
  return rt.u8.slice(at, at + arraySize(rt, a) * kindOf(rt, a).bytes);
}

function assignRange(rt: Runtime, a: Ref, lo: number, hi: number, bytes: Uint8Array, n: number): void {
  const growth = n - (hi - lo);
  // An empty replacement only moves what follows.
  if (growth > 0) {
    const size = arraySize(rt, a);
    arrayResize(rt, a, size + growth);
    copyBytes(rt, itemAt(rt, a, hi + growth), itemAt(rt, a, hi), (size - hi) * kindOf(rt, a).bytes);
  } else if (growth < 0) replaceRange(rt, a, lo, lo - growth, 0, 0);
  if (n > 0) rt.u8.set(bytes, itemAt(rt, a, lo));
}

function deleteEvery(rt: Runtime, a: Ref, start: number, step: number, length: number): void {
  checkResizable(rt, a);
  if (length === 0) return;
  if (step < 0) {
    start += step * (length - 1);
    step = -step;
  }
  const size = arraySize(rt, a);
  const { bytes } = kindOf(rt, a);
  let to = start;
  for (let i = start, k = 0; i < size; i++) {
    if (k < length && i === start + k * step) k++;
    else copyBytes(rt, itemAt(rt, a, to++), itemAt(rt, a, i), bytes);
  }
  arrayResize(rt, a, size - length);
}

function assignEvery(
  rt: Runtime,
  a: Ref,
  start: number,
  step: number,
  length: number,
  bytes: Uint8Array,
  n: number,
): void {
  if (n !== length) {
    throw valueError(rt, `attempt to assign array of size ${n} to extended slice of size ${length}`);
  }
  const size = kindOf(rt, a).bytes;
  for (let i = 0, at = start; i < n; i++, at += step) {
    rt.u8.set(bytes.subarray(i * size, (i + 1) * size), itemAt(rt, a, at));
  }
}

export function array_concat(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!isArray(rt, b)) throw typeError(rt, `can only append array (not "${typeNameOf(rt, b)}") to array`);
  if (rt.i32[a + Arr.descr] !== rt.i32[b + Arr.descr])
    throw typeError(rt, "bad argument type for built-in operation");
  const na = arraySize(rt, a);
  const nb = arraySize(rt, b);
  const p = like(rt, a, na + nb);
  const { bytes } = kindOf(rt, a);
  if (na > 0) copyBytes(rt, itemAt(rt, p, 0), itemAt(rt, a, 0), na * bytes);
  if (nb > 0) copyBytes(rt, itemAt(rt, p, na), itemAt(rt, b, 0), nb * bytes);
  return p;
}

export function array_repeat(rt: Runtime, a: Ref, times: number): NewRef {
  const n = arraySize(rt, a);
  const p = like(rt, a, Math.max(0, times) * n);
  const { bytes } = kindOf(rt, a);
  if (times > 0 && n > 0) repeatBytes(rt, itemAt(rt, p, 0), itemAt(rt, a, 0), n * bytes, n * bytes * times);
  return p;
}

export function array_inplace_repeat(rt: Runtime, a: Ref, times: number): NewRef {
  const n = arraySize(rt, a);
  const { bytes } = kindOf(rt, a);
  if (n > 0 && times !== 1) {
    const count = Math.max(0, times);
    if (n * count * bytes > MAX_BYTES) throw noMemory(rt);
    arrayResize(rt, a, n * count);
    if (count > 1) repeatBytes(rt, itemAt(rt, a, 0), itemAt(rt, a, 0), n * bytes, n * bytes * count);
  }
  return newref(rt, a);
}

function extendByArray(rt: Runtime, a: Ref, b: Ref): void {
  if (rt.i32[a + Arr.descr] !== rt.i32[b + Arr.descr])
    throw typeError(rt, "can only extend with array of same kind");
  const n = arraySize(rt, a);
  const more = arraySize(rt, b);
  if (more === 0) return;
  arrayResize(rt, a, n + more);
  copyBytes(rt, itemAt(rt, a, n), itemAt(rt, b, 0), more * kindOf(rt, a).bytes);
}

/** Appends the items of any iterable. */
export function extendBy(rt: Runtime, a: Ref, o: Ref): void {
  if (isArray(rt, o)) {
    extendByArray(rt, a, o);
    return;
  }
  push(rt, PyObject_GetIter(rt, o));
  const it = rt.i32[mark(rt) - 2];
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    append(rt, a, item);
    drop(rt);
  }
  drop(rt);
}

export function append(rt: Runtime, a: Ref, item: Ref): void {
  insertAt(rt, a, arraySize(rt, a), item);
}

function insertAt(rt: Runtime, a: Ref, where: number, item: Ref): void {
  setItem(rt, a, -1, item);
  const n = arraySize(rt, a);
  arrayResize(rt, a, n + 1);
  if (where < 0) where = Math.max(0, where + n);
  where = Math.min(where, n);
  const { bytes } = kindOf(rt, a);
  if (where !== n) copyBytes(rt, itemAt(rt, a, where + 1), itemAt(rt, a, where), (n - where) * bytes);
  setItem(rt, a, where, item);
}

export function array_inplace_concat(rt: Runtime, a: Ref, o: Ref): NewRef {
  if (!isArray(rt, o)) throw typeError(rt, `can only extend array with array (not "${typeNameOf(rt, o)}")`);
  extendByArray(rt, a, o);
  return newref(rt, a);
}

export function array_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!isArray(rt, a) || !isArray(rt, b)) return rt.NotImplemented;
  const na = arraySize(rt, a);
  const nb = arraySize(rt, b);
  if (na !== nb && (op === Cmp.EQ || op === Cmp.NE)) return op === Cmp.NE ? rt.True : rt.False;
  for (let i = 0; i < na && i < nb; i++) {
    push(rt, getItem(rt, a, i));
    push(rt, getItem(rt, b, i));
    const m = mark(rt);
    const [x, y] = [rt.i32[m - 4], rt.i32[m - 2]];
    if (!PyObject_RichCompareBool(rt, x, y, Cmp.EQ)) {
      const result = op === Cmp.EQ ? rt.False : op === Cmp.NE ? rt.True : PyObject_RichCompare(rt, x, y, op);
      drop(rt, 2);
      return result;
    }
    drop(rt, 2);
  }
  const d = na - nb;
  const holds = [d < 0, d <= 0, d === 0, d !== 0, d > 0, d >= 0][op];
  return holds ? rt.True : rt.False;
}

/** First index of an equal item from `start` to `stop`, or -1. */
function find(rt: Runtime, a: Ref, v: Ref, start: number, stop: number): number {
  for (let i = start; i < stop && i < arraySize(rt, a); i++) {
    push(rt, getItem(rt, a, i));
    const equal = PyObject_RichCompareBool(rt, rt.i32[mark(rt) - 2], v, Cmp.EQ);
    drop(rt);
    if (equal) return i;
  }
  return -1;
}

export function array_contains(rt: Runtime, a: Ref, v: Ref): boolean {
  return find(rt, a, v, 0, Infinity) >= 0;
}

export function array_index(rt: Runtime, a: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "index", nargs, 1, 3);
  let start = nargs > 1 ? PyNumber_AsSsize_t(rt, rt.i32[args + 2], 0) : 0;
  let stop = nargs > 2 ? PyNumber_AsSsize_t(rt, rt.i32[args + 4], 0) : Infinity;
  if (start < 0) start = Math.max(0, start + arraySize(rt, a));
  if (stop < 0) stop += arraySize(rt, a);
  const i = find(rt, a, rt.i32[args], start, stop);
  if (i < 0) throw valueError(rt, "array.index(x): x not in array");
  return PyLong_FromNumber(rt, i);
}

export function array_count(rt: Runtime, a: Ref, v: Ref): NewRef {
  let n = 0;
  for (let i = find(rt, a, v, 0, Infinity); i >= 0; i = find(rt, a, v, i + 1, Infinity)) n++;
  return PyLong_FromNumber(rt, n);
}

export function array_remove(rt: Runtime, a: Ref, v: Ref): NewRef {
  const i = find(rt, a, v, 0, Infinity);
  if (i < 0) throw valueError(rt, "array.remove(x): x not in array");
  replaceRange(rt, a, i, i + 1, 0, 0);
  return rt.None;
}

export function array_pop(rt: Runtime, a: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "pop", nargs, 0, 1);
  let i = nargs > 0 ? ssizeArgument(rt, rt.i32[args]) : -1;
  const n = arraySize(rt, a);
  if (n === 0) throw indexError(rt, "pop from empty array");
  if (i < 0) i += n;
  if (i < 0 || i >= n) throw indexError(rt, "pop index out of range");
  push(rt, getItem(rt, a, i));
  replaceRange(rt, a, i, i + 1, 0, 0);
  return pop(rt);
}

export function array_append(rt: Runtime, a: Ref, v: Ref): NewRef {
  append(rt, a, v);
  return rt.None;
}

export function array_extend(rt: Runtime, a: Ref, o: Ref): NewRef {
  extendBy(rt, a, o);
  return rt.None;
}

export function array_insert(rt: Runtime, a: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "insert", nargs, 2, 2);
  insertAt(rt, a, ssizeArgument(rt, rt.i32[args]), rt.i32[args + 2]);
  return rt.None;
}

export function array_clear(rt: Runtime, a: Ref): NewRef {
  arrayResize(rt, a, 0);
  return rt.None;
}

export function array_copy(rt: Runtime, a: Ref): NewRef {
  const n = arraySize(rt, a);
  const p = like(rt, a, n);
  if (n > 0) copyBytes(rt, itemAt(rt, p, 0), itemAt(rt, a, 0), n * kindOf(rt, a).bytes);
  return p;
}

function eachReversed(rt: Runtime, a: Ref, whole: boolean): void {
  const n = arraySize(rt, a);
  if (n === 0) return;
  const { bytes } = kindOf(rt, a);
  const at = itemAt(rt, a, 0);
  // The whole turned round byte by byte, then each item turned back; or each item alone.
  if (whole) rt.u8.subarray(at, at + n * bytes).reverse();
  for (let i = 0; i < n; i++) rt.u8.subarray(at + i * bytes, at + (i + 1) * bytes).reverse();
}

export function array_reverse(rt: Runtime, a: Ref): NewRef {
  eachReversed(rt, a, true);
  return rt.None;
}

export function array_byteswap(rt: Runtime, a: Ref): NewRef {
  eachReversed(rt, a, false);
  return rt.None;
}

export function array_buffer_info(rt: Runtime, a: Ref): NewRef {
  push(rt, PyLong_FromNumber(rt, itemAt(rt, a, 0)));
  push(rt, PyLong_FromNumber(rt, arraySize(rt, a)));
  const m = mark(rt);
  const t = PyTuple_Pack(rt, rt.i32[m - 4], rt.i32[m - 2]);
  drop(rt, 2);
  return t;
}

export function array_tolist(rt: Runtime, a: Ref): NewRef {
  const n = arraySize(rt, a);
  const list = PyList_New(rt, n);
  push(rt, list);
  for (let i = 0; i < n; i++) PyList_SET_ITEM(rt, list, i, getItem(rt, a, i));
  return pop(rt);
}

export function array_fromlist(rt: Runtime, a: Ref, list: Ref): NewRef {
  if (!PyList_Check(rt, list)) throw typeError(rt, "arg must be list");
  const n = listSize(rt, list);
  // All are checked before the first is stored, so that a bad one leaves the array as it was.
  for (let i = 0; i < n && i < listSize(rt, list); i++) setItem(rt, a, -1, listItem(rt, list, i));
  const old = arraySize(rt, a);
  if (n > 0) arrayResize(rt, a, old + n);
  for (let i = 0; i < n; i++) setItem(rt, a, old + i, listItem(rt, list, i));
  return rt.None;
}

export function array_tobytes(rt: Runtime, a: Ref): NewRef {
  return PyBytes_FromAddress(rt, itemAt(rt, a, 0), arraySize(rt, a) * kindOf(rt, a).bytes);
}

export function array_frombytes(rt: Runtime, a: Ref, o: Ref): NewRef {
  const { n } = bytesLike(rt, o);
  const { bytes } = kindOf(rt, a);
  if (n % bytes !== 0) throw valueError(rt, "bytes length not a multiple of item size");
  const old = arraySize(rt, a);
  if (n > 0) {
    arrayResize(rt, a, old + n / bytes);
    copyBytes(rt, itemAt(rt, a, old), bytesLike(rt, o).at, n);
  }
  return rt.None;
}

export function array_tofile(rt: Runtime, a: Ref, file: Ref): NewRef {
  const total = arraySize(rt, a) * kindOf(rt, a).bytes;
  for (let done = 0; done < total; done += 65536) {
    push(rt, PyBytes_FromAddress(rt, itemAt(rt, a, 0) + done, Math.min(65536, total - done)));
    decref(rt, PyObject_CallMethodOneArg(rt, file, rt.names.write, rt.i32[mark(rt) - 2]));
    drop(rt);
  }
  return rt.None;
}

export function array_fromfile(rt: Runtime, a: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "fromfile", nargs, 2, 2);
  const n = ssizeArgument(rt, rt.i32[args + 2]);
  if (n < 0) throw valueError(rt, "negative count");
  const wanted = n * kindOf(rt, a).bytes;
  push(rt, PyLong_FromNumber(rt, wanted));
  push(rt, PyObject_CallMethodOneArg(rt, rt.i32[args], rt.names.read, rt.i32[mark(rt) - 2]));
  const data = rt.i32[mark(rt) - 2];
  const got = bytesLike(rt, data).n;
  array_frombytes(rt, a, data);
  drop(rt, 2);
  if (got !== wanted) throw raise(rt, rt.exc.EOFError, "read() didn't return enough bytes");
  return rt.None;
}

function needText(rt: Runtime, a: Ref, name: string): void {
  const { code } = kindOf(rt, a);
  if (code !== "u" && code !== "w") {
    throw valueError(rt, `${name}() may only be called on unicode type arrays ('u' or 'w')`);
  }
}

export function appendText(rt: Runtime, a: Ref, s: Ref): void {
  const old = arraySize(rt, a);
  const n = strLength(rt, s);
  if (n === 0) return;
  arrayResize(rt, a, old + n);
  for (let i = 0; i < n; i++) rt.u32[itemAt(rt, a, old + i) >>> 2] = charAt(rt, s, i);
}

export function array_fromunicode(rt: Runtime, a: Ref, s: Ref): NewRef {
  if (!PyUnicode_Check(rt, s))
    throw typeError(rt, `fromunicode() argument must be str, not ${typeNameOf(rt, s)}`);
  needText(rt, a, "fromunicode");
  appendText(rt, a, s);
  return rt.None;
}

export function array_tounicode(rt: Runtime, a: Ref): NewRef {
  needText(rt, a, "tounicode");
  return strFromData(rt, 4, rt.i32[a + Arr.item], 0, arraySize(rt, a));
}

/** The list of items for pickling with the old protocols, through the array's own tolist. */
export function itemsList(rt: Runtime, a: Ref): NewRef {
  return PyObject_CallMethodNoArgs(rt, a, internStatic(rt, "tolist"));
}
