/** The text of the debug hooks' reports: a block that was found damaged, in the form CPython prints it. */
import type { Heap } from "./heap.ts";

const FORBIDDEN = 0xfd;
const byte = (b: number): string => b.toString(16).padStart(2, "0");
const address = (at: number | bigint): string => `0x${at.toString(16)}`;

/** What is known of the block at user pointer p, from its own bytes. */
export function dumpBlock(h: Heap, p: number): string {
  if (p === 0) return "Debug memory block at address p=(nil):\n";
  const { u8 } = h;
  const at = p * 4;
  const id = String.fromCharCode(u8[at - 8]);
  let size = 0n;
  for (let i = at - 16; i < at - 8; i++) size = size * 256n + BigInt(u8[i]);
  const lines = [
    `Debug memory block at address p=${address(at)}: API '${id}'`,
    `    ${size} bytes originally requested`,
  ];
  lines.push(...leadingPad(u8, at));
  const tail = BigInt(at) + size;
  if (tail + 8n <= BigInt(h.maxHeap)) {
    lines.push(...trailingPad(u8, Number(tail)));
    if (size > 0n) lines.push(`    Data at p: ${dataAt(u8, at, Number(size))}`);
  } else {
    lines.push(`    The 8 pad bytes at tail=${address(tail)} would lie outside the heap.`);
  }
  return `${lines.join("\n")}\n`;
}

function leadingPad(u8: Uint8Array, at: number): string[] {
  const pad = u8.subarray(at - 7, at);
  if (pad.every((b) => b === FORBIDDEN))
    return ["    The 7 pad bytes at p-7 are FORBIDDENBYTE, as expected."];
  return [
    "    The 7 pad bytes at p-7 are not all FORBIDDENBYTE (0xfd):",
    ...[...pad].map((b, i) => `        at p-${7 - i}: 0x${byte(b)}${ouch(b)}`),
    "    Because memory is corrupted at the start, the count of bytes requested",
    "       may be bogus, and checking the trailing pad bytes may segfault.",
  ];
}

function trailingPad(u8: Uint8Array, tail: number): string[] {
  const pad = u8.subarray(tail, tail + 8);
  const where = `    The 8 pad bytes at tail=${address(tail)} are`;
  if (pad.every((b) => b === FORBIDDEN)) return [`${where} FORBIDDENBYTE, as expected.`];
  return [
    `${where} not all FORBIDDENBYTE (0xfd):`,
    ...[...pad].map((b, i) => `        at tail+${i}: 0x${byte(b)}${ouch(b)}`),
  ];
}

const ouch = (b: number): string => (b === FORBIDDEN ? "" : " *** OUCH");

/** Up to 16 bytes whole, of more the first and the last 8. */
function dataAt(u8: Uint8Array, at: number, size: number): string {
  const hex = (from: number, to: number): string => [...u8.subarray(from, to)].map(byte).join(" ");
  if (size <= 16) return hex(at, at + size);
  return `${hex(at, at + 8)} ... ${hex(at + size - 8, at + size)}`;
}

/** Hands the whole report to `h.fatal`. `func` is CPython's name for the check that found it. */
export function report(h: Heap, func: string, problem: string, dump: string, p: number): never {
  const trace = h.traceLookup?.(p) ?? null;
  const origin = trace
    ? `Memory block allocated at (most recent call first):\n${trace.join("\n")}\n`
    : "Enable tracemalloc to get the memory block allocation traceback\n";
  return h.fatal(`${func}: ${problem}`, `${dump}\n${origin}\n`);
}

/** For a freed block in which byte `offset` of what were the user's `size` bytes has changed. */
export function reportWriteAfterFree(h: Heap, block: number, offset: number, size: number): never {
  const at = (block + 4) * 4;
  const value = byte(h.u8[at + offset]);
  const dump = [
    `Debug memory block at address p=${address(at)}: freed`,
    `    The byte at p+${offset} was written after the block was freed: 0x${value}, not DEADBYTE (0xdd)`,
    `    Data at p: ${dataAt(h.u8, at, size)}`,
  ];
  return report(h, "_PyMem_DebugRawAlloc", "block written after free", `${dump.join("\n")}\n`, block + 4);
}
