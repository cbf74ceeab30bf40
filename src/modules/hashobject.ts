/** Objects that make digests: update, digest, hexdigest, copy, and the constructors' arguments. Part of the modules. */
import { bytesLike, PyObject_CheckBuffer } from "../objects/buffer.ts";
import { PyBytes_FromArray } from "../objects/bytes.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
} from "../objects/typeinfo.ts";
import type { Algorithm, Digest } from "./hashes.ts";
import { JsType } from "./jsobject.ts";

/** The state of a hash object. */
export interface Hashing {
  algorithm: Algorithm;
  digest: Digest;
}

export function updateWith(rt: Runtime, hashing: Hashing, data: Ref): void {
  if (PyUnicode_Check(rt, data)) throw typeError(rt, "Strings must be encoded before hashing");
  if (!PyObject_CheckBuffer(rt, data)) throw typeError(rt, "object supporting the buffer API required");
  const { at, n } = bytesLike(rt, data);
  hashing.digest.update(rt.u8.subarray(at, at + n));
}

export const hexText = (bytes: Uint8Array): string =>
  Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

/** The digest so far; `length` for those that have any length. */
function result(rt: Runtime, { algorithm, digest }: Hashing, length: OptRef): Uint8Array {
  if (!algorithm.xof) return digest.clone().digest();
  const n = PyNumber_AsSsize_t(rt, length, rt.exc.OverflowError);
  if (n < 0) throw valueError(rt, "value must be positive");
  return n === 0 ? new Uint8Array(0) : digest.clone().xof!(n);
}

/** A type of hash objects: CPython's name and size, and whether digests have any length; `made`: by calling the type. */
export function defineHash(
  rt: Runtime,
  name: string,
  basicsize: number,
  xof: boolean,
  more: {
    made?: boolean;
    methods?: MethodDef[];
    getsets?: GetSetDef[];
    repr?: (rt: Runtime, self: Ref) => NewRef;
  } = {},
): JsType<Hashing> {
  const flags = xof ? METH.O : METH.NOARGS;
  const methods: MethodDef[] = [
    {
      name: "update",
      flags: METH.O,
      fn: (r, self, data) => {
        updateWith(r, type.of(self), data);
        return r.None;
      },
      sig: "($self, obj, /)",
    },
    {
      name: "digest",
      flags,
      fn: (r, self, n) => PyBytes_FromArray(r, result(r, type.of(self), n)),
      sig: xof ? "($self, length, /)" : "($self, /)",
    },
    {
      name: "hexdigest",
      flags,
      fn: (r, self, n) => PyUnicode_FromJS(r, hexText(result(r, type.of(self), n))),
      sig: xof ? "($self, length, /)" : "($self, /)",
    },
    {
      name: "copy",
      flags: METH.NOARGS,
      fn: (r, self) => {
        const { algorithm, digest } = type.of(self);
        return type.make(r, { algorithm, digest: digest.clone() });
      },
      sig: "($self, /)",
    },
    ...(more.methods ?? []),
  ];
  const number = (key: "digestSize" | "blockSize") => (r: Runtime, self: Ref) =>
    PyLong_FromNumber(r, type.of(self).algorithm[key]);
  const type: JsType<Hashing> = new JsType(rt, {
    name,
    basicsize,
    flags: TF.IMMUTABLETYPE | (more.made ? 0 : TF.DISALLOW_INSTANTIATION | TF.BASETYPE),
    slots: more.repr ? { tp_repr: more.repr } : {},
    methods,
    getsets: [
      { name: "digest_size", get: number("digestSize") },
      { name: "block_size", get: number("blockSize") },
      { name: "name", get: (r, self) => PyUnicode_FromJS(r, type.of(self).algorithm.name) },
      ...(more.getsets ?? []),
    ],
  });
  return type;
}

/** A new hash object, begun with `data` (or 0). */
export function newHash(rt: Runtime, type: JsType<Hashing>, algorithm: Algorithm, data: OptRef): NewRef {
  const hashing = { algorithm, digest: algorithm.create() };
  if (data !== 0) updateWith(rt, hashing, data);
  return type.make(rt, hashing);
}
