/**
 * Child processes on Node.js. The main thread cannot wait for events, so a child runs from its beginning to its end at one go: as
 * soon as all its input is there. That is at once, or, where it reads a pipe that the program writes, when the program has
 * closed the pipe.
 */
import type * as childProcess from "node:child_process";
import * as fs from "node:fs";
import type * as nodeOs from "node:os";
import { join } from "node:path";
import { fault, type OpenFile, type Pipe, release } from "./descriptors.ts";
import type { ChildOptions } from "./host.ts";

interface Child {
  pid: number;
  options: ChildOptions;
  path: string;
  /** Descriptors 0, 1, 2; null: closed. */
  files: (OpenFile | null)[];
  /** As waitpid says it; null while it has not run. */
  status: number | null;
}

/** Loaded when it is asked for: most programs start no others. */
const os = (): typeof nodeOs => require("node:os");

function signalNumber(name: string | null): number | undefined {
  return (os().constants.signals as Record<string, number>)[name ?? ""];
}

export class Children {
  private readonly children = new Map<number, Child>();
  private nextPid = process.pid + 1;

  /** Starts a child; its process id. */
  start(options: ChildOptions, files: (OpenFile | null)[]): number {
    if (options.cwd !== null) fs.accessSync(options.cwd, fs.constants.X_OK);
    for (const file of files) if (file !== null) file.uses++;
    const child: Child = {
      pid: this.nextPid++,
      options,
      path: executable(options.paths),
      files,
      status: null,
    };
    this.children.set(child.pid, child);
    if (this.canRun(child)) this.run(child);
    return child.pid;
  }

  /** [pid, status] of an ended child, which is forgotten; null: it has not run and `noHang` forbids to wait. */
  wait(pid: number, noHang: boolean): [number, number] | null {
    const child = pid === -1 ? [...this.children.values()][0] : this.children.get(pid);
    if (child === undefined) throw fault("ECHILD", 10, "no child processes");
    if (child.status === null) {
      if (this.canRun(child)) this.run(child);
      else if (noHang) return null;
      else throw fault("EDEADLK", 35, "the child waits for input that only this process can give");
    }
    this.children.delete(child.pid);
    return [child.pid, child.status!];
  }

  /** Runs the child that writes to this pipe, if there is one and its input is there. */
  runWriter(pipe: Pipe): boolean {
    for (const child of this.children.values()) {
      if (child.status !== null || !child.files.some((f) => f?.pipe === pipe && f === pipe.writer)) continue;
      if (!this.canRun(child)) continue;
      this.run(child);
      return true;
    }
    return false;
  }

  /** Would a read of the pipe give something, or its end? */
  readable(pipe: Pipe): boolean {
    if (!pipe.empty || pipe.ended) return true;
    return [...this.children.values()].some(
      (c) => c.status === null && c.files.some((f) => f === pipe.writer) && this.canRun(c),
    );
  }

  private canRun(child: Child): boolean {
    const pipe = child.files[0]?.pipe;
    if (pipe === undefined || pipe.ended) return true;
    const writers = [...this.children.values()].filter(
      (c) => c.status === null && c.files.includes(pipe.writer),
    );
    return writers.length === pipe.writer.uses && writers.every((c) => this.canRun(c));
  }

  private run(child: Child): void {
    const { spawnSync } = require("node:child_process") as typeof childProcess;
    const { options, files } = child;
    const input = this.input(files[0]);
    const merged = files[1] !== null && files[1] === files[2] && files[1].pipe ? openTemporary() : -1;
    const result = spawnSync(child.path, options.args.slice(1), {
      argv0: options.args[0],
      cwd: options.cwd ?? undefined,
      env: options.env ?? process.env,
      input,
      maxBuffer: Number.POSITIVE_INFINITY,
      stdio: [
        input !== undefined ? "pipe" : where(files[0]),
        ...[files[1], files[2]].map((f) => (merged >= 0 ? merged : where(f))),
      ] as childProcess.StdioOptions,
    });
    child.status = result.status !== null ? result.status << 8 : (signalNumber(result.signal) ?? 127 << 8);
    if (merged >= 0) files[1]!.pipe!.write(readBack(merged));
    else {
      for (const i of [1, 2])
        if (files[i]?.pipe && result.output?.[i]) give(files[i]!.pipe!, result.output[i]!);
    }
    for (const file of files) if (file !== null) release(file);
    child.files = [];
    if (result.error !== undefined && result.status === null && result.signal === null) throw result.error;
  }

  private input(file: OpenFile | null): Uint8Array | undefined {
    const pipe = file?.pipe;
    if (pipe === undefined) return undefined;
    while (!pipe.ended && this.runWriter(pipe));
    return pipe.takeAll();
  }
}

function give(pipe: Pipe, bytes: Uint8Array | string): void {
  if (pipe.reader.uses > 0) pipe.write(bytes as Uint8Array);
}

function where(file: OpenFile | null): number | string {
  if (file === null) return "ignore";
  return file.pipe !== undefined ? "pipe" : file.real;
}

/** The first path that can be executed. */
function executable(paths: string[]): string {
  let problem: unknown = fault("ENOENT", 2, "no such file or directory");
  for (const path of paths) {
    try {
      fs.accessSync(path, fs.constants.X_OK);
      if (fs.statSync(path).isDirectory()) problem = fault("EACCES", 13, "permission denied");
      else return path;
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === "EACCES") problem = e;
    }
  }
  throw problem;
}

/** Output and errors in one stream keep their order in a file only. */
function openTemporary(): number {
  const path = join(os().tmpdir(), `glassheap-${process.pid}-${process.hrtime.bigint()}`);
  const fd = fs.openSync(path, "wx+", 0o600);
  fs.unlinkSync(path);
  return fd;
}

function readBack(fd: number): Uint8Array {
  const bytes = new Uint8Array(fs.fstatSync(fd).size);
  fs.readSync(fd, bytes, 0, bytes.length, 0);
  fs.closeSync(fd);
  return bytes;
}
