/** The host interface on Node.js: files, streams, clocks, environment. */
import * as fs from "node:fs";
import { clock } from "../heap/clock.ts";
import { Descriptors, fault, type OpenFile, Pipe } from "./descriptors.ts";
import type { ChildOptions, Host, Stat } from "./host.ts";
import { Children } from "./processes.ts";
import { NodeSignals } from "./signals.ts";

const SIGINT = 2;

function toStat(s: fs.Stats): Stat {
  const { mode, ino, dev, nlink, uid, gid, size, atimeMs, mtimeMs, ctimeMs, blksize, blocks, rdev } = s;
  return { mode, ino, dev, nlink, uid, gid, size, atimeMs, mtimeMs, ctimeMs, blksize, blocks, rdev };
}

const PIPE_STAT: Stat = {
  ...{ mode: 0o10600, ino: 0, dev: 0, nlink: 1, uid: 0, gid: 0, size: 0 },
  ...{ atimeMs: 0, mtimeMs: 0, ctimeMs: 0, blksize: 4096, blocks: 0, rdev: 0 },
};

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

/** The device number of /dev/null on Linux. */
const NULL_DEVICE = 259;

/** Is the descriptor a terminal? node:tty, which brings the network with it, is loaded only for character devices. */
function isatty(fd: number): boolean {
  try {
    const s = fs.fstatSync(fd);
    if (!s.isCharacterDevice() || s.rdev === NULL_DEVICE) return false;
  } catch {
    // Not an open descriptor.
    return false;
  }
  return (require("node:tty") as typeof import("node:tty")).isatty(fd);
}

/** Where a regular file stands that was open before the program began; undefined for what cannot be sought. */
function inheritedPosition(fd: number): number | undefined {
  if (!fs.fstatSync(fd).isFile()) return undefined;
  try {
    return Number(/^pos:\s*(\d+)/.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1] ?? 0);
  } catch {
    // Not Linux: such a file is taken to stand at its beginning.
    return 0;
  }
}

/** Loading node:crypto, which brings streams with it, costs a tenth of the start. */
function randomBytes(n: number): Uint8Array {
  const bytes = new Uint8Array(n);
  try {
    const fd = fs.openSync("/dev/urandom", "r");
    try {
      for (let at = 0; at < n; ) at += fs.readSync(fd, bytes, at, n - at, null);
      return bytes;
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    // Not on this system.
    const { randomFillSync } = require("node:crypto") as typeof import("node:crypto");
    return randomFillSync(bytes);
  }
}

// `performance` is loaded when it is first named.
clock.now = () => process.uptime() * 1000;

export class NodeHost implements Host {
  readonly env = process.env;
  readonly platform = process.platform;
  readonly signals = new NodeSignals();
  private readonly descriptors = new Descriptors();
  private readonly children = new Children();

  write(fd: number, bytes: Uint8Array): number {
    const file = this.descriptors.get(fd);
    if (file.pipe !== undefined) return file.pipe.write(bytes);
    if (file.at === undefined) return writeAll(file.real, bytes, null);
    if (file.append) {
      writeAll(file.real, bytes, null);
      file.at = fs.fstatSync(file.real).size;
      return bytes.length;
    }
    writeAll(file.real, bytes, file.at);
    file.at += bytes.length;
    return bytes.length;
  }

  /** Reads from a terminal must hear Ctrl-C: they look, wait a little and look again. The descriptor to read from. */
  private waitable(file: OpenFile): number {
    if (file.waiting !== undefined) return file.waiting;
    if (!this.signals.started && !isatty(file.real)) return file.real;
    file.waiting = file.real;
    if (fs.fstatSync(file.real).isFile()) return file.real;
    this.signals.watchSoon(SIGINT);
    try {
      file.waiting = fs.openSync(
        `/proc/self/fd/${file.real}`,
        fs.constants.O_RDONLY | fs.constants.O_NONBLOCK,
      );
    } catch {
      // Not Linux: the read blocks, and Ctrl-C ends the program.
      this.signals.unwatch(SIGINT);
    }
    return file.waiting;
  }

  read(fd: number, n: number): Uint8Array {
    const file = this.descriptors.get(fd);
    if (file.pipe !== undefined) return this.readPipe(file.pipe, n);
    const buffer = new Uint8Array(n);
    const source = file.at === undefined ? this.waitable(file) : file.real;
    for (;;) {
      try {
        const got = fs.readSync(source, buffer, 0, n, file.at ?? null);
        if (file.at !== undefined) file.at += got;
        return buffer.subarray(0, got);
      } catch (e) {
        const { code } = e as NodeJS.ErrnoException;
        if (code === "EOF") return buffer.subarray(0, 0);
        if (code !== "EAGAIN") throw e;
        this.signals.wait(5);
        if (this.signals.pending()) this.signals.check();
      }
    }
  }

  private readPipe(pipe: Pipe, n: number): Uint8Array {
    while (pipe.empty && !pipe.ended) {
      if (!this.children.runWriter(pipe)) throw fault("EDEADLK", 35, "nothing can be written to the pipe");
    }
    return pipe.take(n);
  }

  pipe(): [number, number] {
    const pipe = new Pipe();
    return [this.descriptors.add(pipe.reader), this.descriptors.add(pipe.writer)];
  }

  readable(fd: number): boolean {
    const { pipe } = this.descriptors.get(fd);
    return pipe === undefined || this.children.readable(pipe);
  }

  startChild(options: ChildOptions): number {
    const files = options.fds.map((fd) => (this.descriptors.has(fd) ? this.descriptors.get(fd) : null));
    return this.children.start(options, files);
  }

  waitChild(pid: number, noHang: boolean): [number, number] | null {
    return this.children.wait(pid, noHang);
  }

  open(path: string, flags: number, mode: number): number {
    const real = fs.openSync(path, flags, mode);
    const at = fs.fstatSync(real).isFile() ? 0 : undefined;
    return this.descriptors.add({ real, at, append: (flags & fs.constants.O_APPEND) !== 0, uses: 1 });
  }

  close(fd: number): void {
    this.descriptors.close(fd);
  }

  dup(fd: number, to?: number): number {
    const file = this.descriptors.get(fd);
    if (to === fd) return fd;
    file.uses++;
    if (to === undefined) return this.descriptors.add(file);
    if (this.descriptors.has(to)) this.descriptors.close(to);
    this.descriptors.put(to, file);
    return to;
  }

  seek(fd: number, offset: number, whence: number): number {
    const file = this.descriptors.get(fd);
    const at = file.pipe ? undefined : (file.at ?? inheritedPosition(file.real));
    if (at === undefined) throw fault("ESPIPE", 29, "invalid seek");
    const base = whence === 0 ? 0 : whence === 1 ? at : fs.fstatSync(file.real).size;
    const to = base + offset;
    if (to < 0) throw fault("EINVAL", 22, "invalid argument");
    // A descriptor that others share keeps its own position while it is only asked for it.
    if (whence === 1 && offset === 0) return to;
    file.at = to;
    return to;
  }

  truncate(fd: number, size: number): void {
    fs.ftruncateSync(this.descriptors.get(fd).real, size);
  }

  fstat(fd: number): Stat {
    const { real, pipe } = this.descriptors.get(fd);
    return pipe === undefined ? toStat(fs.fstatSync(real)) : PIPE_STAT;
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
    if (!this.descriptors.has(fd)) return false;
    const { real, pipe } = this.descriptors.get(fd);
    return pipe === undefined && isatty(real);
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

  resourceUsage(): number[] {
    const u = process.resourceUsage();
    const faults = [u.minorPageFault, u.majorPageFault];
    const switches = [u.voluntaryContextSwitches, u.involuntaryContextSwitches];
    return [u.userCPUTime, u.systemCPUTime, u.maxRSS, ...faults, u.fsRead, u.fsWrite, ...switches];
  }

  exit(status: number): never {
    process.exit(status);
  }

  parentPid(): number {
    return process.ppid;
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
    this.signals.wait(ms);
  }

  random(n: number): Uint8Array {
    return randomBytes(n);
  }
}
