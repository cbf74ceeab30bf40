/** Source bytes to text (PEP 263), and text to what the tokenizer reads. */
import { notUtf8, withoutBadBytes } from "./badbytes.ts";
import { PySyntaxError } from "./errors.ts";

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;

/** How a source is read besides its bytes. */
export interface SourceReading {
  /** Decodes by one of Python's codecs; throws a PySyntaxError if it cannot. */
  codec?: (name: string, body: Uint8Array) => string;
  /** It is the program's file, not a string or a module: the errors have other words. */
  program?: boolean;
}

/** Decodes by byte order mark or coding cookie; UTF-8 if there is neither. The mark is not part of the text. */
export function decodeSource(
  bytes: Uint8Array,
  filename = "<string>",
  { codec = foreignCodec, program = false }: SourceReading = {},
): string {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const cookie = findCookie(body);
  if (bom && cookie !== null && cookie !== "utf-8") {
    throw encodingError(`encoding problem: ${cookie} with BOM`, program ? "" : filename);
  }
  if (cookie === null || cookie === "utf-8")
    return decodeUtf8(body, filename, program && !bom && cookie === null);
  return cookie === "iso-8859-1" ? decodeLatin1(body) : codec(cookie, body);
}

/** An error before anything is read; without a filename it has no place at all. */
export function encodingError(msg: string, filename: string): PySyntaxError {
  if (filename === "") return new PySyntaxError("SyntaxError", msg, "", null, null, null, null, null);
  return new PySyntaxError("SyntaxError", msg, filename, 0, -1, null, null, null);
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

function decodeUtf8(body: Uint8Array, filename: string, strict: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    if (strict) throw notUtf8(body, filename);
    return withoutBadBytes(body, filename);
  }
}

function decodeLatin1(body: Uint8Array): string {
  let text = "";
  for (let i = 0; i < body.length; i += 8192) text += String.fromCharCode(...body.subarray(i, i + 8192));
  return text;
}

/** Where there is no interpreter whose codecs could be used. */
export function foreignCodec(name: string, body: Uint8Array): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(name.replaceAll("_", "-"), { fatal: true });
  } catch {
    throw encodingError(`unknown encoding: ${name}`, "");
  }
  return decoder.decode(body);
}

/** "\n" line ends; in a whole module, one at the end too. */
export function normalizeSource(source: string, module: boolean): string {
  if (source.includes("\r")) source = source.replace(/\r\n?/g, "\n");
  return source.endsWith("\n") || !module ? source : `${source}\n`;
}
