/** The interactive session: lines from the terminal, with history, to statements. Part of the command line. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Runtime } from "../objects/runtime.ts";
import { prompt, runStatement, setPrompts, wantsMore } from "../runtime/interactive.ts";

const MOST_LINES = 1000;

function historyFile(): string {
  const { homedir } = require("node:os") as typeof import("node:os");
  return join(homedir(), ".glassheap_history");
}

/** Newest first, as node:readline keeps it. */
function readHistory(): string[] {
  try {
    return readFileSync(historyFile(), "utf8").split("\n").filter(Boolean).reverse().slice(0, MOST_LINES);
  } catch {
    // There is no history yet.
    return [];
  }
}

function saveHistory(lines: string[]): void {
  try {
    writeFileSync(historyFile(), `${lines.slice(0, MOST_LINES).reverse().join("\n")}\n`, { mode: 0o600 });
  } catch {
    // A home that cannot be written to: the session goes without.
  }
}

/** Lines of the standard input with their ends, "" at its end. As C's stdio it reads ahead: sys.stdin sees what is left. */
function lineReader(rt: Runtime): () => string {
  let ahead: number[] = [];
  return () => {
    let end = ahead.indexOf(10);
    while (end < 0) {
      const part = rt.host.read(0, 4096);
      if (part.length === 0) break;
      ahead.push(...part);
      end = ahead.indexOf(10);
    }
    const line = ahead.slice(0, end < 0 ? ahead.length : end + 1);
    ahead = ahead.slice(line.length);
    return new TextDecoder().decode(new Uint8Array(line));
  };
}

/** The session without a terminal: statements come from a file or a pipe, of which the program may read the rest. */
function interactPiped(rt: Runtime): number {
  const say = (text: string): unknown => rt.host.write(2, new TextEncoder().encode(text));
  const readLine = lineReader(rt);
  let lines: string[] = [];
  for (;;) {
    say(prompt(rt, lines.length > 0 ? "ps2" : "ps1"));
    const line = readLine();
    if (line !== "") lines.push(line.replace(/\n$/, ""));
    if (line !== "" && wantsMore(lines)) continue;
    if (line === "") say("\n");
    const text = `${lines.join("\n")}\n`;
    lines = [];
    const { exit } = text.trim() === "" ? { exit: null } : runStatement(rt, text);
    if (exit !== null) return exit;
    if (line === "") return 0;
  }
}

/** Reads and runs statements until the input ends or the program asks to; resolves to the exit status. */
export function interact(rt: Runtime): Promise<number> {
  setPrompts(rt);
  if (process.stdin.isTTY !== true) return Promise.resolve(interactPiped(rt));
  const { createInterface } = require("node:readline") as typeof import("node:readline");
  const rl = createInterface({
    input: process.stdin,
    output: process.stdout,
    history: readHistory(),
    historySize: MOST_LINES,
    terminal: process.stdin.isTTY === true,
  });
  let history: string[] = [];
  rl.on("history", (lines: string[]) => {
    history = [...lines];
  });
  return new Promise((resolve, reject) => {
    let lines: string[] = [];
    let status = 0;
    const ask = (): void => {
      rl.setPrompt(prompt(rt, lines.length > 0 ? "ps2" : "ps1"));
      rl.prompt();
    };
    rl.on("SIGINT", () => {
      process.stdout.write("\nKeyboardInterrupt\n");
      lines = [];
      ask();
    });
    rl.on("line", (line) => {
      lines.push(line);
      if (wantsMore(lines)) return ask();
      const text = `${lines.join("\n")}\n`;
      lines = [];
      try {
        // While Python runs, Ctrl-C is the system's: it ends a loop that would not end.
        if (process.stdin.isTTY) process.stdin.setRawMode(false);
        const { exit } = text.trim() === "" ? { exit: null } : runStatement(rt, text);
        if (process.stdin.isTTY) process.stdin.setRawMode(true);
        if (exit === null) return ask();
        status = exit;
        rl.close();
      } catch (e) {
        reject(e);
        rl.close();
      }
    });
    rl.on("close", () => {
      if (process.stdin.isTTY) saveHistory(history);
      resolve(status);
    });
    ask();
  });
}
