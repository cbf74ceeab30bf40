/** The fields and flags of a TextIOWrapper: see _iotext.ts. Part of the modules. */
export const enum T {
  buffer = 4,
  encoding = 6,
  errors = 8,
  decoder = 10,
  decoded = 14,
  used = 16,
  flags = 18,
  seen = 19,
  /** Bytes of an unfinished character (bytes) or NULL. */
  tail = 20,
  /** The bytes from which `decoded` comes (bytes) or NULL: what tell() needs. */
  snapshot = 22,
  pendingBytes = 24,
  pendingUsed = 26,
  chunk = 28,
  codec = 30,
  weakreflist = 44,
  dict = 46,
  BYTES = 200,
}

export const enum TF_ {
  OK = 1,
  DETACHED = 2,
  FINALIZING = 4,
  LINE_BUFFERING = 8,
  WRITE_THROUGH = 16,
  UNIVERSAL = 32,
  TRANSLATE = 64,
  WRITE_CR = 128,
  WRITE_CRLF = 256,
  READ_CR = 512,
  READ_CRLF = 1024,
  PENDING_CR = 2048,
  AT_EOF = 4096,
  /** Something was written: BOMs come once. */
  WRITTEN = 8192,
  ITERATING = 16384,
}

export const enum Codec {
  OTHER,
  UTF8,
  ASCII,
  LATIN1,
}
