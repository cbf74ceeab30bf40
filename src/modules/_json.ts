/** The module _json: what json.loads and json.dumps do natively. Part of the modules. */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { typeError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { encoderType } from "./jsonencoder.ts";
import { scannerType } from "./jsonscanner.ts";
import {
  expectStr,
  JsonText,
  py_encode_basestring,
  py_encode_basestring_ascii,
  scanstring,
} from "./jsontext.ts";
import { createModule } from "./native.ts";

/** scanstring(string, end, strict=True): the string that begins at end, and where it ends. */
function py_scanstring(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  const i32 = rt.i32;
  if (nargs < 2 || nargs > 3) {
    const bound = nargs < 2 ? "at least 2" : "at most 3";
    throw typeError(rt, `scanstring() takes ${bound} arguments (${nargs} given)`);
  }
  const end = ssizeArgument(rt, i32[args + 2]);
  const strict = nargs < 3 || PyObject_IsTrue(rt, i32[args + 4]);
  expectStr(rt, i32[args]);
  const t = new JsonText(rt, i32[args]);
  const text = pushed(rt, scanstring(t, end, strict));
  const next = pushed(rt, PyLong_FromNumber(rt, t.pos));
  const result = PyTuple_Pack(rt, text, next);
  drop(rt, 2);
  return result;
}

const METHODS: MethodDef[] = [
  {
    name: "encode_basestring_ascii",
    flags: METH.O,
    fn: py_encode_basestring_ascii,
    sig: "($self, object, /)",
    doc: "The text of a JSON string, in ASCII.",
  },
  {
    name: "encode_basestring",
    flags: METH.O,
    fn: py_encode_basestring,
    sig: "($self, object, /)",
    doc: "The text of a JSON string.",
  },
  {
    name: "scanstring",
    flags: METH.FASTCALL,
    fn: py_scanstring,
    doc: "scanstring(string, end, strict=True): the string that begins at end, and where it ends.",
  },
];

export function initModule__json(rt: Runtime): NewRef {
  const m = createModule(rt, "_json", METHODS, "What json does natively.");
  push(rt, m);
  PyModule_AddObject(rt, m, "make_scanner", scannerType(rt));
  PyModule_AddObject(rt, m, "make_encoder", encoderType(rt));
  return pop(rt);
}
