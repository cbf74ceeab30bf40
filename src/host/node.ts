/** The host interface on Node.js: files, streams, clocks, environment. */
import { randomFillSync } from "node:crypto";
import * as fs from "node:fs";
import { isatty } from "node:tty";
import type { Host, Stat } from "./host.ts";

function toStat(s: fs.Stats): Stat {
  const { mode, ino, dev, nlink, uid, gid, size, atimeMs, mtimeMs, ctimeMs, blksize, blocks, rdev } = s;
  return { mode, ino, dev, nlink, uid, gid, size, atimeMs, mtimeMs, ctimeMs, blksize, blocks, rdev };
}

/** Writes everything, waiting where a pipe is full. */
function writeAll(fd: number, bytes: Uint8Array, position: number | null): number {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += fs.writeSync(fd, bytes, at, bytes.length - at, position === null ? null : position + at);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== "EAGAIN") throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
  return bytes.length;
}

/** Where a regular file stands that was open before the program began; null for what cannot be sought. */
function inheritedPosition(fd: number): number | null {
  if (!fs.fstatSync(fd).isFile()) return null;
  try {
    return Number(/^pos:\s*(\d+)/.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1] ?? 0);
  } catch {
    // Not Linux: such a file is taken to stand at its beginning.
    return 0;
  }
}

export class NodeHost implements Host {
  readonly env = process.env;
  readonly platform = process.platform;
  private interrupted = false;
  /** Positions of regular files that were sought: Node reads and writes at explicit positions then. */
  private readonly positions = new Map<number, number>();
  private readonly appending = new Set<number>();

  /** From now on Ctrl-C is a KeyboardInterrupt; `notify` sets the eval breaker. */
  catchInterrupts(notify: () => void): void {
    process.on("SIGINT", () => {
      this.interrupted = true;
      notify();
    });
  }

  takeInterrupt(): boolean {
    const was = this.interrupted;
    this.interrupted = false;
    return was;
  }

  write(fd: number, bytes: Uint8Array): number {
    const at = this.positions.get(fd);
    if (at === undefined) return writeAll(fd, bytes, null);
    if (this.appending.has(fd)) {
      writeAll(fd, bytes, null);
      this.positions.set(fd, fs.fstatSync(fd).size);
      return bytes.length;
    }
    writeAll(fd, bytes, at);
    this.positions.set(fd, at + bytes.length);
    return bytes.length;
  }

  read(fd: number, n: number): Uint8Array {
    const buffer = new Uint8Array(n);
    const at = this.positions.get(fd);
    for (;;) {
      try {
        const got = fs.readSync(fd, buffer, 0, n, at ?? null);
        if (at !== undefined) this.positions.set(fd, at + got);
        return buffer.subarray(0, got);
      } catch (e) {
        const { code } = e as NodeJS.ErrnoException;
        if (code === "EOF") return buffer.subarray(0, 0);
        if (code !== "EAGAIN") throw e;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      }
    }
  }

  open(path: string, flags: number, mode: number): number {
    const fd = fs.openSync(path, flags, mode);
    if (fs.fstatSync(fd).isFile()) this.positions.set(fd, 0);
    if ((flags & fs.constants.O_APPEND) !== 0) this.appending.add(fd);
    return fd;
  }

  close(fd: number): void {
    this.positions.delete(fd);
    this.appending.delete(fd);
    fs.closeSync(fd);
  }

  seek(fd: number, offset: number, whence: number): number {
    const at = this.positions.get(fd) ?? inheritedPosition(fd);
    if (at === null) {
      throw Object.assign(new Error("ESPIPE: invalid seek"), { code: "ESPIPE", errno: -29 });
    }
    const base = whence === 0 ? 0 : whence === 1 ? at : fs.fstatSync(fd).size;
    const to = base + offset;
    if (to < 0) throw Object.assign(new Error("EINVAL: invalid argument"), { code: "EINVAL", errno: -22 });
    // A descriptor that others share keeps its own position while it is only asked for it.
    if (whence === 1 && offset === 0) return to;
    this.positions.set(fd, to);
    return to;
  }

  truncate(fd: number, size: number): void {
    fs.ftruncateSync(fd, size);
  }

  fstat(fd: number): Stat {
    return toStat(fs.fstatSync(fd));
  }

  stat(path: string, followLinks: boolean): Stat {
    return toStat(followLinks ? fs.statSync(path) : fs.lstatSync(path));
  }

  readdir(path: string): string[] {
    return fs.readdirSync(path);
  }

  mkdir(path: string, mode: number): void {
    fs.mkdirSync(path, { mode });
  }

  rmdir(path: string): void {
    fs.rmdirSync(path);
  }

  unlink(path: string): void {
    fs.unlinkSync(path);
  }

  rename(from: string, to: string): void {
    fs.renameSync(from, to);
  }

  readlink(path: string): string {
    return fs.readlinkSync(path);
  }

  symlink(target: string, path: string): void {
    fs.symlinkSync(target, path);
  }

  chmod(path: string, mode: number): void {
    fs.chmodSync(path, mode);
  }

  utime(path: string, atimeMs: number, mtimeMs: number): void {
    fs.utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  }

  realpath(path: string): string {
    return fs.realpathSync(path);
  }

  access(path: string, mode: number): boolean {
    try {
      fs.accessSync(path, mode);
      return true;
    } catch {
      return false;
    }
  }

  isatty(fd: number): boolean {
    return isatty(fd);
  }

  cwd(): string {
    return process.cwd();
  }

  chdir(path: string): void {
    process.chdir(path);
  }

  pid(): number {
    return process.pid;
  }

  timeNs(): bigint {
    return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
  }

  monotonicNs(): bigint {
    return process.hrtime.bigint();
  }

  processTimeNs(): bigint {
    const { user, system } = process.cpuUsage();
    return BigInt(user + system) * 1000n;
  }

  sleepMs(ms: number): void {
    if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  }

  random(n: number): Uint8Array {
    return randomFillSync(new Uint8Array(n));
  }
}
