/** Strings: adjacent literals, and f-strings with their replacement fields. */
import type * as A from "./ast.ts";
import { concatBytes, concatStr, decodeEscapes, parseString } from "./constants.ts";
import { mkConstant, mkFormattedValue, mkJoinedStr } from "./nodes.ts";
import { Cursor } from "./parser_base.ts";
import { TF } from "./tokenizer.ts";
import { T } from "./tokens.ts";

export abstract class FStringParser extends Cursor {
  abstract annotatedRhs(): A.expr;

  /** One or more adjacent string literals. */
  strings(): A.expr {
    const first = this.at;
    const part = this.stringPart();
    if (this.type !== T.STRING && this.type !== T.FSTRING_START && part.kind === "Constant") return part;
    const parts = [part];
    while (this.type === T.STRING || this.type === T.FSTRING_START) parts.push(this.stringPart());
    return this.concatenate(parts, first);
  }

  private stringPart(): A.Constant | A.JoinedStr {
    if (this.type === T.FSTRING_START) return this.fstring();
    const { value, ukind } = this.literal(parseString);
    const at = this.at;
    this.advance();
    return mkConstant(value, ukind, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private concatenate(parts: (A.Constant | A.JoinedStr)[], first: number): A.expr {
    const bytes = parts.filter((p) => p.kind === "Constant" && p.value.t === "bytes").length;
    if (bytes > 0 && bytes < parts.length) this.fail();
    if (parts.some((p) => p.kind === "JoinedStr")) {
      const values = foldConstants(parts.flatMap((p) => (p.kind === "JoinedStr" ? p.values : [p])));
      return mkJoinedStr(values, this.lineOf(first), this.colOf(first), this.endLine(), this.endCol());
    }
    return joinConstants(parts as A.Constant[]);
  }

  private fstring(): A.JoinedStr {
    const start = this.at;
    const from = this.tokens[start + TF.START];
    const raw = (this.src.charCodeAt(from) | 32) === 114 || (this.src.charCodeAt(from + 1) | 32) === 114;
    this.advance();
    const values: A.expr[] = [];
    while (this.type !== T.FSTRING_END) this.fstringPiece(values, raw);
    this.advance();
    return mkJoinedStr(values, this.lineOf(start), this.colOf(start), this.endLine(), this.endCol());
  }

  /** Text, or a replacement field, onto `values`. */
  private fstringPiece(values: A.expr[], raw: boolean): void {
    if (this.type === T.FSTRING_MIDDLE) {
      const value = this.literal(
        (text, ctx): A.ConstantValue =>
          raw || !text.includes("\\") ? { t: "str", v: text } : decodeEscapes(text, ctx, true),
      );
      const at = this.at;
      this.advance();
      values.push(mkConstant(value, null, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol()));
    } else if (this.type === T.LBRACE) this.replacementField(values, raw);
    else this.fail();
  }

  private replacementField(values: A.expr[], raw: boolean): void {
    const open = this.at;
    this.advance();
    const value = this.annotatedRhs();
    const debug = this.eat(T.EQUAL);
    let stop = debug ? this.at : -1;
    let conversion = -1;
    if (this.type === T.EXCLAMATION) conversion = this.conversion();
    let spec: A.expr | null = null;
    if (this.type === T.COLON) {
      if (conversion < 0) stop = this.at;
      spec = this.formatSpec(raw);
    }
    if (debug && conversion < 0 && spec === null) conversion = 114;
    const close = this.at;
    this.expect(T.RBRACE);
    const line = this.lineOf(open);
    const col = this.colOf(open);
    const field = mkFormattedValue(value, conversion, spec, line, col, this.endLine(), this.endCol());
    if (debug) values.push(this.debugText(open, stop < 0 ? close : stop));
    values.push(field);
  }

  /** `!r`, `!s` or `!a`: its letter's code. */
  private conversion(): number {
    const bang = this.at;
    this.advance();
    if (this.type !== T.NAME || this.tokens[bang + TF.END] !== this.tokens[this.at + TF.START]) this.fail();
    const letter = this.name();
    if (letter !== "r" && letter !== "s" && letter !== "a") this.fail();
    return letter.charCodeAt(0);
  }

  private formatSpec(raw: boolean): A.JoinedStr {
    const colon = this.at;
    this.advance();
    const pieces: A.expr[] = [];
    while (this.type === T.FSTRING_MIDDLE || this.type === T.LBRACE) this.fstringPiece(pieces, raw);
    const values = foldConstants(pieces);
    return mkJoinedStr(values, this.lineOf(colon), this.colOf(colon), this.endLine(), this.endCol());
  }

  /** The text that a debug `=` shows: from the brace at `open` to the token at `close`, comments left out. */
  private debugText(open: number, close: number): A.Constant {
    const t = this.tokens;
    const text = this.src.slice(t[open + TF.END], t[close + TF.START]).replace(/#[^\n]*/g, "");
    return mkConstant(
      { t: "str", v: text },
      null,
      this.lineOf(open),
      this.colOf(open) + 1,
      this.lineOf(close),
      this.colOf(close),
    );
  }
}

/** Adjacent text pieces become one; empty ones go. */
export function foldConstants(values: A.expr[]): A.expr[] {
  const out: A.expr[] = [];
  for (let i = 0; i < values.length; ) {
    const first = values[i];
    if (first.kind !== "Constant") {
      out.push(first);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < values.length && values[end].kind === "Constant") end++;
    const folded = joinConstants(values.slice(i, end) as A.Constant[]);
    if (folded.value.t === "str" && folded.value.v !== "") out.push(folded);
    i = end;
  }
  return out;
}

function joinConstants(parts: A.Constant[]): A.Constant {
  const first = parts[0];
  const last = parts[parts.length - 1];
  const value: A.ConstantValue =
    first.value.t === "bytes"
      ? { t: "bytes", v: concatBytes(parts.map((p) => (p.value as { v: Uint8Array }).v)) }
      : concatStr(parts.map((p) => p.value as A.StrValue));
  return mkConstant(value, first.ukind, first.lineno, first.col_offset, last.end_lineno, last.end_col_offset);
}
