/**
 * The module _abc: what abc.ABCMeta remembers of a class, and its instance and subclass checks. Part of the modules (CPython's
 * Modules/_abc.c). The registry and the two caches are sets of weak references.
 *
 *   byte  0      16         24      32               40
 *         | head | registry | cache | negative cache | its version |
 */
import {
  _PyObject_IsAbstract,
  getAttrString,
  PyObject_GetOptionalAttr,
  PyObject_IsSubclass,
  PyObject_IsTrue,
  PyObject_SetAttr,
} from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from "../objects/call.ts";
import { PyCFunction_New } from "../objects/cfunction.ts";
import { PyList_Check, PyLong_Check, PyType_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { dict_delitem_str, dict_getitem_str, PyDict_Next } from "../objects/dict.ts";
import { raise, typeError } from "../objects/errors.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob, TF, Ty } from "../objects/layout.ts";
import { listItem, listSize } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import {
  _PySet_NextEntry,
  PyFrozenSet_New,
  PySet_Add,
  PySet_Contains,
  PySet_Discard,
  PySet_New,
  PySet_Size,
  set_clear_internal,
} from "../objects/set.ts";
import { infoOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { type_subclasses } from "../objects/subclasses.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype, PyType_Modified } from "../objects/typelookup.ts";
import { PyWeakref_GetRef, PyWeakref_NewRef, supportsWeakrefs } from "../objects/weakref.ts";
import { createModule } from "./native.ts";

const enum Data {
  registry = 4,
  cache = 6,
  negative = 8,
  version = 10,
  BYTES = 48,
}

const FIELDS = [Data.registry, Data.cache, Data.negative];
const COLLECTION = TF.SEQUENCE | TF.MAPPING;

interface State {
  dataType: Ref;
  /** abc_invalidation_counter */
  counter: number;
}

function stateOf(rt: Runtime): State {
  return rt.moduleState.get("_abc") as State;
}

/** The _abc_data of a class, on the native stack. */
function implOf(rt: Runtime, cls: Ref): Ref {
  const impl = pushed(rt, getAttrString(rt, cls, "_abc_impl"));
  if (rt.i32[impl + Ob.type] !== stateOf(rt).dataType)
    throw typeError(rt, "_abc_impl is set to a wrong type");
  return impl;
}

// ---- sets of weak references

function inWeakSet(rt: Runtime, set: Ref, o: Ref): boolean {
  if (set === 0 || PySet_Size(rt, set) === 0 || !supportsWeakrefs(rt, rt.i32[o + Ob.type])) return false;
  const ref = pushed(rt, PyWeakref_NewRef(rt, o, 0));
  const is = PySet_Contains(rt, set, ref);
  drop(rt);
  return is;
}

const DESTROY: MethodDef = {
  name: "_destroy",
  flags: METH.O,
  fn: (rt, setRef, ref) => {
    const set = PyWeakref_GetRef(rt, setRef);
    if (set === 0) return rt.None;
    push(rt, set);
    PySet_Discard(rt, set, ref);
    drop(rt);
    return rt.None;
  },
};

/** Adds to the set in a field of the data, which is made if there is none. */
function addToWeakSet(rt: Runtime, at: number, o: Ref): void {
  if (rt.i32[at] === 0) rt.i32[at] = PySet_New(rt, 0);
  const set = rt.i32[at];
  const setRef = pushed(rt, PyWeakref_NewRef(rt, set, 0));
  const destroy = pushed(rt, PyCFunction_New(rt, DESTROY, setRef, 0));
  const ref = pushed(rt, PyWeakref_NewRef(rt, o, destroy));
  PySet_Add(rt, set, ref);
  drop(rt, 3);
}

// ---- making a class

function abc_init(rt: Runtime, _m: Ref, cls: Ref): NewRef {
  computeAbstractMethods(rt, cls);
  const data = pushed(rt, PyType_GenericNew(rt, stateOf(rt).dataType, rt.emptyTuple, 0));
  rt.i32[data + Data.version] = stateOf(rt).counter;
  PyObject_SetAttr(rt, cls, internStatic(rt, "_abc_impl"), data);
  drop(rt);
  if (PyType_Check(rt, cls)) takeCollectionFlags(rt, cls);
  return rt.None;
}

function computeAbstractMethods(rt: Runtime, cls: Ref): void {
  const abstracts = pushed(rt, PyFrozenSet_New(rt, 0));
  const dict = rt.i32[cls + Ty.dict];
  const own: Ref[] = [];
  for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
    own.push(newref(rt, rt.dictKey), newref(rt, rt.dictValue));
  }
  for (const ref of own) push(rt, ref);
  for (let i = 0; i < own.length; i += 2) {
    if (_PyObject_IsAbstract(rt, own[i + 1])) PySet_Add(rt, abstracts, own[i]);
  }
  drop(rt, own.length);
  const bases = rt.i32[cls + Ty.bases];
  for (let i = 0; i < tupleSize(rt, bases); i++)
    inheritAbstracts(rt, cls, tupleItem(rt, bases, i), abstracts);
  PyObject_SetAttr(rt, cls, internStatic(rt, "__abstractmethods__"), abstracts);
  drop(rt);
}

/** Abstract names of a base that are abstract in the class still. */
function inheritAbstracts(rt: Runtime, cls: Ref, base: Ref, abstracts: Ref): void {
  const names = PyObject_GetOptionalAttr(rt, base, internStatic(rt, "__abstractmethods__"));
  if (names === 0) return;
  push(rt, names);
  const it = pushed(rt, PyObject_GetIter(rt, names));
  for (let name = PyIter_Next(rt, it); name !== 0; name = PyIter_Next(rt, it)) {
    push(rt, name);
    const value = PyObject_GetOptionalAttr(rt, cls, name);
    push(rt, value);
    if (value !== 0 && _PyObject_IsAbstract(rt, value)) PySet_Add(rt, abstracts, name);
    drop(rt, 2);
  }
  drop(rt, 2);
}

/** `__abc_tpflags__` of the class says whether match statements take its instances for sequences or mappings. */
function takeCollectionFlags(rt: Runtime, cls: Ref): void {
  const dict = rt.i32[cls + Ty.dict];
  const given = dict_getitem_str(rt, dict, "__abc_tpflags__");
  if (given === 0 || !PyLong_Check(rt, given)) return;
  const flags = PyNumber_AsSsize_t(rt, given, 0);
  if ((flags & COLLECTION) === COLLECTION) {
    throw typeError(rt, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
  }
  rt.i32[cls + Ty.flags] |= flags & COLLECTION;
  dict_delitem_str(rt, dict, "__abc_tpflags__");
}

function setCollectionFlag(rt: Runtime, cls: Ref, flag: number): void {
  const i32 = rt.i32;
  if ((i32[cls + Ty.flags] & (TF.IMMUTABLETYPE | COLLECTION)) === flag) return;
  if ((i32[cls + Ty.flags] & TF.IMMUTABLETYPE) !== 0) return;
  i32[cls + Ty.flags] = (i32[cls + Ty.flags] & ~COLLECTION) | flag;
  PyType_Modified(rt, cls);
  const list = pushed(rt, type_subclasses(rt, cls));
  for (let i = 0; i < listSize(rt, list); i++) setCollectionFlag(rt, listItem(rt, list, i), flag);
  drop(rt);
}

function abc_register(rt: Runtime, _m: Ref, args: number): NewRef {
  const [cls, subclass] = [rt.i32[args], rt.i32[args + 2]];
  if (!PyType_Check(rt, subclass)) throw typeError(rt, "Can only register classes");
  if (PyObject_IsSubclass(rt, subclass, cls)) return newref(rt, subclass);
  if (PyObject_IsSubclass(rt, cls, subclass)) {
    throw raise(rt, rt.exc.RuntimeError, "Refusing to create an inheritance cycle");
  }
  const impl = implOf(rt, cls);
  addToWeakSet(rt, impl + Data.registry, subclass);
  drop(rt);
  stateOf(rt).counter++;
  const flag = PyType_Check(rt, cls) ? rt.i32[cls + Ty.flags] & COLLECTION : 0;
  if (flag !== 0) setCollectionFlag(rt, subclass, flag);
  return newref(rt, subclass);
}

// ---- checks

function ask(rt: Runtime, cls: Ref, subclass: Ref): NewRef {
  return PyObject_CallMethodOneArg(rt, cls, rt.names.__subclasscheck__, subclass);
}

function abc_instancecheck(rt: Runtime, _m: Ref, args: number): NewRef {
  const [cls, instance] = [rt.i32[args], rt.i32[args + 2]];
  const impl = implOf(rt, cls);
  const subclass = pushed(rt, getAttrString(rt, instance, "__class__"));
  const result = checkInstance(rt, cls, impl, subclass, rt.i32[instance + Ob.type]);
  push(rt, result);
  pop(rt);
  drop(rt, 2);
  return result;
}

function checkInstance(rt: Runtime, cls: Ref, impl: Ref, subclass: Ref, subtype: Ref): NewRef {
  const i32 = rt.i32;
  if (inWeakSet(rt, i32[impl + Data.cache], subclass)) return rt.True;
  if (subtype === subclass) {
    const fresh = i32[impl + Data.version] === stateOf(rt).counter;
    if (fresh && inWeakSet(rt, i32[impl + Data.negative], subclass)) return rt.False;
    return ask(rt, cls, subclass);
  }
  const first = pushed(rt, ask(rt, cls, subclass));
  const yes = PyObject_IsTrue(rt, first);
  if (yes) return pop(rt);
  drop(rt);
  return ask(rt, cls, subtype);
}

function abc_subclasscheck(rt: Runtime, _m: Ref, args: number): NewRef {
  const [cls, subclass] = [rt.i32[args], rt.i32[args + 2]];
  if (!PyType_Check(rt, subclass)) throw typeError(rt, "issubclass() arg 1 must be a class");
  const impl = implOf(rt, cls);
  const is = checkSubclass(rt, cls, impl, subclass);
  drop(rt);
  return is ? rt.True : rt.False;
}

function checkSubclass(rt: Runtime, cls: Ref, impl: Ref, subclass: Ref): boolean {
  const i32 = rt.i32;
  if (inWeakSet(rt, i32[impl + Data.cache], subclass)) return true;
  const { counter } = stateOf(rt);
  if (i32[impl + Data.version] < counter) {
    if (i32[impl + Data.negative] !== 0) set_clear_internal(rt, i32[impl + Data.negative]);
    i32[impl + Data.version] = counter;
  } else if (inWeakSet(rt, i32[impl + Data.negative], subclass)) return false;
  const is =
    askHook(rt, cls, subclass) ?? (isDirect(rt, cls, subclass) || isOfKnown(rt, cls, impl, subclass));
  addToWeakSet(rt, impl + (is ? Data.cache : Data.negative), subclass);
  return is;
}

/** What `__subclasshook__` says; null: NotImplemented. */
function askHook(rt: Runtime, cls: Ref, subclass: Ref): boolean | null {
  const answer = pushed(
    rt,
    PyObject_CallMethodOneArg(rt, cls, internStatic(rt, "__subclasshook__"), subclass),
  );
  drop(rt);
  if (answer === rt.True) return true;
  if (answer === rt.False) return false;
  if (answer === rt.NotImplemented) return null;
  throw raise(
    rt,
    rt.exc.AssertionError,
    "__subclasshook__ must return either False, True, or NotImplemented",
  );
}

function isDirect(rt: Runtime, cls: Ref, subclass: Ref): boolean {
  return PyType_IsSubtype(rt, subclass, cls);
}

/** Is it a subclass of a registered class, or of a subclass of the class? */
function isOfKnown(rt: Runtime, cls: Ref, impl: Ref, subclass: Ref): boolean {
  const registry = rt.i32[impl + Data.registry];
  if (registry !== 0 && anyBase(rt, registered(rt, registry), subclass)) return true;
  const list = pushed(rt, PyObject_CallMethodNoArgs(rt, cls, internStatic(rt, "__subclasses__")));
  if (!PyList_Check(rt, list)) throw typeError(rt, "__subclasses__() must return a list");
  for (let i = 0; i < listSize(rt, list); i++) {
    push(rt, newref(rt, listItem(rt, list, i)));
    const is = PyObject_IsSubclass(rt, subclass, listItem(rt, list, i));
    drop(rt);
    if (is) {
      drop(rt);
      return true;
    }
  }
  drop(rt);
  return false;
}

/** The living registered classes (new references): the set may change while they are asked. */
function registered(rt: Runtime, set: Ref): NewRef[] {
  const classes: NewRef[] = [];
  for (let pos = _PySet_NextEntry(rt, set, 0); pos >= 0; pos = _PySet_NextEntry(rt, set, pos)) {
    const c = PyWeakref_GetRef(rt, rt.dictKey);
    if (c !== 0) classes.push(c);
  }
  return classes;
}

/** Takes the classes over. */
function anyBase(rt: Runtime, classes: NewRef[], subclass: Ref): boolean {
  for (const c of classes) push(rt, c);
  const is = classes.some((c) => PyObject_IsSubclass(rt, subclass, c));
  drop(rt, classes.length);
  return is;
}

// ---- for inspection and tests

function get_dump(rt: Runtime, _m: Ref, cls: Ref): NewRef {
  const impl = implOf(rt, cls);
  const sets = FIELDS.map((f) => pushed(rt, PySet_New(rt, rt.i32[impl + f])));
  const version = pushed(rt, PyLong_FromNumber(rt, rt.i32[impl + Data.version]));
  const t = PyTuple_Pack(rt, ...sets, version);
  drop(rt, 5);
  return t;
}

function reset(...fields: number[]): MethodDef["fn"] {
  return (rt, _m, cls) => {
    const impl = implOf(rt, cls);
    for (const f of fields) if (rt.i32[impl + f] !== 0) set_clear_internal(rt, rt.i32[impl + f]);
    drop(rt);
    return rt.None;
  };
}

const METHODS: MethodDef[] = [
  {
    name: "get_cache_token",
    flags: METH.NOARGS,
    fn: (rt) => PyLong_FromNumber(rt, stateOf(rt).counter),
    sig: "($module, /)",
  },
  { name: "_abc_init", flags: METH.O, fn: abc_init, sig: "($module, self, /)" },
  { name: "_reset_registry", flags: METH.O, fn: reset(Data.registry), sig: "($module, self, /)" },
  { name: "_reset_caches", flags: METH.O, fn: reset(Data.cache, Data.negative), sig: "($module, self, /)" },
  { name: "_get_dump", flags: METH.O, fn: get_dump, sig: "($module, self, /)" },
  { name: "_abc_register", flags: METH.FASTCALL, fn: abc_register, sig: "($module, self, subclass, /)" },
  {
    name: "_abc_instancecheck",
    flags: METH.FASTCALL,
    fn: abc_instancecheck,
    sig: "($module, self, instance, /)",
  },
  {
    name: "_abc_subclasscheck",
    flags: METH.FASTCALL,
    fn: abc_subclasscheck,
    sig: "($module, self, subclass, /)",
  },
];

function defineData(rt: Runtime): Ref {
  return defineType(rt, {
    name: "_abc._abc_data",
    basicsize: Data.BYTES,
    flags: TF.HAVE_GC,
    heap: true,
    doc: "What an abstract base class remembers.",
    slots: {
      tp_new: PyType_GenericNew,
      tp_dealloc: (rt, p) => {
        const type = rt.i32[p + Ob.type];
        PyObject_GC_UnTrack(rt, p);
        for (const f of FIELDS) clearField(rt, p + f);
        infoOf(rt, p).tp_free!(rt, p);
        decref(rt, type);
      },
      tp_traverse: (rt, p, visit) => {
        visit(rt.i32[p + Ob.type]);
        for (const f of FIELDS) if (rt.i32[p + f] !== 0) visit(rt.i32[p + f]);
      },
      tp_clear: (rt, p) => {
        for (const f of FIELDS) clearField(rt, p + f);
      },
    },
  });
}

export function initModule__abc(rt: Runtime): NewRef {
  const state: State = { dataType: defineData(rt), counter: 0 };
  rt.moduleState.set("_abc", state);
  registerRoot(rt, () => [state.dataType], "_abc");
  return createModule(rt, "_abc", METHODS, "The natively made part of abc.");
}
