/** One interactive statement at a time: is the input complete, and running it in `__main__`. Part of the runtime. */
import { PySyntaxError } from "../compiler/errors.ts";
import { frontEnd } from "../compiler/frontend.ts";
import { Cell } from "../heap/cells.ts";
import { PyObject_Str } from "../objects/abstract.ts";
import { dict_getitem_str, dict_setitem_str } from "../objects/dict.ts";
import { Ob } from "../objects/layout.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, dropTo, mark, push } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { compileSource, PyEval_EvalCode } from "./evaluate.ts";
import { guarded, makeMain } from "./main.ts";
import { registerSource } from "./sources.ts";

const FILENAME = "<stdin>";

/** Errors that more input can mend, when they are found at its end. */
const UNFINISHED =
  /was never closed|unterminated triple-quoted|expected an indented block|unexpected EOF|incomplete/;

/** Does the input want another line? A compound statement ends with an empty one. */
export function wantsMore(lines: string[]): boolean {
  const last = lines[lines.length - 1];
  const text = `${lines.join("\n")}\n`;
  if (text.trim() === "") return false;
  try {
    frontEnd(text, FILENAME, "single");
  } catch (e) {
    if (!(e instanceof PySyntaxError)) return false;
    if (!UNFINISHED.test(e.msg)) return lines.length > 1 && last.trim() !== "" && isCompound(lines[0]);
    return last.trim() !== "" || !/indented block/.test(e.msg);
  }
  return last.endsWith("\\") || (isCompound(lines[0]) && last.trim() !== "");
}

/** A line that opens a block or a decorated definition. */
const isCompound = (line: string): boolean =>
  /^\s*@/.test(line) ||
  /:\s*(#.*)?$/.test(line) ||
  /^\s*(if|for|while|def|class|with|try|async|match)\b.*:/.test(line);

export interface Answer {
  /** The status that the program asked to end with, or null to go on. */
  exit: number | null;
}

/** Runs one statement; an expression's value goes to sys.displayhook, an exception is reported. */
export function runStatement(rt: Runtime, text: string): Answer {
  const dict = makeMain(rt);
  const m = mark(rt);
  try {
    const codeName = `${FILENAME}-${rt.sources.size}`;
    push(rt, compileSource(rt, text, FILENAME, "single", { optimize: rt.optimize, codeName }));
    registerSource(rt, codeName, text);
    decref(rt, PyEval_EvalCode(rt, rt.i32[mark(rt) - 2], dict, dict));
    drop(rt);
    return { exit: null };
  } catch (e) {
    if (e !== rt.pyerr) rt.convertError(e);
    rt.i32[Cell.FRAME] = 0;
    dropTo(rt, m);
    const type = rt.i32[rt.i32[Cell.CURRENT_EXC] + Ob.type];
    const exits = PyType_IsSubtype(rt, type, rt.exc.SystemExit);
    const status = rt.reportUncaught();
    return { exit: exits ? status : null };
  } finally {
    rt.flushStreams();
  }
}

/** sys.ps1 and sys.ps2 as the program left them. */
export function prompt(rt: Runtime, name: "ps1" | "ps2"): string {
  let text = "";
  guarded(rt, () => {
    const o = dict_getitem_str(rt, rt.sysDict, name);
    if (o === 0) return 0;
    push(rt, PyObject_Str(rt, o));
    text = jsString(rt, rt.i32[mark(rt) - 2]);
    drop(rt);
    return 0;
  });
  return text;
}

/** Gives sys.ps1 and sys.ps2 their first values, unless the program has set them. */
export function setPrompts(rt: Runtime): void {
  for (const [name, text] of [
    ["ps1", ">>> "],
    ["ps2", "... "],
  ]) {
    if (dict_getitem_str(rt, rt.sysDict, name) !== 0) continue;
    push(rt, PyUnicode_FromJS(rt, text));
    dict_setitem_str(rt, rt.sysDict, name, rt.i32[mark(rt) - 2]);
    drop(rt);
  }
}
