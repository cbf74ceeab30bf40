/** Quoted-printable coding of the module binascii (RFC 1521). Part of the modules. */

const EQUALS = 61;
const SPACE = 32;
const TAB = 9;
const CR = 13;
const LF = 10;
const MAX_LINE = 76;

function hexValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Decodes; in a header "_" is a space. */
export function decodeQp(data: Uint8Array, header: boolean): number[] {
  const out: number[] = [];
  for (let i = 0; i < data.length; ) {
    const c = data[i];
    if (c !== EQUALS) {
      out.push(header && c === 95 ? SPACE : c);
      i++;
      continue;
    }
    if (++i >= data.length) break;
    if (data[i] === LF || data[i] === CR) {
      // A soft line break, with what follows a bare carriage return.
      while (i < data.length && data[i] !== LF) i++;
      i++;
    } else if (data[i] === EQUALS) {
      out.push(EQUALS);
      i++;
    } else if (i + 1 < data.length && hexValue(data[i]) >= 0 && hexValue(data[i + 1]) >= 0) {
      out.push(hexValue(data[i]) * 16 + hexValue(data[i + 1]));
      i += 2;
    } else out.push(EQUALS);
  }
  return out;
}

export interface QpOptions {
  quotetabs: boolean;
  istext: boolean;
  header: boolean;
}

/** The encoder: text put out and the length of the line so far. */
class Encoder {
  readonly out: number[] = [];
  private line = 0;
  private readonly crlf: boolean;

  constructor(
    private readonly data: Uint8Array,
    private readonly options: QpOptions,
  ) {
    const lf = data.indexOf(LF);
    this.crlf = lf > 0 && data[lf - 1] === CR;
  }

  private newline(): void {
    if (this.crlf) this.out.push(CR);
    this.out.push(LF);
    this.line = 0;
  }

  private softBreak(): void {
    this.out.push(EQUALS);
    this.newline();
  }

  private hex(c: number): void {
    const text = c.toString(16).toUpperCase().padStart(2, "0");
    this.out.push(text.charCodeAt(0), text.charCodeAt(1));
  }

  private mustQuote(i: number): boolean {
    const { data, options } = this;
    const c = data[i];
    const last = i + 1 === data.length;
    if (c > 126 || c === EQUALS || (options.header && c === 95)) return true;
    if (
      c === 46 &&
      this.line === 0 &&
      (last || data[i + 1] === LF || data[i + 1] === CR || data[i + 1] === 0)
    )
      return true;
    if (!options.istext && (c === CR || c === LF)) return true;
    if ((c === TAB || c === SPACE) && last) return true;
    return c < 33 && c !== CR && c !== LF && (options.quotetabs || (c !== TAB && c !== SPACE));
  }

  run(): number[] {
    for (let i = 0; i < this.data.length; ) i = this.mustQuote(i) ? this.quoted(i) : this.plain(i);
    return this.out;
  }

  private quoted(i: number): number {
    if (this.line + 3 >= MAX_LINE) this.softBreak();
    this.out.push(EQUALS);
    this.hex(this.data[i]);
    this.line += 3;
    return i + 1;
  }

  private plain(i: number): number {
    const { data, options, out } = this;
    const c = data[i];
    const pair = c === CR && data[i + 1] === LF;
    if (options.istext && (c === LF || pair)) {
      const last = out[out.length - 1];
      if (last === SPACE || last === TAB) {
        out[out.length - 1] = EQUALS;
        this.hex(last);
      }
      this.newline();
      return i + (pair ? 2 : 1);
    }
    if (i + 1 !== data.length && data[i + 1] !== LF && this.line + 1 >= MAX_LINE) this.softBreak();
    this.line++;
    out.push(options.header && c === SPACE ? 95 : c);
    return i + 1;
  }
}

export function encodeQp(data: Uint8Array, options: QpOptions): number[] {
  return new Encoder(data, options).run();
}
