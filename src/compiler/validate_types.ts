/** What type an expression is sure to have, for the warnings about misplaced commas and `is` with a literal. */
import type * as A from "./ast.ts";

const CONSTANT_TYPES: Readonly<Record<A.ConstantValue["t"], string>> = {
  int: "int",
  float: "float",
  complex: "complex",
  str: "str",
  bytes: "bytes",
  None: "NoneType",
  True: "bool",
  False: "bool",
  Ellipsis: "ellipsis",
};

/** The name of the type, or null if it cannot be told. */
export function inferType(e: A.expr): string | null {
  switch (e.kind) {
    case "Tuple":
      return "tuple";
    case "List":
    case "ListComp":
      return "list";
    case "Dict":
    case "DictComp":
      return "dict";
    case "Set":
    case "SetComp":
      return "set";
    case "GeneratorExp":
      return "generator";
    case "Lambda":
      return "function";
    case "JoinedStr":
    case "FormattedValue":
      return "str";
    case "Constant":
      return CONSTANT_TYPES[e.value.t];
    case "UnaryOp":
      return e.op !== "Not" && e.operand.kind === "Constant" ? inferType(e.operand) : null;
    default:
      return null;
  }
}

/** A literal that has no identity to speak of: a constant other than the singletons. CPython has folded it by now. */
export function isPlainLiteral(e: A.expr): boolean {
  if (e.kind === "Constant") return !["None", "True", "False", "Ellipsis"].includes(e.value.t);
  if (e.kind === "UnaryOp")
    return e.op !== "Not" && e.operand.kind === "Constant" && isPlainLiteral(e.operand);
  return e.kind === "Tuple" && e.elts.every((x) => x.kind === "Constant" || isPlainLiteral(x));
}

/** Whether calling `e` cannot work. */
export function isNotCallable(e: A.expr): boolean {
  return e.kind !== "Lambda" && e.kind !== "UnaryOp" && inferType(e) !== null;
}

export function isNotSubscriptable(e: A.expr): boolean {
  if (e.kind === "Constant") return !["str", "bytes", "True", "False"].includes(e.value.t) || isBool(e);
  return e.kind === "Set" || e.kind === "SetComp" || e.kind === "GeneratorExp" || e.kind === "Lambda";
}

function isBool(e: A.Constant): boolean {
  return e.value.t === "True" || e.value.t === "False";
}

/** The type of an index that `e` cannot take, or null. */
export function badIndex(e: A.expr, index: A.expr): string | null {
  const type = inferType(index);
  if (type === null || type === "int" || type === "bool") return null;
  const sequence =
    (e.kind === "Constant" && (e.value.t === "str" || e.value.t === "bytes")) ||
    ["Tuple", "List", "ListComp", "JoinedStr", "FormattedValue"].includes(e.kind);
  return sequence ? type : null;
}
