/** Where CPython says that an operation is, when that is not where its node begins. Part of the compiler. */
import type { Attribute, Call, Located } from "./ast.ts";

/** From this number of operands on a call is not made as a method's. */
const STACK_USE_GUIDELINE = 30;

/** In a chain of attributes over several lines, an operation is on the line of its attribute. */
export function placeOf(node: Located): Located {
  const kind = (node as { kind?: string }).kind;
  if (kind === "Attribute") return attributePlace(node as Attribute, node);
  if (kind !== "Call") return node;
  const { func } = node as Call;
  return func.kind === "Attribute" && isMethodCall(node as Call) ? attributePlace(func, node) : node;
}

/** update_start_location_to_match_attr */
function attributePlace(attr: Attribute, node: Located): Located {
  const { end_lineno, end_col_offset } = attr;
  if (node.lineno === end_lineno) return node;
  const length = [...attr.attr].length;
  const known = length <= end_col_offset;
  return {
    lineno: end_lineno,
    end_lineno: node.end_lineno,
    col_offset: known ? end_col_offset - length : -1,
    end_col_offset: known ? node.end_col_offset : -1,
  };
}

/** Does CPython compile the call without a bound method (maybe_optimize_method_call)? */
function isMethodCall({ args, keywords }: Call): boolean {
  const n = args.length + keywords.length + (keywords.length > 0 ? 1 : 0);
  if (n >= STACK_USE_GUIDELINE) return false;
  return args.every((a) => a.kind !== "Starred") && keywords.every((k) => k.arg !== null);
}
