/**
 * Short runs of words: cleared and copied in place, because a call of TypedArray's `fill` or `copyWithin` costs more than
 * the dozen stores that most objects need. Part of the object layer.
 */
import { fillItems } from "../heap/words.ts";

/** From this many words on, the platform's own call is faster than a loop. */
const LONG = 64;

/** Zeroes the words from `from` up to `to`. */
export function clearWords(i32: Int32Array, from: number, to: number): void {
  fillWords(i32, from, to, 0);
}

/** Sets the words from `from` up to `to`. */
export function fillWords(i32: Int32Array, from: number, to: number, value: number): void {
  if (to - from > LONG) fillItems(i32, value, from, to);
  else for (let i = from; i < to; i++) i32[i] = value;
}

/** Copies n words between places that do not overlap. */
export function copyWords(i32: Int32Array, to: number, from: number, n: number): void {
  if (n > LONG) i32.copyWithin(to, from, from + n);
  else for (let i = 0; i < n; i++) i32[to + i] = i32[from + i];
}
