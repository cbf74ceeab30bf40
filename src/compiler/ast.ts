/**
 * The abstract syntax tree: CPython 3.13's node classes and field names as a discriminated union.
 *
 * Column offsets count UTF-8 bytes, as CPython's do. A field that may be absent is `null`; sequences are arrays.
 * Nodes are made only by the functions of `nodes.ts`, so that all nodes of one kind share one hidden class.
 */

export interface Located {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

/** A literal's value. `cps` holds the code points when `v` alone would lose lone surrogates. */
export type ConstantValue =
  | { t: "int"; v: bigint }
  | { t: "float"; v: number }
  /** A literal has no real part; what is folded of one may have. */
  | { t: "complex"; im: number; re?: number }
  | StrValue
  | { t: "bytes"; v: Uint8Array }
  | { t: "None" }
  | { t: "True" }
  | { t: "False" }
  | { t: "Ellipsis" };

export interface StrValue {
  t: "str";
  v: string;
  cps?: number[];
}

// biome-ignore format: one line per dozen
export type operator =
  | "Add" | "Sub" | "Mult" | "MatMult" | "Div" | "Mod" | "Pow" | "LShift" | "RShift" | "BitOr" | "BitXor"
  | "BitAnd" | "FloorDiv";
export type unaryop = "Invert" | "Not" | "UAdd" | "USub";
export type boolop = "And" | "Or";
export type cmpop = "Eq" | "NotEq" | "Lt" | "LtE" | "Gt" | "GtE" | "Is" | "IsNot" | "In" | "NotIn";
export type expr_context = "Load" | "Store" | "Del";

export interface Module {
  kind: "Module";
  body: stmt[];
}

export interface Interactive {
  kind: "Interactive";
  body: stmt[];
}

export interface Expression {
  kind: "Expression";
  body: expr;
}

export interface FunctionDef extends Located {
  kind: "FunctionDef";
  name: string;
  args: arguments;
  body: stmt[];
  decorator_list: expr[];
  returns: expr | null;
  type_params: type_param[];
}

export interface AsyncFunctionDef extends Located {
  kind: "AsyncFunctionDef";
  name: string;
  args: arguments;
  body: stmt[];
  decorator_list: expr[];
  returns: expr | null;
  type_params: type_param[];
}

export interface ClassDef extends Located {
  kind: "ClassDef";
  name: string;
  bases: expr[];
  keywords: keyword[];
  body: stmt[];
  decorator_list: expr[];
  type_params: type_param[];
}

export interface Return extends Located {
  kind: "Return";
  value: expr | null;
}

export interface Delete extends Located {
  kind: "Delete";
  targets: expr[];
}

export interface Assign extends Located {
  kind: "Assign";
  targets: expr[];
  value: expr;
}

export interface TypeAlias extends Located {
  kind: "TypeAlias";
  name: expr;
  type_params: type_param[];
  value: expr;
}

export interface AugAssign extends Located {
  kind: "AugAssign";
  target: expr;
  op: operator;
  value: expr;
}

export interface AnnAssign extends Located {
  kind: "AnnAssign";
  target: expr;
  annotation: expr;
  value: expr | null;
  simple: number;
}

export interface For extends Located {
  kind: "For";
  target: expr;
  iter: expr;
  body: stmt[];
  orelse: stmt[];
}

export interface AsyncFor extends Located {
  kind: "AsyncFor";
  target: expr;
  iter: expr;
  body: stmt[];
  orelse: stmt[];
}

export interface While extends Located {
  kind: "While";
  test: expr;
  body: stmt[];
  orelse: stmt[];
}

export interface If extends Located {
  kind: "If";
  test: expr;
  body: stmt[];
  orelse: stmt[];
}

export interface With extends Located {
  kind: "With";
  items: withitem[];
  body: stmt[];
}

export interface AsyncWith extends Located {
  kind: "AsyncWith";
  items: withitem[];
  body: stmt[];
}

export interface Match extends Located {
  kind: "Match";
  subject: expr;
  cases: match_case[];
}

export interface Raise extends Located {
  kind: "Raise";
  exc: expr | null;
  cause: expr | null;
}

export interface Try extends Located {
  kind: "Try";
  body: stmt[];
  handlers: excepthandler[];
  orelse: stmt[];
  finalbody: stmt[];
}

export interface TryStar extends Located {
  kind: "TryStar";
  body: stmt[];
  handlers: excepthandler[];
  orelse: stmt[];
  finalbody: stmt[];
}

export interface Assert extends Located {
  kind: "Assert";
  test: expr;
  msg: expr | null;
}

export interface Import extends Located {
  kind: "Import";
  names: alias[];
}

export interface ImportFrom extends Located {
  kind: "ImportFrom";
  module: string | null;
  names: alias[];
  level: number;
}

export interface Global extends Located {
  kind: "Global";
  names: string[];
}

export interface Nonlocal extends Located {
  kind: "Nonlocal";
  names: string[];
}

export interface Expr extends Located {
  kind: "Expr";
  value: expr;
}

export interface Pass extends Located {
  kind: "Pass";
}

export interface Break extends Located {
  kind: "Break";
}

export interface Continue extends Located {
  kind: "Continue";
}

export interface BoolOp extends Located {
  kind: "BoolOp";
  op: boolop;
  values: expr[];
}

export interface NamedExpr extends Located {
  kind: "NamedExpr";
  target: expr;
  value: expr;
}

export interface BinOp extends Located {
  kind: "BinOp";
  left: expr;
  op: operator;
  right: expr;
}

export interface UnaryOp extends Located {
  kind: "UnaryOp";
  op: unaryop;
  operand: expr;
}

export interface Lambda extends Located {
  kind: "Lambda";
  args: arguments;
  body: expr;
}

export interface IfExp extends Located {
  kind: "IfExp";
  test: expr;
  body: expr;
  orelse: expr;
}

export interface Dict extends Located {
  kind: "Dict";
  keys: (expr | null)[];
  values: expr[];
}

export interface Set extends Located {
  kind: "Set";
  elts: expr[];
}

export interface ListComp extends Located {
  kind: "ListComp";
  elt: expr;
  generators: comprehension[];
}

export interface SetComp extends Located {
  kind: "SetComp";
  elt: expr;
  generators: comprehension[];
}

export interface DictComp extends Located {
  kind: "DictComp";
  key: expr;
  value: expr;
  generators: comprehension[];
}

export interface GeneratorExp extends Located {
  kind: "GeneratorExp";
  elt: expr;
  generators: comprehension[];
}

export interface Await extends Located {
  kind: "Await";
  value: expr;
}

export interface Yield extends Located {
  kind: "Yield";
  value: expr | null;
}

export interface YieldFrom extends Located {
  kind: "YieldFrom";
  value: expr;
}

export interface Compare extends Located {
  kind: "Compare";
  left: expr;
  ops: cmpop[];
  comparators: expr[];
}

export interface Call extends Located {
  kind: "Call";
  func: expr;
  args: expr[];
  keywords: keyword[];
}

export interface FormattedValue extends Located {
  kind: "FormattedValue";
  value: expr;
  conversion: number;
  format_spec: expr | null;
}

export interface JoinedStr extends Located {
  kind: "JoinedStr";
  values: expr[];
}

export interface Constant extends Located {
  kind: "Constant";
  value: ConstantValue;
  ukind: "u" | null;
}

export interface Attribute extends Located {
  kind: "Attribute";
  value: expr;
  attr: string;
  ctx: expr_context;
}

export interface Subscript extends Located {
  kind: "Subscript";
  value: expr;
  slice: expr;
  ctx: expr_context;
}

export interface Starred extends Located {
  kind: "Starred";
  value: expr;
  ctx: expr_context;
}

export interface Name extends Located {
  kind: "Name";
  id: string;
  ctx: expr_context;
}

export interface List extends Located {
  kind: "List";
  elts: expr[];
  ctx: expr_context;
}

export interface Tuple extends Located {
  kind: "Tuple";
  elts: expr[];
  ctx: expr_context;
}

export interface Slice extends Located {
  kind: "Slice";
  lower: expr | null;
  upper: expr | null;
  step: expr | null;
}

export interface MatchValue extends Located {
  kind: "MatchValue";
  value: expr;
}

export interface MatchSingleton extends Located {
  kind: "MatchSingleton";
  value: ConstantValue;
}

export interface MatchSequence extends Located {
  kind: "MatchSequence";
  patterns: pattern[];
}

export interface MatchMapping extends Located {
  kind: "MatchMapping";
  keys: expr[];
  patterns: pattern[];
  rest: string | null;
}

export interface MatchClass extends Located {
  kind: "MatchClass";
  cls: expr;
  patterns: pattern[];
  kwd_attrs: string[];
  kwd_patterns: pattern[];
}

export interface MatchStar extends Located {
  kind: "MatchStar";
  name: string | null;
}

export interface MatchAs extends Located {
  kind: "MatchAs";
  pattern: pattern | null;
  name: string | null;
}

export interface MatchOr extends Located {
  kind: "MatchOr";
  patterns: pattern[];
}

export interface TypeVar extends Located {
  kind: "TypeVar";
  name: string;
  bound: expr | null;
  default_value: expr | null;
}

export interface ParamSpec extends Located {
  kind: "ParamSpec";
  name: string;
  default_value: expr | null;
}

export interface TypeVarTuple extends Located {
  kind: "TypeVarTuple";
  name: string;
  default_value: expr | null;
}

export interface ExceptHandler extends Located {
  kind: "ExceptHandler";
  type: expr | null;
  name: string | null;
  body: stmt[];
}

export interface comprehension {
  kind: "comprehension";
  target: expr;
  iter: expr;
  ifs: expr[];
  is_async: number;
}

export interface arguments {
  kind: "arguments";
  posonlyargs: arg[];
  args: arg[];
  vararg: arg | null;
  kwonlyargs: arg[];
  kw_defaults: (expr | null)[];
  kwarg: arg | null;
  defaults: expr[];
}

export interface arg extends Located {
  kind: "arg";
  arg: string;
  annotation: expr | null;
}

export interface keyword extends Located {
  kind: "keyword";
  arg: string | null;
  value: expr;
}

export interface alias extends Located {
  kind: "alias";
  name: string;
  asname: string | null;
}

export interface withitem {
  kind: "withitem";
  context_expr: expr;
  optional_vars: expr | null;
}

export interface match_case {
  kind: "match_case";
  pattern: pattern;
  guard: expr | null;
  body: stmt[];
}

export type mod = Module | Interactive | Expression;
// biome-ignore format: one line per dozen
export type stmt =
  | FunctionDef | AsyncFunctionDef | ClassDef | Return | Delete | Assign | TypeAlias | AugAssign
  | AnnAssign | For | AsyncFor | While | If | With | AsyncWith | Match | Raise | Try | TryStar | Assert
  | Import | ImportFrom | Global | Nonlocal | Expr | Pass | Break | Continue;
// biome-ignore format: one line per dozen
export type expr =
  | BoolOp | NamedExpr | BinOp | UnaryOp | Lambda | IfExp | Dict | Set | ListComp | SetComp | DictComp
  | GeneratorExp | Await | Yield | YieldFrom | Compare | Call | FormattedValue | JoinedStr | Constant
  | Attribute | Subscript | Starred | Name | List | Tuple | Slice;
// biome-ignore format: one line per dozen
export type pattern =
  | MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr;
export type type_param = TypeVar | ParamSpec | TypeVarTuple;
export type excepthandler = ExceptHandler;
// biome-ignore format: one line per dozen
export type AnyNode =
  | mod | stmt | expr | pattern | type_param | excepthandler | comprehension | arguments | arg | keyword
  | alias | withitem | match_case;
