/** sys.unraisablehook and what calls it. Part of the modules (CPython's Python/errors.c). */
import { reprOf } from "../objects/abstract.ts";
import { PyObject_CallOneArg } from "../objects/call.ts";
import { PyExceptionInstance_Check } from "../objects/check.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { fetch, typeError } from "../objects/errors.ts";
import { currentFrame, frameLine, frameObject } from "../objects/frame.ts";
import { Exc, Frame, Ob, Tuple } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { newStructSeq, setStructSeqItem } from "../objects/structseq.ts";
import { tb_new } from "../objects/traceback.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { stateOf } from "./sysstate.ts";
import { formatUnraisable, writeStderr } from "./tbprint.ts";
import { guarded } from "./tbreport.ts";

const enum Args {
  type = Tuple.items,
  value = Tuple.items + 2,
  traceback = Tuple.items + 4,
  message = Tuple.items + 6,
  object = Tuple.items + 8,
}

/** rt.writeUnraisable: hands the current exception over to the hook. */
export function writeUnraisable(rt: Runtime, where: Ref, message: string | null): void {
  if (where !== 0) push(rt, newref(rt, where));
  const exc = pushed(rt, fetch(rt));
  addTraceback(rt, exc);
  const args = pushed(rt, hookArgs(rt, exc, where, message));
  const hook = rt.sysDict === 0 ? 0 : dict_getitem_str(rt, rt.sysDict, "unraisablehook");
  if (hook === 0) writeDefault(rt, args);
  else if (!guarded(rt, () => callHook(rt, hook, args), false)) writeDefault(rt, args);
  drop(rt, where === 0 ? 2 : 3);
}

function callHook(rt: Runtime, hook: Ref, args: Ref): boolean {
  if (hook === rt.None) return true;
  if (hook === stateOf(rt).unraisablehook) {
    writeDefault(rt, args);
    return true;
  }
  push(rt, newref(rt, hook));
  push(rt, PyObject_CallOneArg(rt, hook, args));
  drop(rt, 2);
  return true;
}

/** An exception raised by native code has no traceback yet: the frame that runs becomes it. */
function addTraceback(rt: Runtime, exc: Ref): void {
  const fp = currentFrame(rt);
  if (fp === 0 || rt.i32[exc + Exc.traceback] !== 0) return;
  const frame = frameObject(rt, fp);
  const tb = tb_new(rt, 0, frame, rt.i32[fp + Frame.instr], frameLine(rt, fp));
  setField(rt, exc + Exc.traceback, tb);
}

function hookArgs(rt: Runtime, exc: Ref, where: Ref, message: string | null): NewRef {
  const i32 = rt.i32;
  const args = pushed(rt, newStructSeq(rt, stateOf(rt).types.unraisableHookArgs));
  setStructSeqItem(rt, args, 0, newref(rt, i32[exc + Ob.type]));
  setStructSeqItem(rt, args, 1, newref(rt, exc));
  setStructSeqItem(rt, args, 2, newref(rt, i32[exc + Exc.traceback] || rt.None));
  setStructSeqItem(rt, args, 4, newref(rt, where || rt.None));
  setStructSeqItem(rt, args, 3, message === null ? rt.None : PyUnicode_FromJS(rt, message));
  return pop(rt);
}

/** What CPython's own hook writes. */
function writeDefault(rt: Runtime, args: Ref): void {
  const i32 = rt.i32;
  const object = i32[args + Args.object];
  const message = i32[args + Args.message];
  const what = message === rt.None ? "Exception ignored in" : jsString(rt, message);
  const value = i32[args + Args.value];
  let text = "";
  if (object !== rt.None) {
    const repr = guarded(rt, () => reprOf(rt, object), "<object repr() failed>");
    text = `${what}: ${repr}\n`;
  } else if (message !== rt.None) text = `${what}:\n`;
  if (PyExceptionInstance_Check(rt, value)) text += formatUnraisable(rt, value);
  writeStderr(rt, text);
}

function sys_unraisablehook(rt: Runtime, _m: Ref, args: Ref): NewRef {
  if (rt.i32[args + Ob.type] !== stateOf(rt).types.unraisableHookArgs) {
    throw typeError(rt, "sys.unraisablehook argument type must be UnraisableHookArgs");
  }
  writeDefault(rt, args);
  return rt.None;
}

export const unraisableFunctions: MethodDef[] = [
  { name: "unraisablehook", flags: METH.O, fn: sys_unraisablehook, sig: "($module, unraisable, /)" },
];
