/** str.translate and str.maketrans. Part of the object layer. */
import { PyObject_GetItem } from "./abstract.ts";
import { badArgument, checkArgs } from "./argparse.ts";
import { PyDict_CheckExact, PyLong_Check, PyUnicode_Check } from "./check.ts";
import { PyDict_New, PyDict_Next, PyDict_SetItem, setItemTake2 } from "./dict.ts";
import { caught, clearError, typeError, valueError } from "./errors.ts";
import { PyLong_AsLong, PyLong_FromNumber } from "./long.ts";
import { incref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { charAt, readChar, strData, strKind, strLength } from "./str.ts";
import { StrBuilder } from "./strbuilder.ts";
import { strUnchanged } from "./strnew.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** mapping[c], checked: a new reference to an int in range, None or a str; 0 where the mapping does not have it. */
function lookup(rt: Runtime, mapping: Ref, c: number): NewRef | 0 {
  push(rt, PyLong_FromNumber(rt, c));
  const m = mark(rt);
  let x: NewRef;
  try {
    x = PyObject_GetItem(rt, mapping, rt.i32[m - 2]);
  } catch (e) {
    caught(rt, e, m, rt.exc.LookupError);
    clearError(rt);
    drop(rt);
    return 0;
  }
  drop(rt);
  push(rt, x);
  checkMapped(rt, x);
  return pop(rt);
}

function checkMapped(rt: Runtime, x: Ref): void {
  if (x === rt.None || PyUnicode_Check(rt, x)) return;
  if (!PyLong_Check(rt, x)) throw typeError(rt, "character mapping must return integer, None or str");
  const value = PyLong_AsLong(rt, x);
  if (value < 0 || value > 0x10ffff) throw valueError(rt, "character mapping must be in range(0x110000)");
}

/** In `cache`: 0 not asked yet, 1 deleted, else the resulting ASCII character + 2. */
function remember(rt: Runtime, cache: Uint8Array, c: number, x: OptRef): void {
  if (c >= 128) return;
  if (x === 0) cache[c] = c + 2;
  else if (x === rt.None) cache[c] = 1;
  else if (PyLong_Check(rt, x)) rememberChar(cache, c, PyLong_AsLong(rt, x));
  else if (strLength(rt, x) === 1) rememberChar(cache, c, charAt(rt, x, 0));
}

function rememberChar(cache: Uint8Array, c: number, to: number): void {
  if (to < 128) cache[c] = to + 2;
}

/** _PyUnicode_TranslateCharmap. Results for ASCII characters are asked for once. */
export function str_translate(rt: Runtime, self: Ref, mapping: Ref): NewRef {
  const n = strLength(rt, self);
  if (n === 0) return strUnchanged(rt, self);
  const builder = new StrBuilder(rt);
  builder.prepare(n, 127);
  const cache = new Uint8Array(128);
  for (let i = 0; i < n; i++) {
    const c = readChar(rt, strKind(rt, self), strData(rt, self), i);
    const known = c < 128 ? cache[c] : 0;
    if (known > 1) builder.writeChar(known - 2);
    if (known !== 0) continue;
    const x = lookup(rt, mapping, c);
    remember(rt, cache, c, x);
    putMapped(rt, builder, c, x);
  }
  return builder.finish();
}

/** Writes the result x (taken over) of translating c. */
function putMapped(rt: Runtime, builder: StrBuilder, c: number, x: NewRef | 0): void {
  if (x === 0) {
    builder.writeChar(c);
    return;
  }
  push(rt, x);
  if (PyLong_Check(rt, x)) builder.writeChar(PyLong_AsLong(rt, x));
  else if (x !== rt.None) builder.writeStr(x);
  drop(rt);
}

/** str.maketrans(x[, y[, z]]) */
export function str_maketrans(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "maketrans", nargs, 1, 3);
  const i32 = rt.i32;
  for (let i = 1; i < nargs; i++) {
    const arg = i32[args + 2 * i];
    if (!PyUnicode_Check(rt, arg)) throw badArgument(rt, "maketrans", `argument ${i + 1}`, "str", arg);
  }
  const table = PyDict_New(rt);
  push(rt, table);
  if (nargs === 1) fromDict(rt, table, i32[args]);
  else fromStrings(rt, table, i32[args], i32[args + 2], nargs > 2 ? i32[args + 4] : 0);
  return pop(rt);
}

function fromStrings(rt: Runtime, table: Ref, x: Ref, y: Ref, z: OptRef): void {
  if (!PyUnicode_Check(rt, x)) {
    throw typeError(rt, "first maketrans argument must be a string if there is a second argument");
  }
  const n = strLength(rt, x);
  if (n !== strLength(rt, y)) {
    throw valueError(rt, "the first two maketrans arguments must have equal length");
  }
  for (let i = 0; i < n; i++) {
    push(rt, PyLong_FromNumber(rt, charAt(rt, x, i)));
    const value = PyLong_FromNumber(rt, charAt(rt, y, i));
    setItemTake2(rt, table, pop(rt), value);
  }
  if (z === 0) return;
  for (let i = 0; i < strLength(rt, z); i++) {
    setItemTake2(rt, table, PyLong_FromNumber(rt, charAt(rt, z, i)), newref(rt, rt.None));
  }
}

function fromDict(rt: Runtime, table: Ref, x: Ref): void {
  if (!PyDict_CheckExact(rt, x)) {
    throw typeError(rt, "if you give only one argument to maketrans it must be a dict");
  }
  for (let pos = PyDict_Next(rt, x, 0); pos >= 0; pos = PyDict_Next(rt, x, pos)) {
    const key = rt.dictKey;
    const value = rt.dictValue;
    if (PyUnicode_Check(rt, key)) {
      if (strLength(rt, key) !== 1)
        throw valueError(rt, "string keys in translate table must be of length 1");
      incref(rt, value);
      setItemTake2(rt, table, PyLong_FromNumber(rt, charAt(rt, key, 0)), value);
    } else {
      if (!PyLong_Check(rt, key)) throw typeError(rt, "keys in translate table must be strings or integers");
      PyDict_SetItem(rt, table, key, value);
    }
  }
}
