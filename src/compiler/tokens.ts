/** Token kinds, keywords and operators of Python 3.13. */

export const enum T {
  ENDMARKER,
  NAME,
  NUMBER,
  STRING,
  NEWLINE,
  INDENT,
  DEDENT,
  FSTRING_START,
  FSTRING_MIDDLE,
  FSTRING_END,
  /** The tokenizer failed here; its error says why. */
  ERROR,
  /** A character that starts no token of the language: `$ ? \``, or `<>`. */
  OP,
  LPAR,
  RPAR,
  LSQB,
  RSQB,
  LBRACE,
  RBRACE,
  COLON,
  COMMA,
  SEMI,
  DOT,
  ELLIPSIS,
  RARROW,
  COLONEQUAL,
  EXCLAMATION,
  TILDE,
  EQUAL,
  // augmented assignment, in the order of AUG_OPERATORS
  PLUSEQUAL,
  MINEQUAL,
  STAREQUAL,
  ATEQUAL,
  SLASHEQUAL,
  PERCENTEQUAL,
  AMPEREQUAL,
  VBAREQUAL,
  CIRCUMFLEXEQUAL,
  LEFTSHIFTEQUAL,
  RIGHTSHIFTEQUAL,
  DOUBLESTAREQUAL,
  DOUBLESLASHEQUAL,
  // comparison
  EQEQUAL,
  NOTEQUAL,
  LESSEQUAL,
  LESS,
  GREATEREQUAL,
  GREATER,
  // binary
  VBAR,
  CIRCUMFLEX,
  AMPER,
  LEFTSHIFT,
  RIGHTSHIFT,
  PLUS,
  MINUS,
  STAR,
  AT,
  SLASH,
  PERCENT,
  DOUBLESLASH,
  DOUBLESTAR,
  // keywords
  FALSE,
  NONE,
  TRUE,
  AND,
  AS,
  ASSERT,
  ASYNC,
  AWAIT,
  BREAK,
  CLASS,
  CONTINUE,
  DEF,
  DEL,
  ELIF,
  ELSE,
  EXCEPT,
  FINALLY,
  FOR,
  FROM,
  GLOBAL,
  IF,
  IMPORT,
  IN,
  IS,
  LAMBDA,
  NONLOCAL,
  NOT,
  OR,
  PASS,
  RAISE,
  RETURN,
  TRY,
  WHILE,
  WITH,
  YIELD,
}

const KEYWORD_LIST =
  "False None True and as assert async await break class continue def del elif else except finally for from " +
  "global if import in is lambda nonlocal not or pass raise return try while with yield";

/** Every hard keyword with its token kind; the soft ones (`match case type _`) are plain names. */
export const KEYWORDS: ReadonlyMap<string, T> = new Map(
  KEYWORD_LIST.split(" ").map((word, i): [string, T] => [word, T.FALSE + i]),
);

/** Each operator's text and kind. */
export const OPERATORS: ReadonlyMap<string, T> = new Map<string, T>([
  ["(", T.LPAR],
  [")", T.RPAR],
  ["[", T.LSQB],
  ["]", T.RSQB],
  ["{", T.LBRACE],
  ["}", T.RBRACE],
  [":", T.COLON],
  [",", T.COMMA],
  [";", T.SEMI],
  [".", T.DOT],
  ["...", T.ELLIPSIS],
  ["->", T.RARROW],
  [":=", T.COLONEQUAL],
  ["!", T.EXCLAMATION],
  ["~", T.TILDE],
  ["=", T.EQUAL],
  ["+=", T.PLUSEQUAL],
  ["-=", T.MINEQUAL],
  ["*=", T.STAREQUAL],
  ["@=", T.ATEQUAL],
  ["/=", T.SLASHEQUAL],
  ["%=", T.PERCENTEQUAL],
  ["&=", T.AMPEREQUAL],
  ["|=", T.VBAREQUAL],
  ["^=", T.CIRCUMFLEXEQUAL],
  ["<<=", T.LEFTSHIFTEQUAL],
  [">>=", T.RIGHTSHIFTEQUAL],
  ["**=", T.DOUBLESTAREQUAL],
  ["//=", T.DOUBLESLASHEQUAL],
  ["==", T.EQEQUAL],
  ["!=", T.NOTEQUAL],
  ["<=", T.LESSEQUAL],
  ["<", T.LESS],
  [">=", T.GREATEREQUAL],
  [">", T.GREATER],
  ["|", T.VBAR],
  ["^", T.CIRCUMFLEX],
  ["&", T.AMPER],
  ["<<", T.LEFTSHIFT],
  [">>", T.RIGHTSHIFT],
  ["+", T.PLUS],
  ["-", T.MINUS],
  ["*", T.STAR],
  ["@", T.AT],
  ["/", T.SLASH],
  ["%", T.PERCENT],
  ["//", T.DOUBLESLASH],
  ["**", T.DOUBLESTAR],
  ["<>", T.OP],
]);

/** `OPERATOR_TRIE[previous * 128 + char]` is the kind after one more character, or 0 where no operator goes on. */
export const OPERATOR_TRIE: Uint8Array = buildTrie();

function buildTrie(): Uint8Array {
  const trie = new Uint8Array(128 * 128);
  for (const [text, kind] of OPERATORS) {
    const prefix = text.slice(0, -1);
    // ".." is no operator, so "..." is not reachable here: the tokenizer looks for it itself.
    const before = prefix === "" ? 0 : OPERATORS.get(prefix);
    if (before !== undefined) trie[before * 128 + text.charCodeAt(text.length - 1)] = kind;
  }
  return trie;
}
