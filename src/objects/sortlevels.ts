/**
 * What keys are compared by when nobody can watch: levels for puresort.ts, of keys that are all ints (exact as doubles), all
 * floats (no NaN), all strings of one byte a character, or tuples of one length with such columns. Part of the object layer.
 */
import { Float, Ob, Str, Tuple } from "./layout.ts";
import { exactNumber } from "./long.ts";
import type { Level } from "./puresort.ts";
import type { Runtime } from "./runtime.ts";
import { strData, strKind } from "./str.ts";
import type { Ref } from "./typeinfo.ts";

/** Longer tuples are compared in the ordinary way. */
const MAX_COLUMNS = 6;
/** Of strings, four times four characters after what is common to all; then a comparison. */
const MAX_WORDS = 4;

/** The levels of these keys; null if comparing them could be watched, or if they are nearly sorted numbers. */
export function pureLevels(rt: Runtime, keys: Int32Array): Level[] | null {
  const levels: Level[] = [];
  const { int, float, str, tuple } = rt.types;
  const type = rt.i32[keys[0] + Ob.type];
  if (type === int || type === float) {
    const numbers = numbersOf(rt, keys, type);
    return numbers === null || nearlySorted(numbers) ? null : numberLevels(numbers, levels);
  }
  if (type === str) return addColumn(rt, keys, levels) ? levels : null;
  return type === tuple && addTuples(rt, keys, levels) ? levels : null;
}

function addTuples(rt: Runtime, keys: Int32Array, levels: Level[]): boolean {
  const i32 = rt.i32;
  const n = i32[keys[0] + Tuple.size];
  if (n > MAX_COLUMNS) return false;
  for (let i = 0; i < keys.length; i++) {
    if (i32[keys[i] + Ob.type] !== rt.types.tuple || i32[keys[i] + Tuple.size] !== n) return false;
  }
  const column = new Int32Array(keys.length);
  for (let c = 0; c < n; c++) {
    for (let i = 0; i < keys.length; i++) column[i] = i32[keys[i] + Tuple.items + 2 * c];
    if (!addColumn(rt, column, levels)) return false;
  }
  return n > 0;
}

function addColumn(rt: Runtime, column: Int32Array, levels: Level[]): boolean {
  const type = rt.i32[column[0] + Ob.type];
  if (type === rt.types.str) return addStrings(rt, column, levels);
  if (type !== rt.types.int && type !== rt.types.float) return false;
  const numbers = numbersOf(rt, column, type);
  if (numbers !== null) numberLevels(numbers, levels);
  return numbers !== null;
}

/** The values of ints or floats, null if one is of another type, not exact or not a number. */
function numbersOf(rt: Runtime, keys: Int32Array, type: Ref): Float64Array | null {
  const numbers = new Float64Array(keys.length);
  const { i32, f64 } = rt;
  const ints = type === rt.types.int;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (i32[key + Ob.type] !== type) return null;
    const v = ints ? exactNumber(rt, key) : f64[(key + Float.fval) >> 1];
    if (Number.isNaN(v)) return null;
    numbers[i] = v + 0; // -0 is 0
  }
  return numbers;
}

/** Has so few descents that merging the runs takes less? */
function nearlySorted(numbers: Float64Array): boolean {
  let descents = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i] < numbers[i - 1]) descents++;
  return 16 * descents < numbers.length;
}

/** One word where the integers lie so close together, else the two halves of the doubles. */
function numberLevels(numbers: Float64Array, levels: Level[]): Level[] {
  let least = numbers[0];
  let most = least;
  let integral = true;
  for (let i = 0; i < numbers.length; i++) {
    const v = numbers[i];
    if (v < least) least = v;
    if (v > most) most = v;
    if (integral && v !== Math.floor(v)) integral = false;
  }
  if (integral && most - least < 2 ** 32) {
    const words = new Uint32Array(numbers.length);
    for (let i = 0; i < words.length; i++) words[i] = numbers[i] - least;
    levels.push(words);
  } else levels.push(...doubleLevels(numbers));
  return levels;
}

/** The halves of doubles so that they are in order as numbers without sign. */
function doubleLevels(numbers: Float64Array): Uint32Array[] {
  const n = numbers.length;
  const halves = new Uint32Array(numbers.buffer);
  const high = new Uint32Array(n);
  const low = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const h = halves[2 * i + 1];
    const flip = (h | 0) >> 31;
    high[i] = h ^ (flip | 0x80000000);
    low[i] = halves[2 * i] ^ flip;
  }
  return [high, low];
}

function addStrings(rt: Runtime, column: Int32Array, levels: Level[]): boolean {
  const { i32, u8 } = rt;
  const first = strData(rt, column[0]) * 4;
  let common = i32[column[0] + Str.length];
  let longest = 0;
  for (let i = 0; i < column.length; i++) {
    const s = column[i];
    if (i32[s + Ob.type] !== rt.types.str || strKind(rt, s) !== 1) return false;
    const length = i32[s + Str.length];
    if (length > longest) longest = length;
    if (length < common) common = length;
    const at = strData(rt, s) * 4;
    let k = 0;
    while (k < common && u8[at + k] === u8[first + k]) k++;
    common = k;
  }
  const words = Math.min(MAX_WORDS, Math.ceil((longest - common) / 4));
  let decided = longest - common <= 4 * words;
  for (let w = 0; w < words; w++) {
    const level = new Uint32Array(column.length);
    for (let i = 0; i < column.length; i++) {
      const at = strData(rt, column[i]) * 4;
      const length = i32[column[i] + Str.length];
      let word = 0;
      for (let k = common + 4 * w; k < common + 4 * w + 4; k++) {
        const c = k < length ? u8[at + k] : 0;
        if (c === 0 && k < length) decided = false;
        word = (word << 8) | c;
      }
      level[i] = word;
    }
    levels.push(level);
  }
  if (!decided) {
    const strings = column.slice();
    levels.push((a, b) => latin_compare(rt, strings[a], strings[b]));
  }
  return true;
}

/** -1, 0, 1: two strings of one byte a character compared. */
export function latin_compare(rt: Runtime, a: Ref, b: Ref): number {
  const na = rt.i32[a + Str.length];
  const nb = rt.i32[b + Str.length];
  const u8 = rt.u8;
  const da = strData(rt, a) * 4;
  const db = strData(rt, b) * 4;
  const n = na < nb ? na : nb;
  for (let i = 0; i < n; i++) {
    const d = u8[da + i] - u8[db + i];
    if (d !== 0) return d;
  }
  return na - nb;
}
