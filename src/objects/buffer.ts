/** The buffer protocol: how bytes, bytearray, memoryview, array and mmap lend their bytes. Part of the object layer. */
import type { Ref } from "./typeinfo.ts";

/** Py_buffer: a view of bytes of the heap. Addresses are BYTE addresses here. */
export interface BufferView {
  /** The exporter; the view's user owns a reference to it. */
  obj: Ref;
  /** Byte address of the first byte. */
  buf: number;
  /** Length in bytes. */
  len: number;
  readonly: boolean;
  itemsize: number;
  /** struct format, "B" for plain bytes. */
  format: string;
  shape: number[];
  strides: number[];
}
