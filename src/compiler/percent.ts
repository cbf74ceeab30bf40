/** '%s ...' % (a, b) is compiled as the f-string that says the same (CPython's optimize_format). Part of the compiler. */
import type { BinOp, expr, FormattedValue, JoinedStr, Located, StrValue } from "./ast.ts";
import { foldConstant } from "./fold.ts";

const cache = new WeakMap<BinOp, JoinedStr | "no">();

/** One conversion: flags, a width and a precision of at most two digits; only text, whose conversions cannot differ. */
const CONVERSION = /^%([-+ #0]*)(\d{0,2})(?:\.(\d{0,2}))?([sra])/;

/** The f-string instead of the operation, or null; the same one whenever it is asked for. */
export function formattedText(node: BinOp): JoinedStr | null {
  if (node.op !== "Mod" || node.left.kind !== "Constant" || node.left.value.t !== "str") return null;
  if (node.right.kind !== "Tuple" || foldConstant(node.right) !== null) return null;
  let text = cache.get(node);
  if (text === undefined) {
    text = joined(node, node.left.value, node.right.elts) ?? "no";
    cache.set(node, text);
  }
  return text === "no" ? null : text;
}

function joined(node: BinOp, format: StrValue, args: expr[]): JoinedStr | null {
  if (args.some((a) => a.kind === "Starred")) return null;
  const values: expr[] = [];
  const points = format.cps ?? [...format.v].map((c) => c.codePointAt(0)!);
  let used = 0;
  let literal: number[] = [];
  const flush = (): void => {
    if (literal.length > 0) values.push(constant(node.left, literal));
    literal = [];
  };
  for (let i = 0; i < points.length; ) {
    if (points[i] !== PERCENT) {
      literal.push(points[i++]);
      continue;
    }
    if (points[i + 1] === PERCENT) {
      literal.push(PERCENT);
      i += 2;
      continue;
    }
    const found = CONVERSION.exec(String.fromCodePoint(...points.slice(i, i + 24)));
    if (found === null || used === args.length) return null;
    flush();
    values.push(field(args[used++], found));
    i += found[0].length;
  }
  flush();
  return used === args.length ? { kind: "JoinedStr", values, ...placed(node) } : null;
}

const PERCENT = 37;

function field(value: expr, [, flags, width, precision, conversion]: RegExpExecArray): FormattedValue {
  const align = width !== "" && !flags.includes("-") && Number(width) > 0 ? ">" : "";
  const spec = `${align}${width === "" ? "" : Number(width)}${precision === undefined ? "" : `.${Number(precision)}`}`;
  const format_spec =
    spec === ""
      ? null
      : constant(
          value,
          [...spec].map((c) => c.charCodeAt(0)),
        );
  return {
    kind: "FormattedValue",
    value,
    conversion: conversion.charCodeAt(0),
    format_spec,
    ...placed(value),
  };
}

function constant(where: Located, points: number[]): expr {
  const v = String.fromCodePoint(...points);
  const lone = points.some((c) => c >= 0xd800 && c < 0xe000);
  return {
    kind: "Constant",
    value: lone ? { t: "str", v, cps: points } : { t: "str", v },
    ukind: null,
    ...placed(where),
  };
}

function placed({ lineno, col_offset, end_lineno, end_col_offset }: Located): Located {
  return { lineno, col_offset, end_lineno, end_col_offset };
}
