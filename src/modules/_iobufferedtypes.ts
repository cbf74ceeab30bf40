/**
 * The types BufferedReader, BufferedWriter, BufferedRandom and BufferedRWPair. Part of the modules. See _iobuffered.ts for how
 * they read and write.
 */
import { getAttrString } from "../objects/abstract.ts";
import { kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
} from "../objects/typeinfo.ts";
import { PyMem_Malloc } from "../pymalloc/domains.ts";
import { askMethod, callAndForget, callMethod, sizeArg, streamSpec, unsupported } from "./_iobase.ts";
import {
  BF,
  Buf,
  buffered_close,
  buffered_detach,
  buffered_flush,
  buffered_peek,
  buffered_read,
  buffered_readline,
  buffered_seek,
  buffered_truncate,
  bufferedRead1,
  bufferedTell,
  bufferedWrite,
  DEFAULT_BUFFER_SIZE,
  freeBuffer,
  open,
  random_flush,
  rawOf,
  readinto,
  readLine,
} from "./_iobuffered.ts";
import { isExactFile, notPickled, setFinalizing } from "./_iofile.ts";
import { attrText, reprOnce } from "./_iorepr.ts";

function delegate(name: string): MethodDef {
  return { name, flags: METH.NOARGS, fn: (rt, self) => callMethod(rt, rawOf(rt, self), name) };
}

const COMMON: MethodDef[] = [
  { name: "close", flags: METH.NOARGS, fn: buffered_close },
  { name: "detach", flags: METH.NOARGS, fn: buffered_detach },
  ...["seekable", "fileno", "isatty"].map(delegate),
  {
    name: "_dealloc_warn",
    flags: METH.O,
    fn: (rt, self, source) => {
      if ((rt.i32[self + Buf.flags] & BF.OK) !== 0)
        catching(rt, rt.exc.AttributeError, undefined, () =>
          callAndForget(rt, rawOf(rt, self), "_dealloc_warn", source),
        );
      return rt.None;
    },
  },
  { name: "seek", flags: METH.FASTCALL, fn: buffered_seek, sig: "($self, target, whence=0, /)" },
  { name: "tell", flags: METH.NOARGS, fn: (rt, self) => PyLong_FromNumber(rt, bufferedTell(rt, self)) },
  { name: "truncate", flags: METH.FASTCALL, fn: buffered_truncate, sig: "($self, pos=None, /)" },
  { name: "__reduce__", flags: METH.NOARGS, fn: notPickled },
  { name: "__reduce_ex__", flags: METH.O, fn: notPickled },
];

const READING: MethodDef[] = [
  delegate("readable"),
  { name: "read", flags: METH.FASTCALL, fn: buffered_read, sig: "($self, size=-1, /)" },
  {
    name: "read1",
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) =>
      bytesFromJS(rt, bufferedRead1(rt, self, nargs === 0 ? -1 : sizeArg(rt, rt.i32[args]))),
    sig: "($self, size=-1, /)",
  },
  { name: "readline", flags: METH.FASTCALL, fn: buffered_readline, sig: "($self, size=-1, /)" },
  { name: "peek", flags: METH.FASTCALL, fn: buffered_peek, sig: "($self, size=0, /)" },
  readinto("readinto", false),
  readinto("readinto1", true),
];

const WRITING: MethodDef[] = [
  delegate("writable"),
  {
    name: "write",
    flags: METH.O,
    fn: (rt, self, data) => {
      const bytes = copyOfBytes(rt, data);
      bufferedWrite(rt, self, bytes);
      return PyLong_FromNumber(rt, bytes.length);
    },
  },
];

const GETSETS: GetSetDef[] = [
  { name: "closed", get: (rt, self) => getAttrString(rt, rawOf(rt, self), "closed") },
  { name: "name", get: (rt, self) => getAttrString(rt, rawOf(rt, self), "name") },
  { name: "mode", get: (rt, self) => getAttrString(rt, rawOf(rt, self), "mode") },
  { name: "raw", get: (rt, self) => newref(rt, rawOf(rt, self)) },
  setFinalizing(Buf.flags, BF.FINALIZING),
];

const INIT = kwSpec("BufferedReader", "raw, buffer_size=");

function initializer(needs: string[]) {
  return (rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void => {
    const [raw, sizeGiven] = parseTupleKw(rt, INIT, args, kwargs);
    const size =
      sizeGiven === 0 ? DEFAULT_BUFFER_SIZE : PyNumber_AsSsize_t(rt, sizeGiven, rt.exc.OverflowError);
    for (const need of needs) {
      if (isExactFile(rt, raw) ? askMethod(rt, raw, need) : askMethod(rt, raw, need)) continue;
      throw unsupported(rt, `File or stream is not ${need}.`);
    }
    if (size <= 0) throw valueError(rt, "buffer size must be strictly positive");
    freeBuffer(rt, self);
    const buffer = PyMem_Malloc(rt, size);
    if (buffer === 0) throw noMemory(rt);
    rt.i32[self + Buf.buffer] = buffer;
    rt.i32[self + Buf.size] = size;
    setField(rt, self + Buf.raw, newref(rt, raw));
    rt.i32[self + Buf.flags] = BF.OK;
  };
}

function buffered_repr(rt: Runtime, self: Ref): NewRef {
  return PyUnicode_FromJS(
    rt,
    reprOnce(rt, self, () => `<${typeNameOf(rt, self)}${attrText(rt, self, "name")}>`),
  );
}

function buffered_iternext(rt: Runtime, self: Ref): NewRef | 0 {
  open(rt, self, "readline");
  const line = readLine(rt, self, -1);
  return line.length === 0 ? 0 : bytesFromJS(rt, line);
}

function make(
  rt: Runtime,
  name: string,
  base: Ref,
  needs: string[],
  methods: MethodDef[],
  reads: boolean,
): Ref {
  return defineType(
    rt,
    streamSpec(
      {
        name: `_io.${name}`,
        base,
        basicsize: Buf.BYTES,
        slots: {
          tp_new: PyType_GenericNew,
          tp_init: initializer(needs),
          tp_repr: buffered_repr,
          tp_sizeof: (r, self) => Buf.BYTES + (r.i32[self + Buf.buffer] !== 0 ? r.i32[self + Buf.size] : 0),
          ...(reads ? { tp_iternext: buffered_iternext } : {}),
        },
        methods: [...methods, ...COMMON],
        getsets: GETSETS,
      },
      Buf.dict,
      Buf.weakreflist,
      [Buf.raw],
      freeBuffer,
    ),
  );
}

const enum Pair {
  reader = 4,
  writer = 6,
  dict = 8,
  weakreflist = 10,
  BYTES = 48,
}

/** BufferedRWPair: two streams that look like one. */
function definePair(rt: Runtime, base: Ref, reader: Ref, writer: Ref): Ref {
  const to = (name: string, side: Pair): MethodDef => ({
    name,
    flags: METH.FASTCALL,
    fn: (r, self, args, nargs) =>
      callMethod(
        r,
        r.i32[self + side],
        name,
        ...Array.from({ length: nargs }, (_, i) => r.i32[args + 2 * i]),
      ),
  });
  return defineType(
    rt,
    streamSpec(
      {
        name: "_io.BufferedRWPair",
        base,
        basicsize: Pair.BYTES,
        slots: {
          tp_new: PyType_GenericNew,
          tp_init: (r, self, args, kwargs) => {
            const [a, b, size] = parseTupleKw(r, PAIR, args, kwargs);
            if (!askMethod(r, a, "readable")) throw unsupported(r, "File or stream is not readable.");
            if (!askMethod(r, b, "writable")) throw unsupported(r, "File or stream is not writable.");
            const n = pushed(r, size === 0 ? PyLong_FromNumber(r, DEFAULT_BUFFER_SIZE) : newref(r, size));
            setField(r, self + Pair.reader, callTwo(r, reader, a, n));
            setField(r, self + Pair.writer, callTwo(r, writer, b, n));
            drop(r);
          },
        },
        methods: [
          ...["read", "peek", "read1", "readinto", "readinto1", "readable"].map((name) =>
            to(name, Pair.reader),
          ),
          ...["write", "flush", "writable"].map((name) => to(name, Pair.writer)),
          {
            name: "close",
            flags: METH.NOARGS,
            fn: (r, self) => {
              callAndForget(r, r.i32[self + Pair.writer], "close");
              return callMethod(r, r.i32[self + Pair.reader], "close");
            },
          },
          {
            name: "isatty",
            flags: METH.NOARGS,
            fn: (r, self) =>
              askMethod(r, r.i32[self + Pair.writer], "isatty")
                ? r.True
                : callMethod(r, r.i32[self + Pair.reader], "isatty"),
          },
        ],
        getsets: [
          {
            name: "closed",
            get: (r, self) =>
              r.i32[self + Pair.writer] === 0
                ? r.True
                : getAttrString(r, r.i32[self + Pair.writer], "closed"),
          },
        ],
      },
      Pair.dict,
      Pair.weakreflist,
      [Pair.reader, Pair.writer],
    ),
  );
}

const PAIR = kwSpec("BufferedRWPair", "reader, writer, buffer_size=, /");

function callTwo(rt: Runtime, f: Ref, a: Ref, b: Ref): NewRef {
  return PyObject_CallArgs(rt, f, a, b);
}

export function defineBuffered(rt: Runtime, base: Ref): Record<string, Ref> {
  const flush = (fn: MethodDef["fn"]): MethodDef => ({ name: "flush", flags: METH.NOARGS, fn });
  const BufferedReader = make(
    rt,
    "BufferedReader",
    base,
    ["readable"],
    [...READING, flush(delegate("flush").fn)],
    true,
  );
  const BufferedWriter = make(
    rt,
    "BufferedWriter",
    base,
    ["writable"],
    [...WRITING, flush(buffered_flush)],
    false,
  );
  const BufferedRandom = make(
    rt,
    "BufferedRandom",
    base,
    ["seekable", "readable", "writable"],
    [...READING, ...WRITING, flush(random_flush)],
    true,
  );
  return {
    BufferedReader,
    BufferedWriter,
    BufferedRandom,
    BufferedRWPair: definePair(rt, base, BufferedReader, BufferedWriter),
  };
}
