/**
 * Argument parsing of native functions, with CPython's messages (what Argument Clinic generates there). Part of the object layer.
 *
 *   const SPEC = kwSpec("sort", "*, key=, reverse=");
 *   const [key, reverse] = parseFastKw(rt, SPEC, args, nargs, kwnames);   // borrowed; 0 where absent
 */

import { PyUnicode_Check } from "./check.ts";
import { PyDict_Next, PyDict_Size } from "./dict.ts";
import { typeError } from "./errors.ts";
import { Tuple } from "./layout.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { jsString, strEqualsJS } from "./str.ts";
import { closestName } from "./suggest.ts";
import type { OptRef, Ref } from "./typeinfo.ts";

/** Parameters of a native function that takes keywords. */
export interface KwSpec {
  fname: string;
  /** How messages call the function: "sort()", or "function" where it has no name. */
  shown: string;
  /** In order; a positional-only one is known by its place. */
  names: string[];
  posonly: number;
  /** How many may be given by position. */
  maxpos: number;
  /** Required ones, which come first; a required keyword-only one has its bit in `requiredKw`. */
  min: number;
  requiredKw: boolean[];
}

/** Makes a KwSpec from a signature such as "x, /, base=, *, flag=": `name=` is optional. */
export function kwSpec(fname: string, signature: string): KwSpec {
  const shown = fname === "" ? "function" : `${fname}()`;
  const spec: KwSpec = { fname, shown, names: [], posonly: 0, maxpos: -1, min: 0, requiredKw: [] };
  for (const part of signature.split(",").map((s) => s.trim())) {
    if (part === "/") spec.posonly = spec.names.length;
    else if (part === "*") spec.maxpos = spec.names.length;
    else if (part !== "") addParam(spec, part);
  }
  if (spec.maxpos < 0) spec.maxpos = spec.names.length;
  return spec;
}

function addParam(spec: KwSpec, part: string): void {
  const optional = part.endsWith("=");
  const kwonly = spec.maxpos >= 0;
  spec.names.push(optional ? part.slice(0, -1) : part);
  spec.requiredKw.push(kwonly && !optional);
  if (!optional && !kwonly) spec.min = spec.names.length;
}

const plural = (n: number): string => (n === 1 ? "" : "s");

/** _PyArg_CheckPositional */
export function checkArgs(rt: Runtime, name: string, nargs: number, min: number, max: number): void {
  if (nargs >= min && nargs <= max) return;
  const few = nargs < min;
  const bound = few ? min : max;
  const how = min === max ? "" : few ? "at least " : "at most ";
  throw typeError(rt, `${name} expected ${how}${bound} argument${plural(bound)}, got ${nargs}`);
}

/** _PyArg_NoKeywords: `kwargs` is a dict or 0. */
export function noKeywords(rt: Runtime, name: string, kwargs: OptRef): void {
  if (kwargs !== 0 && PyDict_Size(rt, kwargs) !== 0)
    throw typeError(rt, `${name}() takes no keyword arguments`);
}

/** _PyArg_NoKwnames: `kwnames` is a tuple or 0. */
export function noKwnames(rt: Runtime, name: string, kwnames: OptRef): void {
  if (kwnames !== 0 && rt.i32[kwnames + Tuple.size] !== 0)
    throw typeError(rt, `${name}() takes no keyword arguments`);
}

/** _PyArg_BadArgument: "f() argument 2 must be str, not int". */
export function badArgument(rt: Runtime, fname: string, which: string, expected: string, arg: Ref): PyErr {
  const given = arg === rt.None ? "None" : typeNameOf(rt, arg, 50);
  return typeError(rt, `${fname}() ${which} must be ${expected}, not ${given}`);
}

/** The arguments of a METH_FASTCALL|METH_KEYWORDS native in declared order (borrowed), 0 where absent. */
export function parseFastKw(rt: Runtime, spec: KwSpec, args: number, nargs: number, kwnames: OptRef): Ref[] {
  const i32 = rt.i32;
  const nkw = kwnames === 0 ? 0 : i32[kwnames + Tuple.size];
  checkCounts(rt, spec, nargs, nkw);
  const out: Ref[] = new Array(spec.names.length).fill(0);
  for (let i = 0; i < nargs; i++) out[i] = i32[args + 2 * i];
  for (let k = 0; k < nkw; k++) {
    takeKeyword(rt, spec, out, nargs, i32[kwnames + Tuple.items + 2 * k], i32[args + 2 * (nargs + k)]);
  }
  if (nargs < spec.min || nkw !== 0 || spec.requiredKw.length !== spec.maxpos) checkRequired(rt, spec, out);
  return out;
}

/** The same for tp_new, tp_init and METH_VARARGS|METH_KEYWORDS: a tuple and a dict or 0. */
export function parseTupleKw(rt: Runtime, spec: KwSpec, args: Ref, kwargs: OptRef): Ref[] {
  const i32 = rt.i32;
  const nargs = i32[args + Tuple.size];
  const nkw = kwargs === 0 ? 0 : PyDict_Size(rt, kwargs);
  checkCounts(rt, spec, nargs, nkw);
  const out: Ref[] = new Array(spec.names.length).fill(0);
  for (let i = 0; i < nargs; i++) out[i] = i32[args + Tuple.items + 2 * i];
  if (nkw !== 0) {
    for (let pos = PyDict_Next(rt, kwargs, 0); pos >= 0; pos = PyDict_Next(rt, kwargs, pos)) {
      takeKeyword(rt, spec, out, nargs, rt.dictKey, rt.dictValue);
    }
  }
  checkRequired(rt, spec, out);
  return out;
}

function checkCounts(rt: Runtime, spec: KwSpec, nargs: number, nkw: number): void {
  const { shown, names, posonly, maxpos, min } = spec;
  const total = names.length;
  if (nargs + nkw > total) {
    const kind = nargs === 0 ? "keyword " : "";
    const message = `${shown} takes at most ${total} ${kind}argument${plural(total)} (${nargs + nkw} given)`;
    throw typeError(rt, message);
  }
  if (nargs > maxpos) {
    if (maxpos === 0) throw typeError(rt, `${shown} takes no positional arguments`);
    const how = min < maxpos ? "at most" : "exactly";
    throw typeError(
      rt,
      `${shown} takes ${how} ${maxpos} positional argument${plural(maxpos)} (${nargs} given)`,
    );
  }
  const minposonly = Math.min(posonly, min);
  if (nargs < minposonly) {
    const how = minposonly < maxpos ? "at least" : "exactly";
    const message = `${shown} takes ${how} ${minposonly} positional argument${plural(minposonly)} (${nargs} given)`;
    throw typeError(rt, message);
  }
}

function takeKeyword(rt: Runtime, spec: KwSpec, out: Ref[], nargs: number, key: Ref, value: Ref): void {
  if (!PyUnicode_Check(rt, key)) throw typeError(rt, "keywords must be strings");
  const { shown, names, posonly } = spec;
  for (let i = posonly; i < names.length; i++) {
    if (!strEqualsJS(rt, key, names[i])) continue;
    if (i < nargs)
      throw typeError(rt, `argument for ${shown} given by name ('${names[i]}') and position (${i + 1})`);
    out[i] = value;
    return;
  }
  const given = jsString(rt, key);
  const close = closestName(names.slice(posonly), given);
  // PyArg_ParseTupleAndKeywords, which knows no name for the function here, looks for what is missing first.
  if (spec.fname === "") checkRequired(rt, spec, out);
  const hint = close === null ? "" : `. Did you mean '${close}'?`;
  const named = spec.fname === "" ? "this function" : shown;
  throw typeError(rt, `${named} got an unexpected keyword argument '${given}'${hint}`);
}

function checkRequired(rt: Runtime, spec: KwSpec, out: Ref[]): void {
  for (let i = 0; i < out.length; i++) {
    if (out[i] === 0 && (i < spec.min || spec.requiredKw[i])) {
      throw typeError(rt, `${spec.shown} missing required argument '${spec.names[i]}' (pos ${i + 1})`);
    }
  }
}
