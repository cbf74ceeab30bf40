/** Source bytes that are no UTF-8: the error is found where a token needs them. Part of the compiler. */
import { load as diagnosing } from "./diagnose/diagnosis.part.ts";
import { PySyntaxError } from "./errors.ts";
import { Stride, TF, Tokenizer } from "./tokenizer.ts";
import { T } from "./tokens.ts";

const REPLACING = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The text with what cannot be decoded replaced, if that is in comments or byte strings only; throws a PySyntaxError for the first
 * string or name that it is in.
 */
export function withoutBadBytes(body: Uint8Array, filename: string): string {
  const tokens = maskedTokens(body);
  for (let at = firstBadByte(body, 0).at; at >= 0; at = firstBadByte(body, at + 1).at) {
    const token = tokenAt(tokens, at);
    if (token >= 0) checkToken(body, filename, tokens, token);
  }
  return REPLACING.decode(body);
}

/** Error of a file without a declaration, of which all must be UTF-8, or null. */
export function notUtf8(body: Uint8Array, filename: string): PySyntaxError {
  const { at } = firstBadByte(body, 0);
  const line = lineNumber(body, at);
  const byte = body[at].toString(16).padStart(2, "0");
  const msg =
    `Non-UTF-8 code starting with '\\x${byte}' in file ${filename} on line ${line}, but no encoding declared; ` +
    "see https://peps.python.org/pep-0263/ for details";
  return new PySyntaxError("SyntaxError", msg, "", null, null, null, null, null);
}

function lineNumber(body: Uint8Array, at: number): number {
  let line = 1;
  for (let i = 0; i < at; i++) if (body[i] === 10 || (body[i] === 13 && body[i + 1] !== 10)) line++;
  return line;
}

/** The tokens of a text of one character for each byte, in which a letter stands for what is not ASCII. */
function maskedTokens(body: Uint8Array): Tokenizer {
  let text = "";
  for (let i = 0; i < body.length; i++) text += body[i] < 128 ? String.fromCharCode(body[i]) : "a";
  return new Tokenizer(text.endsWith("\n") ? text : `${text}\n`).run();
}

function tokenAt(t: Tokenizer, at: number): number {
  for (let k = 0; k < t.count; k++) {
    const b = k << Stride.LOG2;
    if (at >= t.tokens[b + TF.START] && at < t.tokens[b + TF.END]) return k;
  }
  return -1;
}

function checkToken(body: Uint8Array, filename: string, t: Tokenizer, token: number): void {
  const b = token << Stride.LOG2;
  const type = t.tokens[b + TF.TYPE];
  if (type !== T.STRING && type !== T.NAME && type !== T.FSTRING_MIDDLE) return;
  const text = t.src.slice(t.tokens[b + TF.START], t.tokens[b + TF.END]);
  const quotes = /^[a-z]*("""|'''|"|')/i.exec(text);
  if (type === T.STRING && quotes !== null && /^[a-z]*b/i.test(quotes[0])) return;
  const isString = type === T.STRING && quotes !== null;
  const from = t.tokens[b + TF.START] + (isString ? quotes[0].length : 0);
  const to = t.tokens[b + TF.END] - (isString ? quotes[1].length : 0);
  const { at, reason } = firstBadByte(body.subarray(from, to), 0);
  if (at < 0) return;
  const byte = body[from + at].toString(16).padStart(2, "0");
  const msg = `(unicode error) 'utf-8' codec can't decode byte 0x${byte} in position ${at}: ${reason}`;
  throw tokenError(body, filename, t, b, msg, type === T.NAME);
}

function tokenError(
  body: Uint8Array,
  filename: string,
  t: Tokenizer,
  b: number,
  msg: string,
  isName: boolean,
): PySyntaxError {
  const { tokens } = t;
  const line = tokens[b + TF.LINE];
  const start = t.lineStarts[line];
  const nl = t.src.indexOf("\n", start);
  const text = `${REPLACING.decode(body.subarray(start, nl))}\n`;
  const col = isName ? tokens[b + TF.END_COL] : tokens[b + TF.COL] + 1;
  const { characters } = diagnosing();
  const end = isName ? -1 : characters(text, tokens[b + TF.END_COL] + 1);
  const endLine = tokens[b + TF.END_LINE];
  return new PySyntaxError("SyntaxError", msg, filename, line, characters(text, col), endLine, end, text);
}

/** The first byte from `from` on that cannot be decoded, -1 if all can, and why not. */
function firstBadByte(body: Uint8Array, from: number): { at: number; reason: string } {
  for (let i = from; i < body.length; ) {
    const c = body[i];
    const n =
      c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
    if (n === 0) return { at: i, reason: "invalid start byte" };
    for (let k = 1; k < n; k++) {
      if (i + k >= body.length) return { at: i, reason: "unexpected end of data" };
      if (!isContinuation(body, i, k)) return { at: i, reason: "invalid continuation byte" };
    }
    i += n;
  }
  return { at: -1, reason: "" };
}

function isContinuation(body: Uint8Array, i: number, k: number): boolean {
  const b = body[i + k];
  if ((b & 0xc0) !== 0x80) return false;
  if (k > 1) return true;
  const c = body[i];
  if (c === 0xe0) return b >= 0xa0;
  if (c === 0xed) return b < 0xa0;
  if (c === 0xf0) return b >= 0x90;
  return c !== 0xf4 || b < 0x90;
}
