/** What a new class tells others: `__set_name__` of its attributes, `__init_subclass__` of its bases. Part of the object layer. */
import { reprOf } from "./abstract.ts";
import { PyObject_Call, PyObject_CallMethodOneArg } from "./call.ts";
import { PyDict_Copy, PyDict_Next, PyDict_Size } from "./dict.ts";
import { caught, fetch, restore } from "./errors.ts";
import { Ob, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { callSpecial2 } from "./slotcalls.ts";
import { tpName, typeNameOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { internStatic, PyUnicode_FromJS } from "./str.ts";
import { superLookup } from "./super.ts";
import type { OptRef, Ref } from "./typeinfo.ts";
import { _PyType_Lookup } from "./typelookup.ts";

/** type_new_set_names: calls `value.__set_name__(cls, name)` for each attribute that has it, over a copy, which every class makes. */
export function callSetNames(rt: Runtime, type: Ref): void {
  const names = PyDict_Copy(rt, rt.i32[type + Ty.dict]);
  push(rt, names);
  for (let pos = PyDict_Next(rt, names, 0); pos >= 0; pos = PyDict_Next(rt, names, pos)) {
    const key = rt.dictKey;
    const value = rt.dictValue;
    if (_PyType_Lookup(rt, rt.i32[value + Ob.type], rt.names.__set_name__) === 0) continue;
    callSetName(rt, type, key, value);
  }
  drop(rt);
}

function callSetName(rt: Runtime, type: Ref, key: Ref, value: Ref): void {
  const m = mark(rt);
  try {
    push(rt, callSpecial2(rt, value, rt.names.__set_name__, type, key));
    drop(rt);
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    const exc = fetch(rt);
    push(rt, exc);
    const where = `'${typeNameOf(rt, value, 100)}' instance ${reprOf(rt, key)} in '${tpName(rt, type, 100)}'`;
    const note = PyUnicode_FromJS(rt, `Error calling __set_name__ on ${where}`);
    push(rt, note);
    push(rt, PyObject_CallMethodOneArg(rt, exc, internStatic(rt, "add_note"), note));
    drop(rt, 2);
    throw restore(rt, pop(rt));
  }
}

/** super(cls, cls).__init_subclass__(**kwargs) */
export function callInitSubclass(rt: Runtime, type: Ref, kwargs: OptRef): void {
  const f = superLookup(rt, type, type, type, rt.names.__init_subclass__);
  push(rt, f);
  const given = kwargs === 0 || PyDict_Size(rt, kwargs) === 0 ? 0 : kwargs;
  push(rt, PyObject_Call(rt, f, rt.emptyTuple, given));
  drop(rt, 2);
}
