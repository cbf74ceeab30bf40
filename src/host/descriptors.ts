/** The descriptors that programs on Node.js have, and pipes between them and child processes. */
import * as fs from "node:fs";

export function fault(code: string, errno: number, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code, errno: -errno });
}

/** What a descriptor of the program stands for; several may share one. */
export interface OpenFile {
  /** Node's descriptor; -1 for a pipe. */
  readonly real: number;
  /** Where a regular file is read and written next: Node is told explicitly. undefined: the system knows. */
  at: number | undefined;
  readonly append: boolean;
  /** Descriptors that stand for it. */
  uses: number;
  /** A terminal or pipe opened once more, so that reading it does not block. */
  waiting?: number;
  readonly pipe?: Pipe;
}

/** A pipe within this process: bytes written and not yet read. */
export class Pipe {
  private readonly chunks: Uint8Array[] = [];
  readonly reader: OpenFile = { real: -1, at: undefined, append: false, uses: 1, pipe: this };
  readonly writer: OpenFile = { real: -1, at: undefined, append: false, uses: 1, pipe: this };

  get empty(): boolean {
    return this.chunks.length === 0;
  }

  /** Can nothing more be written? */
  get ended(): boolean {
    return this.writer.uses === 0;
  }

  write(bytes: Uint8Array): number {
    if (this.reader.uses === 0) throw fault("EPIPE", 32, "broken pipe");
    if (bytes.length > 0) this.chunks.push(bytes.slice());
    return bytes.length;
  }

  /** Up to n bytes of what is there. */
  take(n: number): Uint8Array {
    const first = this.chunks[0];
    if (first === undefined) return new Uint8Array(0);
    if (first.length <= n) this.chunks.shift();
    else this.chunks[0] = first.subarray(n);
    return first.subarray(0, n);
  }

  takeAll(): Uint8Array {
    return Buffer.concat(this.chunks.splice(0));
  }
}

/** The program's descriptors: the lowest free number is the next, whatever Node itself has open. */
export class Descriptors {
  private readonly files = new Map<number, OpenFile>();

  constructor() {
    for (const fd of [0, 1, 2]) this.files.set(fd, { real: fd, at: undefined, append: false, uses: 1 });
  }

  get(fd: number): OpenFile {
    const file = this.files.get(fd);
    if (file === undefined) throw fault("EBADF", 9, "bad file descriptor");
    return file;
  }

  has(fd: number): boolean {
    return this.files.has(fd);
  }

  add(file: OpenFile): number {
    let fd = 0;
    while (this.files.has(fd)) fd++;
    this.files.set(fd, file);
    return fd;
  }

  put(fd: number, file: OpenFile): void {
    this.files.set(fd, file);
  }

  /** Forgets a descriptor; the file is closed with the last. */
  close(fd: number): void {
    const file = this.get(fd);
    this.files.delete(fd);
    release(file);
  }
}

/** One descriptor (or child process) less that stands for a file. */
export function release(file: OpenFile): void {
  if (--file.uses > 0 || file.pipe !== undefined) return;
  if (file.waiting !== undefined && file.waiting !== file.real) fs.closeSync(file.waiting);
  fs.closeSync(file.real);
}
