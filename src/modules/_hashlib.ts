/**
 * The module _hashlib: what CPython has of OpenSSL. Part of the modules. `hmac` objects are not here: the library's own Python
 * code makes them, as it does for digests that OpenSSL does not know.
 */

import { getAttrString } from "../objects/abstract.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { bytesLike, copyOfBytes } from "../objects/buffer.ts";
import { PyBytes_FromArray } from "../objects/bytes.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { overflowError, raise, typeError, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { hexAddress } from "../objects/repr.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PyFrozenSet_New, PySet_Add } from "../objects/set.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { ALGORITHMS, type Algorithm } from "./hashes.ts";
import { defineHash, type Hashing, newHash } from "./hashobject.ts";
import type { JsType } from "./jsobject.ts";
import { createModule } from "./native.ts";
import { newException } from "./newexception.ts";

interface State {
  HASH: JsType<Hashing>;
  HASHXOF: JsType<Hashing>;
  unsupported: Ref;
}

const NAMES = Object.keys(ALGORITHMS).filter((name) => !name.startsWith("blake2"));
const CONSTRUCTORS = NAMES.filter((name) => !/^(ripemd160|sha512_)/.test(name));

function stateOf(rt: Runtime): State {
  return rt.moduleState.get("_hashlib") as State;
}

function make(rt: Runtime, algorithm: Algorithm, data: OptRef): NewRef {
  const { HASH, HASHXOF } = stateOf(rt);
  return newHash(rt, algorithm.xof ? HASHXOF : HASH, algorithm, data);
}

function find(rt: Runtime, name: string): Algorithm {
  const key = name.toLowerCase().replaceAll("-", "_");
  const found = NAMES.includes(key)
    ? ALGORITHMS[key]
    : NAMES.includes(key.replace("_", ""))
      ? ALGORITHMS[key.replace("_", "")]
      : undefined;
  if (found === undefined) throw raise(rt, stateOf(rt).unsupported, `unsupported hash type ${name}`);
  return found;
}

function constructorFunction(name: string): MethodDef {
  const spec = kwSpec(`openssl_${name}`, "string=, *, usedforsecurity=");
  return {
    name: `openssl_${name}`,
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (rt, _m, args, nargs, kwnames) =>
      make(rt, ALGORITHMS[name], parseFastKw(rt, spec, args, nargs, kwnames)[0]),
    sig: "($module, /, string=b'', *, usedforsecurity=True)",
  };
}

const NEW = kwSpec("new", "name, string=, *, usedforsecurity=");

function hashlib_new(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [name, data] = parseFastKw(rt, NEW, args, nargs, kwnames);
  return make(rt, find(rt, textArg(rt, name)), data);
}

function textArg(rt: Runtime, o: Ref): string {
  if (!PyUnicode_Check(rt, o)) throw typeError(rt, "name must be a string");
  return jsString(rt, o);
}

/** The keyed digest of a message (RFC 2104). */
function hmac(algorithm: Algorithm, key: Uint8Array): (message: Uint8Array[]) => Uint8Array {
  const { blockSize, create } = algorithm;
  let short = key;
  if (key.length > blockSize) {
    const d = create();
    d.update(key);
    short = d.digest();
  }
  const begin = (mask: number) => {
    const block = new Uint8Array(blockSize).fill(mask);
    short.forEach((b, i) => {
      block[i] ^= b;
    });
    const d = create();
    d.update(block);
    return d;
  };
  const [inner, outer] = [begin(0x36), begin(0x5c)];
  return (message) => {
    const a = inner.clone();
    for (const part of message) a.update(part);
    const b = outer.clone();
    b.update(a.digest());
    return b.digest();
  };
}

const PBKDF2 = kwSpec("pbkdf2_hmac", "hash_name, password, salt, iterations, dklen=");

function pbkdf2_hmac(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [name, password, salt, rounds, length] = parseFastKw(rt, PBKDF2, args, nargs, kwnames);
  const algorithm = find(rt, textArg(rt, name));
  const iterations = PyNumber_AsSsize_t(rt, rounds, rt.exc.OverflowError);
  if (iterations < 1) throw valueError(rt, "iteration value must be greater than 0.");
  const given = length !== 0 && length !== rt.None;
  const dklen = given ? PyNumber_AsSsize_t(rt, length, rt.exc.OverflowError) : algorithm.digestSize;
  if (dklen < 1) throw valueError(rt, "key length must be greater than 0.");
  if (dklen > 0x7fffffff) throw overflowError(rt, "key length is too great.");
  return PyBytes_FromArray(
    rt,
    pbkdf2(hmac(algorithm, copyOfBytes(rt, password)), copyOfBytes(rt, salt), iterations, dklen),
  );
}

function pbkdf2(
  prf: (message: Uint8Array[]) => Uint8Array,
  salt: Uint8Array,
  iterations: number,
  dklen: number,
): Uint8Array {
  const out = new Uint8Array(dklen);
  for (let at = 0, block = 1; at < dklen; block++) {
    let u = prf([salt, Uint8Array.of(block >>> 24, block >>> 16, block >>> 8, block)]);
    const t = u.slice();
    for (let i = 1; i < iterations; i++) {
      u = prf([u]);
      for (let k = 0; k < t.length; k++) t[k] ^= u[k];
    }
    out.set(t.subarray(0, dklen - at), at);
    at += t.length;
  }
  return out;
}

const HMAC_DIGEST = kwSpec("hmac_digest", "key, msg, digest");

function hmac_digest(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [key, message, digest] = parseFastKw(rt, HMAC_DIGEST, args, nargs, kwnames);
  const algorithm = digestArg(rt, digest);
  return PyBytes_FromArray(rt, hmac(algorithm, copyOfBytes(rt, key))([copyOfBytes(rt, message)]));
}

/** A digest by name, or by the constructor function of this module. */
function digestArg(rt: Runtime, o: Ref): Algorithm {
  if (PyUnicode_Check(rt, o)) return find(rt, jsString(rt, o));
  if (rt.i32[o + 2] === rt.types.builtin_function_or_method) {
    const name = pushed(rt, getAttrString(rt, o, "__name__"));
    const text = jsString(rt, name);
    drop(rt);
    if (text.startsWith("openssl_")) return find(rt, text.slice(8));
  }
  throw raise(rt, stateOf(rt).unsupported, "Unsupported digestmod");
}

/** hmac.py makes the object itself when this raises. */
function hmac_new(rt: Runtime): NewRef {
  throw raise(rt, stateOf(rt).unsupported, "HMAC objects are made in Python");
}

function compare_digest(rt: Runtime, _m: Ref, args: number): NewRef {
  const [a, b] = [rt.i32[args], rt.i32[args + 2]];
  const texts = PyUnicode_Check(rt, a) && PyUnicode_Check(rt, b);
  const [x, y] = texts
    ? [asciiBytes(rt, a), asciiBytes(rt, b)]
    : [plainBytes(rt, a, b), plainBytes(rt, b, a)];
  let different = x.length ^ y.length;
  for (let i = 0; i < y.length; i++) different |= (x[i] ?? 0) ^ y[i];
  return different === 0 ? rt.True : rt.False;
}

function asciiBytes(rt: Runtime, s: Ref): Uint8Array {
  const bytes = new TextEncoder().encode(jsString(rt, s));
  if (bytes.some((b) => b > 127))
    throw typeError(rt, "comparing strings with non-ASCII characters is not supported");
  return bytes;
}

function plainBytes(rt: Runtime, o: Ref, other: Ref): Uint8Array {
  if (PyUnicode_Check(rt, o) || PyUnicode_Check(rt, other)) {
    throw typeError(rt, "unsupported operand types(s) or combination of types: 'str' and 'bytes'");
  }
  const { at, n } = bytesLike(rt, o);
  return rt.u8.subarray(at, at + n);
}

const METHODS: MethodDef[] = [
  ...CONSTRUCTORS.map(constructorFunction),
  { name: "new", flags: METH.FASTCALL | METH.KEYWORDS, fn: hashlib_new },
  { name: "pbkdf2_hmac", flags: METH.FASTCALL | METH.KEYWORDS, fn: pbkdf2_hmac },
  { name: "hmac_digest", flags: METH.FASTCALL | METH.KEYWORDS, fn: hmac_digest },
  { name: "hmac_new", flags: METH.FASTCALL | METH.KEYWORDS, fn: hmac_new },
  { name: "compare_digest", flags: METH.FASTCALL, fn: compare_digest, sig: "($module, a, b, /)" },
  { name: "get_fips_mode", flags: METH.NOARGS, fn: (rt) => PyLong_FromNumber(rt, 0) },
];

export function initModule__hashlib(rt: Runtime): NewRef {
  const m = createModule(rt, "_hashlib", METHODS, "Digests.");
  push(rt, m);
  const repr = (kind: "HASH" | "HASHXOF") => (r: Runtime, self: Ref) =>
    PyUnicode_FromJS(
      r,
      `<${stateOf(r)[kind].of(self).algorithm.name} _hashlib.${kind} object @ ${hexAddress(self)}>`,
    );
  const HASH = defineHash(rt, "_hashlib.HASH", 32, false, { repr: repr("HASH") });
  const HASHXOF = defineHash(rt, "_hashlib.HASHXOF", 32, true, { repr: repr("HASHXOF") });
  const unsupported = newException(rt, "_hashlib", "UnsupportedDigestmodError", rt.exc.ValueError);
  rt.moduleState.set("_hashlib", { HASH, HASHXOF, unsupported } satisfies State);
  registerRoot(rt, () => [unsupported], "_hashlib");
  PyModule_AddObjectRef(rt, m, "HASH", HASH.type);
  PyModule_AddObjectRef(rt, m, "HASHXOF", HASHXOF.type);
  PyModule_AddObjectRef(rt, m, "UnsupportedDigestmodError", unsupported);
  const names = pushed(rt, PyFrozenSet_New(rt, 0));
  for (const name of NAMES) PySet_Add(rt, names, internStatic(rt, name));
  PyModule_AddObject(rt, m, "openssl_md_meth_names", pop(rt));
  return pop(rt);
}
