/** What the matcher of _srematch.ts keeps on its stack and in its memory. Part of the modules. */

export const enum Mem {
  lastindex = 0,
  repeat = 1,
  top = 2,
  marks = 3,
}

export const enum Rep {
  count = 0,
  last = 1,
  outer = 2,
  pc = 3,
  SIZE = 4,
}

export const enum Kind {
  /** mem[a] was b. */
  UNDO,
  /** Go on at pc a, position b. */
  BRANCH,
  /** Repeat of one character, greedy: tail at pc a, from position b down to c. */
  REPEAT_ONE,
  /** The same, lazy: instruction at pc a, position b, at most to c. */
  MIN_REPEAT_ONE,
  /** Leave the repeat (at pc a of UNTIL) at position b. */
  MAX_TAIL,
  /** One more turn of a lazy repeat (at pc a of UNTIL) at position b. */
  MIN_BODY,
  /** The beginning of a part that stands for itself: instruction at pc a, position b; c: the enclosing barrier. */
  BARRIER,
}
