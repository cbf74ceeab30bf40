/** The module _io: open() and the types of streams. Part of the modules (CPython's Modules/_io/_iomodule.c). */
import { getAttrString, PyObject_IsTrue, PyObject_SetAttr } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs, kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import { PyBytes_Check, PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { dict_getitem_str, dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { fetch, restore, typeError, valueError } from "../objects/errors.ts";
import { PyOS_FSPath } from "../objects/fspath.ts";
import { TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { clearField, decref, newref, setField } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyErr_WarnEx } from "../objects/warn.ts";
import { askMethod, callAndForget, callMethod, defineBases, ioState } from "./_iobase.ts";
import { DEFAULT_BUFFER_SIZE } from "./_iobuffered.ts";
import { defineBuffered } from "./_iobufferedtypes.ts";
import { defineBytesIO } from "./_iobytes.ts";
import { defineFileIO, FileIO, isExactFile } from "./_iofile.ts";
import { type NewlineState, seenNewlines, translateNewlines } from "./_ionewlines.ts";
import { defineStringIO } from "./_iostring.ts";
import { defineTextIOWrapper } from "./_iotexttype.ts";
import { createModule } from "./native.ts";

const OPEN = kwSpec("open", "file, mode=, buffering=, encoding=, errors=, newline=, closefd=, opener=");

interface OpenMode {
  raw: string;
  text: boolean;
  binary: boolean;
  updating: boolean;
  reading: boolean;
  writing: boolean;
}

function parseMode(rt: Runtime, mode: string): OpenMode {
  const seen = new Set(mode);
  const kinds = [..."xrwa"].filter((c) => seen.has(c));
  if (seen.size !== mode.length || [...mode].some((c) => !"xrwatb+".includes(c)))
    throw valueError(rt, `invalid mode: '${mode}'`);
  const [text, binary, updating] = [seen.has("t"), seen.has("b"), seen.has("+")];
  if (text && binary) throw valueError(rt, "can't have text and binary mode at once");
  if (kinds.length > 1) throw valueError(rt, "must have exactly one of create/read/write/append mode");
  return {
    raw: (kinds[0] ?? "") + (updating ? "+" : ""),
    text,
    binary,
    updating,
    reading: kinds[0] === "r",
    writing: kinds[0] !== "r",
  };
}

export function io_open(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [file, modeArg, bufferingArg, encoding, errors, newline, closefd, opener] = parseFastKw(
    rt,
    OPEN,
    args,
    nargs,
    kwnames,
  );
  if (modeArg !== 0 && !PyUnicode_Check(rt, modeArg))
    throw typeError(rt, `open() argument 'mode' must be str, not ${typeNameOf(rt, modeArg)}`);
  const modeText = modeArg === 0 ? "r" : jsString(rt, modeArg);
  const number = PyLong_Check(rt, file);
  const path = pushed(rt, number ? newref(rt, file) : PyOS_FSPath(rt, file));
  if (!number && !PyUnicode_Check(rt, path) && !PyBytes_Check(rt, path))
    throw typeError(rt, `invalid file: ${typeNameOf(rt, file)}`);
  const buffering = bufferingArg === 0 ? -1 : PyNumber_AsSsize_t(rt, bufferingArg, rt.exc.OverflowError);
  const mode = parseMode(rt, modeText);
  const given = (o: OptRef): boolean => o !== 0 && o !== rt.None;
  if (mode.binary && given(encoding)) throw valueError(rt, "binary mode doesn't take an encoding argument");
  if (mode.binary && given(errors)) throw valueError(rt, "binary mode doesn't take an errors argument");
  if (mode.binary && given(newline)) throw valueError(rt, "binary mode doesn't take a newline argument");
  const { types } = ioState(rt);
  const rawMode = pushed(rt, PyUnicode_FromJS(rt, mode.raw));
  const raw = pushed(
    rt,
    PyObject_CallArgs(
      rt,
      types.FileIO,
      path,
      rawMode,
      closefd === 0 ? rt.True : closefd,
      opener === 0 ? rt.None : opener,
    ),
  );
  let result = raw;
  try {
    result = layers(rt, raw, mode, modeText, buffering, encoding, errors, newline);
  } catch (e) {
    if (e === rt.pyerr) closeAfterError(rt, raw);
    throw e;
  }
  push(rt, result);
  const kept = pop(rt);
  drop(rt, 3);
  return kept;
}

function closeAfterError(rt: Runtime, raw: Ref): void {
  const exc = pushed(rt, fetch(rt));
  catching(rt, rt.exc.Exception, undefined, () => callAndForget(rt, raw, "close"));
  restore(rt, newref(rt, exc));
  drop(rt);
}

/** The buffered and text layers over a raw stream (a new reference to the topmost). */
function layers(
  rt: Runtime,
  raw: Ref,
  mode: OpenMode,
  modeText: string,
  bufferingArg: number,
  encoding: OptRef,
  errors: OptRef,
  newline: OptRef,
): NewRef {
  let buffering = bufferingArg;
  const tty = buffering < 0 && isatty(rt, raw);
  let lineBuffering = false;
  if (buffering === 1 && mode.binary) {
    PyErr_WarnEx(
      rt,
      rt.exc.RuntimeWarning,
      "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
      1,
    );
  }
  if (buffering === 1 || tty) {
    buffering = -1;
    lineBuffering = true;
  }
  if (buffering < 0)
    buffering = isExactFile(rt, raw) ? Math.max(rt.i32[raw + FileIO.blksize], 1) : DEFAULT_BUFFER_SIZE;
  if (buffering === 0) {
    if (!mode.binary) throw valueError(rt, "can't have unbuffered text I/O");
    return newref(rt, raw);
  }
  const { types } = ioState(rt);
  const type = mode.updating
    ? types.BufferedRandom
    : mode.writing
      ? types.BufferedWriter
      : types.BufferedReader;
  const size = pushed(rt, PyLong_FromNumber(rt, buffering));
  const buffer = pushed(rt, PyObject_CallArgs(rt, type, raw, size));
  if (mode.binary) {
    const result = pop(rt);
    drop(rt);
    return result;
  }
  const or = (o: OptRef): Ref => (o === 0 ? rt.None : o);
  const text = pushed(
    rt,
    PyObject_CallArgs(
      rt,
      types.TextIOWrapper,
      buffer,
      or(encoding),
      or(errors),
      or(newline),
      lineBuffering ? rt.True : rt.False,
    ),
  );
  const modeStr = pushed(rt, PyUnicode_FromJS(rt, modeText));
  PyObject_SetAttr(rt, text, internStatic(rt, "mode"), modeStr);
  drop(rt);
  const result = pop(rt);
  drop(rt, 2);
  return result;
}

function isatty(rt: Runtime, raw: Ref): boolean {
  return isExactFile(rt, raw) ? rt.host.isatty(rt.i32[raw + FileIO.fd]) : askMethod(rt, raw, "isatty");
}

function io_open_code(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [path] = parseFastKw(rt, kwSpec("open_code", "path"), args, nargs, kwnames);
  if (!PyUnicode_Check(rt, path))
    throw typeError(rt, `open_code() argument 'path' must be str, not ${typeNameOf(rt, path)}`);
  const mode = pushed(rt, PyUnicode_FromJS(rt, "rb"));
  const open = pushed(rt, getAttrString(rt, ioState(rt).types.module, "open"));
  const f = PyObject_CallArgs(rt, open, path, mode);
  drop(rt, 2);
  return f;
}

function io_text_encoding(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "text_encoding", nargs, 1, 2);
  const encoding = rt.i32[args];
  return encoding === rt.None ? newref(rt, internStatic(rt, "locale")) : newref(rt, encoding);
}

const METHODS: MethodDef[] = [
  { name: "open_code", flags: METH.FASTCALL | METH.KEYWORDS, fn: io_open_code, sig: "($module, /, path)" },
  {
    name: "text_encoding",
    flags: METH.FASTCALL,
    fn: io_text_encoding,
    sig: "($module, encoding, stacklevel=2, /)",
  },
];

/** IncrementalNewlineDecoder: head, decoder, errors, state bits, line ends seen. */
const enum D {
  decoder = 4,
  errors = 6,
  flags = 8,
  seen = 9,
  BYTES = 40,
}

const DECODE = kwSpec("decode", "input, final=");
const NEW = kwSpec("IncrementalNewlineDecoder", "decoder, translate, errors=");

function decoder_decode(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [input, finalArg] = parseFastKw(rt, DECODE, args, nargs, kwnames);
  const final = finalArg !== 0 && PyObject_IsTrue(rt, finalArg);
  const decoder = rt.i32[self + D.decoder];
  const text = pushed(
    rt,
    decoder === rt.None
      ? newref(rt, input)
      : callMethod(rt, decoder, "decode", input, final ? rt.True : rt.False),
  );
  if (!PyUnicode_Check(rt, text))
    throw typeError(rt, `decoder should return a string result, not '${typeNameOf(rt, text)}'`);
  const bits = rt.i32[self + D.flags];
  const state: NewlineState = {
    translate: (bits & 1) !== 0,
    pendingcr: (bits & 2) !== 0,
    seen: rt.i32[self + D.seen],
  };
  const out = translateNewlines(rt, state, text, final);
  rt.i32[self + D.flags] = (bits & 1) | (state.pendingcr ? 2 : 0);
  rt.i32[self + D.seen] = state.seen;
  drop(rt);
  return out;
}

function defineNewlineDecoder(rt: Runtime): Ref {
  return defineType(rt, {
    name: "_io.IncrementalNewlineDecoder",
    basicsize: D.BYTES,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE,
    heap: true,
    slots: {
      tp_new: PyType_GenericNew,
      tp_init: (r, self, args, kwargs) => {
        const [decoder, translate, errors] = parseTupleKw(r, NEW, args, kwargs);
        setField(r, self + D.decoder, newref(r, decoder));
        setField(r, self + D.errors, newref(r, errors === 0 ? internStatic(r, "strict") : errors));
        r.i32[self + D.flags] = PyObject_IsTrue(r, translate) ? 1 : 0;
        r.i32[self + D.seen] = 0;
      },
      tp_dealloc: (r, self) => {
        const type = r.i32[self + 2];
        PyObject_GC_UnTrack(r, self);
        clearField(r, self + D.decoder);
        clearField(r, self + D.errors);
        infoOf(r, self).tp_free!(r, self);
        decref(r, type);
      },
      tp_traverse: (r, self, visit) => {
        visit(r.i32[self + 2]);
        for (const f of [D.decoder, D.errors]) if (r.i32[self + f] !== 0) visit(r.i32[self + f]);
      },
      tp_clear: (r, self) => {
        clearField(r, self + D.decoder);
        clearField(r, self + D.errors);
      },
    },
    methods: [
      { name: "decode", flags: METH.FASTCALL | METH.KEYWORDS, fn: decoder_decode },
      {
        name: "reset",
        flags: METH.NOARGS,
        fn: (r, self) => {
          r.i32[self + D.flags] &= ~2;
          r.i32[self + D.seen] = 0;
          return r.i32[self + D.decoder] === r.None
            ? r.None
            : callMethod(r, r.i32[self + D.decoder], "reset");
        },
      },
      {
        name: "getstate",
        flags: METH.NOARGS,
        fn: (r, self) => {
          const flag = pushed(r, PyLong_FromNumber(r, (r.i32[self + D.flags] & 2) >> 1));
          const t = PyTuple_Pack(r, r.emptyBytes, flag);
          drop(r);
          return t;
        },
      },
      {
        name: "setstate",
        flags: METH.O,
        fn: (r, self, state) => {
          const flag = pushed(r, callMethod(r, state, "__getitem__", PyLong_FromNumber(r, 1)));
          const n = PyNumber_AsSsize_t(r, flag, 0);
          r.i32[self + D.flags] = (r.i32[self + D.flags] & 1) | ((n & 1) << 1);
          drop(r);
          return r.None;
        },
      },
    ],
    getsets: [{ name: "newlines", get: (r, self) => seenNewlines(r, r.i32[self + D.seen]) }],
  });
}

function unsupportedType(rt: Runtime): NewRef {
  const bases = pushed(rt, PyTuple_Pack(rt, rt.exc.OSError, rt.exc.ValueError));
  const dict = pushed(rt, PyDict_New(rt));
  dict_setitem_str(rt, dict, "__module__", internStatic(rt, "io"));
  const name = pushed(rt, PyUnicode_FromJS(rt, "UnsupportedOperation"));
  const type = PyObject_CallArgs(rt, rt.types.type, name, bases, dict);
  drop(rt, 3);
  return type;
}

export function initModule__io(rt: Runtime): NewRef {
  const m = createModule(rt, "_io", METHODS);
  push(rt, m);
  const bases = defineBases(rt);
  const types: Record<string, Ref> = { ...bases };
  rt.moduleState.set("_io", { types, unsupported: unsupportedType(rt) });
  types.FileIO = defineFileIO(rt, bases._RawIOBase);
  Object.assign(types, defineBytesIO(rt, bases._BufferedIOBase), defineBuffered(rt, bases._BufferedIOBase));
  types.StringIO = defineStringIO(rt, bases._TextIOBase);
  types.TextIOWrapper = defineTextIOWrapper(rt, bases._TextIOBase);
  types.IncrementalNewlineDecoder = defineNewlineDecoder(rt);
  const state = ioState(rt);
  const owned = [...Object.values(types), state.unsupported];
  registerRoot(rt, () => owned);
  for (const [name, type] of Object.entries(types)) PyModule_AddObjectRef(rt, m, name, type);
  types.module = m;
  PyModule_AddObjectRef(rt, m, "open", dict_getitem_str(rt, rt.builtinsDict, "open"));
  PyModule_AddObjectRef(rt, m, "UnsupportedOperation", state.unsupported);
  PyModule_AddObjectRef(rt, m, "BlockingIOError", rt.exc.BlockingIOError);
  PyModule_AddObject(rt, m, "DEFAULT_BUFFER_SIZE", PyLong_FromNumber(rt, DEFAULT_BUFFER_SIZE));
  return pop(rt);
}
