/** Scratch memory in the heap for bytes that native decoders read where they stand. Part of the modules. */
import { noMemory } from "../objects/errors.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";

interface Scratch {
  at: number;
  size: number;
}

const scratches = new WeakMap<Runtime, Scratch>();

/** Copies bytes into the scratch memory; its byte address, good until the next call. */
export function scratchBytes(rt: Runtime, bytes: Uint8Array): number {
  let s = scratches.get(rt);
  if (s === undefined || s.size < bytes.length) {
    if (s !== undefined) PyMem_Free(rt, s.at);
    const size = Math.max(16384, bytes.length);
    const at = PyMem_Malloc(rt, size);
    if (at === 0) throw noMemory(rt);
    s = { at, size };
    scratches.set(rt, s);
  }
  rt.u8.set(bytes, s.at * 4);
  return s.at * 4;
}
