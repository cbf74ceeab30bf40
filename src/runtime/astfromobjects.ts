/**
 * Syntax trees made of objects back to the compiler's own: compile() of what ast.parse gave or a program built. Part of the
 * runtime; the other way is astobjects.ts.
 */
import type { ConstantValue, mod } from "../compiler/ast.ts";
import { PyObject_GetOptionalAttr } from "../objects/abstract.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import {
  PyBytes_Check,
  PyComplex_Check,
  PyFloat_Check,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
} from "../objects/check.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE } from "../objects/float.ts";
import { ModuleOb, Ob, Ty } from "../objects/layout.ts";
import { listItem, listSize } from "../objects/list.ts";
import { bigIntOf } from "../objects/long.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, push } from "../objects/stack.ts";
import { internStatic, jsString } from "../objects/str.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { modulesGet } from "./imports.ts";

interface TreeNode {
  kind: string;
  [field: string]: unknown;
}

/** What a field holds where its name alone does not say it. */
const NUMBERS = new Set([
  "simple",
  "level",
  "conversion",
  "is_async",
  "lineno",
  "col_offset",
  "end_lineno",
  "end_col_offset",
]);
const WORDS = new Set(["ctx", "op", "ops"]);
/** Fields that the compiler's tree leaves out. */
const UNUSED = new Set(["type_ignores", "type_comment"]);
const ROOTS: Record<string, string> = { exec: "Module", eval: "Expression", single: "Interactive" };
/** Lists that may hold None. */
const WITH_NONE = new Set(["keys", "kw_defaults"]);

/** Is it an instance of ast.AST? */
export function isTree(rt: Runtime, o: Ref): boolean {
  const m = modulesGet(rt, "_ast");
  if (m === 0) return false;
  const base = dict_getitem_str(rt, rt.i32[m + ModuleOb.dict], "AST");
  return base !== 0 && PyType_IsSubtype(rt, rt.i32[o + Ob.type], base);
}

/** The compiler's tree of a tree of objects. */
export function treeFromObjects(rt: Runtime, o: Ref, mode: string): mod {
  const classes = rt.i32[modulesGet(rt, "_ast") + ModuleOb.dict];
  const kind = className(rt, classes, o);
  if (kind !== ROOTS[mode]) throw typeError(rt, `expected ${ROOTS[mode]} node, got ${typeNameOf(rt, o)}`);
  return new Reader(rt, classes).node(o) as unknown as mod;
}

/** The name of the class of `_ast` that an object is an instance of. */
function className(rt: Runtime, classes: Ref, o: Ref): string {
  const mro = rt.i32[rt.i32[o + Ob.type] + Ty.mro];
  for (let i = 0; i < tupleSize(rt, mro); i++) {
    const type = tupleItem(rt, mro, i);
    const name = rt.typeInfos[rt.i32[type + Ty.info]].name.replace(/^.*\./, "");
    if (dict_getitem_str(rt, classes, name) === type) return name;
  }
  throw typeError(rt, `expected some sort of node, but got ${typeNameOf(rt, o)}`);
}

class Reader {
  private readonly rt: Runtime;
  private readonly classes: Ref;
  private depth = 0;

  constructor(rt: Runtime, classes: Ref) {
    this.rt = rt;
    this.classes = classes;
  }

  node(o: Ref): TreeNode {
    const { rt } = this;
    if (!isTree(rt, o)) throw typeError(rt, `expected some sort of expr, but got ${this.text(o)}`);
    if (++this.depth > 2000)
      throw raise(rt, rt.exc.RecursionError, "maximum recursion depth exceeded during ast construction");
    const kind = className(rt, this.classes, o);
    const node: TreeNode = { kind };
    const type = dict_getitem_str(rt, this.classes, kind);
    for (const name of this.names(type, "_attributes")) node[name] = this.position(o, kind, name, node);
    for (const name of this.names(type, "_fields")) {
      if (UNUSED.has(name)) continue;
      node[kind === "Constant" && name === "kind" ? "ukind" : name] = this.field(o, type, kind, name);
    }
    if (kind === "NamedExpr" && (node.target as TreeNode).kind !== "Name")
      throw typeError(rt, "NamedExpr target must be a Name");
    this.depth--;
    return node;
  }

  private text(o: Ref): string {
    return `<${typeNameOf(this.rt, o)} object>`;
  }

  private names(type: Ref, attribute: string): string[] {
    const { rt } = this;
    const t = PyObject_GetOptionalAttr(rt, type, internStatic(rt, attribute));
    push(rt, t);
    const names = Array.from({ length: tupleSize(rt, t) }, (_, i) => jsString(rt, tupleItem(rt, t, i)));
    drop(rt);
    return names;
  }

  /** Reads an attribute; 0 where it is absent. The object holds it meanwhile. */
  private attribute(o: Ref, name: string): OptRef {
    const { rt } = this;
    const v = PyObject_GetOptionalAttr(rt, o, internStatic(rt, name));
    if (v === 0) return 0;
    push(rt, v);
    return v;
  }

  private position(o: Ref, kind: string, name: string, node: TreeNode): number {
    const { rt } = this;
    const v = this.attribute(o, name);
    if (v === 0 || v === rt.None) {
      if (v !== 0) drop(rt);
      if (name.startsWith("end_")) return node[name.slice(4)] as number;
      throw typeError(rt, `required field "${name}" missing from ${this.baseOf(kind)}`);
    }
    const n = PyNumber_AsSsize_t(rt, v, rt.exc.OverflowError);
    drop(rt);
    return n;
  }

  private baseOf(kind: string): string {
    const { rt } = this;
    const type = dict_getitem_str(rt, this.classes, kind);
    return rt.typeInfos[rt.i32[rt.i32[type + Ty.base] + Ty.info]].name.replace(/^.*\./, "");
  }

  private field(o: Ref, type: Ref, kind: string, name: string): unknown {
    const { rt } = this;
    const v = this.attribute(o, name);
    if (v === 0) return this.missing(type, kind, name);
    const value = this.value(v, type, kind, name);
    drop(rt);
    return value;
  }

  private missing(type: Ref, kind: string, name: string): unknown {
    if (this.isIn(type, "_lists", name)) return [];
    if (this.isIn(type, "_optional", name)) return name === "level" ? 0 : null;
    if (name === "ctx") return "Load";
    throw typeError(this.rt, `required field "${name}" missing from ${kind}`);
  }

  private isIn(type: Ref, set: string, name: string): boolean {
    const { rt } = this;
    const o = this.attribute(type, set);
    if (o === 0) return false;
    const has = rt.typeInfos[rt.i32[rt.i32[o + Ob.type] + Ty.info]].sq_contains!(
      rt,
      o,
      internStatic(rt, name),
    );
    drop(rt);
    return has;
  }

  private value(v: Ref, type: Ref, kind: string, name: string): unknown {
    const { rt } = this;
    if (kind === "Constant" || (kind === "MatchSingleton" && name === "value")) {
      if (name === "kind") return v === rt.None ? null : jsString(rt, v);
      return this.constant(v);
    }
    if (PyList_Check(rt, v) || PyTuple_Check(rt, v)) return this.list(v, type, kind, name);
    if (this.isIn(type, "_lists", name)) {
      throw typeError(rt, `${kind} field "${name}" must be a list, not a ${typeNameOf(rt, v)}`);
    }
    if (v === rt.None) {
      if (name === "level") return 0;
      if (this.isIn(type, "_optional", name)) return null;
      throw valueError(rt, `field '${name}' is required for ${kind}`);
    }
    return this.item(v, name);
  }

  private list(v: Ref, _type: Ref, kind: string, name: string): unknown[] {
    const { rt } = this;
    const isList = PyList_Check(rt, v);
    const n = isList ? listSize(rt, v) : tupleSize(rt, v);
    const out: unknown[] = [];
    for (let i = 0; i < n; i++) {
      const item = isList ? listItem(rt, v, i) : tupleItem(rt, v, i);
      if (item === rt.None) {
        if (!WITH_NONE.has(name))
          throw valueError(rt, `None disallowed in ${kind === "Delete" ? "target" : "expression"} list`);
        out.push(null);
      } else out.push(this.item(item, name));
    }
    return out;
  }

  private item(v: Ref, name: string): unknown {
    const { rt } = this;
    if (WORDS.has(name)) return className(rt, this.classes, v);
    if (NUMBERS.has(name)) {
      if (!PyLong_Check(rt, v)) throw valueError(rt, `invalid integer value: ${this.text(v)}`);
      return PyNumber_AsSsize_t(rt, v, rt.exc.OverflowError);
    }
    if (PyUnicode_Check(rt, v)) return jsString(rt, v);
    if (!isTree(rt, v) && /^(id|name|attr|arg|asname|module|names|rest|vararg)$/.test(name)) {
      throw typeError(rt, "AST identifier must be of type str");
    }
    return this.node(v);
  }

  private constant(v: Ref): ConstantValue | TreeNode {
    const { rt } = this;
    if (v === rt.None) return { t: "None" };
    if (v === rt.True) return { t: "True" };
    if (v === rt.False) return { t: "False" };
    if (v === rt.Ellipsis) return { t: "Ellipsis" };
    if (PyLong_Check(rt, v)) return { t: "int", v: bigIntOf(rt, v) };
    if (PyFloat_Check(rt, v)) return { t: "float", v: PyFloat_AS_DOUBLE(rt, v) };
    if (PyUnicode_Check(rt, v)) return { t: "str", v: jsString(rt, v) };
    if (PyBytes_Check(rt, v)) return { t: "bytes", v: copyOfBytes(rt, v) };
    if (PyComplex_Check(rt, v)) return { t: "complex", im: rt.f64[(v + 6) >> 1] };
    throw typeError(rt, `got an invalid type in Constant: ${typeNameOf(rt, v)}`);
  }
}
