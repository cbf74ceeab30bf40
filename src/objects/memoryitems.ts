/** Items and slices of memoryviews: reading, assigning, comparing, lists. Part of the object layer. */
import { PyObject_RichCompareBool } from "./abstract.ts";
import { type BufferView, PyObject_CheckBuffer, withBuffer } from "./buffer.ts";
import { PyBytes_Check, PyMemoryView_Check, PySlice_Check, PyTuple_Check } from "./check.ts";
import { caught, clearError, errorMatches, raise, typeError, valueError } from "./errors.ts";
import { PyFloat_AsDouble } from "./float.ts";
import {
  fits,
  integerCode,
  integerValue,
  itemSize,
  readItem,
  truth,
  writeFloat,
  writeInteger,
} from "./itemcodes.ts";
import { Bytes, List } from "./layout.ts";
import { PyList_New } from "./list.ts";
import { checkReleased, MemView, MF, newView, viewOf } from "./memoryview.ts";
import { PyIndex_Check, PyNumber_AsSsize_t, PyNumber_Index } from "./number.ts";
import type { Runtime } from "./runtime.ts";
import { PySlice_AdjustIndices, PySlice_Unpack, sliceOut } from "./slice.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import { Cmp, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

/** The one-letter code of a native format ("@i" is "i"), or "" for others. */
export function nativeCode(format: string): string {
  const code = format[0] === "@" ? format.slice(1) : format;
  return code.length === 1 && itemSize(code) > 0 ? code : "";
}

/** The code, or NotImplementedError. */
function codeOf(rt: Runtime, format: string): string {
  const code = nativeCode(format);
  if (code !== "") return code;
  throw raise(rt, rt.exc.NotImplementedError, `memoryview: format ${format} not supported`);
}

function isInRange(rt: Runtime, i: number, n: number, dim: number): number {
  if (i < 0) i += n;
  if (i < 0 || i >= n) throw raise(rt, rt.exc.IndexError, `index out of bounds on dimension ${dim + 1}`);
  return i;
}

/** ptr_from_tuple: the byte address of the item at a tuple of indices. */
function addressOf(rt: Runtime, view: BufferView, key: Ref): number {
  const n = tupleSize(rt, key);
  if (n > view.shape.length) {
    throw typeError(rt, `cannot index ${view.shape.length}-dimension view with ${n}-element tuple`);
  }
  let at = view.buf;
  for (let dim = 0; dim < n; dim++) {
    const i = PyNumber_AsSsize_t(rt, tupleItem(rt, key, dim), rt.exc.IndexError);
    at += isInRange(rt, i, view.shape[dim], dim) * view.strides[dim];
  }
  return at;
}

function isTupleOf(rt: Runtime, key: Ref, test: (rt: Runtime, o: Ref) => boolean): boolean {
  if (!PyTuple_Check(rt, key)) return false;
  for (let i = 0; i < tupleSize(rt, key); i++) if (!test(rt, tupleItem(rt, key, i))) return false;
  return true;
}

const notImplemented = (rt: Runtime, message: string) => raise(rt, rt.exc.NotImplementedError, message);

/** memory_item: sq_item. */
export function memory_item(rt: Runtime, self: Ref, i: number): NewRef {
  checkReleased(rt, self);
  const view = viewOf(rt, self);
  const code = codeOf(rt, view.format);
  if (view.shape.length === 0) throw typeError(rt, "invalid indexing of 0-dim memory");
  if (view.shape.length !== 1) throw notImplemented(rt, "multi-dimensional sub-views are not implemented");
  return readItem(rt, code, view.buf + isInRange(rt, i, view.shape[0], 0) * view.strides[0]);
}

/** mp_subscript */
export function memory_subscript(rt: Runtime, self: Ref, key: Ref): NewRef {
  checkReleased(rt, self);
  if (rt.i32[self + MemView.ndim] === 0) return scalarItem(rt, self, key);
  if (PyIndex_Check(rt, key)) return memory_item(rt, self, PyNumber_AsSsize_t(rt, key, rt.exc.IndexError));
  if (PySlice_Check(rt, key)) return sliced(rt, self, key);
  if (isTupleOf(rt, key, PyIndex_Check)) return itemByTuple(rt, self, key);
  if (isTupleOf(rt, key, PySlice_Check))
    throw notImplemented(rt, "multi-dimensional slicing is not implemented");
  throw typeError(rt, "memoryview: invalid slice key");
}

function scalarItem(rt: Runtime, self: Ref, key: Ref): NewRef {
  const view = viewOf(rt, self);
  if (PyTuple_Check(rt, key) && tupleSize(rt, key) === 0)
    return readItem(rt, codeOf(rt, view.format), view.buf);
  if (key === rt.Ellipsis) return newView(rt, rt.i32[self + MemView.mbuf], view);
  throw typeError(rt, "invalid indexing of 0-dim memory");
}

function itemByTuple(rt: Runtime, self: Ref, key: Ref): NewRef {
  const view = viewOf(rt, self);
  const code = codeOf(rt, view.format);
  if (tupleSize(rt, key) < view.shape.length) throw notImplemented(rt, "sub-views are not implemented");
  const at = addressOf(rt, view, key);
  checkReleased(rt, self);
  return readItem(rt, code, at);
}

/** The view of a slice of the first dimension. */
function sliceView(rt: Runtime, self: Ref, key: Ref): BufferView {
  PySlice_Unpack(rt, key);
  checkReleased(rt, self);
  const view = viewOf(rt, self);
  PySlice_AdjustIndices(view.shape[0]);
  const { start, step, length } = sliceOut;
  view.buf += view.strides[0] * start;
  view.shape[0] = length;
  view.strides[0] *= step;
  view.len = view.shape.reduce((a, b) => a * b, view.itemsize);
  return view;
}

function sliced(rt: Runtime, self: Ref, key: Ref): NewRef {
  return newView(rt, rt.i32[self + MemView.mbuf], sliceView(rt, self, key));
}

/** pack_single: writes one item from an object; conversion errors come in memoryview's words. */
function writeItem(rt: Runtime, self: Ref, format: string, at: number, value: Ref): void {
  const code = codeOf(rt, format);
  const m = mark(rt);
  let done = false;
  try {
    done = convertItem(rt, self, code, at, value);
  } catch (e) {
    if (e !== rt.pyerr || errorMatches(rt, rt.exc.OverflowError)) caught(rt, e, m, rt.exc.OverflowError);
    else {
      caught(rt, e, m, rt.exc.TypeError);
      clearError(rt);
      throw typeError(rt, `memoryview: invalid type for format '${format}'`);
    }
    clearError(rt);
  }
  if (!done) throw valueError(rt, `memoryview: invalid value for format '${format}'`);
}

function convertItem(rt: Runtime, self: Ref, code: string, at: number, value: Ref): boolean {
  if (code === "c") {
    if (!PyBytes_Check(rt, value)) throw typeError(rt, "bytes expected");
    if (rt.i32[value + Bytes.size] !== 1) return false;
    rt.u8[at] = rt.u8[(value + Bytes.data) * 4];
    return true;
  }
  if (code === "?") {
    const bit = truth(rt, value);
    checkReleased(rt, self);
    rt.u8[at] = bit;
    return true;
  }
  const int = integerCode(code);
  if (int === null) {
    const x = PyFloat_AsDouble(rt, value);
    checkReleased(rt, self);
    return writeFloat(rt, at, itemSize(code), x, true);
  }
  push(rt, PyNumber_Index(rt, value));
  const v = integerValue(rt, rt.i32[mark(rt) - 2]);
  drop(rt);
  checkReleased(rt, self);
  if (!fits(v, int.bytes, int.signed)) return false;
  writeInteger(rt, at, int.bytes, v, true);
  return true;
}

/** mp_ass_subscript */
export function memory_ass_sub(rt: Runtime, self: Ref, key: Ref, value: OptRef): void {
  checkReleased(rt, self);
  const view = viewOf(rt, self);
  if (view.readonly) throw typeError(rt, "cannot modify read-only memory");
  if (value === 0) throw typeError(rt, "cannot delete memory");
  if (view.shape.length === 0) {
    const whole = key === rt.Ellipsis || (PyTuple_Check(rt, key) && tupleSize(rt, key) === 0);
    if (!whole) throw typeError(rt, "invalid indexing of 0-dim memory");
    writeItem(rt, self, view.format, view.buf, value);
  } else if (PyIndex_Check(rt, key)) {
    if (view.shape.length > 1) throw notImplemented(rt, "sub-views are not implemented");
    const i = isInRange(rt, PyNumber_AsSsize_t(rt, key, rt.exc.IndexError), view.shape[0], 0);
    writeItem(rt, self, view.format, view.buf + i * view.strides[0], value);
  } else if (PySlice_Check(rt, key) && view.shape.length === 1) assignSlice(rt, self, key, value);
  else if (isTupleOf(rt, key, PyIndex_Check)) {
    if (tupleSize(rt, key) < view.shape.length) throw notImplemented(rt, "sub-views are not implemented");
    writeItem(rt, self, view.format, addressOf(rt, view, key), value);
  } else if (PySlice_Check(rt, key) || isTupleOf(rt, key, PySlice_Check)) {
    throw notImplemented(rt, "memoryview slice assignments are currently restricted to ndim = 1");
  } else throw typeError(rt, "memoryview: invalid slice key");
}

function assignSlice(rt: Runtime, self: Ref, key: Ref, value: Ref): void {
  const same = withBuffer(rt, value, false, (source) => copySlice(rt, source, self, key));
  if (!same) throw valueError(rt, "memoryview assignment: lvalue and rvalue have different structures");
}

/** False, and nothing is copied, where the two differ in shape or format. */
function copySlice(rt: Runtime, source: BufferView, self: Ref, key: Ref): boolean {
  const target = sliceView(rt, self, key);
  const same =
    source.shape.length === 1 &&
    nativeCode(source.format) === nativeCode(target.format) &&
    source.itemsize === target.itemsize &&
    source.shape[0] === target.shape[0];
  if (same) {
    const copy = new Uint8Array(source.len);
    for (let i = 0, from = source.buf; i < source.shape[0]; i++, from += source.strides[0]) {
      for (let k = 0; k < source.itemsize; k++) copy[i * source.itemsize + k] = rt.u8[from + k];
    }
    for (let i = 0, to = target.buf; i < target.shape[0]; i++, to += target.strides[0]) {
      for (let k = 0; k < target.itemsize; k++) rt.u8[to + k] = copy[i * target.itemsize + k];
    }
  }
  return same;
}

/** The items as nested lists. */
export function memory_tolist(rt: Runtime, self: Ref): NewRef {
  checkReleased(rt, self);
  const view = viewOf(rt, self);
  const code = codeOf(rt, view.format);
  return view.shape.length === 0 ? readItem(rt, code, view.buf) : listOf(rt, view, code, 0, view.buf);
}

function listOf(rt: Runtime, view: BufferView, code: string, dim: number, at: number): NewRef {
  const list = PyList_New(rt, view.shape[dim]);
  push(rt, list);
  const last = dim === view.shape.length - 1;
  for (let i = 0; i < view.shape[dim]; i++, at += view.strides[dim]) {
    const item = last ? readItem(rt, code, at) : listOf(rt, view, code, dim + 1, at);
    rt.i32[rt.i32[list + List.items] + 2 * i] = item;
  }
  return pop(rt);
}

/** memory_richcompare: equality of shape and items. */
export function memory_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (op !== Cmp.EQ && op !== Cmp.NE) return rt.NotImplemented;
  const equal = equalViews(rt, a, b);
  if (equal === null) return rt.NotImplemented;
  return equal === (op === Cmp.EQ) ? rt.True : rt.False;
}

function isReleased(rt: Runtime, p: Ref): boolean {
  return PyMemoryView_Check(rt, p) && (rt.i32[p + MemView.flags] & MF.RELEASED) !== 0;
}

function equalViews(rt: Runtime, a: Ref, b: Ref): boolean | null {
  if (isReleased(rt, a) || isReleased(rt, b)) return a === b;
  if (!PyMemoryView_Check(rt, a) || !PyObject_CheckBuffer(rt, b)) return null;
  const x = viewOf(rt, a);
  return withBuffer(rt, b, false, (y) => sameShape(x, y) && sameItems(rt, x, y));
}

function sameShape(x: BufferView, y: BufferView): boolean {
  return x.shape.length === y.shape.length && x.shape.every((n, i) => n === y.shape[i]);
}

function sameItems(rt: Runtime, x: BufferView, y: BufferView): boolean {
  const cx = nativeCode(x.format);
  const cy = nativeCode(y.format);
  if (cx === "" || cy === "") return false;
  return sameDimension(rt, x, y, cx, cy, 0, x.buf, y.buf);
}

function sameDimension(
  rt: Runtime,
  x: BufferView,
  y: BufferView,
  cx: string,
  cy: string,
  dim: number,
  ax: number,
  ay: number,
): boolean {
  if (dim === x.shape.length) return sameItem(rt, cx, cy, ax, ay);
  for (let i = 0; i < x.shape[dim]; i++, ax += x.strides[dim], ay += y.strides[dim]) {
    if (!sameDimension(rt, x, y, cx, cy, dim + 1, ax, ay)) return false;
  }
  return true;
}

function sameItem(rt: Runtime, cx: string, cy: string, ax: number, ay: number): boolean {
  if (cx === "B" && cy === "B") return rt.u8[ax] === rt.u8[ay];
  push(rt, readItem(rt, cx, ax));
  push(rt, readItem(rt, cy, ay));
  const m = mark(rt);
  const equal = PyObject_RichCompareBool(rt, rt.i32[m - 4], rt.i32[m - 2], Cmp.EQ);
  drop(rt, 2);
  return equal;
}
