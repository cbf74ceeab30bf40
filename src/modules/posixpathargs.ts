/** Path arguments of posix's functions: str, bytes, path objects, descriptors. Part of the modules (path_converter). */
import { _PyObject_LookupSpecial } from "../objects/abstract.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyBytes_Check, PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { fsPath, PyOS_FSPath } from "../objects/fspath.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "../objects/number.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";

export interface Path {
  /** The path, or "" for a descriptor. */
  text: string;
  fd: number;
  /** What errors show as the file name, held by the native stack. */
  shown: Ref;
  bytes: boolean;
}

/** Reads a path argument; pushes ONE reference on the native stack. */
export function pathArg(
  rt: Runtime,
  fname: string,
  arg: string,
  o: OptRef,
  allowFd = false,
  nullable = false,
): Path {
  if ((o === 0 || o === rt.None) && nullable)
    return { text: ".", fd: -1, shown: pushed(rt, newref(rt, rt.None)), bytes: false };
  if (
    allowFd &&
    !PyUnicode_Check(rt, o) &&
    !PyBytes_Check(rt, o) &&
    (PyLong_Check(rt, o) || PyIndex_Check(rt, o))
  ) {
    const fd = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
    return { text: "", fd, shown: pushed(rt, PyLong_FromNumber(rt, fd)), bytes: false };
  }
  if (!PyUnicode_Check(rt, o) && !PyBytes_Check(rt, o) && !hasFsPath(rt, o)) {
    const kinds = `string, bytes${allowFd ? ", os.PathLike" : " or os.PathLike"}`;
    const more = `${allowFd ? (nullable ? ", integer" : " or integer") : ""}${nullable ? " or None" : ""}`;
    throw typeError(rt, `${fname}: ${arg} should be ${kinds}${more}, not ${typeNameOf(rt, o)}`);
  }
  const path = pushed(rt, PyOS_FSPath(rt, o));
  const text = fsPath(rt, path);
  if (text.includes("\0")) throw valueError(rt, `${fname}: embedded null character in ${arg}`);
  return { text, fd: -1, shown: path, bytes: PyBytes_Check(rt, path) };
}

function hasFsPath(rt: Runtime, o: Ref): boolean {
  const f = _PyObject_LookupSpecial(rt, o, rt.names.__fspath__);
  if (f === 0) return false;
  decref(rt, f);
  return true;
}

/** A name as str, or as bytes where the argument was bytes. */
export function pathResult(rt: Runtime, text: string, bytes: boolean): NewRef {
  return bytes ? bytesFromJS(rt, fsBytes(text)) : PyUnicode_FromJS(rt, text);
}

/** UTF-8 with lone surrogates of surrogateescape turned back into their bytes. */
export function fsBytes(text: string): Uint8Array {
  const out: number[] = [];
  const encoder = new TextEncoder();
  for (const ch of text) {
    const c = ch.codePointAt(0)!;
    if (c >= 0xdc80 && c <= 0xdcff) out.push(c - 0xdc00);
    else out.push(...encoder.encode(ch));
  }
  return Uint8Array.from(out);
}
