/** Reading and writing the fields that MemberDefs describe. Part of the object layer (CPython's Python/structmember.c). */
import { intArgument } from "./argnumbers.ts";
import { fullyQualifiedName } from "./baseobject.ts";
import { PyBool_Check } from "./check.ts";
import { raise, typeError } from "./errors.ts";
import { PyFloat_AsDouble, PyFloat_FromDouble } from "./float.ts";
import { Ob } from "./layout.ts";
import { PyLong_AsLong, PyLong_AsSsize_t, PyLong_FromNumber } from "./long.ts";
import { newref, setField, xnewref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import type { MemberDef, NewRef, OptRef, Ref } from "./typeinfo.ts";

export function PyMember_GetOne(rt: Runtime, obj: Ref, def: MemberDef): NewRef {
  const at = obj + def.offset;
  switch (def.type) {
    case "object":
      return xnewref(rt, rt.i32[at]) || rt.None;
    case "object_ex":
      if (rt.i32[at] === 0) throw missing(rt, obj, def);
      return newref(rt, rt.i32[at]);
    case "bool":
      return rt.u8[4 * obj + def.offset] !== 0 ? rt.True : rt.False;
    case "uint":
      return PyLong_FromNumber(rt, rt.u32[at]);
    case "double":
      return PyFloat_FromDouble(rt, rt.f64[at >> 1]);
    default:
      return PyLong_FromNumber(rt, rt.i32[at]);
  }
}

function missing(rt: Runtime, obj: Ref, def: MemberDef): PyErr {
  const what = `'${fullyQualifiedName(rt, rt.i32[obj + Ob.type])}' object has no attribute '${def.name}'`;
  return raise(rt, rt.exc.AttributeError, what);
}

/** value 0 deletes. */
export function PyMember_SetOne(rt: Runtime, obj: Ref, def: MemberDef, value: OptRef): void {
  if (def.readonly) throw raise(rt, rt.exc.AttributeError, "readonly attribute");
  if (value === 0) deleteMember(rt, obj, def);
  else if (def.type === "object" || def.type === "object_ex")
    setField(rt, obj + def.offset, newref(rt, value));
  else setNumber(rt, obj, def, value);
}

function deleteMember(rt: Runtime, obj: Ref, def: MemberDef): void {
  if (def.type === "object_ex") {
    if (rt.i32[obj + def.offset] === 0) throw raise(rt, rt.exc.AttributeError, def.name);
  } else if (def.type !== "object") {
    throw typeError(rt, "can't delete numeric/char attribute");
  }
  setField(rt, obj + def.offset, 0);
}

function setNumber(rt: Runtime, obj: Ref, def: MemberDef, value: Ref): void {
  const at = obj + def.offset;
  switch (def.type) {
    case "bool":
      if (!PyBool_Check(rt, value)) throw typeError(rt, "attribute value type must be bool");
      rt.u8[4 * obj + def.offset] = value === rt.True ? 1 : 0;
      return;
    case "double":
      rt.f64[at >> 1] = PyFloat_AsDouble(rt, value);
      return;
    case "int":
      rt.i32[at] = intArgument(rt, value);
      return;
    case "uint":
      rt.u32[at] = PyLong_AsLong(rt, value);
      return;
    default:
      rt.i32[at] = PyLong_AsSsize_t(rt, value);
  }
}
