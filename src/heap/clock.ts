/** Milliseconds since the program began. Part of the heap's layer, because the collector takes times. */
export const clock = {
  /** A host may have one that need not be loaded first, as Node's `performance` must. */
  now: (): number => performance.now(),
};
