/** The module `builtins`: its functions, types and exceptions. Part of the modules (CPython's Python/bltinmodule.c). */
import { dict_setitem_str } from "../objects/dict.ts";
import { ModuleOb } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop, push } from "../objects/stack.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { installTyping } from "./_typing.ts";
import { attributeBuiltins } from "./builtinsattr.ts";
import { builtin___build_class__ } from "./builtinsclass.ts";
import { withDocs } from "./builtinsdocs.ts";
import { evaluationBuiltins } from "./builtinseval.ts";
import { ioBuiltins } from "./builtinsio.ts";
import { iterationBuiltins } from "./builtinsiter.ts";
import { numberBuiltins } from "./builtinsnum.ts";
import { createModule } from "./native.ts";
import { addQuitters } from "./quitter.ts";

const METHODS: MethodDef[] = withDocs([
  { name: "__build_class__", flags: METH.FASTCALL | METH.KEYWORDS, fn: builtin___build_class__ },
  ...attributeBuiltins,
  ...evaluationBuiltins,
  ...ioBuiltins,
  ...iterationBuiltins,
  ...numberBuiltins,
]);

const TYPES = [
  "bool",
  "memoryview",
  "bytearray",
  "bytes",
  "classmethod",
  "complex",
  "dict",
  "enumerate",
  "filter",
  "float",
  "frozenset",
  "property",
  "int",
  "list",
  "map",
  "object",
  "range",
  "reversed",
  "set",
  "slice",
  "staticmethod",
  "str",
  "super",
  "tuple",
  "type",
  "zip",
] as const;

export function initModule_builtins(rt: Runtime): NewRef {
  const m = createModule(
    rt,
    "builtins",
    METHODS,
    "Functions, types and exceptions that every module can name.",
  );
  push(rt, m);
  const dict = rt.i32[m + ModuleOb.dict];
  addConstants(rt, dict);
  for (const name of TYPES) dict_setitem_str(rt, dict, name, rt.types[name]);
  addExceptions(rt, dict);
  addQuitters(rt, dict);
  installTyping(rt);
  return pop(rt);
}

function addConstants(rt: Runtime, dict: Ref): void {
  dict_setitem_str(rt, dict, "None", rt.None);
  dict_setitem_str(rt, dict, "Ellipsis", rt.Ellipsis);
  dict_setitem_str(rt, dict, "NotImplemented", rt.NotImplemented);
  dict_setitem_str(rt, dict, "False", rt.False);
  dict_setitem_str(rt, dict, "True", rt.True);
  dict_setitem_str(rt, dict, "__debug__", rt.True);
}

/** All exception types; OSError under its three names. */
function addExceptions(rt: Runtime, dict: Ref): void {
  for (const [name, type] of Object.entries(rt.exc)) {
    if (type !== 0) dict_setitem_str(rt, dict, name, type);
  }
  dict_setitem_str(rt, dict, "EnvironmentError", rt.exc.OSError);
  dict_setitem_str(rt, dict, "IOError", rt.exc.OSError);
}
