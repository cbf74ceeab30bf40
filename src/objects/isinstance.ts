/** isinstance and issubclass. Part of the object layer (CPython's Objects/abstract.c). */
import { _PyObject_LookupSpecial, PyObject_GetOptionalAttr, PyObject_IsTrue } from "./abstract.ts";
import { enterRecursive, leaveRecursive, PyObject_CallOneArg } from "./call.ts";
import { PyObject_TypeCheck, PyTuple_Check, PyType_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { PyObject_GenericGetAttr } from "./instance.ts";
import { Ob, TF, Tuple, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { tupleItem } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";
import { unionArgs } from "./union.ts";

const ISINSTANCE_ARG = "isinstance() arg 2 must be a type, a tuple of types, or a union";
const ISSUBCLASS_ARG = "issubclass() arg 2 must be a class, a tuple of classes, or a union";

export function PyObject_IsInstance(rt: Runtime, inst: Ref, cls: Ref): boolean {
  const i32 = rt.i32;
  if (i32[inst + Ob.type] === cls) return true;
  const metatype = i32[cls + Ob.type];
  if (metatype === rt.types.type) return object_isinstance(rt, inst, cls);
  if (metatype === rt.types.UnionType) cls = unionArgs(rt, cls);
  if (PyTuple_Check(rt, cls)) return anyOf(rt, inst, cls, PyObject_IsInstance, " in __instancecheck__");
  const checker = _PyObject_LookupSpecial(rt, cls, rt.names.__instancecheck__);
  if (checker !== 0) return askChecker(rt, checker, inst, " in __instancecheck__");
  return object_isinstance(rt, inst, cls);
}

function anyOf(
  rt: Runtime,
  o: Ref,
  classes: Ref,
  test: (rt: Runtime, o: Ref, cls: Ref) => boolean,
  where: string,
): boolean {
  enterRecursive(rt, where);
  let result = false;
  const n = rt.i32[classes + Tuple.size];
  for (let k = 0; k < n && !result; k++) result = test(rt, o, tupleItem(rt, classes, k));
  leaveRecursive(rt);
  return result;
}

function askChecker(rt: Runtime, checker: NewRef, o: Ref, where: string): boolean {
  push(rt, checker);
  enterRecursive(rt, where);
  const answer = PyObject_CallOneArg(rt, checker, o);
  leaveRecursive(rt);
  push(rt, answer);
  const result = PyObject_IsTrue(rt, answer);
  drop(rt, 2);
  return result;
}

/** isinstance without `__instancecheck__` (_PyObject_RealIsInstance). */
export function object_isinstance(rt: Runtime, inst: Ref, cls: Ref): boolean {
  if (!PyType_Check(rt, cls)) return abstractIsInstance(rt, inst, cls);
  if (PyObject_TypeCheck(rt, inst, cls)) return true;
  // An instance of a built-in type without attributes of its own making does not claim another class.
  const type = rt.i32[inst + Ob.type];
  if (
    (rt.i32[type + Ty.flags] & TF.HEAPTYPE) === 0 &&
    infoOfType(rt, type).tp_getattro === PyObject_GenericGetAttr
  ) {
    return false;
  }
  const claimed = PyObject_GetOptionalAttr(rt, inst, rt.names.__class__);
  if (claimed === 0) return false;
  push(rt, claimed);
  const result =
    claimed !== rt.i32[inst + Ob.type] && PyType_Check(rt, claimed) && PyType_IsSubtype(rt, claimed, cls);
  drop(rt);
  return result;
}

function abstractIsInstance(rt: Runtime, inst: Ref, cls: Ref): boolean {
  checkClass(rt, cls, ISINSTANCE_ARG);
  const claimed = PyObject_GetOptionalAttr(rt, inst, rt.names.__class__);
  if (claimed === 0) return false;
  push(rt, claimed);
  const result = abstract_issubclass(rt, claimed, cls);
  drop(rt);
  return result;
}

/** `cls.__bases__` if it is a tuple, else 0. */
function abstract_get_bases(rt: Runtime, cls: Ref): NewRef | 0 {
  const bases = PyObject_GetOptionalAttr(rt, cls, rt.names.__bases__);
  if (bases === 0 || PyTuple_Check(rt, bases)) return bases;
  push(rt, bases);
  drop(rt);
  return 0;
}

function checkClass(rt: Runtime, cls: Ref, message: string): void {
  const bases = abstract_get_bases(rt, cls);
  if (bases === 0) throw typeError(rt, message);
  push(rt, bases);
  drop(rt);
}

function abstract_issubclass(rt: Runtime, derived: Ref, cls: Ref): boolean {
  if (derived === cls) return true;
  const bases = abstract_get_bases(rt, derived);
  if (bases === 0) return false;
  push(rt, bases);
  enterRecursive(rt, " in __issubclass__");
  let result = false;
  const n = rt.i32[bases + Tuple.size];
  for (let k = 0; k < n && !result; k++) result = abstract_issubclass(rt, tupleItem(rt, bases, k), cls);
  leaveRecursive(rt);
  drop(rt);
  return result;
}

/** issubclass without `__subclasscheck__` (_PyObject_RealIsSubclass). */
export function recursive_issubclass(rt: Runtime, derived: Ref, cls: Ref): boolean {
  if (PyType_Check(rt, cls) && PyType_Check(rt, derived)) return PyType_IsSubtype(rt, derived, cls);
  checkClass(rt, derived, "issubclass() arg 1 must be a class");
  if (rt.i32[cls + Ob.type] !== rt.types.UnionType) checkClass(rt, cls, ISSUBCLASS_ARG);
  return abstract_issubclass(rt, derived, cls);
}

export function PyObject_IsSubclass(rt: Runtime, derived: Ref, cls: Ref): boolean {
  const metatype = rt.i32[cls + Ob.type];
  if (metatype === rt.types.type) return derived === cls || recursive_issubclass(rt, derived, cls);
  if (metatype === rt.types.UnionType) cls = unionArgs(rt, cls);
  if (PyTuple_Check(rt, cls)) return anyOf(rt, derived, cls, PyObject_IsSubclass, " in __subclasscheck__");
  const checker = _PyObject_LookupSpecial(rt, cls, rt.names.__subclasscheck__);
  if (checker !== 0) return askChecker(rt, checker, derived, " in __subclasscheck__");
  return recursive_issubclass(rt, derived, cls);
}

export { object_isinstance as _PyObject_RealIsInstance, recursive_issubclass as _PyObject_RealIsSubclass };
