/**
 * Errors of encoding and decoding: UnicodeEncodeError and its kin as the codecs make and change them, and the call of error
 * handlers. Part of the object layer.
 */
import { PyObject_CallOneArg } from "./call.ts";
import { PyBytes_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from "./check.ts";
import { PyCodec_LookupError } from "./codecregistry.ts";
import { raise, raiseObject, typeError } from "./errors.ts";
import { Bytes } from "./layout.ts";
import { PyLong_AsSsize_t } from "./long.ts";
import { newref, setField } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { PyUnicodeDecodeError_Create, PyUnicodeEncodeError_Create, UniErr } from "./unicodeerror.ts";

/** A new exception of a codec; UnicodeTranslateError has no encoding. */
function makeError(
  rt: Runtime,
  type: Ref,
  encoding: string,
  object: Ref,
  start: number,
  end: number,
  reason: string,
): NewRef {
  if (type === rt.exc.UnicodeEncodeError)
    return PyUnicodeEncodeError_Create(rt, encoding, object, start, end, reason);
  return PyUnicodeDecodeError_Create(rt, encoding, object, start, end, reason);
}

/** UnicodeEncodeError about characters start to end of a str: what to throw. */
export function encodeError(
  rt: Runtime,
  encoding: string,
  s: Ref,
  start: number,
  end: number,
  reason: string,
): PyErr {
  return raiseObject(rt, makeError(rt, rt.exc.UnicodeEncodeError, encoding, s, start, end, reason));
}

/** UnicodeDecodeError about bytes start to end of a bytes object: what to throw. */
export function decodeError(
  rt: Runtime,
  encoding: string,
  b: Ref,
  start: number,
  end: number,
  reason: string,
): PyErr {
  return raiseObject(rt, makeError(rt, rt.exc.UnicodeDecodeError, encoding, b, start, end, reason));
}

/**
 * The state of one run of a codec with an error handler that is no built-in fast path: the exception object, made at the
 * first error and changed for the next ones, and the handler. Both stand on the native stack.
 */
export class ErrorRun {
  private readonly rt: Runtime;
  private readonly type: Ref;
  private readonly encoding: string;
  private readonly errors: string;
  /** Slots: exception, handler, result of the last call. */
  private readonly slot: number;
  /** What the handler gave, borrowed: a str, or bytes when encoding. */
  replacement: Ref = 0;
  /** Where to go on. */
  position = 0;

  constructor(rt: Runtime, type: Ref, encoding: string, errors: string) {
    this.rt = rt;
    this.type = type;
    this.encoding = encoding;
    this.errors = errors;
    this.slot = push(rt, 0);
    push(rt, 0);
    push(rt, 0);
  }

  /** Releases what the run holds. */
  release(): void {
    drop(this.rt, 3);
  }

  /** The exception about this error, borrowed. */
  exception(object: Ref, start: number, end: number, reason: string): Ref {
    const rt = this.rt;
    const i32 = rt.i32;
    const old = i32[this.slot];
    if (old === 0) {
      i32[this.slot] = makeError(rt, this.type, this.encoding, object, start, end, reason);
      return i32[this.slot];
    }
    i32[old + UniErr.start] = start;
    i32[old + UniErr.end] = end;
    setField(rt, old + UniErr.reason, PyUnicode_FromJS(rt, reason));
    return old;
  }

  /** Raises the exception about this error. */
  fail(object: Ref, start: number, end: number, reason: string): PyErr {
    return raiseObject(this.rt, newref(this.rt, this.exception(object, start, end, reason)));
  }

  /**
   * Calls the handler about an error in `object` of n characters or bytes; the answer is in `replacement` and `position`.
   * A decoding handler may put another object into the exception: `object` below then differs.
   */
  handle(object: Ref, n: number, start: number, end: number, reason: string): void {
    const rt = this.rt;
    const i32 = rt.i32;
    if (i32[this.slot + 2] === 0) i32[this.slot + 2] = PyCodec_LookupError(rt, this.errors);
    const exc = this.exception(object, start, end, reason);
    setField(rt, this.slot + 4, PyObject_CallOneArg(rt, i32[this.slot + 2], exc));
    this.takeResult(i32[this.slot + 4], n);
  }

  /** The object in the exception after the last call. */
  get object(): Ref {
    return this.rt.i32[this.rt.i32[this.slot] + UniErr.object];
  }

  private takeResult(result: Ref, n: number): void {
    const rt = this.rt;
    const encoding = this.type === rt.exc.UnicodeEncodeError;
    if (!this.isProper(result, encoding)) {
      const wanted = encoding
        ? "encoding error handler must return (str/bytes, int) tuple"
        : "decoding error handler must return (str, int) tuple";
      throw typeError(rt, wanted);
    }
    this.replacement = tupleItem(rt, result, 0);
    const given = PyLong_AsSsize_t(rt, tupleItem(rt, result, 1));
    if (this.type === rt.exc.UnicodeDecodeError) n = bytesLength(rt, this.object);
    const position = given < 0 ? given + n : given;
    if (position < 0 || position > n) {
      throw raise(rt, rt.exc.IndexError, `position ${given} from error handler out of bounds`);
    }
    this.position = position;
  }

  private isProper(result: Ref, encoding: boolean): boolean {
    const rt = this.rt;
    if (!PyTuple_Check(rt, result) || tupleSize(rt, result) !== 2) return false;
    const what = tupleItem(rt, result, 0);
    if (!PyUnicode_Check(rt, what) && !(encoding && PyBytes_Check(rt, what))) return false;
    return PyLong_Check(rt, tupleItem(rt, result, 1));
  }
}

function bytesLength(rt: Runtime, b: Ref): number {
  if (!PyBytes_Check(rt, b)) throw typeError(rt, "object attribute must be bytes");
  return rt.i32[b + Bytes.size];
}
