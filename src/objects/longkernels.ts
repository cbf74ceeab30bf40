/**
 * Inner loops of int for operands of many digits, in WebAssembly's 64-bit integers over a small memory of their own, to which
 * the digits are copied (0.2 ns for each, and 60 ns for each operand). A product of two digits takes 0.5 ns, a row of one 1 ns,
 * half of what it takes in JavaScript; sums and differences gain nothing by it. An engine without WebAssembly, or operands that
 * do not fit, have the loops in JavaScript (longdigits.ts, longdivide.ts) or V8's BigInt. Part of the object layer.
 */
import { compileWasm } from "./wasm.ts";

const MASK = "0x3fffffff";
const rowStep = (at: number) =>
  `(= c (+ (* (load a ${at}) e) c)) (store to (& c ${MASK}) ${at}) (= c (>> c 30))`;

/** A column of the products of four digits: at most 4 * 2**60 and a carry. */
const column = (at: number, x0: string, x1: string, x2: string, x3: string) =>
  `(= c (+ (+ (+ (* ${x0} d0) (* ${x1} d1)) (+ (* ${x2} d2) (* ${x3} d3))) (+ c (load q ${at}))))
      (store q (& c ${MASK}) ${at}) (= c (>> c 30))`;

const KERNELS = `
(func row (i32 a n d to) (i64 c e)
  (= e (long d))
  (while (<s 3 n)
    ${[0, 4, 8, 12].map(rowStep).join("\n    ")}
    (= a (+ a 16)) (= to (+ to 16)) (= n (- n 4)))
  (while (!= n 0)
    ${rowStep(0)}
    (= a (+ a 4)) (= to (+ to 4)) (= n (- n 1)))
  (store to c))

(func multiply (i32 a na b nb to) ((i32 p q n) (i64 c x y z w x0 x1 x2 x3 d0 d1 d2 d3))
  (while (!= nb 0)
    (= d0 (load b)) (= d1 (load b 4)) (= d2 (load b 8)) (= d3 (load b 12))
    (= x 0) (= y 0) (= z 0) (= c 0)
    (= p a) (= q to) (= n na)
    (while (!= n 0)
      (= x0 (load p))
      ${column(0, "x0", "x", "y", "z")}
      (= x1 (load p 4))
      ${column(4, "x1", "x0", "x", "y")}
      (= x2 (load p 8))
      ${column(8, "x2", "x1", "x0", "x")}
      (= x3 (load p 12))
      ${column(12, "x3", "x2", "x1", "x0")}
      (= x x3) (= y x2) (= z x1)
      (= p (+ p 16)) (= q (+ q 16)) (= n (- n 4)))
    (store q c)
    (= b (+ b 16)) (= to (+ to 16)) (= nb (- nb 4))))

(func reduce (i32 to b n d) (i64 c e)
  (= e (long d))
  (while (!= n 0)
    (= c (+ c (- (load to) (* (load b) e))))
    (store to (& c ${MASK}))
    (= c (>>s c 30))
    (= b (+ b 4)) (= to (+ to 4)) (= n (- n 1)))
  (= c (+ c (load to)))
  (store to (& c ${MASK}))
  (return (int c)))

(func divide (i32 at n d) (i64 r q e)
  (= e (long d))
  (while (!= n 0)
    (= at (- at 4))
    (= r (| (<< r 30) (load at)))
    (= q (/ r e))
    (store at q)
    (= r (- r (* q e)))
    (= n (- n 1)))
  (return (int r)))
`;

const PAGES = 16;
/** The words of the kernels' memory. */
const SPACE = PAGES * 16384;
type Kernel = (...args: number[]) => number;

class LongKernels {
  readonly row: Kernel;
  readonly multiply: Kernel;
  readonly reduce: Kernel;
  readonly divide: Kernel;

  constructor(memory: WebAssembly.Memory) {
    const f = compileWasm(KERNELS, memory) as Record<string, Kernel>;
    this.row = f.row;
    this.multiply = f.multiply;
    this.reduce = f.reduce;
    this.divide = f.divide;
  }
}

let kernels: LongKernels | null = null;
let words: Int32Array = new Int32Array(0);
let missing = false;

/** Made at their first use; where WebAssembly is not allowed, there are none. */
function start(): boolean {
  if (missing) return false;
  try {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    kernels = new LongKernels(memory);
    words = new Int32Array(memory.buffer);
  } catch {
    missing = true;
  }
  return kernels !== null;
}

/** Can the kernels take operands of so many digits together? */
export function fitsKernels(n: number): boolean {
  return n <= SPACE / 2 - 32 && (kernels !== null || start());
}

/** Zeros after each operand: a product goes by fours. */
const PAD = 8;

/** Copies n digits to word `to` of the kernels' memory, with zeros after them; returns the word behind those. */
function enter(i32: Int32Array, from: number, n: number, to: number): number {
  words.set(i32.subarray(from, from + n), to);
  const end = to + n;
  words.fill(0, end, end + PAD);
  return end + PAD;
}

function leave(i32: Int32Array, to: number, n: number, from: number): void {
  i32.set(words.subarray(from, from + n), to);
}

const FIRST = 8;

/** n + 1 digits of the product of n digits by one. */
export function multiplyRowWide(i32: Int32Array, to: number, from: number, n: number, d: number): void {
  const product = enter(i32, from, n, FIRST);
  kernels!.row(4 * FIRST, n, d, 4 * product);
  leave(i32, to, n + 1, product);
}

/** na + nb digits of a product. */
export function multiplyWide(
  i32: Int32Array,
  a: number,
  na: number,
  b: number,
  nb: number,
  to: number,
): void {
  const second = enter(i32, a, na, FIRST);
  const product = enter(i32, b, nb, second);
  words.fill(0, product, product + na + nb + 2 * PAD);
  kernels!.multiply(4 * FIRST, (na + 6) & ~3, 4 * second, (nb + 3) & ~3, 4 * product);
  leave(i32, to, na + nb, product);
}

/** Stores n digits divided by one digit, and answers the remainder. */
export function divideRowWide(i32: Int32Array, from: number, to: number, n: number, d: number): number {
  words.set(i32.subarray(from, from + n), FIRST);
  const rest = kernels!.divide(4 * (FIRST + n), n, d);
  leave(i32, to, n, FIRST);
  return rest;
}

export function remainderWide(i32: Int32Array, from: number, n: number, d: number): number {
  words.set(i32.subarray(from, from + n), FIRST);
  return kernels!.divide(4 * (FIRST + n), n, d);
}

/** The operands of a long division, where the kernels work: the dividend with a zero above it, then the divisor. */
export const wideDivision = { words, dividend: FIRST, divisor: 0 };

export function enterDivision(i32: Int32Array, a: number, na: number, b: number, n: number): void {
  wideDivision.words = words;
  wideDivision.divisor = enter(i32, a, na, FIRST);
  enter(i32, b, n, wideDivision.divisor);
}

/** Subtracts d times the n digits at `b` from the n + 1 digits at `to`; negative if it was too much. */
export function reduceWide(to: number, b: number, n: number, d: number): number {
  return kernels!.reduce(4 * to, 4 * b, n, d);
}

/** The rest of a division. */
export function leaveDivision(i32: Int32Array, to: number, n: number): void {
  leave(i32, to, n, FIRST);
}
