/** The rules of statements, in CPython's order of attempts. */
import type { PNode, Rules } from "./engine.ts";

const BOTH_KINDS = "cannot have both 'except' and 'except*' on the same 'try'";

export const STATEMENT_RULES: Rules = {
  file: ["statement* ENDMARKER"],
  interactive: ["compound_stmt NEWLINE", "simple_stmts", "NEWLINE"],
  eval: ["expressions NEWLINE* ENDMARKER"],
  statement: ["compound_stmt", "simple_stmts"],
  simple_stmts: ["simple_stmt !';' NEWLINE", "simple_stmt;+ ';'? NEWLINE"],
  simple_stmt: [
    "assignment",
    '&"type" type_alias',
    "star_expressions",
    "&'return' 'return' star_expressions?",
    "&('import' | 'from') import_stmt",
    "&'raise' raise_stmt",
    "'pass'",
    "&'del' del_stmt",
    "&'yield' yield_expr",
    "&'assert' 'assert' expression (',' expression)?",
    "'break'",
    "'continue'",
    "&'global' 'global' NAME,+",
    "&'nonlocal' 'nonlocal' NAME,+",
  ],
  compound_stmt: [
    "&('def' | '@' | 'async') function_def",
    "&'if' if_stmt",
    "&('class' | '@') class_def",
    "&('with' | 'async') with_stmt",
    "&('for' | 'async') for_stmt",
    "&'try' try_stmt",
    "&'while' while_stmt",
    "match_stmt",
  ],

  assignment: [
    "NAME ':' expression ('=' annotated_rhs)?",
    "('(' single_target ')' | single_subscript_attribute_target) ':' expression ('=' annotated_rhs)?",
    "(star_targets '=')+ annotated_rhs !'='",
    "single_target augassign ~ annotated_rhs",
    "invalid_assignment",
  ],
  annotated_rhs: ["yield_expr", "star_expressions"],
  augassign: [
    "'+='",
    "'-='",
    "'*='",
    "'@='",
    "'/='",
    "'%='",
    "'&='",
    "'|='",
    "'^='",
    "'<<='",
    "'>>='",
    "'**='",
    "'//='",
  ],
  invalid_assignment: [
    [
      "a=invalid_ann_assign_target ':' expression",
      (d, { a }) => d.raiseAt(a, `only single target (not ${d.name(a)}) can be annotated`),
    ],
    [
      "a=star_named_expression ',' star_named_expressions* ':' expression",
      (d, { a }) => d.raiseAt(a, "only single target (not tuple) can be annotated"),
    ],
    ["a=expression ':' expression", (d, { a }) => d.raiseAt(a, "illegal target for annotation")],
    ["(star_targets '=')* a=star_expressions '='", (d, { a }) => d.raiseTarget("assign", a)],
    [
      "(star_targets '=')* a=yield_expr '='",
      (d, { a }) => d.raiseAt(a, "assignment to yield expression not possible"),
    ],
    [
      "a=star_expressions augassign annotated_rhs",
      (d, { a }) => d.raiseAt(a, `'${d.name(a)}' is an illegal expression for augmented assignment`),
    ],
  ],
  invalid_ann_assign_target: ["list", "tuple", "'(' a=invalid_ann_assign_target ')'"],

  raise_stmt: ["'raise' expression ('from' expression)?", "'raise'"],
  del_stmt: ["'del' del_targets &(';' | NEWLINE)", "invalid_del_stmt"],
  invalid_del_stmt: [["'del' a=star_expressions", (d, { a }) => d.raiseTarget("delete", a)]],

  import_stmt: ["invalid_import", "'import' dotted_as_name,+", "import_from"],
  invalid_import: [
    [
      "a='import' dotted_name,+ 'from' dotted_name",
      (d, { a }) => d.raiseFrom(a, "Did you mean to use 'from ... import ...' instead?"),
    ],
    ["'import' a=NEWLINE", (d, { a }) => d.raiseFrom(a, "Expected one or more names after 'import'")],
  ],
  import_from: [
    "'from' ('.' | '...')* dotted_name 'import' import_from_targets",
    "'from' ('.' | '...')+ 'import' import_from_targets",
  ],
  import_from_targets: [
    "'(' import_from_as_name,+ ','? ')'",
    "import_from_as_name,+ !','",
    "'*'",
    "invalid_import_from_targets",
  ],
  invalid_import_from_targets: [
    [
      "import_from_as_name,+ ',' NEWLINE",
      (d) => d.raiseLast("trailing comma not allowed without surrounding parentheses"),
    ],
    ["a=NEWLINE", (d, { a }) => d.raiseFrom(a, "Expected one or more names after 'import'")],
  ],
  import_from_as_name: ["NAME ('as' NAME)?"],
  dotted_as_name: ["dotted_name ('as' NAME)?"],
  dotted_name: ["NAME ('.' NAME)*"],

  block: ["NEWLINE INDENT statement+ DEDENT", "simple_stmts", "invalid_block"],
  invalid_block: [["NEWLINE !INDENT", (d) => d.raiseIndent("expected an indented block")]],
  decorators: ["('@' named_expression NEWLINE)+"],

  class_def: ["decorators class_def_raw", "class_def_raw"],
  class_def_raw: ["invalid_class_def_raw", "'class' NAME type_params? ('(' arguments? ')')? ':' block"],
  invalid_class_def_raw: [
    ["'class' NAME type_params? ('(' arguments? ')')? NEWLINE", (d) => d.raiseLast("expected ':'")],
    [
      "a='class' NAME type_params? ('(' arguments? ')')? ':' NEWLINE !INDENT",
      (d, { a }) => d.raiseBlock(a, "class definition"),
    ],
  ],

  function_def: ["decorators function_def_raw", "function_def_raw"],
  function_def_raw: [
    "invalid_def_raw",
    "'def' NAME type_params? '(' params? ')' ('->' expression)? ':' block",
    "'async' 'def' NAME type_params? '(' params? ')' ('->' expression)? ':' block",
  ],
  invalid_def_raw: [
    [
      "'async'? a='def' NAME type_params? '(' params? ')' ('->' expression)? ':' NEWLINE !INDENT",
      (d, { a }) => d.raiseBlock(a, "function definition"),
    ],
    "'async'? 'def' NAME type_params? &&'(' params? ')' ('->' expression)? &&':' block",
  ],

  if_stmt: [
    "invalid_if_stmt",
    "'if' named_expression ':' block elif_stmt",
    "'if' named_expression ':' block else_block?",
  ],
  elif_stmt: [
    "invalid_elif_stmt",
    "'elif' named_expression ':' block elif_stmt",
    "'elif' named_expression ':' block else_block?",
  ],
  else_block: ["invalid_else_stmt", "'else' &&':' block"],
  while_stmt: ["invalid_while_stmt", "'while' named_expression ':' block else_block?"],
  invalid_if_stmt: [
    ["'if' named_expression NEWLINE", (d) => d.raiseLast("expected ':'")],
    ["a='if' named_expression ':' NEWLINE !INDENT", (d, { a }) => d.raiseBlock(a, "'if' statement")],
  ],
  invalid_elif_stmt: [
    ["'elif' named_expression NEWLINE", (d) => d.raiseLast("expected ':'")],
    ["a='elif' named_expression ':' NEWLINE !INDENT", (d, { a }) => d.raiseBlock(a, "'elif' statement")],
  ],
  invalid_else_stmt: [["a='else' ':' NEWLINE !INDENT", (d, { a }) => d.raiseBlock(a, "'else' statement")]],
  invalid_while_stmt: [
    ["'while' named_expression NEWLINE", (d) => d.raiseLast("expected ':'")],
    ["a='while' named_expression ':' NEWLINE !INDENT", (d, { a }) => d.raiseBlock(a, "'while' statement")],
  ],

  for_stmt: [
    "invalid_for_stmt",
    "'for' star_targets 'in' ~ star_expressions ':' block else_block?",
    "'async' 'for' star_targets 'in' ~ star_expressions ':' block else_block?",
    "invalid_for_target",
  ],
  invalid_for_stmt: [
    ["'async'? 'for' star_targets 'in' star_expressions NEWLINE", (d) => d.raiseLast("expected ':'")],
    [
      "'async'? a='for' star_targets 'in' star_expressions ':' NEWLINE !INDENT",
      (d, { a }) => d.raiseBlock(a, "'for' statement"),
    ],
  ],
  invalid_for_target: [["'async'? 'for' a=star_expressions", (d, { a }) => d.raiseTarget("for", a)]],

  with_stmt: [
    "invalid_with_stmt_indent",
    "'with' '(' with_item,+ ','? ')' ':' block",
    "'with' with_item,+ ':' block",
    "'async' 'with' '(' with_item,+ ','? ')' ':' block",
    "'async' 'with' with_item,+ ':' block",
    "invalid_with_stmt",
  ],
  with_item: ["expression 'as' star_target &(',' | ')' | ':')", "invalid_with_item", "expression"],
  invalid_with_item: [
    ["expression 'as' a=expression &(',' | ')' | ':')", (d, { a }) => d.raiseTarget("assign", a)],
  ],
  invalid_with_stmt: [
    ["'async'? 'with' (expression ('as' star_target)?),+ NEWLINE", (d) => d.raiseLast("expected ':'")],
    [
      "'async'? 'with' '(' (expressions ('as' star_target)?),+ ','? ')' NEWLINE",
      (d) => d.raiseLast("expected ':'"),
    ],
  ],
  invalid_with_stmt_indent: [
    [
      "'async'? a='with' (expression ('as' star_target)?),+ ':' NEWLINE !INDENT",
      (d, { a }) => d.raiseBlock(a, "'with' statement"),
    ],
    [
      "'async'? a='with' '(' (expressions ('as' star_target)?),+ ','? ')' ':' NEWLINE !INDENT",
      (d, { a }) => d.raiseBlock(a, "'with' statement"),
    ],
  ],

  try_stmt: [
    "invalid_try_stmt",
    "'try' &&':' block finally_block",
    "'try' &&':' block except_block+ else_block? finally_block?",
    "'try' &&':' block except_star_block+ else_block? finally_block?",
  ],
  except_block: [
    "invalid_except_stmt_indent",
    "'except' expression ('as' NAME)? ':' block",
    "'except' ':' block",
    "invalid_except_stmt",
  ],
  except_star_block: [
    "invalid_except_star_stmt_indent",
    "'except' '*' expression ('as' NAME)? ':' block",
    "invalid_except_stmt",
  ],
  finally_block: ["invalid_finally_stmt", "'finally' &&':' block"],
  invalid_try_stmt: [
    ["a='try' ':' NEWLINE !INDENT", (d, { a }) => d.raiseBlock(a, "'try' statement")],
    ["'try' ':' block !('except' | 'finally')", (d) => d.raiseLast("expected 'except' or 'finally' block")],
    [
      "'try' ':' block* except_block+ a='except' b='*' expression ('as' NAME)? ':'",
      (d, { a, b }) => d.raiseRange(a, b, BOTH_KINDS),
    ],
    [
      "'try' ':' block* except_star_block+ a='except' (expression ('as' NAME)?)? ':'",
      (d, { a }) => d.raiseAt(a, BOTH_KINDS),
    ],
  ],
  invalid_except_stmt: [
    [
      "'except' '*'? a=expression ',' expressions ('as' NAME)? ':'",
      (d, { a }) => d.raiseFrom(a, "multiple exception types must be parenthesized"),
    ],
    ["'except' '*'? expression ('as' NAME)? NEWLINE", (d) => d.raiseLast("expected ':'")],
    ["'except' NEWLINE", (d) => d.raiseLast("expected ':'")],
    ["'except' '*' (NEWLINE | ':')", (d) => d.raiseLast("expected one or more exception types")],
  ],
  invalid_finally_stmt: [
    ["a='finally' ':' NEWLINE !INDENT", (d, { a }) => d.raiseBlock(a, "'finally' statement")],
  ],
  invalid_except_stmt_indent: [
    [
      "a='except' expression ('as' NAME)? ':' NEWLINE !INDENT",
      (d, { a }) => d.raiseBlock(a, "'except' statement"),
    ],
    ["a='except' ':' NEWLINE !INDENT", (d, { a }) => d.raiseBlock(a, "'except' statement")],
  ],
  invalid_except_star_stmt_indent: [
    [
      "a='except' '*' expression ('as' NAME)? ':' NEWLINE !INDENT",
      (d, { a }) => d.raiseBlock(a, "'except*' statement"),
    ],
  ],

  type_alias: ["\"type\" NAME type_params? '=' expression"],
  type_params: ["invalid_type_params", "'[' type_param,+ ','? ']'"],
  invalid_type_params: [["'[' a=']'", (d, { a }) => d.raiseFrom(a, "Type parameter list cannot be empty")]],
  type_param: [
    "NAME (':' expression)? ('=' expression)?",
    "invalid_type_param",
    "'*' NAME ('=' star_expression)?",
    "'**' NAME ('=' expression)?",
  ],
  invalid_type_param: [
    [
      "'*' NAME c=':' e=expression",
      (d, { c, e }) => d.raiseFrom(c, `cannot use ${bound(e)} with TypeVarTuple`),
    ],
    [
      "'**' NAME c=':' e=expression",
      (d, { c, e }) => d.raiseFrom(c, `cannot use ${bound(e)} with ParamSpec`),
    ],
  ],
};

function bound(e: PNode): string {
  return e.kind === "Tuple" ? "constraints" : "bound";
}
