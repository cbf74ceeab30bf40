/**
 * A host without an operating system: files in a Map, captured output, given input. For browsers, for tests and for programs
 * that must not reach the outside.
 */
import type { Host, Stat } from "./host.ts";

export interface MemoryHostOptions {
  env?: Record<string, string | undefined>;
  /** What standard input holds. */
  stdin?: string | Uint8Array;
  /** Absolute paths to contents; folders come by themselves. */
  files?: Record<string, string | Uint8Array>;
  /** Told of output as it is written; it is kept as well. */
  onOutput?: (fd: 1 | 2, bytes: Uint8Array) => void;
}

interface OpenFile {
  path: string;
  at: number;
  append: boolean;
}

/** Linux's numbers. */
const ERRNO: Record<string, number> = {
  ENOENT: 2,
  EBADF: 9,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ESPIPE: 29,
  ENOTEMPTY: 39,
  ENOSYS: 38,
};
const FOLDER = 0o040755;
const FILE = 0o100644;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;

const bytesOf = (data: string | Uint8Array): Uint8Array =>
  typeof data === "string" ? new TextEncoder().encode(data) : data;

function fault(code: string, path = ""): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, errno: -ERRNO[code] });
}

/** "/a/./b/../c" -> "/a/c" */
function normal(path: string, cwd: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

export class MemoryHost implements Host {
  readonly env: Record<string, string | undefined>;
  readonly platform = "linux";
  private readonly files = new Map<string, Uint8Array>();
  private readonly folders = new Set<string>(["/"]);
  private readonly times = new Map<string, number>();
  private readonly opened = new Map<number, OpenFile>();
  private readonly out: { 1: Uint8Array[]; 2: Uint8Array[] } = { 1: [], 2: [] };
  private readonly onOutput: MemoryHostOptions["onOutput"];
  private input: Uint8Array;
  private folder = "/";
  private nextFd = 3;
  /** Descriptors 1 and 2, and what dup has made of them. */
  private readonly streams = new Map<number, 1 | 2>([
    [1, 1],
    [2, 2],
  ]);

  constructor(options: MemoryHostOptions = {}) {
    this.env = options.env ?? {};
    this.input = bytesOf(options.stdin ?? "");
    this.onOutput = options.onOutput;
    for (const [path, data] of Object.entries(options.files ?? {}))
      this.put(normal(path, "/"), bytesOf(data));
  }

  private put(path: string, data: Uint8Array): void {
    for (let dir = parentOf(path); !this.folders.has(dir); dir = parentOf(dir)) this.folders.add(dir);
    this.files.set(path, data);
    this.times.set(path, Date.now());
  }

  /** The text written to stdout (1) or stderr (2) since the last time. */
  takeOutput(fd: 1 | 2): string {
    const decoder = new TextDecoder();
    const text =
      this.out[fd].map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
    this.out[fd].length = 0;
    return text;
  }

  /** What a file holds now, or undefined. */
  fileBytes(path: string): Uint8Array | undefined {
    return this.files.get(normal(path, this.folder));
  }

  write(fd: number, bytes: Uint8Array): number {
    const stream = this.streams.get(fd);
    if (stream !== undefined) {
      const copy = bytes.slice();
      this.out[stream].push(copy);
      this.onOutput?.(stream, copy);
      return bytes.length;
    }
    const file = this.fileOf(fd);
    const old = this.files.get(file.path)!;
    if (file.append) file.at = old.length;
    const grown = new Uint8Array(Math.max(old.length, file.at + bytes.length));
    grown.set(old);
    grown.set(bytes, file.at);
    file.at += bytes.length;
    this.put(file.path, grown);
    return bytes.length;
  }

  read(fd: number, n: number): Uint8Array {
    if (fd === 0) {
      const part = this.input.slice(0, n);
      this.input = this.input.subarray(part.length);
      return part;
    }
    const file = this.fileOf(fd);
    const part = this.files.get(file.path)!.slice(file.at, file.at + n);
    file.at += part.length;
    return part;
  }

  private fileOf(fd: number): OpenFile {
    const file = this.opened.get(fd);
    if (file === undefined) throw fault("EBADF");
    return file;
  }

  open(name: string, flags: number, _mode: number): number {
    const path = normal(name, this.folder);
    if (this.folders.has(path)) throw fault("EISDIR", name);
    const there = this.files.has(path);
    if (!there && (flags & O_CREAT) === 0) throw fault("ENOENT", name);
    if (there && (flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) throw fault("EEXIST", name);
    if (!there && !this.folders.has(parentOf(path))) throw fault("ENOENT", name);
    if (!there || (flags & O_TRUNC) !== 0) this.put(path, new Uint8Array(0));
    this.opened.set(this.nextFd, { path, at: 0, append: (flags & O_APPEND) !== 0 });
    return this.nextFd++;
  }

  close(fd: number): void {
    const known = this.opened.delete(fd) || this.streams.delete(fd);
    if (!known && fd > 2) throw fault("EBADF");
  }

  dup(fd: number, to = this.nextFd): number {
    const stream = this.streams.get(fd);
    const file = this.opened.get(fd);
    if (stream === undefined && file === undefined) throw fault("EBADF");
    if (to === fd) return fd;
    if (to === this.nextFd) this.nextFd++;
    this.opened.delete(to);
    this.streams.delete(to);
    if (stream !== undefined) this.streams.set(to, stream);
    else this.opened.set(to, file!);
    return to;
  }

  seek(fd: number, offset: number, whence: number): number {
    if (fd === 0 || this.streams.has(fd)) throw fault("ESPIPE");
    const file = this.fileOf(fd);
    const base = whence === 0 ? 0 : whence === 1 ? file.at : this.files.get(file.path)!.length;
    if (base + offset < 0) throw fault("EINVAL");
    file.at = base + offset;
    return file.at;
  }

  truncate(fd: number, size: number): void {
    const file = this.fileOf(fd);
    const data = new Uint8Array(size);
    data.set(this.files.get(file.path)!.subarray(0, size));
    this.put(file.path, data);
  }

  fstat(fd: number): Stat {
    if (fd === 0 || this.streams.has(fd)) return this.statOf(0o020620, 0, 0);
    return this.stat(this.fileOf(fd).path, true);
  }

  stat(name: string, _followLinks: boolean): Stat {
    const path = normal(name, this.folder);
    if (this.folders.has(path)) return this.statOf(FOLDER, 4096, 0);
    const data = this.files.get(path);
    if (data === undefined) throw fault("ENOENT", name);
    return this.statOf(FILE, data.length, this.times.get(path) ?? 0);
  }

  private statOf(mode: number, size: number, time: number): Stat {
    return {
      mode,
      ino: 0,
      dev: 0,
      nlink: 1,
      uid: 0,
      gid: 0,
      size,
      atimeMs: time,
      mtimeMs: time,
      ctimeMs: time,
    };
  }

  readdir(name: string): string[] {
    const path = normal(name, this.folder);
    if (!this.folders.has(path)) throw fault(this.files.has(path) ? "ENOTDIR" : "ENOENT", name);
    const inside = [...this.files.keys(), ...this.folders].filter((p) => p !== "/" && parentOf(p) === path);
    return inside.map((p) => p.slice(p.lastIndexOf("/") + 1));
  }

  mkdir(name: string, _mode: number): void {
    const path = normal(name, this.folder);
    if (this.folders.has(path) || this.files.has(path)) throw fault("EEXIST", name);
    if (!this.folders.has(parentOf(path))) throw fault("ENOENT", name);
    this.folders.add(path);
  }

  rmdir(name: string): void {
    const path = normal(name, this.folder);
    if (this.readdir(path).length > 0) throw fault("ENOTEMPTY", name);
    this.folders.delete(path);
  }

  unlink(name: string): void {
    if (!this.files.delete(normal(name, this.folder))) throw fault("ENOENT", name);
  }

  rename(from: string, to: string): void {
    const path = normal(from, this.folder);
    const data = this.files.get(path);
    if (data === undefined) throw fault(this.folders.has(path) ? "ENOSYS" : "ENOENT", from);
    this.files.delete(path);
    this.put(normal(to, this.folder), data);
  }

  readlink(path: string): string {
    throw fault("EINVAL", path);
  }

  symlink(_target: string, path: string): void {
    throw fault("ENOSYS", path);
  }

  chmod(path: string): void {
    this.stat(path, true);
  }

  utime(path: string, _atimeMs: number, mtimeMs: number): void {
    this.stat(path, true);
    this.times.set(normal(path, this.folder), mtimeMs);
  }

  realpath(path: string): string {
    this.stat(path, true);
    return normal(path, this.folder);
  }

  access(path: string): boolean {
    const full = normal(path, this.folder);
    return this.files.has(full) || this.folders.has(full);
  }

  isatty(): boolean {
    return false;
  }

  cwd(): string {
    return this.folder;
  }

  chdir(name: string): void {
    const path = normal(name, this.folder);
    if (!this.folders.has(path)) throw fault("ENOENT", name);
    this.folder = path;
  }

  pid(): number {
    return 1;
  }

  timeNs(): bigint {
    return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
  }

  monotonicNs(): bigint {
    return BigInt(Math.round(performance.now() * 1e6));
  }

  processTimeNs(): bigint {
    return this.monotonicNs();
  }

  /** Nothing else can run meanwhile: the time is waited out. */
  sleepMs(ms: number): void {
    for (const until = performance.now() + ms; performance.now() < until; );
  }

  random(n: number): Uint8Array {
    const bytes = new Uint8Array(n);
    for (let at = 0; at < n; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    return bytes;
  }
}
