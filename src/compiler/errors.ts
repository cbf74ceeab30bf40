/** What the front end throws, and what it warns about. */

export type SyntaxErrorType = "SyntaxError" | "IndentationError" | "TabError" | "_IncompleteInputError";

/** A Python SyntaxError before it is a Python object. Offsets count characters from 1, as Python's do. */
export class PySyntaxError extends Error {
  constructor(
    readonly type: SyntaxErrorType,
    readonly msg: string,
    readonly filename: string,
    readonly lineno: number | null,
    readonly offset: number | null,
    readonly end_lineno: number | null,
    readonly end_offset: number | null,
    readonly text: string | null,
    /** Its args have the message alone, as with what CPython's symbol table finds. */
    readonly bare = false,
  ) {
    super(`${filename}:${lineno}:${offset}: ${type}: ${msg}`);
  }
}

/** The parser's MemoryError or RecursionError: the program nests too deeply to be compiled. */
export class PyCompileLimit extends Error {
  constructor(
    readonly type: "MemoryError" | "RecursionError",
    readonly msg: string,
  ) {
    super(`${type}: ${msg}`);
  }
}

export interface PyWarning {
  category: "SyntaxWarning" | "DeprecationWarning";
  msg: string;
  lineno: number;
  /** Where the SyntaxError points that it becomes when a filter makes it one. */
  spot: WarningSpot;
}

export interface WarningSpot {
  offset: number;
  end_lineno: number;
  end_offset: number;
  text: string | null;
}
