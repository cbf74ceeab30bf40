/**
 * Reads parts of files into one piece of memory that is used again for each. Part of the command line.
 *
 * A buffer would stay until the next collection, and the C library keeps for itself as much as the largest piece that was freed.
 * What a resizable buffer gives up goes back to the system at once.
 */
import { closeSync, openSync, readSync } from "node:fs";

interface Resizable extends ArrayBuffer {
  resize(bytes: number): void;
}

const MOST = 32 * 1024 * 1024;
let memory: Resizable | null = null;

function spare(bytes: number): Buffer {
  if (bytes > MOST) return Buffer.allocUnsafe(bytes);
  const options = { maxByteLength: MOST };
  memory ??= new (ArrayBuffer as unknown as new (bytes: number, o: typeof options) => Resizable)(0, options);
  if (memory.byteLength < bytes) memory.resize(bytes);
  return Buffer.from(memory, 0, bytes);
}

/** What has been read is no longer needed. */
export function giveBack(): void {
  memory?.resize(0);
}

/** Fills the buffer from `at` on as far as the file goes; returns how far. */
function fill(fd: number, bytes: Buffer, at: number): number {
  let got = 0;
  for (let more = -1; more !== 0 && got < bytes.length; got += more)
    more = readSync(fd, bytes, got, bytes.length - got, at + got);
  return got;
}

/** n bytes of an open file from `at`; good until the next call. */
export function readPart(fd: number, at: number, n: number): Buffer {
  const bytes = spare(n);
  if (fill(fd, bytes, at) < n) throw new Error("a file of the program is too short");
  return bytes;
}

const FIRST = 4 * 1024 * 1024;

/** A whole file; good until the next call. Asking for its size first takes longer than reading it. */
export function readWhole(path: string): Buffer {
  const fd = openSync(path, "r");
  try {
    for (let size = FIRST; ; size *= 2) {
      const bytes = spare(size);
      const n = fill(fd, bytes, 0);
      if (n < size) return bytes.subarray(0, n);
    }
  } finally {
    closeSync(fd);
  }
}
