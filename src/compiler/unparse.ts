/** Trees back to source: the text of annotations under `from __future__ import annotations`, as CPython words it. */
import type * as A from "./ast.ts";
import { reprBytes, reprFloat, reprStr } from "./unparse_repr.ts";

/** What binds tighter has the greater number; brackets go round what stands in a tighter place than its own. */
const enum Pr {
  TUPLE,
  TEST,
  OR,
  AND,
  NOT,
  CMP,
  BOR,
  BXOR,
  BAND,
  SHIFT,
  ARITH,
  TERM,
  FACTOR,
  POWER,
  AWAIT,
  ATOM,
}

const BINARY: Readonly<Record<A.operator, [string, Pr]>> = {
  Add: ["+", Pr.ARITH],
  Sub: ["-", Pr.ARITH],
  Mult: ["*", Pr.TERM],
  MatMult: ["@", Pr.TERM],
  Div: ["/", Pr.TERM],
  Mod: ["%", Pr.TERM],
  FloorDiv: ["//", Pr.TERM],
  LShift: ["<<", Pr.SHIFT],
  RShift: [">>", Pr.SHIFT],
  BitOr: ["|", Pr.BOR],
  BitXor: ["^", Pr.BXOR],
  BitAnd: ["&", Pr.BAND],
  Pow: ["**", Pr.POWER],
};
const UNARY: Readonly<Record<A.unaryop, [string, Pr]>> = {
  Invert: ["~", Pr.FACTOR],
  UAdd: ["+", Pr.FACTOR],
  USub: ["-", Pr.FACTOR],
  Not: ["not ", Pr.NOT],
};
const COMPARE: Readonly<Record<A.cmpop, string>> = {
  Eq: "==",
  NotEq: "!=",
  Lt: "<",
  LtE: "<=",
  Gt: ">",
  GtE: ">=",
  Is: "is",
  IsNot: "is not",
  In: "in",
  NotIn: "not in",
};

/** The source of an expression. */
export function unparse(e: A.expr): string {
  return text(e, Pr.TEST);
}

function wrap(inner: string, own: Pr, level: Pr): string {
  return level > own ? `(${inner})` : inner;
}

function list(elts: A.expr[]): string {
  return elts.map((e) => text(e, Pr.TEST)).join(", ");
}

function text(e: A.expr, level: Pr): string {
  switch (e.kind) {
    case "BoolOp": {
      const [word, own] = e.op === "And" ? [" and ", Pr.AND] : [" or ", Pr.OR];
      return wrap(e.values.map((v) => text(v, own + 1)).join(word), own, level);
    }
    case "BinOp":
      return binary(e, level);
    case "UnaryOp": {
      const [sign, own] = UNARY[e.op];
      return wrap(sign + text(e.operand, own), own, level);
    }
    case "Lambda": {
      // CPython puts the blank only before positional parameters.
      const blank = e.args.posonlyargs.length + e.args.args.length > 0 ? " " : "";
      return wrap(`lambda${blank}${parameters(e.args)}: ${text(e.body, Pr.TEST)}`, Pr.TEST, level);
    }
    case "IfExp": {
      const body = text(e.body, Pr.TEST + 1);
      const test = text(e.test, Pr.TEST + 1);
      return wrap(`${body} if ${test} else ${text(e.orelse, Pr.TEST)}`, Pr.TEST, level);
    }
    case "Dict":
      return `{${e.values.map((v, i) => dictItem(e.keys[i], v)).join(", ")}}`;
    case "Set":
      return `{${list(e.elts)}}`;
    case "List":
      return `[${list(e.elts)}]`;
    case "Tuple":
      return e.elts.length === 0
        ? "()"
        : wrap(list(e.elts) + (e.elts.length === 1 ? "," : ""), Pr.TUPLE, level);
    case "GeneratorExp":
      return `(${text(e.elt, Pr.TEST)}${clauses(e.generators)})`;
    case "ListComp":
      return `[${text(e.elt, Pr.TEST)}${clauses(e.generators)}]`;
    case "SetComp":
      return `{${text(e.elt, Pr.TEST)}${clauses(e.generators)}}`;
    case "DictComp":
      return `{${text(e.key, Pr.TEST)}: ${text(e.value, Pr.TEST)}${clauses(e.generators)}}`;
    case "Yield":
      return e.value === null ? "(yield)" : `(yield ${text(e.value, Pr.TEST)})`;
    case "YieldFrom":
      return `(yield from ${text(e.value, Pr.TEST)})`;
    case "Await":
      return wrap(`await ${text(e.value, Pr.ATOM)}`, Pr.AWAIT, level);
    case "Compare": {
      const rest = e.ops.map((op, i) => ` ${COMPARE[op]} ${text(e.comparators[i], Pr.CMP + 1)}`);
      return wrap(text(e.left, Pr.CMP + 1) + rest.join(""), Pr.CMP, level);
    }
    case "Call":
      return call(e);
    case "Constant":
      return constant(e);
    case "JoinedStr":
      return `f${reprStr({ t: "str", v: e.values.map(fstringPart).join("") })}`;
    case "FormattedValue":
      return `f${reprStr({ t: "str", v: fstringPart(e) })}`;
    case "Attribute":
      return attribute(e);
    case "Starred":
      return `*${text(e.value, Pr.BOR)}`;
    case "Name":
      return e.id;
    case "Subscript":
      return `${text(e.value, Pr.ATOM)}[${text(e.slice, Pr.TUPLE)}]`;
    case "Slice": {
      const step = e.step === null ? "" : `:${text(e.step, Pr.TEST)}`;
      return `${optional(e.lower)}:${optional(e.upper)}${step}`;
    }
    case "NamedExpr":
      return wrap(`${text(e.target, Pr.ATOM)} := ${text(e.value, Pr.ATOM)}`, Pr.TUPLE, level);
  }
}

function optional(e: A.expr | null): string {
  return e === null ? "" : text(e, Pr.TEST);
}

function binary(e: A.BinOp, level: Pr): string {
  const [sign, own] = BINARY[e.op];
  const right = e.op === "Pow";
  const a = text(e.left, right ? own + 1 : own);
  const b = text(e.right, right ? own : own + 1);
  return wrap(`${a} ${sign} ${b}`, own, level);
}

function parameters(a: A.arguments): string {
  const parts: string[] = [];
  const positional = [...a.posonlyargs, ...a.args];
  positional.forEach((p, i) => {
    const d = i - (positional.length - a.defaults.length);
    parts.push(parameter(p) + (d >= 0 ? `=${text(a.defaults[d], Pr.TEST)}` : ""));
    if (i + 1 === a.posonlyargs.length) parts.push("/");
  });
  if (a.vararg !== null || a.kwonlyargs.length > 0)
    parts.push(`*${a.vararg === null ? "" : parameter(a.vararg)}`);
  a.kwonlyargs.forEach((p, i) => {
    const d = a.kw_defaults[i];
    parts.push(parameter(p) + (d === null ? "" : `=${text(d, Pr.TEST)}`));
  });
  if (a.kwarg !== null) parts.push(`**${parameter(a.kwarg)}`);
  return parts.join(", ");
}

function parameter(p: A.arg): string {
  return p.annotation === null ? p.arg : `${p.arg}: ${text(p.annotation, Pr.TEST)}`;
}

function dictItem(key: A.expr | null, value: A.expr): string {
  return key === null ? `**${text(value, Pr.BOR)}` : `${text(key, Pr.TEST)}: ${text(value, Pr.TEST)}`;
}

function clauses(generators: A.comprehension[]): string {
  return generators
    .map((g) => {
      const ifs = g.ifs.map((i) => ` if ${text(i, Pr.TEST + 1)}`).join("");
      const word = g.is_async ? " async for " : " for ";
      return `${word}${text(g.target, Pr.TUPLE)} in ${text(g.iter, Pr.TEST + 1)}${ifs}`;
    })
    .join("");
}

function call(e: A.Call): string {
  const func = text(e.func, Pr.ATOM);
  if (e.args.length === 1 && e.keywords.length === 0 && e.args[0].kind === "GeneratorExp") {
    return func + text(e.args[0], Pr.ATOM);
  }
  const parts = e.args.map((a) => text(a, Pr.TEST));
  for (const k of e.keywords) parts.push((k.arg === null ? "**" : `${k.arg}=`) + text(k.value, Pr.TEST));
  return `${func}(${parts.join(", ")})`;
}

function attribute(e: A.Attribute): string {
  // A point right after an integer would make it a float.
  const isInt = e.value.kind === "Constant" && e.value.value.t === "int";
  return `${text(e.value, Pr.ATOM)}${isInt ? " ." : "."}${e.attr}`;
}

function constant(e: A.Constant): string {
  const v = e.value;
  switch (v.t) {
    case "int":
      return String(v.v);
    case "float":
      return finite(reprFloat(v.v));
    case "complex":
      return `${finite(reprFloat(v.im).replace(/\.0$/, ""))}j`;
    case "str":
      return (e.ukind ?? "") + reprStr(v);
    case "bytes":
      return reprBytes(v.v);
    case "Ellipsis":
      return "...";
    default:
      return v.t;
  }
}

/** There is no literal for infinity but one that is too large. */
function finite(repr: string): string {
  return repr.replace("inf", "1e309");
}

/** One piece of an f-string, as it stands between the quotes. */
function fstringPart(e: A.expr): string {
  if (e.kind === "Constant") return (e.value as A.StrValue).v.replace(/[{}]/g, "$&$&");
  if (e.kind === "JoinedStr") return e.values.map(fstringPart).join("");
  const { value, conversion, format_spec } = e as A.FormattedValue;
  const inner = text(value, Pr.TEST + 1);
  const space = inner.startsWith("{") ? " " : "";
  const bang = conversion > 0 ? `!${String.fromCharCode(conversion)}` : "";
  const spec = format_spec === null ? "" : `:${fstringPart(format_spec)}`;
  return `{${space}${inner}${bang}${spec}}`;
}
