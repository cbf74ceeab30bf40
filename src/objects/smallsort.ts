/**
 * Sorting of few elements of which nobody can watch the comparison: plain insertion, which any stable sort must agree with. Part
 * of the object layer. The arrays are kept and used again, since making one takes longer than the sorting.
 */
import { Float, Long, Ob, Str, Tuple } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { StrState } from "./str.ts";
import type { Ref } from "./typeinfo.ts";

const MOST = 60;
const spare: Int32Array[][] = [];
for (let n = 0; n <= MOST; n++) spare.push([]);

/** An array of n words of any contents. */
export function takeInts(n: number): Int32Array {
  return (n <= MOST ? spare[n].pop() : undefined) ?? new Int32Array(n);
}

/** Gives one back; whoever forgets it only loses time. */
export function giveInts(a: Int32Array): void {
  const n = a.length;
  if (n <= MOST && spare[n].length < 6) spare[n].push(a);
}

const enum Keys {
  OTHER,
  INT,
  FLOAT,
  STR,
  /** Tuples of such, of the same kinds place by place. */
  TUPLE,
}

/** What one key is, if its comparison with others like it is simple: small ints, floats but nan, ASCII text. */
function keyKind(rt: Runtime, p: Ref): Keys {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  const types = rt.types;
  if (type === types.int) return i32[p + Long.tag] < 16 ? Keys.INT : Keys.OTHER;
  if (type === types.str)
    return (i32[p + Str.state] & StrState.COMPACT_ASCII) === StrState.COMPACT_ASCII ? Keys.STR : Keys.OTHER;
  if (type === types.float) {
    const d = rt.f64[(p + Float.fval) >> 1];
    return d === d ? Keys.FLOAT : Keys.OTHER;
  }
  if (type !== types.tuple) return Keys.OTHER;
  const n = i32[p + Tuple.size];
  for (let i = 0; i < n; i++) {
    const kind = keyKind(rt, i32[p + Tuple.items + 2 * i]);
    if (kind === Keys.OTHER || kind === Keys.TUPLE) return Keys.OTHER;
  }
  return Keys.TUPLE;
}

function asciiLess(rt: Runtime, a: Ref, b: Ref): boolean {
  const u8 = rt.u8;
  const na = rt.i32[a + Str.length];
  const nb = rt.i32[b + Str.length];
  const n = na < nb ? na : nb;
  const x = (a + Str.ASCII_DATA) * 4;
  const y = (b + Str.ASCII_DATA) * 4;
  for (let i = 0; i < n; i++) if (u8[x + i] !== u8[y + i]) return u8[x + i] < u8[y + i];
  return na < nb;
}

function less(rt: Runtime, kind: Keys, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  switch (kind) {
    case Keys.INT:
      return (
        (1 - (i32[a + Long.tag] & 3)) * i32[a + Long.digit] <
        (1 - (i32[b + Long.tag] & 3)) * i32[b + Long.digit]
      );
    case Keys.FLOAT:
      return rt.f64[(a + Float.fval) >> 1] < rt.f64[(b + Float.fval) >> 1];
    case Keys.STR:
      return asciiLess(rt, a, b);
    default:
      return tupleLess(rt, a, b);
  }
}

/** See `sameItems` for what they have in common. */
function tupleLess(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  const n = i32[a + Tuple.size];
  for (let i = 0; i < n; i++) {
    const x = i32[a + Tuple.items + 2 * i];
    const y = i32[b + Tuple.items + 2 * i];
    if (x === y) continue;
    const kind = keyKind(rt, x);
    if (less(rt, kind, x, y)) return true;
    if (less(rt, kind, y, x)) return false;
  }
  return false;
}

/** Are the items of two tuples as many, and of the same kinds place by place? */
function sameItems(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  const n = i32[a + Tuple.size];
  if (n !== i32[b + Tuple.size]) return false;
  for (let i = 0; i < n; i++) {
    const x = i32[a + Tuple.items + 2 * i];
    if (keyKind(rt, x) !== keyKind(rt, i32[b + Tuple.items + 2 * i])) return false;
  }
  return true;
}

/** The kind that all keys are of. */
function kindOf(rt: Runtime, keys: Int32Array): Keys {
  const n = keys.length;
  const kind = keyKind(rt, keys[0]);
  if (kind === Keys.OTHER) return kind;
  for (let i = 1; i < n; i++) {
    if (keyKind(rt, keys[i]) !== kind) return Keys.OTHER;
    if (kind === Keys.TUPLE && !sameItems(rt, keys[0], keys[i])) return Keys.OTHER;
  }
  return kind;
}

function before(rt: Runtime, kind: Keys, a: Ref, b: Ref, reverse: boolean): boolean {
  return reverse ? less(rt, kind, b, a) : less(rt, kind, a, b);
}

/** Sorts `keys`, and `vals` with them (which may be the same array); false, with nothing changed, if this is not such a case. */
export function sortFew(rt: Runtime, keys: Int32Array, vals: Int32Array, reverse: boolean): boolean {
  const n = keys.length;
  if (n > MOST) return false;
  if (n < 2) return true;
  const kind = kindOf(rt, keys);
  if (kind === Keys.OTHER) return false;
  for (let i = 1; i < n; i++) {
    const key = keys[i];
    const val = vals[i];
    if (!before(rt, kind, key, keys[i - 1], reverse)) continue;
    let low = 0;
    let high = i - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(rt, kind, key, keys[middle], reverse)) high = middle;
      else low = middle + 1;
    }
    for (let j = i; j > low; j--) {
      keys[j] = keys[j - 1];
      vals[j] = vals[j - 1];
    }
    keys[low] = key;
    vals[low] = val;
  }
  return true;
}
