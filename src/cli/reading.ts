/**
 * Reads parts of files into one piece of memory that is used again for each. Part of the command line.
 *
 * A buffer would stay until the next collection, and the C library keeps for itself as much as the largest piece that was freed.
 * What a resizable buffer gives up goes back to the system at once.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

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

/** n bytes of an open file from `at`; good until the next call. */
export function readPart(fd: number, at: number, n: number): Buffer {
  const bytes = spare(n);
  for (let got = 0; got < n; ) {
    const more = readSync(fd, bytes, got, n - got, at + got);
    if (more === 0) throw new Error("a file of the program is too short");
    got += more;
  }
  return bytes;
}

/** A whole file; good until the next call. */
export function readWhole(path: string): Buffer {
  const fd = openSync(path, "r");
  try {
    return readPart(fd, 0, fstatSync(fd).size);
  } finally {
    closeSync(fd);
  }
}
