/** Paths given as str, bytes or path objects. Part of the object layer (CPython's Modules/posixmodule.c). */
import { _PyObject_LookupSpecial } from "./abstract.ts";
import { PyObject_CallNoArgs } from "./call.ts";
import { PyBytes_Check, PyUnicode_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { Bytes } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** os.fspath(o): a str or bytes, a new reference (PyOS_FSPath). */
export function PyOS_FSPath(rt: Runtime, o: Ref): NewRef {
  if (PyUnicode_Check(rt, o) || PyBytes_Check(rt, o)) return newref(rt, o);
  const func = _PyObject_LookupSpecial(rt, o, rt.names.__fspath__);
  if (func === 0) throw notAPath(rt, o);
  push(rt, func);
  const path = PyObject_CallNoArgs(rt, func);
  drop(rt);
  if (PyUnicode_Check(rt, path) || PyBytes_Check(rt, path)) return path;
  push(rt, path);
  const who = typeNameOf(rt, o);
  throw typeError(rt, `expected ${who}.__fspath__() to return str or bytes, not ${typeNameOf(rt, path)}`);
}

function notAPath(rt: Runtime, o: Ref): PyErr {
  return typeError(rt, `expected str, bytes or os.PathLike object, not ${typeNameOf(rt, o)}`);
}

/** A path as JavaScript text; bytes that are not UTF-8 become lone surrogates (PyUnicode_FSDecoder). */
export function fsPath(rt: Runtime, o: Ref): string {
  const path = PyOS_FSPath(rt, o);
  push(rt, path);
  const text = PyUnicode_Check(rt, path) ? jsString(rt, path) : decodeBytes(rt, path);
  drop(rt);
  return text;
}

function decodeBytes(rt: Runtime, path: Ref): string {
  const at = (path + Bytes.data) * 4;
  return surrogateEscape(rt.u8.subarray(at, at + rt.i32[path + Bytes.size]));
}

/** UTF-8 with the surrogateescape error handler. */
export function surrogateEscape(bytes: Uint8Array): string {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let out = "";
  for (let i = 0; i < bytes.length; ) {
    const n = sequenceLength(bytes, i, strict);
    if (n === 0) out += String.fromCharCode(0xdc00 + bytes[i++]);
    else {
      out += strict.decode(bytes.subarray(i, i + n));
      i += n;
    }
  }
  return out;
}

/** Length of the valid UTF-8 character at i; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, i: number, strict: TextDecoder): number {
  const c = bytes[i];
  if (c < 0x80) return 1;
  const n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
  try {
    strict.decode(bytes.subarray(i, i + n));
    return n;
  } catch {
    return 0;
  }
}
