/** The type io.TextIOWrapper: reconfigure(), attributes and the table of methods. Part of the modules. See _iotext.ts for the streams. */
import { getAttrString, PyObject_IsTrue, reprOf } from "../objects/abstract.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { defineType } from "../objects/defineType.ts";
import { valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { callAndForget, callMethod, streamSpec, unsupported } from "./_iobase.ts";
import { notPickled, setFinalizing } from "./_iofile.ts";
import { seenNewlines } from "./_ionewlines.ts";
import { attrText, reprOnce } from "./_iorepr.ts";
import {
  bool,
  bufferOf,
  has,
  newlineFlags,
  put,
  setCodec,
  text_close,
  text_detach,
  text_flush,
  text_init,
  text_iternext,
  text_read,
  text_readline,
  text_seek,
  text_tell,
  text_truncate,
  text_write,
  textArg,
} from "./_iotext.ts";
import { T, TF_ } from "./_iotextfields.ts";

const RECONFIGURE = kwSpec("reconfigure", "*, encoding=, errors=, newline=, line_buffering=, write_through=");

function text_reconfigure(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [encoding, errors, newline, line, through] = parseFastKw(rt, RECONFIGURE, args, nargs, kwnames);
  const given = (o: OptRef): boolean => o !== 0 && o !== rt.None;
  if (rt.i32[self + T.decoded] !== 0 && (given(encoding) || given(errors) || newline !== 0)) {
    throw unsupported(rt, "It is not possible to set the encoding or newline of stream after the first read");
  }
  callAndForget(rt, self, "flush");
  if (given(encoding) || given(errors)) {
    const name = given(encoding)
      ? textArg(rt, "encoding", encoding)
      : jsString(rt, rt.i32[self + T.encoding]);
    const how = given(errors)
      ? textArg(rt, "errors", errors)
      : given(encoding)
        ? "strict"
        : jsString(rt, rt.i32[self + T.errors]);
    setCodec(rt, self, name === "locale" ? "UTF-8" : name, how);
  }
  if (newline !== 0) {
    const bits = TF_.UNIVERSAL | TF_.TRANSLATE | TF_.WRITE_CR | TF_.WRITE_CRLF | TF_.READ_CR | TF_.READ_CRLF;
    rt.i32[self + T.flags] = (rt.i32[self + T.flags] & ~bits) | newlineFlags(rt, newline);
  }
  if (given(line)) put(rt, self, TF_.LINE_BUFFERING, PyObject_IsTrue(rt, line));
  if (given(through)) put(rt, self, TF_.WRITE_THROUGH, PyObject_IsTrue(rt, through));
  return rt.None;
}

function delegate(name: string): MethodDef {
  return { name, flags: METH.NOARGS, fn: (rt, self) => callMethod(rt, bufferOf(rt, self), name) };
}

const METHODS: MethodDef[] = [
  { name: "detach", flags: METH.NOARGS, fn: text_detach },
  { name: "reconfigure", flags: METH.FASTCALL | METH.KEYWORDS, fn: text_reconfigure },
  { name: "write", flags: METH.O, fn: text_write },
  { name: "read", flags: METH.FASTCALL, fn: text_read, sig: "($self, size=-1, /)" },
  { name: "readline", flags: METH.FASTCALL, fn: text_readline, sig: "($self, size=-1, /)" },
  { name: "flush", flags: METH.NOARGS, fn: text_flush },
  { name: "close", flags: METH.NOARGS, fn: text_close },
  ...["fileno", "seekable", "readable", "writable", "isatty"].map(delegate),
  { name: "seek", flags: METH.FASTCALL, fn: text_seek, sig: "($self, cookie, whence=0, /)" },
  { name: "tell", flags: METH.NOARGS, fn: text_tell },
  { name: "truncate", flags: METH.FASTCALL, fn: text_truncate, sig: "($self, pos=None, /)" },
  { name: "__reduce__", flags: METH.NOARGS, fn: notPickled },
  { name: "__reduce_ex__", flags: METH.O, fn: notPickled },
];

function text_repr(rt: Runtime, self: Ref): NewRef {
  bufferOf(rt, self);
  const text = reprOnce(rt, self, () => {
    const attrs = attrText(rt, self, "name") + attrText(rt, self, "mode");
    return `<_io.TextIOWrapper${attrs} encoding=${reprOf(rt, rt.i32[self + T.encoding])}>`;
  });
  return PyUnicode_FromJS(rt, text);
}

export function defineTextIOWrapper(rt: Runtime, base: Ref): Ref {
  rt.textIOType = defineType(
    rt,
    streamSpec(
      {
        name: "_io.TextIOWrapper",
        base,
        basicsize: T.BYTES,
        doc: "Text over a buffered stream of bytes.",
        slots: {
          tp_new: PyType_GenericNew,
          tp_init: text_init,
          tp_repr: text_repr,
          tp_iternext: text_iternext,
        },
        methods: METHODS,
        getsets: [
          { name: "encoding", get: (r, self) => newref(r, r.i32[self + T.encoding]) },
          { name: "errors", get: (r, self) => newref(r, r.i32[self + T.errors]) },
          { name: "buffer", get: (r, self) => newref(r, bufferOf(r, self)) },
          { name: "closed", get: (r, self) => getAttrString(r, bufferOf(r, self), "closed") },
          { name: "name", get: (r, self) => getAttrString(r, bufferOf(r, self), "name") },
          { name: "line_buffering", get: (r, self) => bool(r, has(r, self, TF_.LINE_BUFFERING)) },
          { name: "write_through", get: (r, self) => bool(r, has(r, self, TF_.WRITE_THROUGH)) },
          {
            name: "newlines",
            get: (r, self) => (has(r, self, TF_.UNIVERSAL) ? seenNewlines(r, r.i32[self + T.seen]) : r.None),
          },
          {
            name: "_CHUNK_SIZE",
            get: (r, self) => PyLong_FromNumber(r, r.i32[self + T.chunk]),
            set: (r, self, v) => {
              const n = PyNumber_AsSsize_t(r, v, 0);
              if (n <= 0) throw valueError(r, "a strictly positive integer is required");
              r.i32[self + T.chunk] = n;
            },
          },
          setFinalizing(T.flags, TF_.FINALIZING),
        ],
      },
      T.dict,
      T.weakreflist,
      [T.buffer, T.encoding, T.errors, T.decoder, T.decoded, T.tail, T.snapshot, T.pendingBytes],
    ),
  );
  return rt.textIOType;
}
