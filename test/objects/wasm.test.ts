/** The little compiler to WebAssembly against BigInt; what is wrong with a program it says when it compiles it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileWasm } from "../../src/objects/wasm.ts";

const memory = () => new WebAssembly.Memory({ initial: 1, maximum: 1 });

test("operators of both types, loops, conditions, loads and stores", () => {
  const m = memory();
  const f = compileWasm(
    `
    (func mix (i32 a b) (i64 x y)
      (= x (long a)) (= y (long b))
      (store64 0 (* x y))
      (store64 8 (- x y))
      (store 16 (>> (* x y) 32))
      (store 20 (% (* x y) 97))
      (if (< a b) (store 24 (long 1)))
      (if (<s a b) (store 28 (long 1)))
      (return (int (/ (* x y) 3))))
    (func sum (i32 at n) (i64 s)
      (while (!= n 0)
        (= s (+ s (load at 4)))
        (= at (+ at 4)) (= n (- n 1)))
      (store64 64 s)
      (return (int s)))
    `,
    m,
  );
  const words = new DataView(m.buffer);
  const a = 0xfffffff0;
  const b = 0x7fffffff;
  const product = BigInt(a) * BigInt(b);
  assert.equal(f.mix(a, b) >>> 0, Number(BigInt.asUintN(32, product / 3n)));
  assert.equal(words.getBigUint64(0, true), product);
  assert.equal(words.getBigInt64(8, true), BigInt(a - b));
  assert.equal(words.getUint32(16, true), Number(product >> 32n));
  assert.equal(words.getUint32(20, true), Number(product % 97n));
  // Without sign a is the larger one, with sign it is negative.
  assert.equal(words.getUint32(24, true), 0);
  assert.equal(words.getUint32(28, true), 1);
  for (let i = 0; i < 8; i++) words.setUint32(100 + 4 * i, 0xffffffff - i, true);
  f.sum(96, 8);
  assert.equal(words.getBigUint64(64, true), 8n * 0xffffffffn - 28n);
});

test("a program that is wrong is refused when it is compiled", () => {
  const compile = (body: string) => () => compileWasm(`(func f (i32 a) (i64 x) ${body})`, memory());
  assert.throws(compile("(= x a)"), /wrong type/);
  assert.throws(compile("(= z 1)"), /no such local: z/);
  assert.throws(compile("(jump a)"), /no such statement: jump/);
  assert.throws(compile("(= a (pow a 2))"), /no such operator: pow/);
});
