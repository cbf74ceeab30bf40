/** Syntax trees as objects of the module `_ast`: compile() with PyCF_ONLY_AST. Part of the runtime. */

import type { ConstantValue, mod } from "../compiler/ast.ts";
import { PyObject_SetAttr } from "../objects/abstract.ts";
import { PyBytes_FromArray } from "../objects/bytes.ts";
import { PyComplex_FromDoubles } from "../objects/complex.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { raise } from "../objects/errors.ts";
import { PyFloat_FromDouble } from "../objects/floatcore.ts";
import { ModuleOb } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { strFromCodes } from "../objects/strnew.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { importModule } from "./imports.ts";

/** A tree as Python objects (new reference). */
export function treeToObjects(rt: Runtime, tree: mod): NewRef {
  const m = importModule(rt, "_ast");
  push(rt, m);
  const result = nodeObject(rt, rt.i32[m + ModuleOb.dict], tree as unknown as TreeNode);
  push(rt, result);
  pop(rt);
  drop(rt);
  return result;
}

interface TreeNode {
  kind: string;
  [field: string]: unknown;
}

/** An instance of a class of `_ast`, without attributes. */
function instance(rt: Runtime, classes: Ref, kind: string): NewRef {
  const type = dict_getitem_str(rt, classes, kind);
  if (type === 0) throw raise(rt, rt.exc.SystemError, `no syntax tree class ${kind}`);
  return infoOfType(rt, type).tp_alloc!(rt, type, 0);
}

function nodeObject(rt: Runtime, classes: Ref, node: TreeNode): NewRef {
  const o = instance(rt, classes, node.kind);
  push(rt, o);
  for (const field of Object.keys(node)) {
    // The node's own "kind" is its class; Python's field of that name is the prefix of a string.
    const name = field === "ukind" ? "kind" : field;
    if (field !== "kind") setField(rt, o, name, fieldValue(rt, classes, field, node[field]));
  }
  if (node.kind === "Module") setField(rt, o, "type_ignores", PyList_New(rt, 0));
  return pop(rt);
}

function setField(rt: Runtime, o: Ref, name: string, value: NewRef): void {
  push(rt, value);
  PyObject_SetAttr(rt, o, internStatic(rt, name), value);
  drop(rt);
}

function fieldValue(rt: Runtime, classes: Ref, field: string, v: unknown): NewRef {
  if (v === null || v === undefined) return rt.None;
  if (typeof v === "string")
    return field === "op" || field === "ctx" || field === "ops"
      ? instance(rt, classes, v)
      : PyUnicode_FromJS(rt, v);
  if (typeof v === "number") return PyLong_FromNumber(rt, v);
  if (typeof v === "boolean") return PyLong_FromNumber(rt, v ? 1 : 0);
  if (Array.isArray(v)) {
    const list = PyList_New(rt, 0);
    push(rt, list);
    for (const item of v) listAppendSteal(rt, list, fieldValue(rt, classes, field, item));
    return pop(rt);
  }
  if ("kind" in (v as object)) return nodeObject(rt, classes, v as TreeNode);
  return constantObject(rt, v as ConstantValue);
}

function constantObject(rt: Runtime, c: ConstantValue): NewRef {
  switch (c.t) {
    case "int":
      return PyLong_FromBigInt(rt, c.v);
    case "float":
      return PyFloat_FromDouble(rt, c.v);
    case "complex":
      return PyComplex_FromDoubles(rt, c.re ?? 0, c.im);
    case "str":
      return c.cps === undefined ? PyUnicode_FromJS(rt, c.v) : strFromCodes(rt, c.cps);
    case "bytes":
      return PyBytes_FromArray(rt, c.v);
    case "None":
      return rt.None;
    case "True":
      return rt.True;
    case "False":
      return rt.False;
    case "Ellipsis":
      return rt.Ellipsis;
  }
}
