/** Moving, clearing and setting whole words. A native call costs about 50 ns, so short runs are done by a loop. */
import type { Heap } from "./heap.ts";

const SHORT = 48;

/** Copies `words` words; the ranges may overlap. */
export function copyWords(h: Heap, to: number, from: number, words: number): void {
  const i32 = h.i32;
  if (words > SHORT) i32.copyWithin(to, from, from + words);
  else if (to <= from) for (let i = 0; i < words; i++) i32[to + i] = i32[from + i];
  else for (let i = words - 1; i >= 0; i--) i32[to + i] = i32[from + i];
}

export function zeroWords(h: Heap, p: number, words: number): void {
  const i32 = h.i32;
  if (words > SHORT) {
    i32.fill(0, p, p + words);
    return;
  }
  const end = (p + words) | 0;
  for (const fours = (end - 3) | 0; p < fours; p = (p + 4) | 0) {
    i32[p] = 0;
    i32[(p + 1) | 0] = 0;
    i32[(p + 2) | 0] = 0;
    i32[(p + 3) | 0] = 0;
  }
  for (; p < end; p = (p + 1) | 0) i32[p] = 0;
}

/** Sets `words` words to a value. */
export function fillWords(h: Heap, p: number, words: number, value: number): void {
  const i32 = h.i32;
  if (words > SHORT) i32.fill(value, p, p + words);
  else for (const end = (p + words) | 0; p < end; p = (p + 1) | 0) i32[p] = value;
}
