/**
 * Exception types with fields of their own: StopIteration, SystemExit, ImportError, AttributeError, NameError; KeyError,
 * which prints otherwise; MemoryError with its reserve. Part of the object layer (CPython's Objects/exceptions.c).
 */

import { Cell } from "../heap/cells.ts";
import { PyObject_Repr } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { kwSpec, parseTupleKw } from "./argparse.ts";
import { PyUnicode_CheckExact } from "./check.ts";
import { defineType } from "./defineType.ts";
import { dict_setitem_str, PyDict_Copy, PyDict_New } from "./dict.ts";
import {
  BaseException_clear,
  BaseException_dealloc,
  BaseException_init,
  BaseException_new,
  BaseException_str,
  BaseException_traverse,
  EXC_DICTOFFSET,
  EXC_FLAGS,
  fieldSlots,
} from "./exceptions.ts";
import { Exc, IMMORTAL_REFCNT, Ob, Tuple } from "./layout.ts";
import { decref, newref, setField, xnewref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import {
  METH,
  type MemberDef,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type TypeInfo,
} from "./typeinfo.ts";

/** First and further own fields of an exception. */
export const enum XF {
  f0 = 18,
  f1 = 20,
  f2 = 22,
  f3 = 24,
}

type Slots = Partial<Omit<TypeInfo, "type" | "name">>;
type ExcName = keyof Runtime["exc"];

interface FieldType {
  name: ExcName;
  base: ExcName;
  bytes: number;
  fields: number[];
  doc: string;
  slots: Slots;
  members?: MemberDef[];
  methods?: MethodDef[];
}

function define(rt: Runtime, t: FieldType): void {
  const spec = {
    name: t.name,
    basicsize: t.bytes,
    base: rt.exc[t.base],
    dictoffset: EXC_DICTOFFSET,
    flags: EXC_FLAGS,
    doc: t.doc,
    slots: { ...fieldSlots(t.fields), ...t.slots },
    members: t.members ?? [],
    methods: t.methods ?? [],
  };
  defineType(rt, spec, rt.exc[t.name]);
}

function StopIteration_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, kwargs);
  const value = rt.i32[args + Tuple.size] > 0 ? tupleItem(rt, args, 0) : rt.None;
  setField(rt, p + XF.f0, newref(rt, value));
}

function SystemExit_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, kwargs);
  const n = rt.i32[args + Tuple.size];
  if (n === 0) return;
  setField(rt, p + XF.f0, newref(rt, n === 1 ? tupleItem(rt, args, 0) : args));
}

const IMPORT_INIT = kwSpec("ImportError", "*, name=, path=, name_from=");

function ImportError_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, 0);
  const [name, path, nameFrom] = parseTupleKw(rt, IMPORT_INIT, rt.emptyTuple, kwargs);
  setField(rt, p + XF.f1, xnewref(rt, name));
  setField(rt, p + XF.f2, xnewref(rt, path));
  setField(rt, p + XF.f3, xnewref(rt, nameFrom));
  const msg = rt.i32[args + Tuple.size] === 1 ? tupleItem(rt, args, 0) : 0;
  setField(rt, p + XF.f0, xnewref(rt, msg));
}

function ImportError_str(rt: Runtime, p: Ref): NewRef {
  const msg = rt.i32[p + XF.f0];
  return msg !== 0 && PyUnicode_CheckExact(rt, msg) ? newref(rt, msg) : BaseException_str(rt, p);
}

/** A copy of the exception's dict with some fields added; the fields that are NULL are left out. */
function stateDict(rt: Runtime, p: Ref, fields: [string, number][]): NewRef {
  const dict = rt.i32[p + Exc.dict];
  const state = dict === 0 ? PyDict_New(rt) : PyDict_Copy(rt, dict);
  push(rt, state);
  for (const [name, field] of fields) {
    const value = rt.i32[p + field];
    if (value !== 0) dict_setitem_str(rt, state, name, value);
  }
  return pop(rt);
}

function ImportError_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  const bare = (i32[p + XF.f1] | i32[p + XF.f2] | i32[p + XF.f3]) === 0;
  if (bare && i32[p + Exc.dict] === 0) return PyTuple_Pack(rt, type, i32[p + Exc.args]);
  if (bare) return PyTuple_Pack(rt, type, i32[p + Exc.args], i32[p + Exc.dict]);
  const fields: [string, number][] = [
    ["name", XF.f1],
    ["path", XF.f2],
    ["name_from", XF.f3],
  ];
  return reduceWith(rt, p, stateDict(rt, p, fields));
}

/** (type, args, state); takes the state over. */
function reduceWith(rt: Runtime, p: Ref, state: NewRef): NewRef {
  push(rt, state);
  const result = PyTuple_Pack(rt, rt.i32[p + Ob.type], rt.i32[p + Exc.args], state);
  drop(rt);
  return result;
}

const ATTRIBUTE_INIT = kwSpec("AttributeError", "*, name=, obj=");

function AttributeError_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, 0);
  const [name, obj] = parseTupleKw(rt, ATTRIBUTE_INIT, rt.emptyTuple, kwargs);
  setField(rt, p + XF.f1, xnewref(rt, name));
  setField(rt, p + XF.f0, xnewref(rt, obj));
}

/** The object is left out: it may not be picklable. */
function AttributeError_getstate(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[p + XF.f1] === 0 && i32[p + Exc.args] === 0) return xnewref(rt, i32[p + Exc.dict]) || rt.None;
  return stateDict(rt, p, [
    ["name", XF.f1],
    ["args", Exc.args],
  ]);
}

const NAME_INIT = kwSpec("NameError", "*, name=");

export function NameError_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, 0);
  const [name] = parseTupleKw(rt, NAME_INIT, rt.emptyTuple, kwargs);
  setField(rt, p + XF.f0, xnewref(rt, name));
}

/** The key is shown as repr, so that an empty one is seen. */
function KeyError_str(rt: Runtime, p: Ref): NewRef {
  const args = rt.i32[p + Exc.args];
  if (rt.i32[args + Tuple.size] === 1) return PyObject_Repr(rt, tupleItem(rt, args, 0));
  return BaseException_str(rt, p);
}

function object(name: string, offset: number): MemberDef {
  return { name, type: "object", offset };
}

export { ImportError_init };

/** How many MemoryError instances are kept in reserve. */
const MAX_RESERVE = 16;

/** An instance from the reserve; 0 if it is used up. */
function fromReserve(rt: Runtime): NewRef | 0 {
  const i32 = rt.i32;
  const p = i32[Cell.MEMERRORS_FREE];
  if (p === 0) return 0;
  i32[Cell.MEMERRORS_FREE] = i32[p + Exc.dict];
  i32[Cell.MEMERRORS_NUMFREE]--;
  i32[p + Exc.dict] = 0;
  i32[p] = 1;
  i32[p + Exc.args] = newref(rt, rt.emptyTuple);
  PyObject_GC_Track(rt, p);
  return p;
}

function MemoryError_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  if (type !== rt.exc.MemoryError) return BaseException_new(rt, type, args, kwargs);
  return fromReserve(rt) || BaseException_new(rt, type, rt.emptyTuple, 0);
}

function MemoryError_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  BaseException_clear(rt, p);
  if (i32[p + Ob.type] !== rt.exc.MemoryError || i32[Cell.MEMERRORS_NUMFREE] >= MAX_RESERVE) {
    infoOf(rt, p).tp_free!(rt, p);
    return;
  }
  rt.u8[4 * p + Exc.suppress_context_byte] = 0;
  i32[p + Exc.dict] = i32[Cell.MEMERRORS_FREE];
  i32[Cell.MEMERRORS_FREE] = p;
  i32[Cell.MEMERRORS_NUMFREE]++;
}

/** Gives the reserve's instances back: the interpreter's end (_PyExc_ClearExceptionFreeLists). */
export function clearMemoryErrors(rt: Runtime): void {
  const i32 = rt.i32;
  for (let p = i32[Cell.MEMERRORS_FREE]; p !== 0; ) {
    const next = i32[p + Exc.dict];
    PyObject_GC_Del(rt, p);
    p = next;
  }
  i32[Cell.MEMERRORS_FREE] = 0;
  i32[Cell.MEMERRORS_NUMFREE] = 0;
  decref(rt, i32[i32[Cell.MEMERRORS_LAST] + Exc.args]);
  PyObject_GC_Del(rt, i32[Cell.MEMERRORS_LAST]);
}

/** Fills the reserve, and makes `rt.takeMemoryError` draw on it. The last instance is handed out again and again. */
function fillReserve(rt: Runtime): void {
  const made: Ref[] = [];
  for (let k = 0; k < MAX_RESERVE; k++) {
    made.push(BaseException_new(rt, rt.exc.MemoryError, rt.emptyTuple, 0));
  }
  for (const p of made) MemoryError_dealloc(rt, p);
  const lastResort = BaseException_new(rt, rt.exc.MemoryError, rt.emptyTuple, 0);
  PyObject_GC_UnTrack(rt, lastResort);
  rt.i32[lastResort] = IMMORTAL_REFCNT;
  rt.i32[Cell.MEMERRORS_LAST] = lastResort;
  rt.takeMemoryError = () => fromReserve(rt) || lastResort;
}

export function initExcFields(rt: Runtime): void {
  define(rt, {
    name: "StopIteration",
    base: "Exception",
    bytes: 80,
    fields: [XF.f0],
    doc: "An iterator has no more items.",
    slots: { tp_init: StopIteration_init },
    members: [object("value", XF.f0)],
  });
  define(rt, {
    name: "SystemExit",
    base: "BaseException",
    bytes: 80,
    fields: [XF.f0],
    doc: "A request to end the program.",
    slots: { tp_init: SystemExit_init },
    members: [object("code", XF.f0)],
  });
  define(rt, {
    name: "ImportError",
    base: "Exception",
    bytes: 104,
    fields: [XF.f0, XF.f1, XF.f2, XF.f3],
    doc: "A module, or a name in it, cannot be imported.",
    slots: { tp_init: ImportError_init, tp_str: ImportError_str },
    methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: ImportError_reduce }],
    members: [object("msg", XF.f0), object("name", XF.f1), object("path", XF.f2), object("name_from", XF.f3)],
  });
  define(rt, {
    name: "AttributeError",
    base: "Exception",
    bytes: 88,
    fields: [XF.f0, XF.f1],
    doc: "An object has no such attribute.",
    slots: { tp_init: AttributeError_init, tp_str: BaseException_str },
    methods: [
      { name: "__getstate__", flags: METH.NOARGS, fn: AttributeError_getstate },
      {
        name: "__reduce__",
        flags: METH.NOARGS,
        fn: (rt: Runtime, p: Ref) => reduceWith(rt, p, AttributeError_getstate(rt, p)),
      },
    ],
    members: [object("name", XF.f1), object("obj", XF.f0)],
  });
  define(rt, {
    name: "NameError",
    base: "Exception",
    bytes: 80,
    fields: [XF.f0],
    doc: "A name is not defined.",
    slots: { tp_init: NameError_init, tp_str: BaseException_str },
    members: [object("name", XF.f0)],
  });
  initKeyError(rt);
  initMemoryError(rt);
}

function initKeyError(rt: Runtime): void {
  const spec = {
    name: "KeyError",
    basicsize: Exc.BYTES,
    base: rt.exc.LookupError,
    dictoffset: EXC_DICTOFFSET,
    flags: EXC_FLAGS,
    doc: "A mapping has no such key.",
    slots: {
      ...fieldSlots([]),
      tp_dealloc: BaseException_dealloc,
      tp_init: BaseException_init,
      tp_str: KeyError_str,
    },
  };
  defineType(rt, spec, rt.exc.KeyError);
}

function initMemoryError(rt: Runtime): void {
  const spec = {
    name: "MemoryError",
    basicsize: Exc.BYTES,
    base: rt.exc.Exception,
    dictoffset: EXC_DICTOFFSET,
    flags: EXC_FLAGS,
    doc: "Out of memory.",
    slots: {
      tp_init: BaseException_init,
      tp_new: MemoryError_new,
      tp_dealloc: MemoryError_dealloc,
      tp_traverse: BaseException_traverse,
      tp_clear: BaseException_clear,
    },
  };
  defineType(rt, spec, rt.exc.MemoryError);
  fillReserve(rt);
}
