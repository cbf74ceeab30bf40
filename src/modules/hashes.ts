/** The digests that the modules _hashlib, _md5, _sha1, _sha2, _sha3 and _blake2 share. Part of the modules. */
import { blake2b, blake2s } from "@noble/hashes/blake2.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from "@noble/hashes/sha3.js";

/** A digest in the making. */
export interface Digest {
  update(bytes: Uint8Array): unknown;
  clone(): Digest;
  digest(): Uint8Array;
  xof?(n: number): Uint8Array;
}

export interface Algorithm {
  name: string;
  digestSize: number;
  blockSize: number;
  /** Digests of any length. */
  xof: boolean;
  create(): Digest;
}

interface Maker {
  create(): unknown;
  outputLen: number;
  blockLen: number;
}

function algorithm(name: string, maker: Maker, xof = false): Algorithm {
  const create = (): Digest => maker.create() as Digest;
  return { name, digestSize: xof ? 0 : maker.outputLen, blockSize: maker.blockLen, xof, create };
}

export const ALGORITHMS: Record<string, Algorithm> = {};
for (const [name, maker, xof] of [
  ["md5", md5],
  ["sha1", sha1],
  ["sha224", sha224],
  ["sha256", sha256],
  ["sha384", sha384],
  ["sha512", sha512],
  ["sha512_224", sha512_224],
  ["sha512_256", sha512_256],
  ["sha3_224", sha3_224],
  ["sha3_256", sha3_256],
  ["sha3_384", sha3_384],
  ["sha3_512", sha3_512],
  ["shake_128", shake128, true],
  ["shake_256", shake256, true],
  ["ripemd160", ripemd160],
  ["blake2b", blake2b],
  ["blake2s", blake2s],
] as [string, Maker, boolean?][]) {
  ALGORITHMS[name] = algorithm(name, maker, xof);
}

export { blake2b, blake2s };
