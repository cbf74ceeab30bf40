/**
 * Items of native formats in the heap: reading one as an object, writing one from an object, by struct code. Used by
 * memoryview, array and _struct. Part of the object layer.
 */
import { PyObject_IsTrue } from "./abstract.ts";
import { byteChar } from "./bytes.ts";
import { PyFloat_FromDouble } from "./floatcore.ts";
import { bigIntOf, PyLong_FromBigInt, PyLong_FromNumber } from "./long.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Bytes of an item of a native code, 0 for an unknown code. */
export function itemSize(code: string): number {
  switch (code) {
    case "c":
    case "b":
    case "B":
    case "?":
      return 1;
    case "h":
    case "H":
    case "e":
      return 2;
    case "i":
    case "I":
    case "f":
      return 4;
    case "l":
    case "L":
    case "q":
    case "Q":
    case "n":
    case "N":
    case "d":
    case "P":
      return 8;
    default:
      return 0;
  }
}

/** Bits of the integer codes: [bytes, signed], or null. */
export function integerCode(code: string): { bytes: number; signed: boolean } | null {
  if (!"bBhHiIlLqQnNP".includes(code)) return null;
  return { bytes: itemSize(code), signed: code !== "P" && code === code.toLowerCase() };
}

/** A half-precision float's value. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const e = (bits >> 10) & 31;
  const m = bits & 0x3ff;
  if (e === 0) return sign * m * 2 ** -24;
  if (e === 31) return m === 0 ? sign * Infinity : NaN;
  return sign * (1 + m / 1024) * 2 ** (e - 15);
}

/** The bits of a number as a half-precision float, -1 if it is too large. Ties go to even. */
export function numberToHalf(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  const a = Math.abs(x);
  if (Number.isNaN(x)) return 0x7e00;
  if (a === Infinity) return sign | 0x7c00;
  if (a < 2 ** -14) return sign | roundEven(a * 2 ** 24);
  const e = Math.floor(Math.log2(a));
  const exp = a >= 2 ** e ? (a >= 2 ** (e + 1) ? e + 1 : e) : e - 1;
  const bits = ((exp + 15) << 10) + roundEven((a / 2 ** exp - 1) * 1024);
  return bits >= 0x7c00 ? -1 : sign | bits;
}

function roundEven(x: number): number {
  const f = Math.floor(x);
  const d = x - f;
  return d > 0.5 || (d === 0.5 && f % 2 === 1) ? f + 1 : f;
}

const views = new WeakMap<Runtime, DataView>();

/** A DataView on the whole heap. */
export function dataView(rt: Runtime): DataView {
  let view = views.get(rt);
  if (view === undefined) views.set(rt, (view = new DataView(rt.buffer)));
  return view;
}

/** The integer of `bytes` bytes at a byte address as an int object. */
export function readInteger(
  rt: Runtime,
  at: number,
  bytes: number,
  signed: boolean,
  little: boolean,
): NewRef {
  const dv = dataView(rt);
  switch (bytes) {
    case 1:
      return PyLong_FromNumber(rt, signed ? dv.getInt8(at) : dv.getUint8(at));
    case 2:
      return PyLong_FromNumber(rt, signed ? dv.getInt16(at, little) : dv.getUint16(at, little));
    case 4:
      return PyLong_FromNumber(rt, signed ? dv.getInt32(at, little) : dv.getUint32(at, little));
    default:
      return readLong(rt, dv, at, signed, little);
  }
}

function readLong(rt: Runtime, dv: DataView, at: number, signed: boolean, little: boolean): NewRef {
  const hi = dv.getInt32(little ? at + 4 : at, little);
  const lo = dv.getUint32(little ? at : at + 4, little);
  if (hi >= -0x200000 && hi < 0x200000 && (signed || hi >= 0))
    return PyLong_FromNumber(rt, hi * 0x1_0000_0000 + lo);
  return PyLong_FromBigInt(rt, signed ? dv.getBigInt64(at, little) : dv.getBigUint64(at, little));
}

/** Does the value fit into `bytes` bytes? */
export function fits(value: bigint, bytes: number, signed: boolean): boolean {
  const bits = BigInt(8 * bytes);
  if (!signed) return value >= 0n && value < 1n << bits;
  const half = 1n << (bits - 1n);
  return value >= -half && value < half;
}

/** Writes an int object's value, which fits. */
export function writeInteger(rt: Runtime, at: number, bytes: number, value: bigint, little: boolean): void {
  const dv = dataView(rt);
  if (bytes === 1) dv.setInt8(at, Number(BigInt.asIntN(8, value)));
  else if (bytes === 2) dv.setInt16(at, Number(BigInt.asIntN(16, value)), little);
  else if (bytes === 4) dv.setInt32(at, Number(BigInt.asIntN(32, value)), little);
  else dv.setBigInt64(at, BigInt.asIntN(64, value), little);
}

export function readFloat(rt: Runtime, at: number, bytes: number, little: boolean): NewRef {
  const dv = dataView(rt);
  if (bytes === 8) return PyFloat_FromDouble(rt, dv.getFloat64(at, little));
  if (bytes === 4) return PyFloat_FromDouble(rt, dv.getFloat32(at, little));
  return PyFloat_FromDouble(rt, halfToNumber(dv.getUint16(at, little)));
}

/** Writes a float; false if it is too large for the format. */
export function writeFloat(rt: Runtime, at: number, bytes: number, x: number, little: boolean): boolean {
  const dv = dataView(rt);
  if (bytes === 8) dv.setFloat64(at, x, little);
  else if (bytes === 4) {
    if (Number.isFinite(x) && !Number.isFinite(Math.fround(x))) return false;
    dv.setFloat32(at, x, little);
  } else {
    const bits = numberToHalf(x);
    if (bits < 0) return false;
    dv.setUint16(at, bits, little);
  }
  return true;
}

/** One item of a known native code as an object. */
export function readItem(rt: Runtime, code: string, at: number): NewRef {
  if (code === "B") return PyLong_FromNumber(rt, rt.u8[at]);
  if (code === "c") return byteChar(rt, rt.u8[at]);
  if (code === "?") return rt.u8[at] !== 0 ? rt.True : rt.False;
  if (code === "f" || code === "d" || code === "e") return readFloat(rt, at, itemSize(code), true);
  const { bytes, signed } = integerCode(code)!;
  return readInteger(rt, at, bytes, signed, true);
}

/** The value of an int object for writeInteger. */
export function integerValue(rt: Runtime, o: Ref): bigint {
  return bigIntOf(rt, o);
}

export function truth(rt: Runtime, o: Ref): number {
  return PyObject_IsTrue(rt, o) ? 1 : 0;
}
