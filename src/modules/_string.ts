/** The module _string: what string.Formatter needs of str.format's parser. */

import { PyObject_New } from "../objects/alloc.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { typeError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { strLength, unicode_char } from "../objects/str.ts";
import { FieldName, Markup } from "../objects/strmarkup.ts";
import { PyUnicode_Substring } from "../objects/strnew.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { PyObject_Free } from "../pymalloc/domains.ts";
import { createModule } from "./native.ts";

/** Both iterators: the string, the position and the end of what is parsed. */
const enum It {
  str = 4,
  pos = 6,
  end = 8,
  FORMATTER_BYTES = 56,
  FIELD_BYTES = 64,
}

interface Types {
  formatter: Ref;
  field: Ref;
}

function newIterator(rt: Runtime, type: Ref, bytes: number, s: Ref, pos: number, end: number): NewRef {
  const it = PyObject_New(rt, type, bytes);
  const i32 = rt.i32;
  i32[it + It.str] = newref(rt, s);
  i32[it + It.pos] = pos;
  i32[it + It.end] = end;
  return it;
}

function dealloc(rt: Runtime, it: Ref): void {
  decref(rt, rt.i32[it + It.str]);
  PyObject_Free(rt, it);
}

/** (literal, field name, format spec, conversion) for each replacement field. */
function formatterNext(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const s = i32[it + It.str];
  const markup = new Markup(rt, s, i32[it + It.pos], i32[it + It.end]);
  if (!markup.next()) return 0;
  i32[it + It.pos] = markup.pos;
  const m = mark(rt);
  push(rt, PyUnicode_Substring(rt, s, markup.literalStart, markup.literalEnd));
  const none = rt.None;
  push(rt, markup.hasField ? PyUnicode_Substring(rt, s, markup.nameStart, markup.nameEnd) : none);
  push(rt, markup.hasField ? PyUnicode_Substring(rt, s, markup.specStart, markup.specEnd) : none);
  push(rt, markup.conversion !== 0 ? unicode_char(rt, markup.conversion) : none);
  const t = PyTuple_Pack(rt, i32[m], i32[m + 2], i32[m + 4], i32[m + 6]);
  drop(rt, 4);
  return t;
}

/** (is attribute, name or number) for each step of a field name. */
function fieldNext(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const name = new FieldName(rt, i32[it + It.str], 0, i32[it + It.end]);
  name.pos = i32[it + It.pos];
  if (!name.next()) return 0;
  i32[it + It.pos] = name.pos;
  const value = !name.isAttribute && name.index >= 0 ? PyLong_FromNumber(rt, name.index) : name.name();
  push(rt, value);
  const t = PyTuple_Pack(rt, name.isAttribute ? rt.True : rt.False, value);
  drop(rt);
  return t;
}

function needStr(rt: Runtime, o: Ref): void {
  if (!PyUnicode_Check(rt, o)) throw typeError(rt, `expected str, got ${typeNameOf(rt, o)}`);
}

const KEY = "_string";

function types(rt: Runtime): Types {
  return rt.moduleState.get(KEY) as Types;
}

function formatter_parser(rt: Runtime, _m: Ref, s: Ref): NewRef {
  needStr(rt, s);
  return newIterator(rt, types(rt).formatter, It.FORMATTER_BYTES, s, 0, strLength(rt, s));
}

function formatter_field_name_split(rt: Runtime, _m: Ref, s: Ref): NewRef {
  needStr(rt, s);
  const name = new FieldName(rt, s, 0, strLength(rt, s));
  push(rt, newIterator(rt, types(rt).field, It.FIELD_BYTES, s, name.firstEnd, name.end));
  const it = rt.i32[mark(rt) - 2];
  const first =
    name.firstIndex >= 0
      ? PyLong_FromNumber(rt, name.firstIndex)
      : PyUnicode_Substring(rt, s, 0, name.firstEnd);
  push(rt, first);
  const t = PyTuple_Pack(rt, first, it);
  drop(rt, 2);
  return t;
}

const methods: MethodDef[] = [
  { name: "formatter_field_name_split", flags: METH.O, fn: formatter_field_name_split },
  { name: "formatter_parser", flags: METH.O, fn: formatter_parser },
];

/** The module object: a new reference. */
export function initModule__string(rt: Runtime): NewRef {
  const iterator = (name: string, basicsize: number, next: (rt: Runtime, it: Ref) => NewRef): Ref =>
    defineType(rt, { name, basicsize, slots: { tp_dealloc: dealloc, tp_iter: newref, tp_iternext: next } });
  if (!rt.moduleState.has(KEY)) {
    const formatter = iterator("formatteriterator", It.FORMATTER_BYTES, formatterNext);
    rt.moduleState.set(KEY, { formatter, field: iterator("fieldnameiterator", It.FIELD_BYTES, fieldNext) });
  }
  return createModule(rt, "_string", methods);
}
