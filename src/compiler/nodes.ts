// biome-ignore-all format: one line per kind
/** One constructor per kind of tree node: the only places where nodes are made, so each kind has one hidden class. */
import type * as A from "./ast.ts";

export function mkModule(body: A.stmt[]): A.Module {
  return { kind: "Module", body };
}

export function mkInteractive(body: A.stmt[]): A.Interactive {
  return { kind: "Interactive", body };
}

export function mkExpression(body: A.expr): A.Expression {
  return { kind: "Expression", body };
}

export function mkFunctionDef(name: string, args: A.arguments, body: A.stmt[], decorator_list: A.expr[], returns: A.expr | null, type_params: A.type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.FunctionDef {
  return { kind: "FunctionDef", name, args, body, decorator_list, returns, type_params, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAsyncFunctionDef(name: string, args: A.arguments, body: A.stmt[], decorator_list: A.expr[], returns: A.expr | null, type_params: A.type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.AsyncFunctionDef {
  return { kind: "AsyncFunctionDef", name, args, body, decorator_list, returns, type_params, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkClassDef(name: string, bases: A.expr[], keywords: A.keyword[], body: A.stmt[], decorator_list: A.expr[], type_params: A.type_param[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.ClassDef {
  return { kind: "ClassDef", name, bases, keywords, body, decorator_list, type_params, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkReturn(value: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Return {
  return { kind: "Return", value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkDelete(targets: A.expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Delete {
  return { kind: "Delete", targets, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAssign(targets: A.expr[], value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Assign {
  return { kind: "Assign", targets, value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkTypeAlias(name: A.expr, type_params: A.type_param[], value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.TypeAlias {
  return { kind: "TypeAlias", name, type_params, value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAugAssign(target: A.expr, op: A.operator, value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.AugAssign {
  return { kind: "AugAssign", target, op, value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAnnAssign(target: A.expr, annotation: A.expr, value: A.expr | null, simple: number, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.AnnAssign {
  return { kind: "AnnAssign", target, annotation, value, simple, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkFor(target: A.expr, iter: A.expr, body: A.stmt[], orelse: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.For {
  return { kind: "For", target, iter, body, orelse, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAsyncFor(target: A.expr, iter: A.expr, body: A.stmt[], orelse: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.AsyncFor {
  return { kind: "AsyncFor", target, iter, body, orelse, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkWhile(test: A.expr, body: A.stmt[], orelse: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.While {
  return { kind: "While", test, body, orelse, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkIf(test: A.expr, body: A.stmt[], orelse: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.If {
  return { kind: "If", test, body, orelse, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkWith(items: A.withitem[], body: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.With {
  return { kind: "With", items, body, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAsyncWith(items: A.withitem[], body: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.AsyncWith {
  return { kind: "AsyncWith", items, body, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatch(subject: A.expr, cases: A.match_case[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Match {
  return { kind: "Match", subject, cases, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkRaise(exc: A.expr | null, cause: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Raise {
  return { kind: "Raise", exc, cause, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkTry(body: A.stmt[], handlers: A.excepthandler[], orelse: A.stmt[], finalbody: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Try {
  return { kind: "Try", body, handlers, orelse, finalbody, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkTryStar(body: A.stmt[], handlers: A.excepthandler[], orelse: A.stmt[], finalbody: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.TryStar {
  return { kind: "TryStar", body, handlers, orelse, finalbody, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAssert(test: A.expr, msg: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Assert {
  return { kind: "Assert", test, msg, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkImport(names: A.alias[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Import {
  return { kind: "Import", names, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkImportFrom(module: string | null, names: A.alias[], level: number, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.ImportFrom {
  return { kind: "ImportFrom", module, names, level, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkGlobal(names: string[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Global {
  return { kind: "Global", names, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkNonlocal(names: string[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Nonlocal {
  return { kind: "Nonlocal", names, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkExpr(value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Expr {
  return { kind: "Expr", value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkPass(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Pass {
  return { kind: "Pass", lineno, col_offset, end_lineno, end_col_offset };
}

export function mkBreak(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Break {
  return { kind: "Break", lineno, col_offset, end_lineno, end_col_offset };
}

export function mkContinue(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Continue {
  return { kind: "Continue", lineno, col_offset, end_lineno, end_col_offset };
}

export function mkBoolOp(op: A.boolop, values: A.expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.BoolOp {
  return { kind: "BoolOp", op, values, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkNamedExpr(target: A.expr, value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.NamedExpr {
  return { kind: "NamedExpr", target, value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkBinOp(left: A.expr, op: A.operator, right: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.BinOp {
  return { kind: "BinOp", left, op, right, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkUnaryOp(op: A.unaryop, operand: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.UnaryOp {
  return { kind: "UnaryOp", op, operand, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkLambda(args: A.arguments, body: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Lambda {
  return { kind: "Lambda", args, body, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkIfExp(test: A.expr, body: A.expr, orelse: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.IfExp {
  return { kind: "IfExp", test, body, orelse, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkDict(keys: (A.expr | null)[], values: A.expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Dict {
  return { kind: "Dict", keys, values, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkSet(elts: A.expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Set {
  return { kind: "Set", elts, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkListComp(elt: A.expr, generators: A.comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.ListComp {
  return { kind: "ListComp", elt, generators, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkSetComp(elt: A.expr, generators: A.comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.SetComp {
  return { kind: "SetComp", elt, generators, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkDictComp(key: A.expr, value: A.expr, generators: A.comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.DictComp {
  return { kind: "DictComp", key, value, generators, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkGeneratorExp(elt: A.expr, generators: A.comprehension[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.GeneratorExp {
  return { kind: "GeneratorExp", elt, generators, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAwait(value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Await {
  return { kind: "Await", value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkYield(value: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Yield {
  return { kind: "Yield", value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkYieldFrom(value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.YieldFrom {
  return { kind: "YieldFrom", value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkCompare(left: A.expr, ops: A.cmpop[], comparators: A.expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Compare {
  return { kind: "Compare", left, ops, comparators, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkCall(func: A.expr, args: A.expr[], keywords: A.keyword[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Call {
  return { kind: "Call", func, args, keywords, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkFormattedValue(value: A.expr, conversion: number, format_spec: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.FormattedValue {
  return { kind: "FormattedValue", value, conversion, format_spec, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkJoinedStr(values: A.expr[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.JoinedStr {
  return { kind: "JoinedStr", values, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkConstant(value: A.ConstantValue, ukind: "u" | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Constant {
  return { kind: "Constant", value, ukind, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkAttribute(value: A.expr, attr: string, ctx: A.expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Attribute {
  return { kind: "Attribute", value, attr, ctx, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkSubscript(value: A.expr, slice: A.expr, ctx: A.expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Subscript {
  return { kind: "Subscript", value, slice, ctx, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkStarred(value: A.expr, ctx: A.expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Starred {
  return { kind: "Starred", value, ctx, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkName(id: string, ctx: A.expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Name {
  return { kind: "Name", id, ctx, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkList(elts: A.expr[], ctx: A.expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.List {
  return { kind: "List", elts, ctx, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkTuple(elts: A.expr[], ctx: A.expr_context, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Tuple {
  return { kind: "Tuple", elts, ctx, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkSlice(lower: A.expr | null, upper: A.expr | null, step: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Slice {
  return { kind: "Slice", lower, upper, step, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatchValue(value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.MatchValue {
  return { kind: "MatchValue", value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatchSingleton(value: A.ConstantValue, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.MatchSingleton {
  return { kind: "MatchSingleton", value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatchSequence(patterns: A.pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.MatchSequence {
  return { kind: "MatchSequence", patterns, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatchMapping(keys: A.expr[], patterns: A.pattern[], rest: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.MatchMapping {
  return { kind: "MatchMapping", keys, patterns, rest, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatchClass(cls: A.expr, patterns: A.pattern[], kwd_attrs: string[], kwd_patterns: A.pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.MatchClass {
  return { kind: "MatchClass", cls, patterns, kwd_attrs, kwd_patterns, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatchStar(name: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.MatchStar {
  return { kind: "MatchStar", name, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatchAs(pattern: A.pattern | null, name: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.MatchAs {
  return { kind: "MatchAs", pattern, name, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkMatchOr(patterns: A.pattern[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.MatchOr {
  return { kind: "MatchOr", patterns, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkTypeVar(name: string, bound: A.expr | null, default_value: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.TypeVar {
  return { kind: "TypeVar", name, bound, default_value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkParamSpec(name: string, default_value: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.ParamSpec {
  return { kind: "ParamSpec", name, default_value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkTypeVarTuple(name: string, default_value: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.TypeVarTuple {
  return { kind: "TypeVarTuple", name, default_value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkExceptHandler(type: A.expr | null, name: string | null, body: A.stmt[], lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.ExceptHandler {
  return { kind: "ExceptHandler", type, name, body, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkcomprehension(target: A.expr, iter: A.expr, ifs: A.expr[], is_async: number): A.comprehension {
  return { kind: "comprehension", target, iter, ifs, is_async };
}

export function mkarguments(posonlyargs: A.arg[], args: A.arg[], vararg: A.arg | null, kwonlyargs: A.arg[], kw_defaults: (A.expr | null)[], kwarg: A.arg | null, defaults: A.expr[]): A.arguments {
  return { kind: "arguments", posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults };
}

export function mkarg(arg: string, annotation: A.expr | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.arg {
  return { kind: "arg", arg, annotation, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkkeyword(arg: string | null, value: A.expr, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.keyword {
  return { kind: "keyword", arg, value, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkalias(name: string, asname: string | null, lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.alias {
  return { kind: "alias", name, asname, lineno, col_offset, end_lineno, end_col_offset };
}

export function mkwithitem(context_expr: A.expr, optional_vars: A.expr | null): A.withitem {
  return { kind: "withitem", context_expr, optional_vars };
}

export function mkmatch_case(pattern: A.pattern, guard: A.expr | null, body: A.stmt[]): A.match_case {
  return { kind: "match_case", pattern, guard, body };
}
