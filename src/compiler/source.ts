/** Source bytes to text (PEP 263), and text to what the tokenizer reads. */
import { PySyntaxError } from "./errors.ts";

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;

/** Decodes by byte order mark or coding cookie; UTF-8 if there is neither. The mark is not part of the text. */
export function decodeSource(bytes: Uint8Array, filename = "<string>"): string {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const cookie = findCookie(body);
  if (bom && cookie !== null && cookie !== "utf-8") {
    throw plainError(`encoding problem: ${cookie} with BOM`, filename);
  }
  if (cookie === null || cookie === "utf-8") return decodeUtf8(body, filename, cookie !== null || bom);
  return decodeLegacy(body, cookie, filename);
}

function plainError(msg: string, filename: string): PySyntaxError {
  return new PySyntaxError("SyntaxError", msg, filename, null, null, null, null, null);
}

/** The declared encoding, by its normal name; only the first two lines count. */
function findCookie(body: Uint8Array): string | null {
  let from = 0;
  for (let line = 0; line < 2; line++) {
    let end = from;
    while (end < body.length && body[end] !== 10 && body[end] !== 13) end++;
    const text = String.fromCharCode(...body.subarray(from, Math.min(end, from + 4096)));
    const found = COOKIE.exec(text);
    if (found !== null) return normalName(found[1]);
    if (!BLANK.test(text)) return null;
    from = end + (body[end] === 13 && body[end + 1] === 10 ? 2 : 1);
  }
  return null;
}

function normalName(name: string): string {
  const key = name.slice(0, 12).toLowerCase().replaceAll("_", "-");
  if (key === "utf-8" || key.startsWith("utf-8-")) return "utf-8";
  if (/^(latin-1|iso-8859-1|iso-latin-1)(-|$)/.test(key)) return "iso-8859-1";
  return name;
}

function decodeUtf8(body: Uint8Array, filename: string, declared: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw badUtf8(body, filename, declared);
  }
}

function badUtf8(body: Uint8Array, filename: string, declared: boolean): PySyntaxError {
  const { at, reason } = firstBadByte(body);
  const hex = `0x${body[at].toString(16).padStart(2, "0")}`;
  const msg = `(unicode error) 'utf-8' codec can't decode byte ${hex} in position ${at}: ${reason}`;
  let line = 1;
  for (let i = 0; i < at; i++) if (body[i] === 10) line++;
  if (declared) return new PySyntaxError("SyntaxError", msg, filename, line, 0, line, 0, null);
  return new PySyntaxError("SyntaxError", msg, filename, 0, 0, 0, -1, null);
}

function firstBadByte(body: Uint8Array): { at: number; reason: string } {
  for (let i = 0; i < body.length; ) {
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
  return { at: 0, reason: "invalid start byte" };
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

function decodeLegacy(body: Uint8Array, name: string, filename: string): string {
  if (name === "iso-8859-1") {
    let text = "";
    for (let i = 0; i < body.length; i += 8192) text += String.fromCharCode(...body.subarray(i, i + 8192));
    return text;
  }
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(name.replaceAll("_", "-"), { fatal: true });
  } catch {
    throw plainError(`unknown encoding: ${name}`, filename);
  }
  return decoder.decode(body);
}

/** "\n" line ends; in a whole module, one at the end too. */
export function normalizeSource(source: string, module: boolean): string {
  if (source.includes("\r")) source = source.replace(/\r\n?/g, "\n");
  return source.endsWith("\n") || !module ? source : `${source}\n`;
}
