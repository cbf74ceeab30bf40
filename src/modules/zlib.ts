/** The module zlib. Part of the modules (CPython's Modules/zlibmodule.c). */
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { bytesLike, copyOfBytes } from "../objects/buffer.ts";
import { PyBytes_FromArray } from "../objects/bytes.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { decref, newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
} from "../objects/typeinfo.ts";
import { crc32, word } from "./binascii.ts";
import { JsType } from "./jsobject.ts";
import { createModule } from "./native.ts";
import { newException } from "./newexception.ts";
import { Deflater, Inflater, Z, ZlibFailure } from "./zlibstream.ts";

interface Inflating {
  inflater: Inflater;
  /** bytes objects, owned. */
  unused: Ref;
  tail: Ref;
  /** Of _ZlibDecompressor: input not yet used. */
  pending: Uint8Array;
  needsInput: boolean;
}

interface State {
  error: Ref;
  Compress: JsType<Deflater>;
  Decompress: JsType<Inflating>;
  Decompressor: JsType<Inflating>;
}

const NUMBERS =
  "DEFLATED=8 DEF_BUF_SIZE=16384 DEF_MEM_LEVEL=8 MAX_WBITS=15 Z_BEST_COMPRESSION=9 Z_BEST_SPEED=1 Z_BLOCK=5 " +
  "Z_DEFAULT_COMPRESSION=-1 Z_DEFAULT_STRATEGY=0 Z_FILTERED=1 Z_FINISH=4 Z_FIXED=4 Z_FULL_FLUSH=3 Z_HUFFMAN_ONLY=2 " +
  "Z_NO_COMPRESSION=0 Z_NO_FLUSH=0 Z_PARTIAL_FLUSH=1 Z_RLE=3 Z_SYNC_FLUSH=2 Z_TREES=6";
/** The version whose output is made. */
const VERSION = "1.2.13";

function stateOf(rt: Runtime): State {
  return rt.moduleState.get("zlib") as State;
}

/** Runs a zlib operation; its failures are zlib.error, bad options ValueError. */
function guarded<T>(rt: Runtime, run: () => T): T {
  try {
    return run();
  } catch (e) {
    if (e instanceof ZlibFailure) throw raise(rt, stateOf(rt).error, e.message);
    if (e instanceof RangeError && /^Invalid/.test(e.message))
      throw valueError(rt, e.message.replace("Invalid: ", ""));
    throw e;
  }
}

function number(rt: Runtime, o: OptRef, otherwise: number): number {
  return o === 0 ? otherwise : PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
}

const bytesOf = (rt: Runtime, bytes: Uint8Array): NewRef => PyBytes_FromArray(rt, bytes);

const COMPRESS = kwSpec("compress", "data, /, level=, wbits=");

function zlib_compress(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [data, level, wbits] = parseFastKw(rt, COMPRESS, args, nargs, kwnames);
  const input = copyOfBytes(rt, data);
  const options = { wbits: number(rt, wbits, 15), memLevel: 8, strategy: 0, dictionary: null };
  const bytes = guarded(rt, () => {
    let deflater: Deflater;
    try {
      deflater = new Deflater({ level: number(rt, level, -1), ...options });
    } catch (e) {
      if (e instanceof RangeError) throw new ZlibFailure(-2, "Bad compression level");
      throw e;
    }
    return deflater.run(input, Z.FINISH);
  });
  return bytesOf(rt, bytes);
}

const DECOMPRESS = kwSpec("decompress", "data, /, wbits=, bufsize=");

function zlib_decompress(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [data, wbits, bufsize] = parseFastKw(rt, DECOMPRESS, args, nargs, kwnames);
  if (number(rt, bufsize, 1) <= 0) throw valueError(rt, "bufsize must be greater than zero");
  const input = copyOfBytes(rt, data);
  const bytes = guarded(rt, () => {
    const inflater = new Inflater(number(rt, wbits, 15), null);
    const all = inflater.run(input, 0);
    if (!inflater.eof) throw inflater.failed(Z.BUF_ERROR);
    return all;
  });
  return bytesOf(rt, bytes);
}

const COMPRESSOBJ = kwSpec("compressobj", "level=, method=, wbits=, memLevel=, strategy=, zdict=");

function zlib_compressobj(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [level, method, wbits, memLevel, strategy, zdict] = parseFastKw(
    rt,
    COMPRESSOBJ,
    args,
    nargs,
    kwnames,
  );
  if (number(rt, method, 8) !== 8) throw valueError(rt, "Invalid initialization option");
  const dictionary = zdict === 0 ? null : copyOfBytes(rt, zdict);
  const deflater = guarded(
    rt,
    () =>
      new Deflater({
        level: number(rt, level, -1),
        wbits: number(rt, wbits, 15),
        memLevel: number(rt, memLevel, 8),
        strategy: number(rt, strategy, 0),
        dictionary,
      }),
  );
  return stateOf(rt).Compress.make(rt, deflater);
}

const DECOMPRESSOBJ = kwSpec("decompressobj", "wbits=, zdict=");

function zlib_decompressobj(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [wbits, zdict] = parseFastKw(rt, DECOMPRESSOBJ, args, nargs, kwnames);
  return stateOf(rt).Decompress.make(rt, newInflating(rt, wbits, zdict));
}

function newInflating(rt: Runtime, wbits: OptRef, zdict: OptRef): Inflating {
  const dictionary = zdict === 0 ? null : copyOfBytes(rt, zdict);
  const inflater = guarded(rt, () => new Inflater(number(rt, wbits, 15), dictionary));
  const [unused, tail] = [newref(rt, rt.emptyBytes), newref(rt, rt.emptyBytes)];
  return { inflater, unused, tail, pending: new Uint8Array(0), needsInput: true };
}

function adler32(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "adler32", nargs, 1, 2);
  const start = nargs === 2 ? word(rt, rt.i32[args + 2]) : 1;
  const { at, n } = bytesLike(rt, rt.i32[args]);
  let a = start & 0xffff;
  let b = start >>> 16;
  for (let i = 0; i < n; ) {
    for (const end = Math.min(n, i + 3800); i < end; i++) {
      a += rt.u8[at + i];
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return PyLong_FromNumber(rt, b * 65536 + a);
}

const METHODS: MethodDef[] = [
  { name: "adler32", flags: METH.FASTCALL, fn: adler32, sig: "($module, data, value=1, /)" },
  { name: "crc32", flags: METH.FASTCALL, fn: crc32, sig: "($module, data, value=0, /)" },
  { name: "compress", flags: METH.FASTCALL | METH.KEYWORDS, fn: zlib_compress },
  { name: "decompress", flags: METH.FASTCALL | METH.KEYWORDS, fn: zlib_decompress },
  { name: "compressobj", flags: METH.FASTCALL | METH.KEYWORDS, fn: zlib_compressobj },
  { name: "decompressobj", flags: METH.FASTCALL | METH.KEYWORDS, fn: zlib_decompressobj },
];

// ---- Compress

function copies<T>(type: () => JsType<T>, twin: (state: T) => T): MethodDef[] {
  const copy = (r: Runtime, self: Ref): NewRef =>
    type().make(
      r,
      guarded(r, () => twin(type().of(self))),
    );
  return [
    { name: "copy", flags: METH.NOARGS, fn: copy, sig: "($self, /)" },
    { name: "__copy__", flags: METH.NOARGS, fn: copy, sig: "($self, /)" },
    { name: "__deepcopy__", flags: METH.O, fn: copy, sig: "($self, memo, /)" },
  ];
}

function defineCompress(rt: Runtime): JsType<Deflater> {
  const type: JsType<Deflater> = new JsType(rt, {
    name: "zlib.Compress",
    basicsize: 168,
    flags: TF.DISALLOW_INSTANTIATION,
    slots: {},
    methods: [
      {
        name: "compress",
        flags: METH.O,
        fn: (r, self, data) => {
          const input = copyOfBytes(r, data);
          return bytesOf(
            r,
            guarded(r, () => type.of(self).run(input, Z.NO_FLUSH)),
          );
        },
        sig: "($self, data, /)",
      },
      {
        name: "flush",
        flags: METH.FASTCALL,
        fn: (r, self, args, nargs) => {
          const mode = nargs === 0 ? Z.FINISH : number(r, r.i32[args], 0);
          if (mode === Z.NO_FLUSH) return newref(r, r.emptyBytes);
          return bytesOf(
            r,
            guarded(r, () => type.of(self).run(new Uint8Array(0), mode)),
          );
        },
        sig: "($self, mode=zlib.Z_FINISH, /)",
      },
      ...copies(
        () => type,
        (state) => state.copy(),
      ),
    ],
  });
  return type;
}

// ---- Decompress

function setBytes(rt: Runtime, state: Inflating, key: "unused" | "tail", bytes: Uint8Array): void {
  const old = state[key];
  state[key] = bytesOf(rt, bytes);
  decref(rt, old);
}

/** What a run left: behind the stream's end, or where the limit was met. */
function keepRest(rt: Runtime, state: Inflating): void {
  const { inflater } = state;
  if (inflater.eof) {
    const before = copyOfBytes(rt, state.unused);
    const all = new Uint8Array(before.length + inflater.rest.length);
    all.set(before);
    all.set(inflater.rest, before.length);
    if (inflater.rest.length > 0) setBytes(rt, state, "unused", all);
  }
  // At the end an empty tail stays empty; one that is not keeps what is left, as CPython's does.
  const { n } = bytesLike(rt, state.tail);
  if (!inflater.eof || n > 0) setBytes(rt, state, "tail", inflater.rest);
}

const OBJ_DECOMPRESS = kwSpec("decompress", "data, /, max_length=");

function defineDecompress(rt: Runtime): JsType<Inflating> {
  const run = (r: Runtime, self: Ref, input: Uint8Array, max: number, finish: boolean): NewRef => {
    const state = type.of(self);
    const bytes = guarded(r, () => state.inflater.run(input, max, finish));
    keepRest(r, state);
    return bytesOf(r, bytes);
  };
  const ref =
    (key: "unused" | "tail"): GetSetDef["get"] =>
    (r, self) =>
      newref(r, type.of(self)[key]);
  const type: JsType<Inflating> = new JsType(
    rt,
    {
      name: "zlib.Decompress",
      basicsize: 168,
      flags: TF.DISALLOW_INSTANTIATION,
      slots: {},
      methods: [
        {
          name: "decompress",
          flags: METH.FASTCALL | METH.KEYWORDS,
          fn: (r, self, args, nargs, kwnames) => {
            const [data, max] = parseFastKw(r, OBJ_DECOMPRESS, args, nargs, kwnames);
            const limit = number(r, max, 0);
            if (limit < 0) throw valueError(r, "max_length must be non-negative");
            return run(r, self, copyOfBytes(r, data), limit, false);
          },
          sig: "($self, data, /, max_length=0)",
        },
        {
          name: "flush",
          flags: METH.FASTCALL,
          fn: (r, self, args, nargs) => {
            if (nargs > 0 && number(r, r.i32[args], 1) <= 0)
              throw valueError(r, "length must be greater than zero");
            return run(r, self, copyOfBytes(r, type.of(self).tail), 0, true);
          },
          sig: "($self, length=zlib.DEF_BUF_SIZE, /)",
        },
        ...copies(
          () => type,
          (s) => ({
            ...s,
            inflater: s.inflater.copy(),
            unused: newref(rt, s.unused),
            tail: newref(rt, s.tail),
          }),
        ),
      ],
      getsets: [
        { name: "unused_data", get: ref("unused") },
        { name: "unconsumed_tail", get: ref("tail") },
        { name: "eof", get: (r, self) => (type.of(self).inflater.eof ? r.True : r.False) },
      ],
    },
    release,
  );
  registerRoot(rt, () => type.all().flatMap((s) => [s.unused, s.tail]), "zlib.Decompress");
  return type;
}

function release(rt: Runtime, state: Inflating): void {
  decref(rt, state.unused);
  decref(rt, state.tail);
}

// ---- _ZlibDecompressor

function defineDecompressor(rt: Runtime): JsType<Inflating> {
  const spec = kwSpec("decompress", "data, max_length=");
  const decompress: MethodDef = {
    name: "decompress",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (r, self, args, nargs, kwnames) => {
      const [data, max] = parseFastKw(r, spec, args, nargs, kwnames);
      const limit = number(r, max, -1);
      const state = type.of(self);
      if (state.inflater.eof) throw raise(r, r.exc.EOFError, "End of stream already reached");
      const more = copyOfBytes(r, data);
      const input = new Uint8Array(state.pending.length + more.length);
      input.set(state.pending);
      input.set(more, state.pending.length);
      if (limit === 0) return newref(r, r.emptyBytes);
      const bytes = guarded(r, () => state.inflater.run(input, Math.max(limit, 0)));
      const { eof, rest } = state.inflater;
      state.pending = eof ? new Uint8Array(0) : rest;
      if (eof) setBytes(r, state, "unused", rest);
      state.needsInput = !eof && rest.length === 0 && !(limit > 0 && bytes.length === limit);
      return bytesOf(r, bytes);
    },
    sig: "($self, /, data, max_length=-1)",
  };
  const type: JsType<Inflating> = new JsType(
    rt,
    {
      name: "zlib._ZlibDecompressor",
      basicsize: 184,
      slots: {},
      methods: [decompress],
      getsets: [
        { name: "eof", get: (r, self) => (type.of(self).inflater.eof ? r.True : r.False) },
        { name: "unused_data", get: (r, self) => newref(r, type.of(self).unused) },
        { name: "needs_input", get: (r, self) => (type.of(self).needsInput ? r.True : r.False) },
      ],
    },
    release,
  );
  registerRoot(rt, () => type.all().flatMap((s) => [s.unused, s.tail]), "zlib._ZlibDecompressor");
  const args = kwSpec("_ZlibDecompressor", "wbits=, zdict=");
  infoOfType(rt, type.type).type_vectorcall = (r, _t, at, nargs, kwnames) =>
    type.make(r, newInflating(r, ...(parseFastKw(r, args, at, nargs, kwnames) as [OptRef, OptRef])));
  infoOfType(rt, type.type).tp_new = (r) => {
    throw typeError(r, "_ZlibDecompressor is not a base class");
  };
  return type;
}

export function initModule_zlib(rt: Runtime): NewRef {
  const m = createModule(rt, "zlib", METHODS, "Deflate and inflate, as zlib does it.");
  push(rt, m);
  const error = newException(rt, "zlib", "error", rt.exc.Exception);
  const types = {
    Compress: defineCompress(rt),
    Decompress: defineDecompress(rt),
    Decompressor: defineDecompressor(rt),
  };
  rt.moduleState.set("zlib", { error, ...types } satisfies State);
  registerRoot(rt, () => [error], "zlib");
  PyModule_AddObjectRef(rt, m, "error", error);
  PyModule_AddObjectRef(rt, m, "_ZlibDecompressor", types.Decompressor.type);
  for (const entry of NUMBERS.split(" ")) {
    const [name, value] = entry.split("=");
    PyModule_AddObject(rt, m, name, PyLong_FromNumber(rt, Number(value)));
  }
  for (const [name, text] of [
    ["ZLIB_VERSION", VERSION],
    ["ZLIB_RUNTIME_VERSION", VERSION],
    ["__version__", "1.0"],
  ]) {
    PyModule_AddObject(rt, m, name, PyUnicode_FromJS(rt, text));
  }
  return pop(rt);
}
