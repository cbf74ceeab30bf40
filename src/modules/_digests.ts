/** The modules _md5, _sha1, _sha2, _sha3 and _blake2: digests that need no OpenSSL. Part of the modules. */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { overflowError, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import {
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type vectorcallfunc,
} from "../objects/typeinfo.ts";
import { ALGORITHMS, type Algorithm, blake2b, blake2s, type Digest } from "./hashes.ts";
import { defineHash, type Hashing, newHash, updateWith } from "./hashobject.ts";
import type { JsType } from "./jsobject.ts";
import { createModule } from "./native.ts";

/** A function that makes such an object. */
function constructorFunction(name: string, type: string): MethodDef {
  const spec = kwSpec(name, "string=, *, usedforsecurity=");
  return {
    name,
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (rt, _m, args, nargs, kwnames) => {
      const [data] = parseFastKw(rt, spec, args, nargs, kwnames);
      return newHash(rt, typeOf(rt, type), ALGORITHMS[name], data);
    },
    sig: "($module, /, string=b'', *, usedforsecurity=True)",
  };
}

function typeOf(rt: Runtime, name: string): JsType<Hashing> {
  return rt.moduleState.get(`hash ${name}`) as JsType<Hashing>;
}

/** A type that functions make objects of; the module has it under `attribute`. */
function keepType(rt: Runtime, m: Ref, attribute: string, name: string, size: number): void {
  const type = defineHash(rt, name, size, false);
  rt.moduleState.set(`hash ${name}`, type);
  PyModule_AddObjectRef(rt, m, attribute, type.type);
}

export function initModule__md5(rt: Runtime): NewRef {
  const m = push(rt, createModule(rt, "_md5", [constructorFunction("md5", "_md5.md5")]));
  keepType(rt, rt.i32[m], "MD5Type", "_md5.md5", 48);
  return pop(rt);
}

export function initModule__sha1(rt: Runtime): NewRef {
  const m = push(rt, createModule(rt, "_sha1", [constructorFunction("sha1", "_sha1.sha1")]));
  keepType(rt, rt.i32[m], "SHA1Type", "_sha1.sha1", 56);
  return pop(rt);
}

const SHA2 = ["sha224", "sha256", "sha384", "sha512"];
const sha2Type = (name: string): string => `_sha2.${name.toUpperCase()}Type`;

export function initModule__sha2(rt: Runtime): NewRef {
  const m = push(
    rt,
    createModule(
      rt,
      "_sha2",
      SHA2.map((name) => constructorFunction(name, sha2Type(name))),
    ),
  );
  for (const name of SHA2) keepType(rt, rt.i32[m], `${name.toUpperCase()}Type`, sha2Type(name), 48);
  return pop(rt);
}

/** A type that is called itself, as those of _sha3 and _blake2 are. */
function callable(type: JsType<Hashing>, rt: Runtime, make: vectorcallfunc): void {
  const info = infoOfType(rt, type.type);
  info.type_vectorcall = make;
  info.tp_new = (r, cls, args, kwargs) => fromTuple(r, cls, args, kwargs, make);
}

function fromTuple(rt: Runtime, cls: Ref, args: Ref, kwargs: OptRef, make: vectorcallfunc): NewRef {
  if (kwargs !== 0) throw valueError(rt, "keyword arguments need an ordinary call");
  return make(rt, cls, rt.i32[args + 6], rt.i32[args + 4], 0);
}

export function initModule__sha3(rt: Runtime): NewRef {
  const m = push(rt, createModule(rt, "_sha3", []));
  PyModule_AddObject(rt, rt.i32[m], "implementation", PyLong_FromNumber(rt, 0));
  for (const name of ["sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128", "shake_256"]) {
    const algorithm = ALGORITHMS[name];
    const type = defineHash(rt, `_sha3.${name}`, 32, algorithm.xof, { made: true });
    const spec = kwSpec(name, "data=, /, *, usedforsecurity=");
    callable(type, rt, (r, _t, args, nargs, kwnames) =>
      newHash(r, type, algorithm, parseFastKw(r, spec, args, nargs, kwnames)[0]),
    );
    PyModule_AddObjectRef(rt, rt.i32[m], name, type.type);
  }
  return pop(rt);
}

interface Blake {
  name: "blake2b" | "blake2s";
  create: typeof blake2b.create;
  size: number;
  block: number;
  salt: number;
  bytes: number;
}

const BLAKES: Blake[] = [
  { name: "blake2b", create: blake2b.create, size: 64, block: 128, salt: 16, bytes: 440 },
  { name: "blake2s", create: blake2s.create as never, size: 32, block: 64, salt: 8, bytes: 232 },
];

const BLAKE_ARGS =
  "data=, /, *, digest_size=, key=, salt=, person=, fanout=, depth=, leaf_size=, node_offset=, node_depth=, inner_size=, last_node=, usedforsecurity=";
/** What the tree parameters are when nothing is asked of them. */
const TREE = { fanout: 1, depth: 1, leaf_size: 0, node_offset: 0, node_depth: 0, inner_size: 0 };

function blakeOptions(
  rt: Runtime,
  blake: Blake,
  given: Ref[],
): Parameters<typeof blake2b.create>[0] & { dkLen: number } {
  const [, sizeArg, keyArg, saltArg, personArg] = given;
  const dkLen = sizeArg === 0 ? blake.size : PyNumber_AsSsize_t(rt, sizeArg, rt.exc.OverflowError);
  if (dkLen <= 0 || dkLen > blake.size)
    throw valueError(rt, `digest_size must be between 1 and ${blake.size} bytes`);
  const bytes = (o: OptRef): Uint8Array => (o === 0 ? new Uint8Array(0) : copyOfBytes(rt, o));
  const [key, salt, person] = [bytes(keyArg), bytes(saltArg), bytes(personArg)];
  if (salt.length > blake.salt) throw valueError(rt, `maximum salt length is ${blake.salt} bytes`);
  if (person.length > blake.salt) throw valueError(rt, `maximum person length is ${blake.salt} bytes`);
  if (key.length > blake.size) throw valueError(rt, `maximum key length is ${blake.size} bytes`);
  Object.entries(TREE).forEach(([name, usual], i) => {
    const o = given[5 + i];
    if (o !== 0 && PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError) !== usual)
      throw overflowError(rt, `${name}: tree hashing is not built`);
  });
  if (given[11] !== 0 && PyObject_IsTrue(rt, given[11])) throw overflowError(rt, "tree hashing is not built");
  const padded = (b: Uint8Array): Uint8Array | undefined => {
    if (b.length === 0) return undefined;
    const full = new Uint8Array(blake.salt);
    full.set(b);
    return full;
  };
  return {
    dkLen,
    key: key.length > 0 ? key : undefined,
    salt: padded(salt),
    personalization: padded(person),
  };
}

function defineBlake(rt: Runtime, m: Ref, blake: Blake): void {
  const type = defineHash(rt, `_blake2.${blake.name}`, blake.bytes, false, { made: true });
  const spec = kwSpec(blake.name, BLAKE_ARGS);
  callable(type, rt, (r, _t, args, nargs, kwnames) => {
    const given = parseFastKw(r, spec, args, nargs, kwnames);
    const options = blakeOptions(r, blake, given);
    const create = (): Digest => blake.create(options) as unknown as Digest;
    const algorithm: Algorithm = {
      name: blake.name,
      digestSize: options.dkLen,
      blockSize: blake.block,
      xof: false,
      create,
    };
    const hashing = { algorithm, digest: create() };
    if (given[0] !== 0) updateWith(r, hashing, given[0]);
    return type.make(r, hashing);
  });
  PyModule_AddObjectRef(rt, m, blake.name, type.type);
}

export function initModule__blake2(rt: Runtime): NewRef {
  const m = push(rt, createModule(rt, "_blake2", []));
  for (const blake of BLAKES) {
    defineBlake(rt, rt.i32[m], blake);
    const facts = {
      MAX_DIGEST_SIZE: blake.size,
      MAX_KEY_SIZE: blake.size,
      SALT_SIZE: blake.salt,
      PERSON_SIZE: blake.salt,
    };
    for (const [name, value] of Object.entries(facts)) {
      const key = `${blake.name.toUpperCase()}_${name}`;
      PyModule_AddObject(rt, rt.i32[m], key, PyLong_FromNumber(rt, value));
    }
  }
  return pop(rt);
}
