/** What the debug hooks say of a damaged block while tracemalloc traces: where it came from, and where the program was. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FatalError } from "../../src/heap/heap.ts";
import { Python } from "../../src/python.ts";

const MAKE = `import _tracemalloc
_tracemalloc.start(5)
def make():
    return bytearray(20)
b = make()
print(id(b))
`;

test("a damaged block of a program", () => {
  const python = new Python({ malloc: "debug", maxHeap: 32 * 1024 * 1024, hashSeed: 0 });
  const at = Number(python.run(MAKE, { filename: "make.py" }).stdout);
  const start = new Int32Array(python.heap.buffer)[at / 4 + 8];
  new Uint8Array(python.heap.buffer)[start * 4 + 21] = 0x41;
  const damage = (e: unknown): boolean => {
    assert.ok(e instanceof FatalError);
    assert.match(e.message, /^Debug memory block at address p=0x[0-9a-f]+: API 'o'\n {4}21 bytes originally/);
    assert.ok(
      e.message.endsWith(`
Memory block allocated at (most recent call first):
  File "make.py", line 4
  File "make.py", line 5

Fatal Python error: _PyMem_DebugRawFree: bad trailing pad byte
Python runtime state: initialized

Current thread 0x0000000000000001 (most recent call first):
  File "use.py", line 2 in use
  File "use.py", line 3 in <module>`),
      e.message,
    );
    return true;
  };
  assert.throws(
    () => python.run("def use():\n    del globals()['b']\nuse()", { filename: "use.py" }),
    damage,
  );
});
