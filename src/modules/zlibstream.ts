/** Deflate and inflate over pako's port of zlib: streams that take bytes and give bytes. Part of the modules. */
import * as z from "pako";

export const Z = {
  NO_FLUSH: 0,
  PARTIAL_FLUSH: 1,
  SYNC_FLUSH: 2,
  FULL_FLUSH: 3,
  FINISH: 4,
  OK: 0,
  STREAM_END: 1,
  NEED_DICT: 2,
  BUF_ERROR: -5,
} as const;

/** zlib's words for its status codes. */
const TEXTS: Record<number, string> = {
  [-2]: "inconsistent stream state",
  [-3]: "invalid input data",
  [-5]: "incomplete or truncated stream",
};

/** A failure of zlib: `status` and what it says of it. */
export class ZlibFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Stream = InstanceType<typeof z.ZStream>;

function failure(status: number, what: string, stream: Stream | null): ZlibFailure {
  const detail = stream?.msg || TEXTS[status];
  return new ZlibFailure(status, `Error ${status} ${what}${detail ? `: ${detail}` : ""}`);
}

/** Gathers what a stream puts out. */
class Output {
  private readonly parts: Uint8Array[] = [];
  length = 0;

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  bytes(): Uint8Array {
    if (this.parts.length === 1) return this.parts[0];
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

const CHUNK = 16384;

function giveRoom(stream: Stream, size: number): void {
  stream.output = new Uint8Array(size);
  stream.next_out = 0;
  stream.avail_out = size;
}

function giveInput(stream: Stream, input: Uint8Array): void {
  stream.input = input;
  stream.next_in = 0;
  stream.avail_in = input.length;
}

export interface DeflateOptions {
  level: number;
  wbits: number;
  memLevel: number;
  strategy: number;
  dictionary: Uint8Array | null;
}

/** A copy of a stream's whole state; functions and primitive values are shared. */
function cloned<T>(value: T, seen: Map<unknown, unknown>): T {
  if (typeof value !== "object" || value === null) return value;
  const have = seen.get(value);
  if (have !== undefined) return have as T;
  if (ArrayBuffer.isView(value)) {
    const copy = (value as unknown as Uint8Array).slice();
    seen.set(value, copy);
    return copy as T;
  }
  const copy = Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value));
  seen.set(value, copy);
  for (const [key, part] of Object.entries(value)) copy[key] = cloned(part, seen);
  return copy;
}

export class Deflater {
  private readonly stream: Stream = new z.ZStream();
  /** Z_FINISH was given: nothing can follow. */
  private ended = false;

  constructor(options: DeflateOptions) {
    const { level, wbits, memLevel, strategy, dictionary } = options;
    const status = z.zlibDeflateInit2(this.stream, level, 8, wbits, memLevel, strategy as 0, true);
    if (status === -2) throw new RangeError("Invalid initialization option");
    if (status !== 0) throw failure(status, "while creating compression object", this.stream);
    if (dictionary && z.zlibDeflateSetDictionary(this.stream, dictionary) !== 0)
      throw new RangeError("Invalid dictionary");
  }

  run(input: Uint8Array, flush: number): Uint8Array {
    const { stream } = this;
    const doing = flush === Z.NO_FLUSH ? "while compressing data" : "while flushing";
    if (this.ended) throw failure(-2, doing, null);
    this.ended = flush === Z.FINISH;
    const out = new Output();
    giveInput(stream, input);
    for (;;) {
      giveRoom(stream, CHUNK);
      const status = z.zlibDeflate(stream, flush as 0);
      if (status === -2) throw failure(status, "while compressing data", stream);
      out.add(stream.output.subarray(0, stream.next_out));
      if (stream.avail_out > 0) return out.bytes();
    }
  }

  copy(): Deflater {
    if (this.ended) throw new RangeError("Invalid: Inconsistent stream state");
    return cloned(this, new Map());
  }
}

export class Inflater {
  private readonly stream: Stream = new z.ZStream();
  private readonly dictionary: Uint8Array | null;
  eof = false;
  private flushed = false;
  /** Input that the last run left. */
  rest: Uint8Array = new Uint8Array(0);

  constructor(wbits: number, dictionary: Uint8Array | null) {
    this.dictionary = dictionary;
    const status = z.zlibInflateInit2(this.stream, wbits);
    if (status === -2) throw new RangeError("Invalid initialization option");
    if (status !== 0) throw failure(status, "while creating decompression object", this.stream);
    if (dictionary && wbits < 0) this.useDictionary();
  }

  private useDictionary(): void {
    const status = z.zlibInflateSetDictionary(this.stream, this.dictionary!);
    if (status !== 0) throw failure(status, "while setting zdict", this.stream);
  }

  /** Inflates until the input is used up, the stream ends, or `max` bytes are there (0: no limit). */
  run(input: Uint8Array, max: number, finish = false): Uint8Array {
    this.flushed ||= finish;
    const { stream } = this;
    const out = new Output();
    giveInput(stream, input);
    while (!this.eof) {
      const room = max > 0 ? Math.min(CHUNK, max - out.length) : CHUNK;
      if (room === 0) break;
      giveRoom(stream, room);
      const status = z.zlibInflate(stream, finish ? 4 : 2);
      out.add(stream.output.subarray(0, stream.next_out));
      if (status === Z.STREAM_END) this.eof = true;
      else if (status === Z.NEED_DICT && this.dictionary) this.useDictionary();
      else if (status !== Z.OK && status !== Z.BUF_ERROR) throw this.failed(status);
      else if (stream.avail_out > 0) break;
    }
    this.rest = input.slice(input.length - stream.avail_in);
    return out.bytes();
  }

  failed(status: number): ZlibFailure {
    return failure(status, "while decompressing data", status === Z.BUF_ERROR ? null : this.stream);
  }

  copy(): Inflater {
    if (this.eof && this.flushed) throw new RangeError("Invalid: Inconsistent stream state");
    return cloned(this, new Map());
  }
}
