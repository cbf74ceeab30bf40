/** `exit` and `quit`, which CPython's site module adds to the builtins. Part of the modules. */
import { PyObject_New } from "../objects/alloc.ts";
import { kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallMethodNoArgs } from "../objects/call.ts";
import { defineType } from "../objects/defineType.ts";
import { dict_setitem_str } from "../objects/dict.ts";
import { raiseWith } from "../objects/errors.ts";
import { catching } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, push } from "../objects/stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { sysAttr } from "./builtinsio.ts";

const enum Quitter {
  name = 4,
  BYTES = 24,
}

const CALL = kwSpec("Quitter.__call__", "code=");

function quitter_call(rt: Runtime, _self: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [code] = parseTupleKw(rt, CALL, args, kwargs);
  closeStdin(rt);
  throw raiseWith(rt, rt.exc.SystemExit, code === 0 ? rt.None : code);
}

/** A program that reads its commands from stdin stops doing so. */
function closeStdin(rt: Runtime): void {
  const stdin = sysAttr(rt, "stdin");
  if (stdin === 0) return;
  push(rt, newref(rt, stdin));
  catching(rt, rt.exc.BaseException, undefined, () =>
    decref(rt, PyObject_CallMethodNoArgs(rt, stdin, rt.names.close)),
  );
  drop(rt);
}

function quitter_repr(rt: Runtime, self: Ref): NewRef {
  const name = jsString(rt, rt.i32[self + Quitter.name]);
  return PyUnicode_FromJS(rt, `Use ${name}() or Ctrl-D (i.e. EOF) to exit`);
}

export function addQuitters(rt: Runtime, dict: Ref): void {
  const type = defineType(rt, {
    name: "_sitebuiltins.Quitter",
    basicsize: Quitter.BYTES,
    slots: { tp_repr: quitter_repr, tp_call: quitter_call },
    members: [{ name: "name", type: "object", offset: Quitter.name, readonly: true }],
  });
  for (const name of ["quit", "exit"]) {
    const p = PyObject_New(rt, type, Quitter.BYTES);
    rt.i32[p + Quitter.name] = internStatic(rt, name);
    push(rt, p);
    dict_setitem_str(rt, dict, name, p);
    drop(rt);
  }
}
