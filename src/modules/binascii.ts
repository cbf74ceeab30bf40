/** The module binascii: base64, hexadecimal, uuencode, quoted-printable, checksums. */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { intArgument } from "../objects/argnumbers.ts";
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { bytesLike, PyObject_CheckBuffer } from "../objects/buffer.ts";
import { PyBytes_FromAddress, PyBytes_FromArray } from "../objects/bytes.ts";
import { hexOf } from "../objects/bytescase.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { bigIntOf, PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { PyNumber_Index } from "../objects/number.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { isAscii, strData, strLength } from "../objects/str.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { decodeQp, encodeQp } from "./binasciiqp.ts";
import { createModule } from "./native.ts";
import { newException } from "./newexception.ts";

interface State {
  Error: Ref;
  Incomplete: Ref;
}

function binError(rt: Runtime, message: string) {
  return raise(rt, (rt.moduleState.get("binascii") as State).Error, message);
}

/** The bytes of a bytes-like object or an ASCII str, in place. */
function asciiData(rt: Runtime, o: Ref): Uint8Array {
  if (PyUnicode_Check(rt, o)) {
    if (!isAscii(rt, o)) throw valueError(rt, "string argument should contain only ASCII characters");
    const at = strData(rt, o) * 4;
    return rt.u8.subarray(at, at + strLength(rt, o));
  }
  if (!PyObject_CheckBuffer(rt, o)) {
    throw typeError(rt, `argument should be bytes, buffer or ASCII string, not '${typeNameOf(rt, o)}'`);
  }
  return binaryData(rt, o);
}

function binaryData(rt: Runtime, o: Ref): Uint8Array {
  const { at, n } = bytesLike(rt, o);
  return rt.u8.subarray(at, at + n);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Uint8Array(256).fill(64);
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

const A2B_BASE64 = kwSpec("a2b_base64", "data, /, *, strict_mode=");

function a2b_base64(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [o, strictArg] = parseFastKw(rt, A2B_BASE64, args, nargs, kwnames);
  const strict = strictArg !== 0 && PyObject_IsTrue(rt, strictArg);
  const data = asciiData(rt, o);
  const out: number[] = [];
  if (strict && data[0] === 61) throw binError(rt, "Leading padding not allowed");
  let quad = 0;
  let left = 0;
  let pads = 0;
  let padding = false;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 61) {
      padding = true;
      if (strict && quad === 0) throw binError(rt, "Excess padding not allowed");
      if (quad >= 2 && quad + ++pads >= 4) {
        if (strict && i + 1 < data.length) throw binError(rt, "Excess data after padding");
        return PyBytes_FromArray(rt, out);
      }
      continue;
    }
    const v = VALUES[data[i]];
    if (v === 64) {
      if (strict) throw binError(rt, "Only base64 data is allowed");
      continue;
    }
    if (strict && padding) throw binError(rt, "Discontinuous padding not allowed");
    pads = 0;
    if (quad === 1) out.push((left << 2) | (v >> 4));
    else if (quad === 2) out.push(((left & 15) << 4) | (v >> 2));
    else if (quad === 3) out.push(((left & 3) << 6) | v);
    left = v;
    quad = (quad + 1) & 3;
  }
  if (quad === 1) {
    const n = Math.floor(out.length / 3) * 4 + 1;
    const message = `Invalid base64-encoded string: number of data characters (${n}) cannot be 1 more than a multiple of 4`;
    throw binError(rt, message);
  }
  if (quad !== 0) throw binError(rt, "Incorrect padding");
  return PyBytes_FromArray(rt, out);
}

const B2A_BASE64 = kwSpec("b2a_base64", "data, /, *, newline=");

function b2a_base64(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [o, newline] = parseFastKw(rt, B2A_BASE64, args, nargs, kwnames);
  const withNewline = newline === 0 || PyObject_IsTrue(rt, newline);
  const data = binaryData(rt, o);
  const out: number[] = [];
  for (let i = 0; i < data.length; i += 3) {
    const bits = (data[i] << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    const rest = data.length - i;
    out.push(ALPHABET.charCodeAt(bits >> 18), ALPHABET.charCodeAt((bits >> 12) & 63));
    out.push(
      rest > 1 ? ALPHABET.charCodeAt((bits >> 6) & 63) : 61,
      rest > 2 ? ALPHABET.charCodeAt(bits & 63) : 61,
    );
  }
  if (withNewline) out.push(10);
  return PyBytes_FromArray(rt, out);
}

function hexFunction(name: string): MethodDef {
  const spec = kwSpec(name, "data, sep=, bytes_per_sep=");
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef => {
    const [o, sep, per] = parseFastKw(rt, spec, args, nargs, kwnames);
    const group = per === 0 ? 1 : intArgument(rt, per);
    const { at, n } = bytesLike(rt, o);
    const text = hexOf(rt, at, n, sep, group);
    push(rt, text);
    const b = PyBytes_FromAddress(rt, strData(rt, text) * 4, strLength(rt, text));
    drop(rt);
    return b;
  };
  return { name, flags: METH.FASTCALL | METH.KEYWORDS, fn };
}

function hexValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function unhexlify(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const data = asciiData(rt, o);
  if (data.length % 2 !== 0) throw binError(rt, "Odd-length string");
  const out: number[] = [];
  for (let i = 0; i < data.length; i += 2) {
    const high = hexValue(data[i]);
    const low = hexValue(data[i + 1]);
    if (high < 0 || low < 0) throw binError(rt, "Non-hexadecimal digit found");
    out.push(high * 16 + low);
  }
  return PyBytes_FromArray(rt, out);
}

const CRC_TABLE = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  CRC_TABLE[n] = c >>> 0;
}

/** The low 32 bits of an int argument. */
export function word(rt: Runtime, o: Ref): number {
  push(rt, PyNumber_Index(rt, o));
  const v = Number(BigInt.asUintN(32, bigIntOf(rt, rt.i32[mark(rt) - 2])));
  drop(rt);
  return v;
}

export function crc32(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "crc32", nargs, 1, 2);
  const start = nargs > 1 ? word(rt, rt.i32[args + 2]) : 0;
  let crc = ~start;
  for (const b of binaryData(rt, rt.i32[args])) crc = CRC_TABLE[(crc ^ b) & 255] ^ (crc >>> 8);
  return PyLong_FromNumber(rt, ~crc >>> 0);
}

function crc_hqx(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "crc_hqx", nargs, 2, 2);
  let crc = word(rt, rt.i32[args + 2]) & 0xffff;
  for (const b of binaryData(rt, rt.i32[args])) {
    crc ^= b << 8;
    for (let k = 0; k < 8; k++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return PyLong_FromNumber(rt, crc);
}

function a2b_uu(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const data = asciiData(rt, o);
  const out: number[] = [];
  const length = ((data[0] ?? 0) - 32) & 63;
  let bits = 0;
  let nbits = 0;
  let i = 1;
  for (; out.length < length; i++) {
    let c = i < data.length ? data[i] : 10;
    if (c === 10 || c === 13) c = 0;
    else if (c < 32 || c > 96) throw binError(rt, "Illegal char");
    else c = (c - 32) & 63;
    bits = (bits << 6) | c;
    nbits += 6;
    if (nbits < 8) continue;
    nbits -= 8;
    out.push((bits >> nbits) & 255);
    bits &= (1 << nbits) - 1;
  }
  for (; i < data.length; i++) {
    if (![32, 96, 10, 13].includes(data[i])) throw binError(rt, "Trailing garbage");
  }
  return PyBytes_FromArray(rt, out);
}

const B2A_UU = kwSpec("b2a_uu", "data, /, *, backtick=");

function b2a_uu(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [o, tick] = parseFastKw(rt, B2A_UU, args, nargs, kwnames);
  const zero = tick !== 0 && PyObject_IsTrue(rt, tick) ? 96 : 32;
  const data = binaryData(rt, o);
  if (data.length > 45) throw binError(rt, "At most 45 bytes at once");
  const symbol = (v: number): number => (v === 0 ? zero : v + 32);
  const out: number[] = [symbol(data.length)];
  for (let i = 0; i < data.length; i += 3) {
    const bits = (data[i] << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) out.push(symbol((bits >> shift) & 63));
  }
  out.push(10);
  return PyBytes_FromArray(rt, out);
}

const A2B_QP = kwSpec("a2b_qp", "data, header=");
const B2A_QP = kwSpec("b2a_qp", "data, quotetabs=, istext=, header=");

function a2b_qp(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [o, header] = parseFastKw(rt, A2B_QP, args, nargs, kwnames);
  const inHeader = header !== 0 && PyObject_IsTrue(rt, header);
  return PyBytes_FromArray(rt, decodeQp(asciiData(rt, o), inHeader));
}

function b2a_qp(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [o, quotetabs, istext, header] = parseFastKw(rt, B2A_QP, args, nargs, kwnames);
  const flag = (v: OptRef, dflt: boolean): boolean => (v === 0 ? dflt : PyObject_IsTrue(rt, v));
  const options = {
    quotetabs: flag(quotetabs, false),
    istext: flag(istext, true),
    header: flag(header, false),
  };
  return PyBytes_FromArray(rt, encodeQp(binaryData(rt, o), options));
}

const KW = METH.FASTCALL | METH.KEYWORDS;
const methods: MethodDef[] = [
  { name: "a2b_uu", flags: METH.O, fn: a2b_uu },
  { name: "b2a_uu", flags: KW, fn: b2a_uu },
  { name: "a2b_base64", flags: KW, fn: a2b_base64 },
  { name: "b2a_base64", flags: KW, fn: b2a_base64 },
  { name: "a2b_hex", flags: METH.O, fn: unhexlify },
  hexFunction("b2a_hex"),
  hexFunction("hexlify"),
  { name: "unhexlify", flags: METH.O, fn: unhexlify },
  { name: "crc_hqx", flags: METH.FASTCALL, fn: crc_hqx },
  { name: "crc32", flags: METH.FASTCALL, fn: crc32 },
  { name: "b2a_qp", flags: KW, fn: b2a_qp },
  { name: "a2b_qp", flags: KW, fn: a2b_qp },
];

/** The module object: a new reference. */
export function initModule_binascii(rt: Runtime): NewRef {
  const m = createModule(rt, "binascii", methods);
  push(rt, m);
  let state = rt.moduleState.get("binascii") as State | undefined;
  if (state === undefined) {
    state = {
      Error: newException(rt, "binascii", "Error", rt.exc.ValueError),
      Incomplete: newException(rt, "binascii", "Incomplete", rt.exc.Exception),
    };
    const kept = state;
    rt.moduleState.set("binascii", state);
    registerRoot(rt, () => [kept.Error, kept.Incomplete], "binascii");
  }
  PyModule_AddObjectRef(rt, m, "Error", state.Error);
  PyModule_AddObjectRef(rt, m, "Incomplete", state.Incomplete);
  return pop(rt);
}
