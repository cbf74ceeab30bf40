/**
 * Reads parts of files into one piece of memory that is used again for each. Part of the command line.
 *
 * It is shared memory, because V8 does not count that as its own, and larger than any piece that the C library would keep for
 * itself after such a piece has been freed; what is not touched of it costs nothing.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const SPARE = 48 * 1024 * 1024;
let memory: Buffer | null = null;

function spare(bytes: number): Buffer {
  memory ??= Buffer.from(new SharedArrayBuffer(SPARE));
  return bytes <= SPARE ? memory.subarray(0, bytes) : Buffer.allocUnsafe(bytes);
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
