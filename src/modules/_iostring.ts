/**
 * io.StringIO: text in memory. Part of the modules (CPython's Modules/_io/stringio.c). The characters stand in the heap as
 * 32-bit numbers.
 *
 *   byte  0      16    24    32            40         48       56      64 ... 144   152       160
 *         | head | buf | pos | string_size | buf_size | writenl | state   ... | dict | weakrefs | |
 */

import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory, raise, typeError, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS, strData, strKind, strLength } from "../objects/str.ts";
import { strFromData } from "../objects/strnew.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { closedError, sizeArg, streamSpec } from "./_iobase.ts";
import { hasCR, type NewlineState, seenNewlines, translateNewlines } from "./_ionewlines.ts";

const enum S {
  buf = 4,
  pos = 6,
  size = 8,
  cap = 10,
  flags = 12,
  seen = 13,
  dict = 36,
  weakreflist = 38,
  BYTES = 168,
}

const enum SF {
  OK = 1,
  CLOSED = 2,
  /** newline is None or "": all line ends are recognised. */
  UNIVERSAL = 4,
  TRANSLATE = 8,
  PENDING_CR = 16,
  /** Line end that is written for "\n", and that readline looks for: CR, CRLF, LF. */
  NL_CR = 32,
  NL_CRLF = 64,
}

const flag = (rt: Runtime, self: Ref, bit: SF): boolean => (rt.i32[self + S.flags] & bit) !== 0;

function open(rt: Runtime, self: Ref): void {
  if (flag(rt, self, SF.CLOSED)) throw closedError(rt);
  if (!flag(rt, self, SF.OK)) throw valueError(rt, "I/O operation on uninitialized object");
}

function reserve(rt: Runtime, self: Ref, n: number): void {
  const i32 = rt.i32;
  const cap = i32[self + S.cap];
  if (n <= cap) return;
  const want = n + (n >> 3) + (n < 9 ? 3 : 6);
  const p = PyMem_Malloc(rt, want * 4);
  if (p === 0) throw noMemory(rt);
  const old = i32[self + S.buf];
  if (old !== 0) {
    i32.copyWithin(p, old, old + i32[self + S.size]);
    PyMem_Free(rt, old);
  }
  i32[self + S.buf] = p;
  i32[self + S.cap] = want;
}

function newlineState(rt: Runtime, self: Ref): NewlineState {
  return { translate: flag(rt, self, SF.TRANSLATE), pendingcr: false, seen: rt.i32[self + S.seen] };
}

/** What is stored for a str that is written (new reference). */
function toStore(rt: Runtime, self: Ref, s: Ref): NewRef {
  if (flag(rt, self, SF.UNIVERSAL)) {
    const state = newlineState(rt, self);
    const text = translateNewlines(rt, state, s, true);
    rt.i32[self + S.seen] = state.seen;
    return text;
  }
  const end = flag(rt, self, SF.NL_CR) ? "\r" : flag(rt, self, SF.NL_CRLF) ? "\r\n" : "\n";
  if (end === "\n") return newref(rt, s);
  return PyUnicode_FromJS(rt, jsString(rt, s).replaceAll("\n", end));
}

function writeStr(rt: Runtime, self: Ref, s: Ref): void {
  const plain = !flag(rt, self, SF.UNIVERSAL) && (rt.i32[self + S.flags] & (SF.NL_CR | SF.NL_CRLF)) === 0;
  const needs = !plain && (!flag(rt, self, SF.UNIVERSAL) || hasCR(rt, s) || rt.i32[self + S.seen] !== 2);
  const text = needs ? pushed(rt, toStore(rt, self, s)) : s;
  const n = strLength(rt, text);
  const i32 = rt.i32;
  const pos = i32[self + S.pos];
  reserve(rt, self, pos + n);
  const buf = i32[self + S.buf];
  const size = i32[self + S.size];
  if (pos > size) i32.fill(0, buf + size, buf + pos);
  copyText(rt, text, buf + pos, n);
  i32[self + S.pos] = pos + n;
  if (pos + n > size) i32[self + S.size] = pos + n;
  if (needs) drop(rt);
}

function copyText(rt: Runtime, s: Ref, to: number, n: number): void {
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  const { i32, u8, u16 } = rt;
  if (kind === 1) for (let i = 0, at = w * 4; i < n; i++) i32[to + i] = u8[at + i];
  else if (kind === 2) for (let i = 0, at = w * 2; i < n; i++) i32[to + i] = u16[at + i];
  else i32.copyWithin(to, w, w + n);
}

function take(rt: Runtime, self: Ref, n: number): NewRef {
  const i32 = rt.i32;
  const pos = i32[self + S.pos];
  const left = Math.max(0, i32[self + S.size] - pos);
  const count = n < 0 ? left : Math.min(n, left);
  if (count === 0) return rt.emptyStr;
  i32[self + S.pos] = pos + count;
  return strFromData(rt, 4, i32[self + S.buf], pos, pos + count);
}

/** Length of the line at the position, its end included. */
function lineLength(rt: Runtime, self: Ref, limit: number): number {
  const i32 = rt.i32;
  const pos = i32[self + S.pos];
  const end = i32[self + S.size];
  if (pos >= end) return 0;
  const buf = i32[self + S.buf];
  let i = pos;
  const universal = flag(rt, self, SF.UNIVERSAL) && !flag(rt, self, SF.TRANSLATE);
  for (; i < end; i++) {
    const c = i32[buf + i];
    if (universal && c === 13) {
      i += i + 1 < end && i32[buf + i + 1] === 10 ? 2 : 1;
      break;
    }
    if (
      flag(rt, self, SF.NL_CRLF)
        ? c === 13 && i32[buf + i + 1] === 10 && i + 1 < end
        : c === (flag(rt, self, SF.NL_CR) ? 13 : 10)
    ) {
      i += flag(rt, self, SF.NL_CRLF) ? 2 : 1;
      break;
    }
  }
  const n = Math.min(i, end) - pos;
  return limit >= 0 && limit < n ? limit : n;
}

const arg = (rt: Runtime, args: number, nargs: number): OptRef => (nargs === 0 ? 0 : rt.i32[args]);

function stringio_seek(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "seek", nargs, 1, 2);
  const pos = PyNumber_AsSsize_t(rt, rt.i32[args], rt.exc.OverflowError);
  const whence = nargs === 2 ? PyNumber_AsSsize_t(rt, rt.i32[args + 2], 0) : 0;
  open(rt, self);
  if (whence !== 0 && whence !== 1 && whence !== 2)
    throw valueError(rt, `Invalid whence (${whence}, should be 0, 1 or 2)`);
  if (pos < 0 && whence === 0) throw valueError(rt, `Negative seek position ${pos}`);
  if (whence !== 0 && pos !== 0) throw raise(rt, rt.exc.OSError, "Can't do nonzero cur-relative seeks");
  rt.i32[self + S.pos] = whence === 0 ? pos : whence === 1 ? rt.i32[self + S.pos] : rt.i32[self + S.size];
  return PyLong_FromNumber(rt, rt.i32[self + S.pos]);
}

function stringio_truncate(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  open(rt, self);
  const given = arg(rt, args, nargs);
  const n = given === 0 || given === rt.None ? rt.i32[self + S.pos] : sizeArg(rt, given);
  if (n < 0) throw valueError(rt, `Negative size value ${n}`);
  if (n < rt.i32[self + S.size]) rt.i32[self + S.size] = n;
  return PyLong_FromNumber(rt, n);
}

function freeBuffer(rt: Runtime, self: Ref): void {
  const buf = rt.i32[self + S.buf];
  rt.i32[self + S.buf] = 0;
  rt.i32[self + S.cap] = 0;
  if (buf !== 0) PyMem_Free(rt, buf);
}

const METHODS: MethodDef[] = [
  ...["readable", "writable", "seekable"].map(
    (name): MethodDef => ({ name, flags: METH.NOARGS, fn: (rt, self) => (open(rt, self), rt.True) }),
  ),
  {
    name: "write",
    flags: METH.O,
    fn: (rt, self, s) => {
      open(rt, self);
      if (!PyUnicode_Check(rt, s))
        throw typeError(rt, `string argument expected, got '${typeNameOf(rt, s)}'`);
      if (strLength(rt, s) > 0) writeStr(rt, self, s);
      return PyLong_FromNumber(rt, strLength(rt, s));
    },
  },
  {
    name: "getvalue",
    flags: METH.NOARGS,
    fn: (rt, self) => {
      open(rt, self);
      return rt.i32[self + S.size] === 0
        ? rt.emptyStr
        : strFromData(rt, 4, rt.i32[self + S.buf], 0, rt.i32[self + S.size]);
    },
  },
  {
    name: "read",
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) => {
      const n = sizeArg(rt, arg(rt, args, nargs));
      open(rt, self);
      return take(rt, self, n);
    },
    sig: "($self, size=-1, /)",
  },
  {
    name: "readline",
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) => {
      const limit = sizeArg(rt, arg(rt, args, nargs));
      open(rt, self);
      return take(rt, self, lineLength(rt, self, limit));
    },
    sig: "($self, size=-1, /)",
  },
  {
    name: "tell",
    flags: METH.NOARGS,
    fn: (rt, self) => (open(rt, self), PyLong_FromNumber(rt, rt.i32[self + S.pos])),
  },
  { name: "seek", flags: METH.FASTCALL, fn: stringio_seek, sig: "($self, pos, whence=0, /)" },
  { name: "truncate", flags: METH.FASTCALL, fn: stringio_truncate, sig: "($self, pos=None, /)" },
  {
    name: "close",
    flags: METH.NOARGS,
    fn: (rt, self) => {
      rt.i32[self + S.flags] |= SF.CLOSED;
      freeBuffer(rt, self);
      return rt.None;
    },
  },
];

const INIT = kwSpec("StringIO", "initial_value=, newline=");

function stringio_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const [initial, newline] = parseTupleKw(rt, INIT, args, kwargs);
  let flags = SF.OK as number;
  if (newline !== 0 && newline !== rt.None && !PyUnicode_Check(rt, newline)) {
    throw typeError(rt, `newline must be str or None, not ${typeNameOf(rt, newline)}`);
  }
  const nl = newline === 0 ? "\n" : newline === rt.None ? null : jsString(rt, newline);
  if (nl !== null && !["", "\n", "\r", "\r\n"].includes(nl))
    throw valueError(rt, `illegal newline value: ${JSON.stringify(nl).replaceAll('"', "'")}`);
  if (nl === null) flags |= SF.UNIVERSAL | SF.TRANSLATE;
  else if (nl === "") flags |= SF.UNIVERSAL;
  else if (nl === "\r") flags |= SF.NL_CR;
  else if (nl === "\r\n") flags |= SF.NL_CRLF;
  if (initial !== 0 && initial !== rt.None && !PyUnicode_Check(rt, initial)) {
    throw typeError(rt, `initial_value must be str or None, not ${typeNameOf(rt, initial)}`);
  }
  const i32 = rt.i32;
  i32[self + S.flags] = flags;
  i32[self + S.seen] = 0;
  i32[self + S.pos] = 0;
  i32[self + S.size] = 0;
  if (initial !== 0 && initial !== rt.None) writeStr(rt, self, initial);
  i32[self + S.pos] = 0;
}

const bool = (rt: Runtime, b: boolean): NewRef => (b ? rt.True : rt.False);

export function defineStringIO(rt: Runtime, base: Ref): Ref {
  return defineType(
    rt,
    streamSpec(
      {
        name: "_io.StringIO",
        base,
        basicsize: S.BYTES,
        doc: "A stream of text in memory.",
        slots: {
          tp_new: PyType_GenericNew,
          tp_init: stringio_init,
          tp_iternext: (r, self) => {
            open(r, self);
            const n = lineLength(r, self, -1);
            return n === 0 ? 0 : take(r, self, n);
          },
        },
        methods: METHODS,
        getsets: [
          { name: "closed", get: (r, self) => bool(r, flag(r, self, SF.CLOSED)) },
          { name: "line_buffering", get: (r, self) => (open(r, self), r.False) },
          {
            name: "newlines",
            get: (r, self) => (
              open(r, self), flag(r, self, SF.UNIVERSAL) ? seenNewlines(r, r.i32[self + S.seen]) : r.None
            ),
          },
        ],
      },
      S.dict,
      S.weakreflist,
      [],
      freeBuffer,
    ),
  );
}
