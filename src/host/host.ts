/**
 * What the outside gives the interpreter: streams, files, clocks, environment. The core calls only this interface; the
 * Node implementation stands in src/host/node.ts, a browser's in src/host/browser.ts.
 */
export interface Stat {
  mode: number;
  ino: number;
  dev: number;
  nlink: number;
  uid: number;
  gid: number;
  size: number;
  atimeMs: number;
  mtimeMs: number;
  ctimeMs: number;
  blksize?: number;
  blocks?: number;
  rdev?: number;
}

/** Errors of host calls carry `code` ("ENOENT") and `errno` (2). */
export interface HostError extends Error {
  code: string;
  errno: number;
}

/** Delivery of the operating system's signals. */
export interface SignalHost {
  readonly started: boolean;
  /** What to call when signals have arrived: at any point of running JavaScript, so it may only set a flag. */
  onArrival(notify: () => void): void;
  /** Runs the handlers of what has arrived; set by the interpreter, called by host calls that wait. */
  check: () => void;
  /** From now on this signal is noted, whatever it did before; `watchSoon` does not wait until it is so. */
  watch(signum: number): void;
  watchSoon(signum: number): void;
  /** Back to what the signal does by default. */
  unwatch(signum: number): void;
  /** Signals that arrived since, by number. */
  take(): number[];
  pending(): boolean;
  /** Waits until a signal arrives or the time is over. */
  wait(ms: number): void;
  /** SIGALRM after a time, then at intervals; 0: no more. */
  setTimer(firstMs: number, intervalMs: number): void;
  kill(pid: number, signum: number): void;
  /** Ends the process as the signal does by default. */
  die(signum: number): void;
}

/** A child process to be. */
export interface ChildOptions {
  args: string[];
  /** Where the program may be: the first that can be executed. */
  paths: string[];
  cwd: string | null;
  env: Record<string, string> | null;
  /** The program's descriptors that are its 0, 1 and 2. */
  fds: number[];
}

export interface Host {
  /** Writes all bytes to file descriptor 1 or 2 (or an opened one). */
  write(fd: number, bytes: Uint8Array): number;
  /** Reads up to n bytes; an empty array at the end. */
  read(fd: number, n: number): Uint8Array;
  open(path: string, flags: number, mode: number): number;
  close(fd: number): void;
  /** A new descriptor of the same open file; `to` (which is closed first) or the lowest that is free. */
  dup(fd: number, to?: number): number;
  seek(fd: number, offset: number, whence: number): number;
  truncate(fd: number, size: number): void;
  fstat(fd: number): Stat;
  stat(path: string, followLinks: boolean): Stat;
  readdir(path: string): string[];
  mkdir(path: string, mode: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  readlink(path: string): string;
  symlink(target: string, path: string): void;
  chmod(path: string, mode: number): void;
  utime(path: string, atimeMs: number, mtimeMs: number): void;
  realpath(path: string): string;
  access(path: string, mode: number): boolean;
  isatty(fd: number): boolean;
  cwd(): string;
  chdir(path: string): void;
  readonly env: Record<string, string | undefined>;
  readonly platform: string;
  pid(): number;
  parentPid?(): number;
  /** Ends the process at once, with nothing cleaned up. */
  exit?(status: number): never;
  /** Times in microseconds, KiB at most resident, page faults, blocks in and out, context switches: as getrusage has them. */
  resourceUsage?(): number[];
  /** Nanoseconds since the epoch, and of a monotonic clock, and of process CPU time. */
  timeNs(): bigint;
  monotonicNs(): bigint;
  processTimeNs(): bigint;
  sleepMs(ms: number): void;
  random(n: number): Uint8Array;
  /** A pipe's ends for reading and writing. */
  pipe?(): [number, number];
  /** Would a read give something now, or the end? */
  readable?(fd: number): boolean;
  /** Starts a child process; its id. It runs when all its input is there, to its end. */
  startChild?(options: ChildOptions): number;
  /** An ended child's id and status; null where it has not ended and `noHang` is asked. */
  waitChild?(pid: number, noHang: boolean): [pid: number, status: number] | null;
  /** Signals, where there are any. */
  readonly signals?: SignalHost;
}
