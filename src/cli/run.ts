/** Runs a program as the command line asks: settings, start-up, the program, what is wanted after it, the end. */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Cell } from "../heap/cells.ts";
import { FatalError } from "../heap/heap.ts";
import { NodeHost } from "../host/node.ts";
import { auditHeap, auditText } from "../insight/audit.ts";
import { remains, remainsText } from "../insight/remains.ts";
import { type Baseline, memorySummary, takeBaseline } from "../insight/summary.ts";
import { summaryText } from "../insight/summarytext.ts";
import { finish, start } from "../modules/lifecycle.ts";
import { armInterrupts, SIGINT } from "../modules/signals.ts";
import { applyStartSettings } from "../modules/startsettings.ts";
import { VERSION } from "../modules/sysinfo.ts";
import { tearDown } from "../modules/teardown.ts";
import { INTERRUPTED } from "../modules/uncaught.ts";
import type { Runtime } from "../objects/runtime.ts";
import { checkHeap } from "../pymalloc/check.ts";
import { debugMallocStats } from "../pymalloc/stats.ts";
import { type MainProgram, runMain, startMain } from "../runtime/main.ts";
import { runWithBigStack } from "./bigstack.ts";
import { FatalSetting } from "./environment.ts";
import { readSettings, type Settings } from "./options.ts";
import { interact } from "./repl.ts";
import { takeReserve } from "./reserve.ts";
import { loadLibrary } from "./stdlib.ts";
import { helpText, shortUsage, UsageError } from "./usage.ts";
import { setPhase } from "./v8flags.ts";

const enum Status {
  USAGE = 2,
  INTERNAL = 70,
  AUDIT = 97,
  ABORTED = 134,
}

/** Bytes of a heap in which the interpreter starts whatever its settings are. */
const ENOUGH_TO_START = 8 * 1024 * 1024;

/** So small a heap is taken apart sooner than V8 optimises the code that does it. */
const FEW_ARENAS = 4;

const host = new NodeHost();
const say = (fd: number, text: string): void => {
  host.write(fd, new TextEncoder().encode(text));
};

/** The whole command; returns the exit status. What goes wrong inside is one line, never a JavaScript stack. */
export async function runCommand(words: string[]): Promise<number> {
  try {
    return await command(words);
  } catch (e) {
    return failed(e);
  }
}

function failed(e: unknown): number {
  if (e instanceof UsageError) {
    say(2, `${e.message}\n${shortUsage(process.argv[1])}`);
    return Status.USAGE;
  }
  if (e instanceof FatalSetting) {
    say(
      2,
      `Fatal Python error: ${e.message}\nPython runtime state: ${/^preconfig/.test(e.message) ? "preinitializing" : "preinitialized"}\n\n`,
    );
    return 1;
  }
  const error = e as Error;
  if (process.env.GLASSHEAP_DEBUG === "1") say(2, `${error.stack ?? error}\n`);
  if (e instanceof FatalError) {
    say(2, `${error.message}\n`);
    return Status.ABORTED;
  }
  if ((error as NodeJS.ErrnoException).code === "EPIPE") return 120;
  say(2, `glassheap: internal error: ${String(error?.message ?? e).split("\n")[0]}\n`);
  return Status.INTERNAL;
}

async function command(words: string[]): Promise<number> {
  const settings = readSettings(words, process.env);
  if (settings.showHelp) {
    say(1, helpText(process.argv[1]));
    return 0;
  }
  if (settings.showVersion > 0) {
    say(1, `Python ${settings.showVersion > 1 ? VERSION : VERSION.split(" ")[0]}\n`);
    return 0;
  }
  if (startsInteractive(settings)) return runInteractive(settings, words);
  const main = mainProgram(settings);
  if (typeof main === "number") return main;
  return runWithBigStack(programText(main), words) ?? runProgram(settings, main, words);
}

/** The text of the program as far as it is at hand (not of modules and standard input). */
function programText(main: MainProgram): string | Uint8Array {
  if (main.kind === "command") return main.text;
  return main.kind === "script" ? readFileSync(main.path) : "";
}

function startUp(settings: Settings, words: string[]): Runtime {
  const { flags, hashSeed, malloc, maxHeap, arenaSize, poolSize, unbuffered, intMaxStrDigits } = settings;
  const executable = process.argv[1];
  try {
    return start(
      {
        library: loadLibrary(),
        prefix: "/usr",
        executable,
        origArgv: [executable, ...words],
        flags,
        xOptions: settings.xOptions,
        warnOptions: settings.warnings,
        optimize: Number(flags.optimize ?? 0),
        buffer: takeReserve(maxHeap),
        onNewArena: settings.mallocStats ? (h) => say(2, debugMallocStats(h)) : undefined,
        ...{ hashSeed, malloc, maxHeap, arenaSize, poolSize, unbuffered, intMaxStrDigits },
      },
      host,
    );
  } catch (e) {
    if (e instanceof RangeError && /^(maxHeap|arenaSize|poolSize)/.test(e.message))
      throw new UsageError(e.message);
    if (maxHeap !== undefined && maxHeap < ENOUGH_TO_START)
      throw new UsageError(`--max-heap: ${maxHeap} bytes are too few to start in`);
    throw e;
  }
}

async function runProgram(settings: Settings, main: MainProgram, words: string[]): Promise<number> {
  const rt = startUp(settings, words);
  const baseline = settings.memory ? takeBaseline(rt) : null;
  applyStartSettings(rt, settings);
  armInterrupts(rt);
  setPhase("running");
  let status = runMain(rt, main);
  rt.failAt = 0;
  rt.gc.stress = false;
  if (settings.flags.inspect && (settings.flags.interactive || process.stdin.isTTY))
    status = await interact(rt);
  return end(rt, settings, baseline, status);
}

/** No program: at a terminal, or with -i, statements are read one by one. */
function startsInteractive({ target, flags }: Settings): boolean {
  return target.kind === "stdin" && !target.named && (process.stdin.isTTY === true || Boolean(flags.inspect));
}

async function runInteractive(settings: Settings, words: string[]): Promise<number> {
  const rt = startUp(settings, words);
  const baseline = settings.memory ? takeBaseline(rt) : null;
  applyStartSettings(rt, settings);
  armInterrupts(rt);
  setPhase("running");
  startMain(rt, { kind: "command", text: "", argv: [""], pythonPath: settings.pythonPath });
  if (!settings.flags.quiet) say(2, `Python ${VERSION}\nCtrl-D or exit() ends the session.\n`);
  return end(rt, settings, baseline, await interact(rt));
}

/** What is wanted after the program, then the interpreter's end. */
function end(rt: Runtime, settings: Settings, baseline: Baseline | null, programStatus: number): number {
  let status = programStatus;
  if (rt.i32[Cell.narenas_currently_allocated] <= FEW_ARENAS) setPhase("starting");
  if (settings.audit && !audit(rt)) status = Status.AUDIT;
  if (settings.memory) printMemory(rt, baseline);
  finish(rt, !settings.audit && !settings.mallocStats);
  if (settings.audit && !auditEnd(rt)) status = Status.AUDIT;
  if (settings.mallocStats) say(2, debugMallocStats(rt));
  // What sent the interrupt shall see that it ended the program.
  if (rt.interrupted && status === INTERRUPTED) host.signals.die(SIGINT);
  return status;
}

function printMemory(rt: Runtime, baseline: Baseline | null): void {
  rt.flushStreams();
  say(2, summaryText(memorySummary(rt, baseline)));
}

/** Counts all references again; prints what is wrong. */
function audit(rt: Runtime): boolean {
  rt.flushStreams();
  const report = auditHeap(rt);
  if (report.mismatches.length === 0) return allocatorsAreSound(rt, "after the program");
  say(2, `${auditText(report)}\n`);
  return false;
}

/** Checks the invariants of every pool, arena and chunk; a free block that was written to shows here. */
function allocatorsAreSound(rt: Runtime, when: string): boolean {
  try {
    checkHeap(rt);
    return true;
  } catch (e) {
    say(2, `audit ${when}: ${(e as Error).message}\n`);
    return false;
  }
}

/** Takes the interpreter itself apart; prints what is left. */
function auditEnd(rt: Runtime): boolean {
  if (!allocatorsAreSound(rt, "after the end")) return false;
  tearDown(rt);
  if (!allocatorsAreSound(rt, "after teardown")) return false;
  const left = remains(rt);
  if (left.length === 0) return true;
  say(2, `${remainsText(left)}\n`);
  return false;
}

/** The program to run, or the status of saying that there is none. */
function mainProgram(s: Settings): MainProgram | number {
  const { target } = s;
  const base = { pythonPath: s.pythonPath, safePath: s.flags.safe_path === true };
  if (target.kind === "command")
    return { ...base, kind: "command", text: `${target.text}\n`, argv: ["-c", ...s.args] };
  if (target.kind === "module")
    return { ...base, kind: "module", name: target.name, argv: ["-m", ...s.args] };
  if (target.kind === "stdin") {
    const text = readFileSync(0);
    return { ...base, kind: "stdin", text, argv: [target.named ? "-" : "", ...s.args] };
  }
  const program = fileProgram(target.path, [target.path, ...s.args], base);
  if (typeof program !== "number" && program.kind === "script") program.skipFirstLine = s.skipFirstLine;
  return program;
}

function fileProgram(
  path: string,
  argv: string[],
  base: { pythonPath: string[]; safePath: boolean },
): MainProgram | number {
  try {
    if (statSync(path).isDirectory()) return { ...base, kind: "folder", path, argv };
    return { ...base, kind: "script", path, argv };
  } catch (e) {
    const { errno = 0, code } = e as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "No such file or directory"
        : code === "EACCES"
          ? "Permission denied"
          : "Not a directory";
    say(2, `${process.argv[1]}: can't open file '${resolve(path)}': [Errno ${-errno}] ${why}\n`);
    return Status.USAGE;
  }
}
