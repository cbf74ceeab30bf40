/** compile(): flags to options, source or tree to code object or tree. Part of the runtime. */
import type { ParseMode, ParseOptions } from "../compiler/parse.ts";
import { raise } from "../objects/errors.ts";
import { currentFrame } from "../objects/frame.ts";
import { Code, Frame } from "../objects/layout.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef } from "../objects/typeinfo.ts";
import { isTree, treeFromObjects } from "./astfromobjects.ts";
import { treeToObjects } from "./astobjects.ts";
import { compileSource, compileTree, parseSource, sourceText } from "./evaluate.ts";

const enum PyCF {
  DONT_IMPLY_DEDENT = 0x200,
  ONLY_AST = 0x400,
  ALLOW_TOP_LEVEL_AWAIT = 0x2000,
  ALLOW_INCOMPLETE_INPUT = 0x4000,
  /** CO_FUTURE_*: the features that code inherits from the code that compiles it. */
  FEATURES = 0x1fe0000,
}

/** Installs `rt.compileHook`. */
export function installCompile(rt: Runtime): void {
  rt.compileHook = (source, filename, mode, flags, dontInherit, optimize, hold = false) => {
    const features = (flags | (dontInherit ? 0 : callersFlags(rt))) & PyCF.FEATURES;
    const parse: ParseOptions = {
      dontImplyDedent: (flags & PyCF.DONT_IMPLY_DEDENT) !== 0,
      allowTopLevelAwait: (flags & PyCF.ALLOW_TOP_LEVEL_AWAIT) !== 0,
      allowIncompleteInput: (flags & PyCF.ALLOW_INCOMPLETE_INPUT) !== 0,
    };
    const options = { optimize: optimize < 0 ? rt.optimize : optimize, features, parse, hold };
    const onlyTree = (flags & PyCF.ONLY_AST) !== 0;
    if (isTree(rt, source)) {
      if (onlyTree) return newref(rt, source);
      return compileTree(rt, treeFromObjects(rt, source, mode), filename, mode as ParseMode, options);
    }
    if (mode === "func_type") throw raise(rt, rt.exc.NotImplementedError, "mode 'func_type' is not built");
    const text = sourceText(rt, source, filename, "compile() arg 1");
    if (onlyTree) return treeOf(rt, text, filename, mode as ParseMode, parse);
    return compileSource(rt, text, filename, mode as ParseMode, options);
  };
}

function treeOf(rt: Runtime, text: string, filename: string, mode: ParseMode, parse: ParseOptions): NewRef {
  return treeToObjects(rt, parseSource(rt, text, filename, mode, parse));
}

/** PyEval_MergeCompilerFlags: those of the code that is running. */
function callersFlags(rt: Runtime): number {
  const fp = currentFrame(rt);
  return fp === 0 ? 0 : rt.i32[rt.i32[fp + Frame.executable] + Code.flags];
}
