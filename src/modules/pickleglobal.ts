/** Pickling of classes and functions: by their names. Part of the modules, for _pickle.ts. */
import { PyObject_GetAttr, PyObject_GetOptionalAttr, reprOf, strOf } from "../objects/abstract.ts";
import { PyLong_Check, PyTuple_Check, PyUnicode_Check } from "../objects/check.ts";
import { encodeTo } from "../objects/codecs.ts";
import { PyDict_GetItemWithError, PyDict_Next } from "../objects/dict.ts";
import { raise, valueError } from "../objects/errors.ts";
import { Bytes } from "../objects/layout.ts";
import { listItem, listSize } from "../objects/list.ts";
import { bigIntOf } from "../objects/long.ts";
import { catching, catchingAny, pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, dropTo, mark, pop, push } from "../objects/stack.ts";
import { internStatic, jsString, strEqualsJS, strLength } from "../objects/str.ts";
import { PyUnicode_Split } from "../objects/strsplit.ts";
import { PyTuple_Pack2, tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { importModule } from "../runtime/imports.ts";
import { saveCall } from "./picklebytes.ts";
import { memo_put } from "./picklememorize.ts";
import { put, putBytes, putSize32, room } from "./pickleoutput.ts";
import { save } from "./picklesave.ts";
import { Op, Pickler, pickleState, picklingError } from "./picklestate.ts";

/** get_dotted_path: the parts of a qualified name in a list; AttributeError if something is local. `obj`: where, or 0. */
export function dottedPath(rt: Runtime, obj: OptRef, name: Ref): NewRef {
  const path = pushed(rt, PyUnicode_Split(rt, name, internStatic(rt, "."), -1));
  for (let i = 0; i < listSize(rt, path); i++) {
    if (!strEqualsJS(rt, listItem(rt, path, i), "<locals>")) continue;
    const shown = reprOf(rt, name);
    const what =
      obj === 0
        ? `Can't get local object ${shown}`
        : `Can't get local attribute ${shown} on ${reprOf(rt, obj)}`;
    throw raise(rt, rt.exc.AttributeError, what);
  }
  return pop(rt);
}

/** get_deep_attribute: follows the parts of a path; 0 where one is missing. */
export function deepAttribute(rt: Runtime, obj: Ref, path: Ref): NewRef | 0 {
  const m = mark(rt);
  let at = pushed(rt, newref(rt, obj));
  for (let i = 0; i < listSize(rt, path); i++) {
    const next = PyObject_GetOptionalAttr(rt, at, listItem(rt, path, i));
    if (next === 0) {
      dropTo(rt, m);
      return 0;
    }
    push(rt, next);
    at = next;
  }
  const found = pop(rt);
  dropTo(rt, m);
  return found;
}

/** getattribute: a global of a module by its name, which may be a qualified one. */
export function globalOf(rt: Runtime, module: Ref, name: Ref, qualified: boolean): NewRef {
  let found: NewRef | 0;
  if (qualified) {
    const path = pushed(rt, dottedPath(rt, module, name));
    found = deepAttribute(rt, module, path);
    drop(rt);
  } else found = PyObject_GetOptionalAttr(rt, module, name);
  if (found !== 0) return found;
  throw raise(rt, rt.exc.AttributeError, `Can't get attribute ${reprOf(rt, name)} on ${reprOf(rt, module)}`);
}

/** whichmodule: the module's name that an object gives, or of the module in which it is found. */
function whichmodule(rt: Runtime, obj: Ref, path: Ref): NewRef {
  const name = PyObject_GetOptionalAttr(rt, obj, rt.names.__module__);
  if (name !== 0 && name !== rt.None) return name;
  const modules = rt.sysModules;
  for (let pos = PyDict_Next(rt, modules, 0); pos >= 0; pos = PyDict_Next(rt, modules, pos)) {
    const key = pushed(rt, newref(rt, rt.dictKey));
    const module = pushed(rt, newref(rt, rt.dictValue));
    const here = isGlobalOf(rt, key, module, obj, path);
    drop(rt);
    if (here) return pop(rt);
    drop(rt);
  }
  return newref(rt, internStatic(rt, "__main__"));
}

/** _checkmodule */
function isGlobalOf(rt: Runtime, name: Ref, module: Ref, obj: Ref, path: Ref): boolean {
  if (module === rt.None || (PyUnicode_Check(rt, name) && strEqualsJS(rt, name, "__main__"))) return false;
  const found = deepAttribute(rt, module, path);
  if (found === 0) return false;
  push(rt, found);
  drop(rt);
  return found === obj;
}

/** The name under which a global is known to itself. */
function ownName(rt: Runtime, obj: Ref): NewRef {
  return (
    PyObject_GetOptionalAttr(rt, obj, rt.names.__qualname__) || PyObject_GetAttr(rt, obj, rt.names.__name__)
  );
}

/** Imports by an object that should be a str. */
export function importByName(rt: Runtime, name: Ref): NewRef {
  if (!PyUnicode_Check(rt, name)) throw raise(rt, rt.exc.TypeError, "module name must be a string");
  if (strLength(rt, name) === 0) throw valueError(rt, "Empty module name");
  const loaded = PyDict_GetItemWithError(rt, rt.sysModules, name);
  return loaded !== 0 && loaded !== rt.None ? newref(rt, loaded) : importModule(rt, jsString(rt, name));
}

/** The names of a global; all stand on the native stack. */
interface Global {
  name: Ref;
  /** The parts of the name, in a list. */
  path: Ref;
  moduleName: Ref;
}

/** save_global: `name` is borrowed, or 0 for the name that the object itself has. */
export function save_global(rt: Runtime, p: Ref, obj: Ref, name: OptRef): void {
  const m = mark(rt);
  const g = findGlobal(rt, obj, name);
  if (rt.i32[p + Pickler.proto] < 2 || !saveExtension(rt, p, obj, g)) {
    writeGlobal(rt, p, g);
    memo_put(rt, p, obj);
  }
  dropTo(rt, m);
}

/** Makes sure that the object is found again under its names. */
function findGlobal(rt: Runtime, obj: Ref, given: OptRef): Global {
  const name = pushed(rt, given === 0 ? ownName(rt, obj) : newref(rt, given));
  const path = pushed(rt, dottedPath(rt, 0, name));
  const moduleName = pushed(rt, whichmodule(rt, obj, path));
  const module = catchingAny(rt, 0, () => importByName(rt, moduleName));
  if (module === 0) throw cannotPickle(rt, obj, `import of module ${reprOf(rt, moduleName)} failed`);
  push(rt, module);
  const found = catchingAny(rt, 0, () => deepAttribute(rt, module, path));
  if (found === 0) {
    const what = `attribute lookup ${strOf(rt, name)} on ${strOf(rt, moduleName)} failed`;
    throw cannotPickle(rt, obj, what);
  }
  push(rt, found);
  drop(rt, 2);
  if (found !== obj) {
    const what = `it's not the same object as ${strOf(rt, moduleName)}.${strOf(rt, name)}`;
    throw cannotPickle(rt, obj, what);
  }
  return { name, path, moduleName };
}

function cannotPickle(rt: Runtime, obj: Ref, why: string): PyErr {
  return picklingError(rt, `Can't pickle ${reprOf(rt, obj)}: ${why}`);
}

/** By its code in the extension registry, if it has one. */
function saveExtension(rt: Runtime, p: Ref, obj: Ref, g: Global): boolean {
  const key = pushed(rt, PyTuple_Pack2(rt, g.moduleName, g.name));
  const code = PyDict_GetItemWithError(rt, pickleState(rt).extension_registry, key);
  drop(rt);
  if (code === 0) return false;
  if (!PyLong_Check(rt, code))
    throw cannotPickle(rt, obj, `extension code ${reprOf(rt, code)} isn't an integer`);
  const value = bigIntOf(rt, code);
  if (value <= 0n || value > 0x7fffffffn)
    throw cannotPickle(rt, obj, `extension code ${value} is out of range`);
  putExtension(rt, p, Number(value));
  return true;
}

function putExtension(rt: Runtime, p: Ref, code: number): void {
  const width = code <= 0xff ? 1 : code <= 0xffff ? 2 : 4;
  const at = room(rt, p, 1 + width);
  rt.u8[at] = width === 1 ? Op.EXT1 : width === 2 ? Op.EXT2 : Op.EXT4;
  if (width === 4) {
    putSize32(rt, at + 1, code);
    return;
  }
  rt.u8[at + 1] = code;
  if (width === 2) rt.u8[at + 2] = code >> 8;
}

function writeGlobal(rt: Runtime, p: Ref, g: Global): void {
  const proto = rt.i32[p + Pickler.proto];
  if (proto >= 4) {
    save(rt, p, g.moduleName);
    save(rt, p, g.name);
    put(rt, p, Op.STACK_GLOBAL);
    return;
  }
  // getattr(getattr(first, second), third)
  const n = listSize(rt, g.path);
  for (let i = 1; i < n; i++) {
    save(rt, p, pickleState(rt).getattr);
    if (proto < 2) put(rt, p, Op.MARK);
  }
  writeNames(rt, p, g.moduleName, listItem(rt, g.path, 0));
  for (let i = 1; i < n; i++) {
    save(rt, p, listItem(rt, g.path, i));
    put(rt, p, proto < 2 ? Op.TUPLE : Op.TUPLE2);
    put(rt, p, Op.REDUCE);
  }
}

/** Two lines of text; under the names of Python 2 where that is asked for. */
function writeNames(rt: Runtime, p: Ref, moduleName: Ref, name: Ref): void {
  const i32 = rt.i32;
  put(rt, p, Op.GLOBAL);
  const names = { moduleName, name };
  if (i32[p + Pickler.proto] < 3 && i32[p + Pickler.fix_imports] !== 0) oldNames(rt, names);
  putName(rt, p, names.moduleName, "module");
  putName(rt, p, names.name, "global");
}

function putName(rt: Runtime, p: Ref, name: Ref, kind: string): void {
  const proto = rt.i32[p + Pickler.proto];
  const encoding = proto === 3 ? "utf-8" : "ascii";
  const encoded = catching(rt, rt.exc.UnicodeEncodeError, 0, () => encodeTo(rt, name, encoding, "strict"));
  if (encoded === 0) {
    const what = `can't pickle ${kind} identifier '${strOf(rt, name)}'`;
    throw picklingError(rt, `${what} using pickle protocol ${proto}`);
  }
  push(rt, encoded);
  putBytes(rt, p, 4 * (encoded + Bytes.data), rt.i32[encoded + Bytes.size]);
  put(rt, p, 10);
  drop(rt);
}

/** fix_imports: the names in Python 2. */
function oldNames(rt: Runtime, names: { moduleName: Ref; name: Ref }): void {
  const st = pickleState(rt);
  const key = pushed(rt, PyTuple_Pack2(rt, names.moduleName, names.name));
  const pair = PyDict_GetItemWithError(rt, st.name_mapping_3to2, key);
  drop(rt);
  if (pair !== 0) {
    [names.moduleName, names.name] = mappedPair(rt, pair, "REVERSE_NAME_MAPPING");
    return;
  }
  const module = PyDict_GetItemWithError(rt, st.import_mapping_3to2, names.moduleName);
  if (module !== 0) names.moduleName = mappedModule(rt, module, "REVERSE_IMPORT_MAPPING");
}

/** A value of _compat_pickle's tables of names. */
export function mappedPair(rt: Runtime, pair: Ref, table: string): [Ref, Ref] {
  const what = `_compat_pickle.${table} values should be`;
  const wrong = (text: string): PyErr => raise(rt, rt.exc.RuntimeError, `${what} ${text}`);
  if (!PyTuple_Check(rt, pair) || tupleSize(rt, pair) !== 2)
    throw wrong(`2-tuples, not ${typeNameOf(rt, pair)}`);
  const [module, name] = [tupleItem(rt, pair, 0), tupleItem(rt, pair, 1)];
  if (!PyUnicode_Check(rt, module) || !PyUnicode_Check(rt, name))
    throw wrong(`pairs of str, not (${typeNameOf(rt, module)}, ${typeNameOf(rt, name)})`);
  return [module, name];
}

/** A value of _compat_pickle's tables of modules. */
export function mappedModule(rt: Runtime, module: Ref, table: string): Ref {
  if (PyUnicode_Check(rt, module)) return module;
  const what = `_compat_pickle.${table} values should be strings, not ${typeNameOf(rt, module)}`;
  throw raise(rt, rt.exc.RuntimeError, what);
}

/** A class; the types of None, Ellipsis and NotImplemented, which have no name, by type(). */
export function save_type(rt: Runtime, p: Ref, obj: Ref): void {
  const { types } = rt;
  if (obj === types.NoneType) saveCall(rt, p, obj, types.type, rt.None);
  else if (obj === types.ellipsis) saveCall(rt, p, obj, types.type, rt.Ellipsis);
  else if (obj === types.NotImplementedType) saveCall(rt, p, obj, types.type, rt.NotImplemented);
  else save_global(rt, p, obj, 0);
}
