/**
 * SyntaxError and its subtypes. Part of the object layer (CPython's Objects/exceptions.c).
 *
 *   byte   72    80         88       96       104          112          120    128                   136
 *          | msg | filename | lineno | offset | end_lineno | end_offset | text | print_file_and_line |
 */
import { strOf } from "./abstract.ts";
import { PyLong_CheckExact, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { typeError } from "./errors.ts";
import { BaseException_init, EXC_DICTOFFSET, EXC_FLAGS, fieldSlots } from "./exceptions.ts";
import { Tuple } from "./layout.ts";
import { newref, setField, xnewref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Tuple } from "./sequence.ts";
import { drop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { tupleItem } from "./tuple.ts";
import type { MemberDef, NewRef, OptRef, Ref } from "./typeinfo.ts";

export const enum SynErr {
  msg = 18,
  filename = 20,
  lineno = 22,
  offset = 24,
  end_lineno = 26,
  end_offset = 28,
  text = 30,
  print_file_and_line = 32,
  BYTES = 136,
}

/** Fields in the order of the location tuple: (filename, lineno, offset, text, end_lineno, end_offset). */
const LOCATION = [
  SynErr.filename,
  SynErr.lineno,
  SynErr.offset,
  SynErr.text,
  SynErr.end_lineno,
  SynErr.end_offset,
] as const;

export function SyntaxError_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, kwargs);
  const n = rt.i32[args + Tuple.size];
  if (n >= 1) setField(rt, p + SynErr.msg, newref(rt, tupleItem(rt, args, 0)));
  if (n === 2) setLocation(rt, p, tupleItem(rt, args, 1));
}

function setLocation(rt: Runtime, p: Ref, location: Ref): void {
  const info = PySequence_Tuple(rt, location);
  push(rt, info);
  const n = rt.i32[info + Tuple.size];
  if (n < 4 || n > 6) {
    const bound = n < 4 ? "at least 4" : "at most 6";
    throw typeError(rt, `function takes ${bound} arguments (${n} given)`);
  }
  LOCATION.forEach((field, k) => {
    setField(rt, p + field, xnewref(rt, k < n ? tupleItem(rt, info, k) : 0));
  });
  drop(rt);
  if (n === 5) throw typeError(rt, "end_offset must be provided when end_lineno is provided");
}

function SyntaxError_str(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const filename = i32[p + SynErr.filename];
  const lineno = i32[p + SynErr.lineno];
  const parts: string[] = [];
  if (filename !== 0 && PyUnicode_Check(rt, filename))
    parts.push(jsString(rt, filename).replace(/^.*\//s, ""));
  if (lineno !== 0 && PyLong_CheckExact(rt, lineno)) parts.push(`line ${strOf(rt, lineno)}`);
  const message = strOf(rt, i32[p + SynErr.msg] || rt.None);
  return PyUnicode_FromJS(rt, parts.length === 0 ? message : `${message} (${parts.join(", ")})`);
}

function field(name: string, offset: number): MemberDef {
  return { name, type: "object", offset };
}

export function initSyntaxError(rt: Runtime): void {
  const common = { basicsize: SynErr.BYTES, dictoffset: EXC_DICTOFFSET, flags: EXC_FLAGS };
  const storage = fieldSlots([SynErr.msg, ...LOCATION, SynErr.print_file_and_line]);
  defineType(
    rt,
    {
      ...common,
      name: "SyntaxError",
      base: rt.exc.Exception,
      doc: "The source is no Python.",
      slots: { ...storage, tp_init: SyntaxError_init, tp_str: SyntaxError_str },
      members: [
        field("msg", SynErr.msg),
        field("filename", SynErr.filename),
        field("lineno", SynErr.lineno),
        field("offset", SynErr.offset),
        field("text", SynErr.text),
        field("end_lineno", SynErr.end_lineno),
        field("end_offset", SynErr.end_offset),
        field("print_file_and_line", SynErr.print_file_and_line),
      ],
    },
    rt.exc.SyntaxError,
  );
  const sub = (name: keyof Runtime["exc"], base: Ref) => {
    const slots = { ...storage, tp_init: SyntaxError_init };
    defineType(rt, { ...common, name, base, slots }, rt.exc[name]);
  };
  sub("IndentationError", rt.exc.SyntaxError);
  sub("TabError", rt.exc.IndentationError);
  sub("_IncompleteInputError", rt.exc.SyntaxError);
}
