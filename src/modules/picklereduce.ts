/** Pickling of what a reduction function gives: a tuple of two to six. Part of the modules, for _pickle.ts. */
import { PyCallable_Check, PyObject_GetAttr, PyObject_GetOptionalAttr } from "../objects/abstract.ts";
import { PyObject_Call } from "../objects/call.ts";
import { PyDict_Check, PyTuple_Check, PyType_Check, PyUnicode_Check } from "../objects/check.ts";
import { PyIter_Check } from "../objects/iterproto.ts";
import { Ob } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, push } from "../objects/stack.ts";
import { strEqualsJS } from "../objects/str.ts";
import { PyTuple_GetSlice, PyTuple_New, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";
import { batch_dict, batch_list } from "./picklecontainers.ts";
import { memo_get, memo_put, numberOf } from "./picklememorize.ts";
import { put } from "./pickleoutput.ts";
import { save } from "./picklesave.ts";
import { Op, Pickler, pickleState, picklingError } from "./picklestate.ts";

/** Item i, 0 where it is missing or None. */
function optional(rt: Runtime, value: Ref, i: number): OptRef {
  if (i >= tupleSize(rt, value)) return 0;
  const item = tupleItem(rt, value, i);
  return item === rt.None ? 0 : item;
}

/** save_reduce: `value` is a tuple; `obj` is what it stands for, or 0. Both are borrowed. */
export function save_reduce(rt: Runtime, p: Ref, value: Ref, obj: OptRef): void {
  const n = tupleSize(rt, value);
  if (n < 2 || n > 6)
    throw picklingError(rt, "tuple returned by __reduce__ must contain 2 through 6 elements");
  checkReduction(rt, value);
  saveMaking(rt, p, tupleItem(rt, value, 0), tupleItem(rt, value, 1), obj);
  if (obj !== 0) {
    const number = numberOf(rt, p, obj);
    if (number >= 0) {
      // Part of itself: what has just been made is dropped.
      put(rt, p, Op.POP);
      memo_get(rt, p, number);
      return;
    }
    memo_put(rt, p, obj);
  }
  const listitems = optional(rt, value, 3);
  if (listitems !== 0) batch_list(rt, p, listitems);
  const dictitems = optional(rt, value, 4);
  if (dictitems !== 0) batch_dict(rt, p, dictitems);
  const state = optional(rt, value, 2);
  if (state !== 0) saveState(rt, p, obj, state, optional(rt, value, 5));
}

function checkReduction(rt: Runtime, value: Ref): void {
  const wrong = (text: string) => picklingError(rt, text);
  const returned = "of the tuple returned by __reduce__ must be";
  if (!PyCallable_Check(rt, tupleItem(rt, value, 0))) throw wrong(`first item ${returned} callable`);
  if (!PyTuple_Check(rt, tupleItem(rt, value, 1))) throw wrong(`second item ${returned} a tuple`);
  const [listitems, dictitems, setter] = [3, 4, 5].map((i) => optional(rt, value, i));
  if (listitems !== 0 && !PyIter_Check(rt, listitems))
    throw wrong(`fourth element ${returned} an iterator, not ${typeNameOf(rt, listitems)}`);
  if (dictitems !== 0 && !PyIter_Check(rt, dictitems))
    throw wrong(`fifth element ${returned} an iterator, not ${typeNameOf(rt, dictitems)}`);
  if (setter !== 0 && !PyCallable_Check(rt, setter))
    throw wrong(`sixth element ${returned} a function, not ${typeNameOf(rt, setter)}`);
}

/** The call that makes the object: NEWOBJ and NEWOBJ_EX for copyreg's functions of these names. */
function saveMaking(rt: Runtime, p: Ref, callable: Ref, args: Ref, obj: OptRef): void {
  const special = rt.i32[p + Pickler.proto] >= 2 ? specialName(rt, callable) : 0;
  if (special === Op.NEWOBJ) {
    saveNewObject(rt, p, args, obj);
    return;
  }
  if (special === Op.NEWOBJ_EX) {
    saveNewObjectEx(rt, p, args);
    return;
  }
  save(rt, p, callable);
  save(rt, p, args);
  put(rt, p, Op.REDUCE);
}

function specialName(rt: Runtime, callable: Ref): number {
  const name = PyObject_GetOptionalAttr(rt, callable, rt.names.__name__);
  if (name === 0) return 0;
  push(rt, name);
  let op = 0;
  if (PyUnicode_Check(rt, name)) {
    if (strEqualsJS(rt, name, "__newobj__")) op = Op.NEWOBJ;
    else if (strEqualsJS(rt, name, "__newobj_ex__")) op = Op.NEWOBJ_EX;
  }
  drop(rt);
  return op;
}

/** get_class, borrowed: what keeps the object keeps it. */
function classOf(rt: Runtime, obj: Ref): Ref {
  const cls = PyObject_GetOptionalAttr(rt, obj, rt.names.__class__);
  if (cls === 0) return rt.i32[obj + Ob.type];
  push(rt, cls);
  drop(rt);
  return cls;
}

function saveNewObject(rt: Runtime, p: Ref, args: Ref, obj: OptRef): void {
  if (tupleSize(rt, args) < 1) throw picklingError(rt, "__newobj__ arglist is empty");
  const cls = tupleItem(rt, args, 0);
  if (!PyType_Check(rt, cls)) throw picklingError(rt, "args[0] from __newobj__ args is not a type");
  if (obj !== 0 && classOf(rt, obj) !== cls)
    throw picklingError(rt, "args[0] from __newobj__ args has the wrong class");
  save(rt, p, cls);
  const rest = pushed(rt, PyTuple_GetSlice(rt, args, 1, tupleSize(rt, args)));
  save(rt, p, rest);
  drop(rt);
  put(rt, p, Op.NEWOBJ);
}

function checkNewObjectEx(rt: Runtime, args: Ref): void {
  const n = tupleSize(rt, args);
  if (n !== 3) throw picklingError(rt, `length of the NEWOBJ_EX argument tuple must be exactly 3, not ${n}`);
  const item = (i: number): Ref => tupleItem(rt, args, i);
  const wrong = (which: string, i: number, what: string) =>
    picklingError(
      rt,
      `${which} item from NEWOBJ_EX argument tuple must be ${what}, not ${typeNameOf(rt, item(i))}`,
    );
  if (!PyType_Check(rt, item(0))) throw wrong("first", 0, "a class");
  if (!PyTuple_Check(rt, item(1))) throw wrong("second", 1, "a tuple");
  if (!PyDict_Check(rt, item(2))) throw wrong("third", 2, "a dict");
}

function saveNewObjectEx(rt: Runtime, p: Ref, given: Ref): void {
  checkNewObjectEx(rt, given);
  const [cls, args, kwargs] = [0, 1, 2].map((i) => tupleItem(rt, given, i));
  if (rt.i32[p + Pickler.proto] >= 4) {
    save(rt, p, cls);
    save(rt, p, args);
    save(rt, p, kwargs);
    put(rt, p, Op.NEWOBJ_EX);
    return;
  }
  const callable = pushed(rt, partialNew(rt, cls, args, kwargs));
  save(rt, p, callable);
  save(rt, p, rt.emptyTuple);
  put(rt, p, Op.REDUCE);
  drop(rt);
}

/** functools.partial(cls.__new__, cls, *args, **kwargs) */
function partialNew(rt: Runtime, cls: Ref, args: Ref, kwargs: Ref): Ref {
  const n = tupleSize(rt, args);
  const all = pushed(rt, PyTuple_New(rt, n + 2));
  PyTuple_SET_ITEM(rt, all, 0, PyObject_GetAttr(rt, cls, rt.names.__new__));
  PyTuple_SET_ITEM(rt, all, 1, newref(rt, cls));
  for (let i = 0; i < n; i++) PyTuple_SET_ITEM(rt, all, i + 2, newref(rt, tupleItem(rt, args, i)));
  const callable = PyObject_Call(rt, pickleState(rt).partial, all, kwargs);
  drop(rt);
  return callable;
}

/** The state for BUILD, or the call of a function that sets it, whose result is dropped. */
function saveState(rt: Runtime, p: Ref, obj: Ref, state: Ref, setter: OptRef): void {
  if (setter === 0) {
    save(rt, p, state);
    put(rt, p, Op.BUILD);
    return;
  }
  save(rt, p, setter);
  save(rt, p, obj);
  save(rt, p, state);
  put(rt, p, Op.TUPLE2);
  put(rt, p, Op.REDUCE);
  put(rt, p, Op.POP);
}
