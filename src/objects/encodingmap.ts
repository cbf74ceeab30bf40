/**
 * EncodingMap: the compact table behind charmap codecs, a three-level trie from characters to bytes. Part of the object layer.
 *
 *   byte  16            48       52       56
 *         | level1 [32] | count2 | count3 | level2 16 * count2 | level3 128 * count3 |
 */
import { PyObject_Free } from "../pymalloc/domains.ts";
import { PyObject_New } from "./alloc.ts";
import { defineType } from "./defineType.ts";
import { PyDict_New, setItemTake2 } from "./dict.ts";
import { PyLong_FromNumber } from "./long.ts";
import type { Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import { charAt, strLength } from "./str.ts";
import { METH, type NewRef, type Ref } from "./typeinfo.ts";

const LEVEL1 = 16;
const COUNTS = 12;
const LEVEL2 = 56;
const NONE = 0xff;
const HEAD_BYTES = 64;

const KEY = "EncodingMap";

/** The type object, made at first use. */
function mapType(rt: Runtime): Ref {
  let type = rt.moduleState.get(KEY) as Ref | undefined;
  if (type === undefined) {
    type = defineType(rt, {
      name: "EncodingMap",
      basicsize: HEAD_BYTES,
      slots: { tp_dealloc: (r, p) => PyObject_Free(r, p), tp_sizeof: mapSize },
      methods: [{ name: "size", flags: METH.NOARGS, fn: (r, p) => PyLong_FromNumber(r, mapSize(r, p)) }],
    });
    rt.moduleState.set(KEY, type);
  }
  return type;
}

function mapSize(rt: Runtime, p: Ref): number {
  return HEAD_BYTES - 1 + 16 * rt.i32[p + COUNTS] + 128 * rt.i32[p + COUNTS + 1];
}

export function isEncodingMap(rt: Runtime, p: Ref): boolean {
  return rt.i32[p + 2] === rt.moduleState.get(KEY);
}

/** The byte of a character, or -1. */
export function encodingMapLookup(rt: Runtime, p: Ref, c: number): number {
  if (c > 0xffff) return -1;
  if (c === 0) return 0;
  const u8 = rt.u8;
  const base = p * 4;
  const i = u8[base + LEVEL1 + (c >> 11)];
  if (i === NONE) return -1;
  const j = u8[base + LEVEL2 + 16 * i + ((c >> 7) & 15)];
  if (j === NONE) return -1;
  const b = u8[base + LEVEL2 + 16 * rt.i32[p + COUNTS] + 128 * j + (c & 0x7f)];
  return b === 0 ? -1 : b;
}

/** PyUnicode_BuildEncodingMap: an EncodingMap, or a dict where the table does not fit one. */
export function buildEncodingMap(rt: Runtime, table: Ref): NewRef {
  const chars: number[] = [];
  for (let i = 0; i < Math.min(256, strLength(rt, table)); i++) chars.push(charAt(rt, table, i));
  const level1 = new Uint8Array(32).fill(NONE);
  const level2 = new Uint8Array(512).fill(NONE);
  let count2 = 0;
  let count3 = 0;
  let fits = chars[0] === 0;
  for (let i = 1; i < chars.length && fits; i++) {
    const c = chars[i];
    if (c === 0 || c > 0xffff) fits = false;
    else if (c !== 0xfffe) {
      if (level1[c >> 11] === NONE) level1[c >> 11] = count2++;
      if (level2[c >> 7] === NONE) level2[c >> 7] = count3++;
    }
  }
  if (!fits || count2 >= NONE || count3 >= NONE) return dictOf(rt, chars);
  return trieOf(rt, chars, level1, count2, count3);
}

function dictOf(rt: Runtime, chars: number[]): NewRef {
  const d = PyDict_New(rt);
  push(rt, d);
  for (let i = 0; i < chars.length; i++) {
    setItemTake2(rt, d, PyLong_FromNumber(rt, chars[i]), PyLong_FromNumber(rt, i));
  }
  return pop(rt);
}

function trieOf(rt: Runtime, chars: number[], level1: Uint8Array, count2: number, count3: number): NewRef {
  const p = PyObject_New(rt, mapType(rt), HEAD_BYTES - 1 + 16 * count2 + 128 * count3);
  const u8 = rt.u8;
  const base = p * 4;
  rt.i32[p + COUNTS] = count2;
  rt.i32[p + COUNTS + 1] = count3;
  u8.set(level1, base + LEVEL1);
  const at2 = base + LEVEL2;
  const at3 = at2 + 16 * count2;
  u8.fill(NONE, at2, at3);
  u8.fill(0, at3, at3 + 128 * count3);
  let next3 = 0;
  for (let i = 1; i < chars.length; i++) {
    const c = chars[i];
    if (c === 0xfffe) continue;
    const slot = at2 + 16 * level1[c >> 11] + ((c >> 7) & 15);
    if (u8[slot] === NONE) u8[slot] = next3++;
    u8[at3 + 128 * u8[slot] + (c & 0x7f)] = i;
  }
  return p;
}
