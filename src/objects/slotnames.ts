/** `__slots__` of a class statement: which names, checked, mangled and sorted; and whether to add `__dict__` and `__weakref__`. Part of the object layer. */
import { PyUnicode_Check } from "./check.ts";
import { PyDict_Contains, PyDict_GetItemWithError } from "./dict.ts";
import { typeError, valueError } from "./errors.ts";
import { Tuple, Ty } from "./layout.ts";
import { incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Tuple } from "./sequence.ts";
import { tpName, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { jsString, PyUnicode_InternFromJS } from "./str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

export interface SlotPlan {
  /** A tuple of mangled names, sorted, or 0 when the class says nothing: an owned reference. */
  names: OptRef;
  addDict: boolean;
  addWeak: boolean;
}

const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** Reads `__slots__` from the namespace of the new class. */
export function planSlots(rt: Runtime, dict: Ref, base: Ref, bases: Ref, className: string): SlotPlan {
  const i32 = rt.i32;
  const mayDict = i32[base + Ty.dictoffset] === 0;
  const mayWeak = i32[base + Ty.weaklistoffset] === 0 && i32[base + Ty.itemsize] === 0;
  const slots = PyDict_GetItemWithError(rt, dict, rt.names.__slots__);
  if (slots === 0) return { names: 0, addDict: mayDict, addWeak: mayWeak };
  const given = PyUnicode_Check(rt, slots) ? PyTuple_Pack(rt, slots) : PySequence_Tuple(rt, slots);
  push(rt, given);
  const plan: SlotPlan = { names: 0, addDict: false, addWeak: false };
  const texts = readNames(rt, given, base, plan, mayDict, mayWeak);
  checkConflicts(rt, dict, texts, className);
  drop(rt);
  addFromBases(rt, base, bases, plan, mayDict, mayWeak);
  plan.names = sortedTuple(
    rt,
    texts.map((text) => _Py_Mangle(className, text)),
  );
  return plan;
}

function readNames(
  rt: Runtime,
  given: Ref,
  base: Ref,
  plan: SlotPlan,
  mayDict: boolean,
  mayWeak: boolean,
): string[] {
  const n = rt.i32[given + Tuple.size];
  if (n > 0 && rt.i32[base + Ty.itemsize] !== 0) {
    throw typeError(rt, `nonempty __slots__ not supported for subtype of '${tpName(rt, base)}'`);
  }
  const texts: string[] = [];
  for (let k = 0; k < n; k++) {
    const text = slotText(rt, rt.i32[given + Tuple.items + 2 * k]);
    if (text === "__dict__") {
      if (!mayDict || plan.addDict) throw typeError(rt, "__dict__ slot disallowed: we already got one");
      plan.addDict = true;
    } else if (text === "__weakref__") {
      if (!mayWeak || plan.addWeak) throw typeError(rt, "__weakref__ slot disallowed: we already got one");
      plan.addWeak = true;
    } else texts.push(text);
  }
  return texts;
}

function slotText(rt: Runtime, name: Ref): string {
  if (!PyUnicode_Check(rt, name)) {
    throw typeError(rt, `__slots__ items must be strings, not '${typeNameOf(rt, name, 200)}'`);
  }
  const text = jsString(rt, name);
  if (!IDENTIFIER.test(text)) throw typeError(rt, "__slots__ must be identifiers");
  return text;
}

/** A slot and a class variable of the same name would hide each other. */
function checkConflicts(rt: Runtime, dict: Ref, texts: string[], className: string): void {
  for (const text of texts) {
    const mangled = _Py_Mangle(className, text);
    if (mangled === "__qualname__" || mangled === "__classcell__") continue;
    const name = PyUnicode_InternFromJS(rt, mangled);
    push(rt, name);
    if (PyDict_Contains(rt, dict, name)) {
      throw valueError(rt, `'${mangled}' in __slots__ conflicts with class variable`);
    }
    drop(rt);
  }
}

/** Another base may bring a dict or weak references that the first one has not. */
function addFromBases(
  rt: Runtime,
  primary: Ref,
  bases: Ref,
  plan: SlotPlan,
  mayDict: boolean,
  mayWeak: boolean,
): void {
  const i32 = rt.i32;
  const n = i32[bases + Tuple.size];
  for (let k = 0; n > 1 && k < n; k++) {
    const base = i32[bases + Tuple.items + 2 * k];
    if (base === primary) continue;
    if (mayDict && i32[base + Ty.dictoffset] !== 0) plan.addDict = true;
    if (mayWeak && i32[base + Ty.weaklistoffset] !== 0) plan.addWeak = true;
  }
}

function sortedTuple(rt: Runtime, texts: string[]): NewRef {
  const tuple = PyTuple_New(rt, texts.length);
  push(rt, tuple);
  [...texts].sort(byCodePoint).forEach((text, k) => {
    PyTuple_SET_ITEM(rt, tuple, k, PyUnicode_InternFromJS(rt, text));
  });
  incref(rt, tuple);
  drop(rt);
  return tuple;
}

function byCodePoint(a: string, b: string): number {
  const x = [...a];
  const y = [...b];
  for (let k = 0; k < x.length && k < y.length; k++) {
    if (x[k] !== y[k]) return x[k].codePointAt(0)! - y[k].codePointAt(0)!;
  }
  return x.length - y.length;
}

/** `__name` in class C is `_C__name`. */
export function _Py_Mangle(className: string, name: string): string {
  if (!name.startsWith("__") || name.endsWith("__") || name.includes(".")) return name;
  const bare = className.replace(/^_+/, "");
  return bare === "" ? name : `_${bare}${name}`;
}
