/** The rules of expressions. Operators of one level are written as loops: CPython's left recursion comes to the same. */
import { PNode, type Rules } from "./engine.ts";

const DISPLAY_LOOKS = {
  // CPython tries a tuple before a group before a generator, and a display before a comprehension.
  paren: "&'(' (tuple | group | genexp)",
  bracket: "&'[' (list | listcomp)",
  brace: "&'{' (dict | set | dictcomp | setcomp)",
};

export const EXPRESSION_RULES: Rules = {
  expressions: [
    ["a=expression b=(',' c=expression)+ ','?", "Tuple"],
    ["a=expression ','", "Tuple"],
    "expression",
  ],
  expression: [
    "invalid_expression",
    "invalid_legacy_expression",
    ["a=disjunction 'if' disjunction 'else' expression", "IfExp"],
    "disjunction",
    "lambdef",
  ],
  expression_without_invalid: [
    ["a=disjunction 'if' disjunction 'else' expression", "IfExp"],
    "disjunction",
    "lambdef",
  ],
  invalid_expression: [
    [
      "!(NAME STRING | soft_keyword) a=disjunction b=expression_without_invalid",
      (d, { a, b }) => d.raiseMissingComma(a, b),
    ],
    [
      "a=disjunction 'if' b=disjunction !('else' | ':')",
      (d, { a, b }) => d.raiseRange(a, b, "expected 'else' after 'if' expression"),
    ],
    [
      "a='lambda' lambda_params? b=':' &FSTRING_MIDDLE",
      (d, { a, b }) => d.raiseRange(a, b, "f-string: lambda expressions are not allowed without parentheses"),
    ],
  ],
  soft_keyword: ['"_"', '"case"', '"match"', '"type"'],
  invalid_legacy_expression: [
    [
      "a=name !'(' b=star_expressions",
      (d, { a, b }) => {
        if (!d.isLegacyStatement(a)) return null;
        const name = d.text(a);
        return d.raiseRange(a, b, `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`);
      },
    ],
  ],
  yield_expr: [
    ["'yield' 'from' expression", "YieldFrom"],
    ["'yield' star_expressions?", "Yield"],
  ],
  star_expressions: [
    ["a=star_expression b=(',' c=star_expression)+ ','?", "Tuple"],
    ["a=star_expression ','", "Tuple"],
    "star_expression",
  ],
  star_expression: [["'*' a=bitwise_or", "Starred"], "expression"],
  star_named_expressions: ["a=star_named_expression,+ ','?"],
  star_named_expression: [["'*' a=bitwise_or", "Starred"], "named_expression"],
  assignment_expression: [["name ':=' ~ expression", "NamedExpr"]],
  named_expression: ["assignment_expression", "invalid_named_expression", "expression !':='"],
  invalid_named_expression: [
    [
      "a=expression ':=' expression",
      (d, { a }) => d.raiseAt(a, `cannot use assignment expressions with ${d.name(a)}`),
    ],
    [
      "a=NAME '=' b=bitwise_or !('=' | ':=')",
      (d, { a, b }) => d.raiseRange(a, b, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"),
    ],
    [
      "!(list | tuple | genexp | 'True' | 'None' | 'False') a=bitwise_or '=' bitwise_or !('=' | ':=')",
      (d, { a }) => d.raiseAt(a, `cannot assign to ${d.name(a)} here. Maybe you meant '==' instead of '='?`),
    ],
  ],
  disjunction: [["conjunction ('or' conjunction)+", "BoolOp"], "conjunction"],
  conjunction: [["inversion ('and' inversion)+", "BoolOp"], "inversion"],
  inversion: [["'not' inversion", "UnaryOp"], "comparison"],
  comparison: [["a=bitwise_or b=comparison_pair+", "Compare"], "bitwise_or"],
  comparison_pair: [
    ["'==' bitwise_or", "pair"],
    ["'!=' bitwise_or", "pair"],
    ["'<=' bitwise_or", "pair"],
    ["'<' bitwise_or", "pair"],
    ["'>=' bitwise_or", "pair"],
    ["'>' bitwise_or", "pair"],
    ["'not' 'in' bitwise_or", "pair"],
    ["'in' bitwise_or", "pair"],
    ["'is' 'not' bitwise_or", "pair"],
    ["'is' bitwise_or", "pair"],
  ],
  bitwise_or: [["bitwise_xor ('|' bitwise_xor)+", "BinOp"], "bitwise_xor"],
  bitwise_xor: [["bitwise_and ('^' bitwise_and)+", "BinOp"], "bitwise_and"],
  bitwise_and: [["shift_expr ('&' shift_expr)+", "BinOp"], "shift_expr"],
  shift_expr: [["shift_operand (('<<' | '>>') sum)+", "BinOp"], "shift_operand"],
  shift_operand: ["invalid_arithmetic", "sum"],
  invalid_arithmetic: [
    [
      "sum ('+' | '-' | '*' | '/' | '%' | '//' | '@') a='not' b=inversion",
      (d, { a, b }) => d.raiseRange(a, b, "'not' after an operator must be parenthesized"),
    ],
  ],
  sum: [["term (('+' | '-') term)+", "BinOp"], "term"],
  term: [["term_operand (('*' | '/' | '//' | '%' | '@') factor)+", "BinOp"], "term_operand"],
  term_operand: ["invalid_factor", "factor"],
  invalid_factor: [
    [
      "('+' | '-' | '~') a='not' b=factor",
      (d, { a, b }) => d.raiseRange(a, b, "'not' after an operator must be parenthesized"),
    ],
  ],
  factor: [["('+' | '-' | '~') factor", "UnaryOp"], "power"],
  power: [["await_primary '**' factor", "BinOp"], "await_primary"],
  await_primary: [["'await' primary", "Await"], "primary"],
  primary: [["a=atom b=trailer*", (_, { a, b }) => (b.items.length > 0 ? joined(a, b) : a)]],
  slices: ["a=slice !','", ["a=(slice | starred_expression),+ ','?", "Tuple"]],
  slice: [["expression? ':' expression? (':' expression?)?", "Slice"], "named_expression"],
  atom: [
    "name",
    ["'True'", "True"],
    ["'False'", "False"],
    ["'None'", "None"],
    "&(STRING | FSTRING_START) strings",
    "number",
    DISPLAY_LOOKS.paren,
    DISPLAY_LOOKS.bracket,
    DISPLAY_LOOKS.brace,
    ["'...'", "ellipsis"],
  ],
  name: [["NAME", "Name"]],
  number: [["a=NUMBER", (d, { a }) => d.number(a)]],
  group: ["'(' a=(yield_expr | named_expression) ')'", "invalid_group"],
  invalid_group: [
    ["'(' a=starred_expression ')'", (d, { a }) => d.raiseAt(a, "cannot use starred expression here")],
    ["'(' a='**' expression ')'", (d, { a }) => d.raiseAt(a, "cannot use double starred expression here")],
  ],
  list: [["'[' a=star_named_expressions? ']'", "List"]],
  tuple: [["'(' a=(y=star_named_expression ',' z=star_named_expressions?)? ')'", (d, { a }) => d.tuple(a)]],
  set: [["'{' star_named_expressions '}'", "Set"]],
  dict: [["'{' double_starred_kvpairs? '}'", "Dict"], "'{' invalid_double_starred_kvpairs '}'"],
  double_starred_kvpairs: ["double_starred_kvpair,+ ','?"],
  double_starred_kvpair: ["'**' bitwise_or", "kvpair"],
  kvpair: ["expression ':' expression"],
  invalid_double_starred_kvpairs: [
    "double_starred_kvpair,+ ',' invalid_kvpair",
    [
      "expression ':' a='*' bitwise_or",
      (d, { a }) => d.raiseFrom(a, "cannot use a starred expression in a dictionary value"),
    ],
    [
      "expression a=':' &('}' | ',')",
      (d, { a }) => d.raiseAt(a, "expression expected after dictionary key and ':'"),
    ],
  ],
  invalid_kvpair: [
    ["a=expression !':'", (d, { a }) => d.raiseAfterKey(a)],
    [
      "expression ':' a='*' bitwise_or",
      (d, { a }) => d.raiseFrom(a, "cannot use a starred expression in a dictionary value"),
    ],
    [
      "expression a=':' &('}' | ',')",
      (d, { a }) => d.raiseAt(a, "expression expected after dictionary key and ':'"),
    ],
  ],

  for_if_clauses: ["for_if_clause+"],
  for_if_clause: [
    ["'async' 'for' star_targets 'in' ~ b=disjunction c=('if' z=disjunction)*", "comprehension"],
    ["'for' star_targets 'in' ~ b=disjunction c=('if' z=disjunction)*", "comprehension"],
    "invalid_for_if_clause",
    "invalid_for_target",
  ],
  invalid_for_if_clause: [
    [
      "'async'? 'for' (bitwise_or (',' bitwise_or)* ','?) !'in'",
      (d) => d.raiseLast("'in' expected after for-loop variables"),
    ],
  ],
  listcomp: [["'[' named_expression for_if_clauses ']'", "ListComp"], "invalid_comprehension"],
  setcomp: [["'{' named_expression for_if_clauses '}'", "SetComp"], "invalid_comprehension"],
  genexp: [
    ["'(' (assignment_expression | expression !':=') for_if_clauses ')'", "GeneratorExp"],
    "invalid_comprehension",
  ],
  dictcomp: [["'{' kvpair for_if_clauses '}'", "DictComp"], "invalid_dict_comprehension"],
  invalid_comprehension: [
    [
      "('[' | '(' | '{') a=starred_expression for_if_clauses",
      (d, { a }) => d.raiseAt(a, "iterable unpacking cannot be used in comprehension"),
    ],
    [
      "('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses",
      (d, { a, b }) =>
        d.raiseRange(a, b.items.at(-1)!, "did you forget parentheses around the comprehension target?"),
    ],
    [
      "('[' | '{') a=star_named_expression b=',' for_if_clauses",
      (d, { a, b }) => d.raiseRange(a, b, "did you forget parentheses around the comprehension target?"),
    ],
  ],
  invalid_dict_comprehension: [
    [
      "'{' a='**' bitwise_or for_if_clauses '}'",
      (d, { a }) => d.raiseAt(a, "dict unpacking cannot be used in dict comprehension"),
    ],
  ],

  star_targets: ["a=star_target !','", ["a=star_target b=(',' c=star_target)* ','?", "Tuple"]],
  star_targets_tuple_seq: ["star_target (',' star_target)+ ','?", "star_target ','"],
  star_target: [["'*' a=(!'*' star_target)", "Starred"], "target_with_star_atom"],
  target_with_star_atom: ["target_trailer", "star_atom"],
  target_trailer: [
    ["t_primary '.' NAME !t_lookahead", "Attribute"],
    ["t_primary '[' slices ']' !t_lookahead", "Subscript"],
  ],
  star_atom: [
    "name",
    "'(' target_with_star_atom ')'",
    "'(' star_targets_tuple_seq? ')'",
    "'[' (star_target,+ ','?)? ']'",
  ],
  single_target: ["single_subscript_attribute_target", "name", "'(' single_target ')'"],
  single_subscript_attribute_target: ["target_trailer"],
  t_primary: ["atom &t_lookahead t_trailer*"],
  t_trailer: [
    "'.' NAME &t_lookahead",
    "'[' slices ']' &t_lookahead",
    "genexp &t_lookahead",
    "'(' arguments? ')' &t_lookahead",
  ],
  t_lookahead: ["'('", "'['", "'.'"],
  del_targets: ["del_target,+ ','?"],
  del_target: ["target_trailer", "del_t_atom"],
  del_t_atom: ["name", "'(' del_target ')'", "'(' del_targets? ')'", "'[' del_targets? ']'"],
};

function joined(atom: PNode, trailers: PNode): PNode {
  return new PNode("primary", atom.start, trailers.end, trailers.items);
}
