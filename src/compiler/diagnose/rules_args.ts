/** The rules of parameters, arguments and strings. */
import type { Rules } from "./engine.ts";

/** Parameters of functions (`close` is the parenthesis) and of lambdas (the colon). */
function parameterRules(l: "" | "lambda_", close: string, annotation: string): Rules {
  const p = `${l}param`;
  const what = l === "" ? "Function" : "Lambda expression";
  const listed = l === "" ? `${p}_no_default+` : `${p},+`;
  return {
    [`${l}params`]: [`invalid_${l}parameters`, `${l}parameters`],
    [`${l}parameters`]: [
      `${l}slash_no_default ${p}_no_default* ${p}_with_default* ${l}star_etc?`,
      `${l}slash_with_default ${p}_with_default* ${l}star_etc?`,
      `${p}_no_default+ ${p}_with_default* ${l}star_etc?`,
      `${p}_with_default+ ${l}star_etc?`,
      `${l}star_etc`,
    ],
    [`${l}slash_no_default`]: [`${p}_no_default+ '/' ','`, `${p}_no_default+ '/' &'${close}'`],
    [`${l}slash_with_default`]: [
      `${p}_no_default* ${p}_with_default+ '/' ','`,
      `${p}_no_default* ${p}_with_default+ '/' &'${close}'`,
    ],
    [`${l}star_etc`]: [
      `invalid_${l}star_etc`,
      `'*' ${p}_no_default ${p}_maybe_default* ${l}kwds?`,
      ...(l === "" ? [`'*' ${p}_no_default_star_annotation ${p}_maybe_default* kwds?`] : []),
      `'*' ',' ${p}_maybe_default+ ${l}kwds?`,
      `${l}kwds`,
    ],
    [`${l}kwds`]: [`invalid_${l}kwds`, `'**' ${p}_no_default`],
    [`${p}_no_default`]: [`a=${p} ','`, `a=${p} &'${close}'`],
    [`${p}_with_default`]: [`${p} default ','`, `${p} default &'${close}'`],
    [`${p}_maybe_default`]: [`${p} default? ','`, `${p} default? &'${close}'`],
    [p]: [`NAME${annotation}`],

    [`invalid_${l}parameters`]: [
      ["a='/' ','", (d, { a }) => d.raiseAt(a, "at least one argument must precede /")],
      [
        `(${l}slash_no_default | ${l}slash_with_default) ${p}_maybe_default* a='/'`,
        (d, { a }) => d.raiseAt(a, "/ may appear only once"),
      ],
      [
        `${l}slash_no_default? ${p}_no_default* invalid_${l}parameters_helper a=${p}_no_default`,
        (d, { a }) => d.raiseAt(a, "parameter without a default follows parameter with a default"),
      ],
      [
        `${p}_no_default* a='(' ${listed} ','? b=')'`,
        (d, { a, b }) => d.raiseRange(a, b, `${what} parameters cannot be parenthesized`),
      ],
      [
        `(${l}slash_no_default | ${l}slash_with_default)? ${p}_maybe_default* '*' (',' | ${p}_no_default) ` +
          `${p}_maybe_default* a='/'`,
        (d, { a }) => d.raiseAt(a, "/ must be ahead of *"),
      ],
      [`${p}_maybe_default+ '/' a='*'`, (d, { a }) => d.raiseAt(a, "expected comma between / and *")],
    ],
    [`invalid_${l}parameters_helper`]: [`${l}slash_with_default`, `${p}_with_default+`],
    [`invalid_${l}star_etc`]: [
      l === ""
        ? ["a='*' (')' | ',' (')' | '**'))", (d, { a }) => d.raiseAt(a, "named arguments must follow bare *")]
        : ["'*' (':' | ',' (':' | '**'))", (d) => d.raiseLast("named arguments must follow bare *")],
      [`'*' ${p} a='='`, (d, { a }) => d.raiseAt(a, "var-positional argument cannot have default value")],
      [
        `'*' (${p}_no_default | ',') ${p}_maybe_default* a='*' (${p}_no_default | ',')`,
        (d, { a }) => d.raiseAt(a, "* argument may appear only once"),
      ],
    ],
    [`invalid_${l}kwds`]: [
      [`'**' ${p} a='='`, (d, { a }) => d.raiseAt(a, "var-keyword argument cannot have default value")],
      [`'**' ${p} ',' a=${p}`, (d, { a }) => d.raiseAt(a, "arguments cannot follow var-keyword argument")],
      [
        `'**' ${p} ',' a=('*' | '**' | '/')`,
        (d, { a }) => d.raiseAt(a, "arguments cannot follow var-keyword argument"),
      ],
    ],
  };
}

const GENERATOR = "Generator expression must be parenthesized";
const POSITIONAL = "(starred_expression | (assignment_expression | expression !':=') !'='),+";

export const ARGUMENT_RULES: Rules = {
  ...parameterRules("", ")", " (':' expression)?"),
  ...parameterRules("lambda_", ":", ""),
  param_no_default_star_annotation: ["NAME ':' star_expression ','", "NAME ':' star_expression &')'"],
  default: ["'=' expression", "invalid_default"],
  invalid_default: [["a='=' &(')' | ',')", (d, { a }) => d.raiseAt(a, "expected default value expression")]],
  lambdef: [["'lambda' lambda_params? ':' expression", "Lambda"]],

  trailer: [
    ["'.' NAME", "Attribute"],
    ["genexp", "Call"],
    ["'(' arguments? ')'", "Call"],
    ["'[' slices ']'", "Subscript"],
  ],
  arguments: ["a=args ','? &')'", "invalid_arguments"],
  args: [
    [`a=${POSITIONAL} b=(',' k=kwargs)?`, (d, { a, b }) => d.callArguments(a, b)],
    ["a=kwargs", (d, { a }) => d.callArguments(null, a)],
  ],
  kwargs: [
    "kwarg_or_starred,+ ',' kwarg_or_double_starred,+",
    "kwarg_or_starred,+",
    "kwarg_or_double_starred,+",
  ],
  starred_expression: [
    "invalid_starred_expression_unpacking",
    ["'*' a=expression", "Starred"],
    "invalid_starred_expression",
  ],
  invalid_starred_expression_unpacking: [
    [
      "a='*' expression '=' b=expression",
      (d, { a, b }) => d.raiseRange(a, b, "cannot assign to iterable argument unpacking"),
    ],
  ],
  invalid_starred_expression: [["'*'", (d) => d.raiseLast("Invalid star expression")]],
  kwarg_or_starred: ["invalid_kwarg", ["NAME '=' expression", "keyword"], "starred_expression"],
  kwarg_or_double_starred: [
    "invalid_kwarg",
    ["NAME '=' expression", "keyword"],
    ["'**' expression", "unpacking"],
  ],
  invalid_arguments: [
    [
      `((${POSITIONAL} ',' kwargs) | kwargs) a=',' (starred_expression !'='),+`,
      (d, { a }) => d.raiseFrom(a, "iterable argument unpacking follows keyword argument unpacking"),
    ],
    [
      "a=expression b=for_if_clauses ',' (args | expression for_if_clauses)?",
      (d, { a, b }) => d.raiseRange(a, d.lastOfComprehension(b), GENERATOR),
    ],
    [
      "a=NAME b='=' expression for_if_clauses",
      (d, { a, b }) => d.raiseRange(a, b, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"),
    ],
    [
      "(args ',')? a=NAME b='=' &(',' | ')')",
      (d, { a, b }) => d.raiseRange(a, b, "expected argument value expression"),
    ],
    ["a=args b=for_if_clauses", (d, { a, b }) => d.raiseBareGenerator(a, b)],
    [
      "args ',' a=expression b=for_if_clauses",
      (d, { a, b }) => d.raiseRange(a, d.lastOfComprehension(b), GENERATOR),
    ],
    ["a=args ',' args", (d, { a }) => d.raisePositional(a)],
  ],
  invalid_kwarg: [
    [
      "a=('True' | 'False' | 'None') b='='",
      (d, { a, b }) => d.raiseRange(a, b, `cannot assign to ${d.text(a)}`),
    ],
    [
      "a=NAME b='=' expression for_if_clauses",
      (d, { a, b }) => d.raiseRange(a, b, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"),
    ],
    [
      "!(NAME '=') a=expression b='='",
      (d, { a, b }) => d.raiseRange(a, b, 'expression cannot contain assignment, perhaps you meant "=="?'),
    ],
    [
      "a='**' expression '=' b=expression",
      (d, { a, b }) => d.raiseRange(a, b, "cannot assign to keyword argument unpacking"),
    ],
  ],

  strings: [["a=(fstring | string)+", (d, { a }) => d.strings(a)]],
  string: [["a=STRING", (d, { a }) => d.string(a)]],
  fstring: [["a=FSTRING_START b=fstring_middle* FSTRING_END", (d, { a, b }) => d.fstring(a, b)]],
  fstring_middle: ["fstring_replacement_field", "FSTRING_MIDDLE"],
  fstring_replacement_field: [
    "'{' annotated_rhs '='? fstring_conversion? fstring_full_format_spec? '}'",
    "invalid_replacement_field",
  ],
  fstring_conversion: [["a='!' b=NAME", (d, { a, b }) => d.conversion(a, b)]],
  fstring_full_format_spec: ["':' fstring_format_spec*"],
  fstring_format_spec: [["a=FSTRING_MIDDLE", (d, { a }) => d.formatText(a)], "fstring_replacement_field"],
  invalid_replacement_field: [
    ["'{' a='='", (d, { a }) => d.raiseAt(a, "f-string: valid expression required before '='")],
    ["'{' a='!'", (d, { a }) => d.raiseAt(a, "f-string: valid expression required before '!'")],
    ["'{' a=':'", (d, { a }) => d.raiseAt(a, "f-string: valid expression required before ':'")],
    ["'{' a='}'", (d, { a }) => d.raiseAt(a, "f-string: valid expression required before '}'")],
    ["'{' !annotated_rhs", (d) => d.raiseNext("f-string: expecting a valid expression after '{'")],
    [
      "'{' annotated_rhs !('=' | '!' | ':' | '}')",
      (d) => d.raiseNext("f-string: expecting '=', or '!', or ':', or '}'"),
    ],
    [
      "'{' annotated_rhs '=' !('!' | ':' | '}')",
      (d) => d.raiseNext("f-string: expecting '!', or ':', or '}'"),
    ],
    "'{' annotated_rhs '='? invalid_conversion_character",
    ["'{' annotated_rhs '='? ('!' NAME)? !(':' | '}')", (d) => d.raiseNext("f-string: expecting ':' or '}'")],
    [
      "'{' annotated_rhs '='? ('!' NAME)? ':' fstring_format_spec* !'}'",
      (d) => d.raiseNext("f-string: expecting '}', or format specs"),
    ],
    ["'{' annotated_rhs '='? ('!' NAME)? !'}'", (d) => d.raiseNext("f-string: expecting '}'")],
  ],
  invalid_conversion_character: [
    ["'!' &(':' | '}')", (d) => d.raiseNext("f-string: missing conversion character")],
    ["'!' !NAME", (d) => d.raiseNext("f-string: invalid conversion character")],
  ],
};
