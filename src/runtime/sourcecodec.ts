/** Source bytes to text by the codecs of Python's that a coding declaration may name. Part of the runtime. */

import { PySyntaxError } from "../compiler/errors.ts";
import { decodeSource, encodingError, foreignCodec } from "../compiler/parse.ts";
import { PyObject_Str } from "../objects/abstract.ts";
import { PyBytes_FromArray } from "../objects/bytes.ts";
import { PyUnicode_FromEncodedObject } from "../objects/codecs.ts";
import { caught, fetch, raiseObject } from "../objects/errors.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { makeSyntaxError } from "./syntaxerror.ts";

/** Codecs that CPython has in C: the host's decoder knows them. */
const EAST_ASIAN = /^(shift[-_]?jis|s[-_]?jis|euc[-_]?(jp|kr)|gbk|gb2312|gb18030|big5|iso[-_]?2022[-_]?jp)$/i;

/** The text of a source; errors are raised as Python's. `program`: it is the file of the program itself. */
export function readSource(rt: Runtime, bytes: Uint8Array, filename: string, program = false): string {
  try {
    return sourceOf(rt, bytes, filename, program);
  } catch (e) {
    if (e instanceof PySyntaxError) throw raiseObject(rt, makeSyntaxError(rt, e));
    throw e;
  }
}

/** The same with errors as the compiler's. */
export function sourceOf(rt: Runtime, bytes: Uint8Array, filename: string, program: boolean): string {
  if (!program && bytes.includes(0)) throw encodingError("source code string cannot contain null bytes", "");
  const codec = (name: string, body: Uint8Array) => decodeBy(rt, name, body, filename, program);
  const text = decodeSource(bytes, filename, { codec, program });
  if (program && text.includes("\0")) throw nullByte(text, filename);
  return text;
}

function decodeBy(rt: Runtime, name: string, body: Uint8Array, filename: string, program: boolean): string {
  // CPython reads a program by lines, which these codecs do not show.
  if (program && /^utf[-_]?(16|32)/i.test(name)) throw encodingError(`encoding problem: ${name}`, "");
  const m = mark(rt);
  try {
    push(rt, PyBytes_FromArray(rt, body));
    push(rt, PyUnicode_FromJS(rt, name));
    push(rt, PyUnicode_FromEncodedObject(rt, rt.i32[m], rt.i32[m + 2], 0));
    const text = jsString(rt, rt.i32[m + 4]);
    drop(rt, 3);
    return text;
  } catch (e) {
    caught(rt, e, m, rt.exc.Exception);
    push(rt, fetch(rt));
    push(rt, PyObject_Str(rt, rt.i32[m]));
    const why = jsString(rt, rt.i32[m + 2]);
    drop(rt, 2);
    if (EAST_ASIAN.test(name)) return foreignCodec(name, body);
    throw program ? encodingError(`encoding problem: ${name}`, "") : encodingError(why, filename);
  }
}

function nullByte(text: string, filename: string): PySyntaxError {
  const line = text.slice(0, text.indexOf("\0")).split(/\r\n|\r|\n/).length;
  const msg = "source code cannot contain null bytes";
  return new PySyntaxError("SyntaxError", msg, filename, line, 0, line, 0, "");
}
