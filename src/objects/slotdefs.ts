/**
 * The table that ties special method names to slots, both ways: which wrapper shows a native slot as a method, and which
 * function fills the slot when a class defines the method. Part of the object layer (slotdefs of CPython's typeobject.c);
 * the order is the order in which the methods of a built-in type stand in its `__dict__`.
 */

import { PyObject_HashNotImplemented } from "./compare.ts";
import * as attr from "./slotattr.ts";
import * as nb from "./slotnumber.ts";
import * as seq from "./slotseq.ts";
import * as tp from "./slottp.ts";
import type { Names } from "./tables.ts";
import type { binaryfunc, TypeInfo } from "./typeinfo.ts";
import type { SlotFunction } from "./wrapped.ts";
import * as w from "./wrappers.ts";

export type SlotName = Exclude<keyof TypeInfo, "type" | "name">;

export interface SlotDef {
  /** "__add__" */
  name: string;
  /** The slot it stands for. */
  slot: SlotName;
  /** Fills the slot of a class written in Python that defines the method; null: nothing does. */
  fn: SlotFunction | null;
  /** Calls the native slot for a wrapper descriptor; null: the slot alone makes no method. */
  wrap: w.Wrapper | null;
  /** Takes keyword arguments (`__init__`, `__call__`). */
  keywords: boolean;
  /** Text signature: "($self, value, /)" */
  sig: string;
  doc: string;
}

const ONE = "($self, value, /)";
const NONE = "($self, /)";
const ANY = "($self, /, *args, **kwargs)";

let table: SlotDef[] | null = null;

/** The table; an entry's index is what a wrapper descriptor holds in Descr.def. */
export function slotdefs(): readonly SlotDef[] {
  if (table === null)
    table = [...typeSlots(), ...asyncSlots(), ...numberSlots(), ...mappingSlots(), ...sequenceSlots()];
  return table;
}

function def(
  name: string,
  slot: SlotName,
  fn: SlotDef["fn"],
  wrap: w.Wrapper | null,
  sig: string,
  doc: string,
): SlotDef {
  return { name, slot, fn, wrap, keywords: sig === ANY, sig, doc };
}

function typeSlots(): SlotDef[] {
  const compare = ["<", "<=", "==", "!=", ">", ">="];
  const hook = attr.slot_tp_getattr_hook;
  return [
    def("__repr__", "tp_repr", tp.slot_tp_repr, w.wrap_unaryfunc, NONE, "repr(self)"),
    def("__hash__", "tp_hash", tp.slot_tp_hash, w.wrap_hashfunc, NONE, "hash(self)"),
    def("__call__", "tp_call", tp.slot_tp_call, w.wrap_call, ANY, "self(*args, **kwargs)"),
    def(
      "__str__",
      "tp_str",
      nb.selfSlot0((n) => n.__str__),
      w.wrap_unaryfunc,
      NONE,
      "str(self)",
    ),
    def("__getattribute__", "tp_getattro", hook, w.wrap_getattro, "($self, name, /)", "getattr(self, name)"),
    def("__getattr__", "tp_getattro", hook, null, "", ""),
    def(
      "__setattr__",
      "tp_setattro",
      attr.slot_tp_setattro,
      w.wrap_setattr,
      "($self, name, value, /)",
      "setattr(self, name, value)",
    ),
    def(
      "__delattr__",
      "tp_setattro",
      attr.slot_tp_setattro,
      w.wrap_delattr,
      "($self, name, /)",
      "delattr(self, name)",
    ),
    ...["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"].map((name, op) =>
      def(
        name,
        "tp_richcompare",
        tp.slot_tp_richcompare,
        w.richcmpWrappers[op],
        ONE,
        `self ${compare[op]} value`,
      ),
    ),
    def("__iter__", "tp_iter", seq.slot_tp_iter, w.wrap_unaryfunc, NONE, "iter(self)"),
    def("__next__", "tp_iternext", seq.slot_tp_iternext, w.wrap_next, NONE, "next(self)"),
    def(
      "__get__",
      "tp_descr_get",
      attr.slot_tp_descr_get,
      w.wrap_descr_get,
      "($self, instance, owner=None, /)",
      "The attribute's value for an instance of owner.",
    ),
    def(
      "__set__",
      "tp_descr_set",
      attr.slot_tp_descr_set,
      w.wrap_descr_set,
      "($self, instance, value, /)",
      "Gives the attribute of an instance a value.",
    ),
    def(
      "__delete__",
      "tp_descr_set",
      attr.slot_tp_descr_set,
      w.wrap_descr_delete,
      "($self, instance, /)",
      "Deletes the attribute of an instance.",
    ),
    def(
      "__init__",
      "tp_init",
      tp.slot_tp_init,
      w.wrap_init,
      ANY,
      "Sets up a new instance; the type says with which arguments.",
    ),
    def("__new__", "tp_new", tp.slot_tp_new, null, ANY, "Makes a new object."),
    def(
      "__del__",
      "tp_finalize",
      tp.slot_tp_finalize,
      w.wrap_del,
      NONE,
      "Runs before the instance goes away.",
    ),
    def(
      "__buffer__",
      "bf_getbuffer",
      null,
      w.wrap_buffer,
      "($self, flags, /)",
      "A memoryview of the object's bytes.",
    ),
    def(
      "__release_buffer__",
      "bf_releasebuffer",
      null,
      w.wrap_releasebuffer,
      "($self, buffer, /)",
      "Ends the use of a memoryview of the object's bytes.",
    ),
  ];
}

function asyncSlots(): SlotDef[] {
  return [
    def(
      "__await__",
      "am_await",
      seq.slot_am_await,
      w.wrap_unaryfunc,
      NONE,
      "The iterator that await drives.",
    ),
    def("__aiter__", "am_aiter", seq.slot_am_aiter, w.wrap_unaryfunc, NONE, "aiter(self)"),
    def("__anext__", "am_anext", seq.slot_am_anext, w.wrap_unaryfunc, NONE, "anext(self)"),
  ];
}

/** `__add__` and `__radd__` for one slot. */
function pair(
  slot: SlotName,
  text: string,
  get: (i: TypeInfo) => binaryfunc | null,
  name: (n: Names) => number,
  rname: (n: Names) => number,
  op: string,
): SlotDef[] {
  const fn = nb.binarySlot(get, name, rname);
  const doc = (a: string, b: string) => (op === "divmod" ? `divmod(${a}, ${b})` : `${a} ${op} ${b}`);
  return [
    def(`__${text}__`, slot, fn, w.wrap_binaryfunc_l, ONE, doc("self", "value")),
    def(`__r${text}__`, slot, fn, w.wrap_binaryfunc_r, ONE, doc("value", "self")),
  ];
}

function unary(slot: SlotName, text: string, name: (n: Names) => number, doc: string): SlotDef {
  return def(`__${text}__`, slot, nb.selfSlot0(name), w.wrap_unaryfunc, NONE, doc);
}

function inplace(slot: SlotName, text: string, name: (n: Names) => number, op: string): SlotDef {
  return def(`__i${text}__`, slot, nb.selfSlot1(name), w.wrap_binaryfunc, ONE, `self ${op} value`);
}

function numberSlots(): SlotDef[] {
  const power = nb.powerSlot();
  return [
    ...pair(
      "nb_add",
      "add",
      (i) => i.nb_add,
      (n) => n.__add__,
      (n) => n.__radd__,
      "+",
    ),
    ...pair(
      "nb_subtract",
      "sub",
      (i) => i.nb_subtract,
      (n) => n.__sub__,
      (n) => n.__rsub__,
      "-",
    ),
    ...pair(
      "nb_multiply",
      "mul",
      (i) => i.nb_multiply,
      (n) => n.__mul__,
      (n) => n.__rmul__,
      "*",
    ),
    ...pair(
      "nb_remainder",
      "mod",
      (i) => i.nb_remainder,
      (n) => n.__mod__,
      (n) => n.__rmod__,
      "%",
    ),
    ...pair(
      "nb_divmod",
      "divmod",
      (i) => i.nb_divmod,
      (n) => n.__divmod__,
      (n) => n.__rdivmod__,
      "divmod",
    ),
    def(
      "__pow__",
      "nb_power",
      power,
      w.wrap_ternaryfunc,
      "($self, value, mod=None, /)",
      "pow(self, value, mod)",
    ),
    def(
      "__rpow__",
      "nb_power",
      power,
      w.wrap_ternaryfunc_r,
      "($self, value, mod=None, /)",
      "pow(value, self, mod)",
    ),
    unary("nb_negative", "neg", (n) => n.__neg__, "-self"),
    unary("nb_positive", "pos", (n) => n.__pos__, "+self"),
    unary("nb_absolute", "abs", (n) => n.__abs__, "abs(self)"),
    def("__bool__", "nb_bool", nb.slot_nb_bool, w.wrap_inquirypred, NONE, "bool(self)"),
    unary("nb_invert", "invert", (n) => n.__invert__, "~self"),
    ...pair(
      "nb_lshift",
      "lshift",
      (i) => i.nb_lshift,
      (n) => n.__lshift__,
      (n) => n.__rlshift__,
      "<<",
    ),
    ...pair(
      "nb_rshift",
      "rshift",
      (i) => i.nb_rshift,
      (n) => n.__rshift__,
      (n) => n.__rrshift__,
      ">>",
    ),
    ...pair(
      "nb_and",
      "and",
      (i) => i.nb_and,
      (n) => n.__and__,
      (n) => n.__rand__,
      "&",
    ),
    ...pair(
      "nb_xor",
      "xor",
      (i) => i.nb_xor,
      (n) => n.__xor__,
      (n) => n.__rxor__,
      "^",
    ),
    ...pair(
      "nb_or",
      "or",
      (i) => i.nb_or,
      (n) => n.__or__,
      (n) => n.__ror__,
      "|",
    ),
    unary("nb_int", "int", (n) => n.__int__, "int(self)"),
    unary("nb_float", "float", (n) => n.__float__, "float(self)"),
    inplace("nb_inplace_add", "add", (n) => n.__iadd__, "+="),
    inplace("nb_inplace_subtract", "sub", (n) => n.__isub__, "-="),
    inplace("nb_inplace_multiply", "mul", (n) => n.__imul__, "*="),
    inplace("nb_inplace_remainder", "mod", (n) => n.__imod__, "%="),
    def("__ipow__", "nb_inplace_power", nb.slot_nb_inplace_power, w.wrap_ternaryfunc, ONE, "self **= value"),
    inplace("nb_inplace_lshift", "lshift", (n) => n.__ilshift__, "<<="),
    inplace("nb_inplace_rshift", "rshift", (n) => n.__irshift__, ">>="),
    inplace("nb_inplace_and", "and", (n) => n.__iand__, "&="),
    inplace("nb_inplace_xor", "xor", (n) => n.__ixor__, "^="),
    inplace("nb_inplace_or", "or", (n) => n.__ior__, "|="),
    ...pair(
      "nb_floor_divide",
      "floordiv",
      (i) => i.nb_floor_divide,
      (n) => n.__floordiv__,
      (n) => n.__rfloordiv__,
      "//",
    ),
    ...pair(
      "nb_true_divide",
      "truediv",
      (i) => i.nb_true_divide,
      (n) => n.__truediv__,
      (n) => n.__rtruediv__,
      "/",
    ),
    inplace("nb_inplace_floor_divide", "floordiv", (n) => n.__ifloordiv__, "//="),
    inplace("nb_inplace_true_divide", "truediv", (n) => n.__itruediv__, "/="),
    def(
      "__index__",
      "nb_index",
      nb.slot_nb_index,
      w.wrap_unaryfunc,
      NONE,
      "The int that self stands for as an index.",
    ),
    ...pair(
      "nb_matrix_multiply",
      "matmul",
      (i) => i.nb_matrix_multiply,
      (n) => n.__matmul__,
      (n) => n.__rmatmul__,
      "@",
    ),
    inplace("nb_inplace_matrix_multiply", "matmul", (n) => n.__imatmul__, "@="),
  ];
}

function mappingSlots(): SlotDef[] {
  const set = seq.slot_mp_ass_subscript;
  return [
    def("__len__", "mp_length", seq.slot_sq_length, w.wrap_lenfunc, NONE, "len(self)"),
    def(
      "__getitem__",
      "mp_subscript",
      nb.selfSlot1((n) => n.__getitem__),
      w.wrap_binaryfunc,
      "($self, key, /)",
      "self[key]",
    ),
    def(
      "__setitem__",
      "mp_ass_subscript",
      set,
      w.wrap_objobjargproc,
      "($self, key, value, /)",
      "self[key] = value",
    ),
    def("__delitem__", "mp_ass_subscript", set, w.wrap_delitem, "($self, key, /)", "del self[key]"),
  ];
}

function sequenceSlots(): SlotDef[] {
  const set = seq.slot_sq_ass_item;
  return [
    def("__len__", "sq_length", seq.slot_sq_length, w.wrap_lenfunc, NONE, "len(self)"),
    // Nothing fills these slots for a class: nb_add and nb_multiply already do.
    def("__add__", "sq_concat", null, w.wrap_binaryfunc, ONE, "self + value"),
    def("__mul__", "sq_repeat", null, w.wrap_indexargfunc, ONE, "self * value"),
    def("__rmul__", "sq_repeat", null, w.wrap_indexargfunc, ONE, "value * self"),
    def("__getitem__", "sq_item", seq.slot_sq_item, w.wrap_sq_item, "($self, key, /)", "self[key]"),
    def("__setitem__", "sq_ass_item", set, w.wrap_sq_setitem, "($self, key, value, /)", "self[key] = value"),
    def("__delitem__", "sq_ass_item", set, w.wrap_sq_delitem, "($self, key, /)", "del self[key]"),
    def(
      "__contains__",
      "sq_contains",
      seq.slot_sq_contains,
      w.wrap_objobjproc,
      "($self, key, /)",
      "key in self",
    ),
    def("__iadd__", "sq_inplace_concat", null, w.wrap_binaryfunc, ONE, "self += value"),
    def("__imul__", "sq_inplace_repeat", null, w.wrap_indexargfunc, ONE, "self *= value"),
  ];
}

/** `__hash__ = None` in a class. */
export { PyObject_HashNotImplemented };
