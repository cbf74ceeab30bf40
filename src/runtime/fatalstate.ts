/** What is said behind a fatal error: the interpreter's state and the frames it was in. Part of the runtime. */
import { Cell } from "../heap/cells.ts";
import { codeLine } from "../objects/code.ts";
import { isIncomplete } from "../objects/frame.ts";
import { Code, Frame } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import { jsString } from "../objects/str.ts";

/** Frames that are told of. */
const MAX_FRAMES = 100;

/** The frames, innermost first, as faulthandler prints them; by reading alone, as the heap may be damaged. */
function stackLines(rt: Runtime): string[] {
  const i32 = rt.i32;
  const lines: string[] = [];
  for (let fp = i32[Cell.FRAME]; fp !== 0; fp = i32[fp + Frame.previous]) {
    if (isIncomplete(i32, fp)) continue;
    if (lines.length === MAX_FRAMES) return [...lines, "  ..."];
    const code = i32[fp + Frame.executable];
    const line = codeLine(rt, code, i32[fp + Frame.instr]);
    const file = jsString(rt, i32[code + Code.filename]);
    lines.push(`  File "${file}", line ${line} in ${jsString(rt, i32[code + Code.name])}`);
  }
  return lines.length > 0 ? lines : ["  <no Python frame>"];
}

/** For Heap.fatalState; the thread is the only one. */
export function fatalState(rt: Runtime, thread: number): string {
  const id = thread.toString(16).padStart(16, "0");
  const head = `Current thread 0x${id} (most recent call first):`;
  return `\nPython runtime state: initialized\n\n${[head, ...stackLines(rt)].join("\n")}`;
}
