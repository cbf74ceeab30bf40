/**
 * The native slot functions that wrapper descriptors stand for, by number: what CPython keeps as a pointer in d_wrapped.
 * The numbers are the program's, the same for every Runtime. Part of the object layer.
 */

// biome-ignore lint/suspicious/noExplicitAny: slot functions of every shape; the wrapper knows which
export type SlotFunction = (...args: any[]) => any;

const functions: SlotFunction[] = [];
const numbers = new Map<SlotFunction, number>();

/** The number of a slot function, for Descr.wrapped. */
export function wrappedNumber(fn: SlotFunction): number {
  let n = numbers.get(fn);
  if (n === undefined) {
    n = functions.push(fn) - 1;
    numbers.set(fn, n);
  }
  return n;
}

/** The slot function of a number found in Descr.wrapped. */
export function wrappedFunction(n: number): SlotFunction {
  return functions[n];
}
