/** The module _opcode: facts about CPython 3.13's instructions, for opcode.py and dis. Part of the modules. */
import { intArgument } from "../objects/argnumbers.ts";
import { checkArgs } from "../objects/argparse.ts";
import { raise } from "../objects/errors.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { pairSteal } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { createModule } from "./native.ts";

const INTRINSIC_1 =
  "1_INVALID PRINT IMPORT_STAR STOPITERATION_ERROR ASYNC_GEN_WRAP UNARY_POSITIVE LIST_TO_TUPLE TYPEVAR PARAMSPEC TYPEVARTUPLE SUBSCRIPT_GENERIC TYPEALIAS";
const INTRINSIC_2 =
  "2_INVALID PREP_RERAISE_STAR TYPEVAR_WITH_BOUND TYPEVAR_WITH_CONSTRAINTS SET_FUNCTION_TYPE_PARAMS SET_TYPEPARAM_DEFAULT";
const NB_OPS =
  "ADD + AND & FLOOR_DIVIDE // LSHIFT << MATRIX_MULTIPLY @ MULTIPLY * REMAINDER % OR | POWER ** RSHIFT >> SUBTRACT - TRUE_DIVIDE / XOR ^";

/** Numbers of instructions, as ranges. */
const SETS: Record<string, string> = {
  has_arg: "45-118 149 162-206 208 211 220-222 236 240-245 248-253 256-262 264-267",
  has_const: "83 103 240",
  has_name: "63 66-67 74-75 82 90-93 108 113-114 192 202 205-206 211 259-262",
  has_jump: "72 77-79 97-100 104 188-190 256-257",
  has_free: "64 84 89 94 109",
  has_local: "3 65 85-88 110-112 258 267",
  has_exc: "264-266",
  is_valid: "0-118 149-222 236-253 256-262 264-267",
};

function numbersOf(ranges: string): Set<number> {
  const set = new Set<number>();
  for (const range of ranges.split(" ")) {
    const [from, to = from] = range.split("-").map(Number);
    for (let n = from; n <= to; n++) set.add(n);
  }
  return set;
}

/** A function that says whether an instruction is in a set. */
function member(name: string, ranges: string): MethodDef {
  const set = numbersOf(ranges);
  return {
    name,
    flags: METH.FASTCALL,
    fn: (rt, _m, args, nargs) => {
      checkArgs(rt, name, nargs, 1, 1);
      return set.has(intArgument(rt, rt.i32[args])) ? rt.True : rt.False;
    },
  };
}

function names(rt: Runtime, words: string): NewRef {
  const list = pushed(rt, PyList_New(rt, 0));
  for (const word of words.split(" ")) listAppendSteal(rt, list, PyUnicode_FromJS(rt, `INTRINSIC_${word}`));
  return pop(rt);
}

function get_nb_ops(rt: Runtime): NewRef {
  const words = NB_OPS.split(" ");
  const list = pushed(rt, PyList_New(rt, 0));
  for (const inplace of [false, true]) {
    for (let k = 0; k < words.length; k += 2) {
      const name = PyUnicode_FromJS(rt, `NB_${inplace ? "INPLACE_" : ""}${words[k]}`);
      push(rt, name);
      const sign = PyUnicode_FromJS(rt, words[k + 1] + (inplace ? "=" : ""));
      listAppendSteal(rt, list, pairSteal(rt, pop(rt), sign));
    }
  }
  return pop(rt);
}

function notBuilt(name: string): MethodDef {
  return {
    name,
    flags: METH.VARARGS | METH.KEYWORDS,
    fn: (rt: Runtime, _m: Ref) => {
      throw raise(
        rt,
        rt.exc.NotImplementedError,
        `${name}(): functions are compiled to JavaScript, not to instructions`,
      );
    },
  };
}

const METHODS: MethodDef[] = [
  ...Object.entries(SETS).map(([name, ranges]) => member(name, ranges)),
  notBuilt("stack_effect"),
  notBuilt("get_executor"),
  { name: "get_specialization_stats", flags: METH.NOARGS, fn: (rt) => rt.None },
  { name: "get_intrinsic1_descs", flags: METH.NOARGS, fn: (rt) => names(rt, INTRINSIC_1) },
  { name: "get_intrinsic2_descs", flags: METH.NOARGS, fn: (rt) => names(rt, INTRINSIC_2) },
  { name: "get_nb_ops", flags: METH.NOARGS, fn: get_nb_ops },
];

export function initModule__opcode(rt: Runtime): NewRef {
  const m = pushed(rt, createModule(rt, "_opcode", METHODS, "Facts about instructions."));
  PyModule_AddObjectRef(rt, m, "ENABLE_SPECIALIZATION", rt.True);
  return pop(rt);
}
