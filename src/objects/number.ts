/**
 * The number protocol: binary operators with the right operand's subclass priority, unary operators, in-place ones.
 * Part of the object layer (CPython's Objects/abstract.c); conversions are in numconv.ts.
 */
import { PyCFunction_CheckExact } from "./check.ts";
import { typeError } from "./errors.ts";
import { CFunc, Ob } from "./layout.ts";
import { PyNumber_AsSsize_t } from "./numconv.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import type { binaryfunc, NewRef, Ref, ssizeargfunc, ternaryfunc } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

export * from "./numconv.ts";

/**
 * v op w by the two types' slots; may return NotImplemented. The right operand goes first if its type is a subtype of
 * the left one's with a slot of its own.
 */
function binary_op1(rt: Runtime, v: Ref, w: Ref, slotv: binaryfunc | null, slotw: binaryfunc | null): NewRef {
  const i32 = rt.i32;
  const tv = i32[v + Ob.type];
  const tw = i32[w + Ob.type];
  if (tv === tw || slotw === slotv) slotw = null;
  if (slotv !== null) {
    if (slotw !== null && PyType_IsSubtype(rt, tw, tv)) {
      const result = slotw(rt, v, w);
      if (result !== rt.NotImplemented) return result;
      slotw = null;
    }
    const result = slotv(rt, v, w);
    if (result !== rt.NotImplemented) return result;
  }
  return slotw === null ? rt.NotImplemented : slotw(rt, v, w);
}

function unsupported(rt: Runtime, v: Ref, w: Ref, op: string): PyErr {
  const names = `'${typeNameOf(rt, v, 100)}' and '${typeNameOf(rt, w, 100)}'`;
  return typeError(rt, `unsupported operand type(s) for ${op}: ${names}`);
}

function multiplyBySequence(rt: Runtime, repeat: ssizeargfunc, seq: Ref, n: Ref): NewRef {
  if (infoOf(rt, n).nb_index === null) {
    throw typeError(rt, `can't multiply sequence by non-int of type '${typeNameOf(rt, n)}'`);
  }
  return repeat(rt, seq, PyNumber_AsSsize_t(rt, n, rt.exc.OverflowError));
}

export function PyNumber_Subtract(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_subtract, infoOf(rt, w).nb_subtract);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "-");
  return result;
}

export function PyNumber_And(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_and, infoOf(rt, w).nb_and);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "&");
  return result;
}

export function PyNumber_Xor(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_xor, infoOf(rt, w).nb_xor);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "^");
  return result;
}

export function PyNumber_Or(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_or, infoOf(rt, w).nb_or);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "|");
  return result;
}

export function PyNumber_Lshift(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_lshift, infoOf(rt, w).nb_lshift);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "<<");
  return result;
}

export function PyNumber_Remainder(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_remainder, infoOf(rt, w).nb_remainder);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "%");
  return result;
}

export function PyNumber_FloorDivide(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_floor_divide, infoOf(rt, w).nb_floor_divide);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "//");
  return result;
}

export function PyNumber_TrueDivide(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_true_divide, infoOf(rt, w).nb_true_divide);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "/");
  return result;
}

export function PyNumber_MatrixMultiply(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_matrix_multiply, infoOf(rt, w).nb_matrix_multiply);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "@");
  return result;
}

export function PyNumber_Divmod(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_divmod, infoOf(rt, w).nb_divmod);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "divmod()");
  return result;
}

export function PyNumber_Rshift(rt: Runtime, v: Ref, w: Ref): NewRef {
  const result = binary_op1(rt, v, w, infoOf(rt, v).nb_rshift, infoOf(rt, w).nb_rshift);
  if (result !== rt.NotImplemented) return result;
  if (PyCFunction_CheckExact(rt, v) && rt.methodDefs[rt.i32[v + CFunc.ml]].name === "print") {
    throw printShift(rt, v, w);
  }
  throw unsupported(rt, v, w, ">>");
}

/** Python 2's `print >> file`. */
function printShift(rt: Runtime, v: Ref, w: Ref): PyErr {
  const names = `'${typeNameOf(rt, v, 100)}' and '${typeNameOf(rt, w, 100)}'`;
  const hint = 'Did you mean "print(<message>, file=<output_stream>)"?';
  return typeError(rt, `unsupported operand type(s) for >>: ${names}. ${hint}`);
}

export function PyNumber_Add(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_op1(rt, v, w, info.nb_add, infoOf(rt, w).nb_add);
  if (result !== rt.NotImplemented) return result;
  if (info.sq_concat !== null) return info.sq_concat(rt, v, w);
  throw unsupported(rt, v, w, "+");
}

export function PyNumber_Multiply(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const other = infoOf(rt, w);
  const result = binary_op1(rt, v, w, info.nb_multiply, other.nb_multiply);
  if (result !== rt.NotImplemented) return result;
  if (info.sq_repeat !== null) return multiplyBySequence(rt, info.sq_repeat, v, w);
  if (other.sq_repeat !== null) return multiplyBySequence(rt, other.sq_repeat, w, v);
  throw unsupported(rt, v, w, "*");
}

/** v ** w, or pow(v, w, z), by the three types' slots. */
function ternary_op(rt: Runtime, v: Ref, w: Ref, z: Ref, op: string): NewRef {
  const i32 = rt.i32;
  const tv = i32[v + Ob.type];
  const tw = i32[w + Ob.type];
  const slotv = infoOf(rt, v).nb_power;
  let slotw = infoOf(rt, w).nb_power;
  if (tv === tw || slotw === slotv) slotw = null;
  if (slotv !== null) {
    if (slotw !== null && PyType_IsSubtype(rt, tw, tv)) {
      const result = slotw(rt, v, w, z);
      if (result !== rt.NotImplemented) return result;
      slotw = null;
    }
    const result = slotv(rt, v, w, z);
    if (result !== rt.NotImplemented) return result;
  }
  if (slotw !== null) {
    const result = slotw(rt, v, w, z);
    if (result !== rt.NotImplemented) return result;
  }
  const slotz = infoOf(rt, z).nb_power;
  if (slotz !== null && slotz !== slotv && slotz !== slotw) {
    const result = slotz(rt, v, w, z);
    if (result !== rt.NotImplemented) return result;
  }
  throw powerError(rt, v, w, z, op);
}

function powerError(rt: Runtime, v: Ref, w: Ref, z: Ref, op: string): PyErr {
  if (z === rt.None) return unsupported(rt, v, w, op);
  const names = [v, w, z].map((p) => `'${typeNameOf(rt, p, 100)}'`).join(", ");
  return typeError(rt, `unsupported operand type(s) for ${op}: ${names}`);
}

/** v ** w with z None, else pow(v, w, z). */
export function PyNumber_Power(rt: Runtime, v: Ref, w: Ref, z: Ref): NewRef {
  return ternary_op(rt, v, w, z, "** or pow()");
}

export function PyNumber_InPlacePower(rt: Runtime, v: Ref, w: Ref, z: Ref): NewRef {
  const inplace: ternaryfunc | null = infoOf(rt, v).nb_inplace_power;
  if (inplace !== null) {
    const result = inplace(rt, v, w, z);
    if (result !== rt.NotImplemented) return result;
  }
  return ternary_op(rt, v, w, z, "**=");
}

/** The in-place slot first, then as the plain operator; may return NotImplemented. */
function binary_iop1(
  rt: Runtime,
  v: Ref,
  w: Ref,
  inplace: binaryfunc | null,
  slotv: binaryfunc | null,
  slotw: binaryfunc | null,
): NewRef {
  if (inplace !== null) {
    const result = inplace(rt, v, w);
    if (result !== rt.NotImplemented) return result;
  }
  return binary_op1(rt, v, w, slotv, slotw);
}

export function PyNumber_InPlaceSubtract(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(rt, v, w, info.nb_inplace_subtract, info.nb_subtract, infoOf(rt, w).nb_subtract);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "-=");
  return result;
}

export function PyNumber_InPlaceAnd(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(rt, v, w, info.nb_inplace_and, info.nb_and, infoOf(rt, w).nb_and);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "&=");
  return result;
}

export function PyNumber_InPlaceXor(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(rt, v, w, info.nb_inplace_xor, info.nb_xor, infoOf(rt, w).nb_xor);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "^=");
  return result;
}

export function PyNumber_InPlaceOr(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(rt, v, w, info.nb_inplace_or, info.nb_or, infoOf(rt, w).nb_or);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "|=");
  return result;
}

export function PyNumber_InPlaceLshift(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(rt, v, w, info.nb_inplace_lshift, info.nb_lshift, infoOf(rt, w).nb_lshift);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "<<=");
  return result;
}

export function PyNumber_InPlaceRemainder(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(
    rt,
    v,
    w,
    info.nb_inplace_remainder,
    info.nb_remainder,
    infoOf(rt, w).nb_remainder,
  );
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "%=");
  return result;
}

export function PyNumber_InPlaceFloorDivide(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(
    rt,
    v,
    w,
    info.nb_inplace_floor_divide,
    info.nb_floor_divide,
    infoOf(rt, w).nb_floor_divide,
  );
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "//=");
  return result;
}

export function PyNumber_InPlaceTrueDivide(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(
    rt,
    v,
    w,
    info.nb_inplace_true_divide,
    info.nb_true_divide,
    infoOf(rt, w).nb_true_divide,
  );
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "/=");
  return result;
}

export function PyNumber_InPlaceMatrixMultiply(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(
    rt,
    v,
    w,
    info.nb_inplace_matrix_multiply,
    info.nb_matrix_multiply,
    infoOf(rt, w).nb_matrix_multiply,
  );
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, "@=");
  return result;
}

export function PyNumber_InPlaceRshift(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(rt, v, w, info.nb_inplace_rshift, info.nb_rshift, infoOf(rt, w).nb_rshift);
  if (result === rt.NotImplemented) throw unsupported(rt, v, w, ">>=");
  return result;
}

export function PyNumber_InPlaceAdd(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const result = binary_iop1(rt, v, w, info.nb_inplace_add, info.nb_add, infoOf(rt, w).nb_add);
  if (result !== rt.NotImplemented) return result;
  const concat = info.sq_inplace_concat ?? info.sq_concat;
  if (concat !== null) return concat(rt, v, w);
  throw unsupported(rt, v, w, "+=");
}

export function PyNumber_InPlaceMultiply(rt: Runtime, v: Ref, w: Ref): NewRef {
  const info = infoOf(rt, v);
  const other = infoOf(rt, w);
  const result = binary_iop1(rt, v, w, info.nb_inplace_multiply, info.nb_multiply, other.nb_multiply);
  if (result !== rt.NotImplemented) return result;
  const repeat = info.sq_inplace_repeat ?? info.sq_repeat;
  if (repeat !== null) return multiplyBySequence(rt, repeat, v, w);
  if (other.sq_repeat !== null) return multiplyBySequence(rt, other.sq_repeat, w, v);
  throw unsupported(rt, v, w, "*=");
}

function badUnary(rt: Runtime, o: Ref, op: string): PyErr {
  return typeError(rt, `bad operand type for ${op}: '${typeNameOf(rt, o)}'`);
}

export function PyNumber_Negative(rt: Runtime, o: Ref): NewRef {
  const slot = infoOf(rt, o).nb_negative;
  if (slot === null) throw badUnary(rt, o, "unary -");
  return slot(rt, o);
}

export function PyNumber_Positive(rt: Runtime, o: Ref): NewRef {
  const slot = infoOf(rt, o).nb_positive;
  if (slot === null) throw badUnary(rt, o, "unary +");
  return slot(rt, o);
}

export function PyNumber_Invert(rt: Runtime, o: Ref): NewRef {
  const slot = infoOf(rt, o).nb_invert;
  if (slot === null) throw badUnary(rt, o, "unary ~");
  return slot(rt, o);
}

export function PyNumber_Absolute(rt: Runtime, o: Ref): NewRef {
  const slot = infoOf(rt, o).nb_absolute;
  if (slot === null) throw badUnary(rt, o, "abs()");
  return slot(rt, o);
}
