/** The module _pickle: pickling and unpickling, natively. Part of the modules; the parts are in pickle*.ts and unpickle*.ts. */
import { getAttrString, PyCallable_Check, PyObject_GetAttr } from "../objects/abstract.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyDict_CheckExact } from "../objects/check.ts";
import { raise } from "../objects/errors.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { getBuiltin } from "../objects/modulelookup.ts";
import { pushed } from "../objects/nativecall.ts";
import { pickleBufferType } from "../objects/picklebuffer.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { importModule } from "../runtime/imports.ts";
import { createModule, makeAll } from "./native.ts";
import { newException } from "./newexception.ts";
import { memoProxyType } from "./picklememoproxy.ts";
import { flushToFile } from "./pickleoutput.ts";
import {
  dump,
  dumpToBytes,
  newPickler,
  picklerType,
  setBufferCallback,
  setOutputStream,
  setProtocol,
} from "./pickler.ts";
import type { PickleState } from "./picklestate.ts";
import { setInput } from "./unpickleinput.ts";
import { load } from "./unpickleload.ts";
import { newUnpickler, setInputStream, setOptions, unpicklerType } from "./unpickler.ts";
import { pdataType } from "./unpicklestack.ts";

const DUMP = kwSpec("dump", "obj, file, protocol=, *, fix_imports=, buffer_callback=");
const DUMPS = kwSpec("dumps", "obj, protocol=, *, fix_imports=, buffer_callback=");
const LOAD = kwSpec("load", "file, *, fix_imports=, encoding=, errors=, buffers=");
const LOADS = kwSpec("loads", "data, /, *, fix_imports=, encoding=, errors=, buffers=");

function pickle_dump(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [obj, file, protocol, fix, callback] = parseFastKw(rt, DUMP, args, nargs, kwnames);
  const p = newPickler(rt);
  setProtocol(rt, p, protocol, fix);
  setOutputStream(rt, p, file);
  setBufferCallback(rt, p, callback);
  dump(rt, p, obj);
  flushToFile(rt, p);
  drop(rt);
  return rt.None;
}

function pickle_dumps(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [obj, protocol, fix, callback] = parseFastKw(rt, DUMPS, args, nargs, kwnames);
  const p = newPickler(rt);
  setProtocol(rt, p, protocol, fix);
  setBufferCallback(rt, p, callback);
  const result = dumpToBytes(rt, p, obj);
  drop(rt);
  return result;
}

function pickle_load(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [file, ...options] = parseFastKw(rt, LOAD, args, nargs, kwnames);
  const u = newUnpickler(rt);
  setInputStream(rt, u, file);
  setOptions(rt, u, "load", options);
  const result = load(rt, u);
  drop(rt);
  return result;
}

function pickle_loads(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [data, ...options] = parseFastKw(rt, LOADS, args, nargs, kwnames);
  const u = newUnpickler(rt);
  setInput(rt, u, data);
  setOptions(rt, u, "loads", options);
  const result = load(rt, u);
  drop(rt);
  return result;
}

const FASTKW = METH.FASTCALL | METH.KEYWORDS;
const DUMP_REST = "obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)";
const LOAD_REST = "*, fix_imports=True, encoding='ASCII'";

const METHODS: MethodDef[] = [
  {
    name: "dump",
    flags: FASTKW,
    fn: pickle_dump,
    sig: `($module, /, ${DUMP_REST}`,
    doc: "Writes the pickle of an object to a file.",
  },
  {
    name: "dumps",
    flags: FASTKW,
    fn: pickle_dumps,
    sig: "($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)",
    doc: "The pickle of an object as bytes.",
  },
  {
    name: "load",
    flags: FASTKW,
    fn: pickle_load,
    sig: `($module, /, file, ${LOAD_REST},\n     errors='strict', buffers=())`,
    doc: "The object of the next pickle in a file.",
  },
  {
    name: "loads",
    flags: FASTKW,
    fn: pickle_loads,
    sig: `($module, data, /, ${LOAD_REST},\n      errors='strict', buffers=())`,
    doc: "The object that a pickle stands for.",
  },
];

/** An attribute of a module that must be a dict. */
function tableOf(rt: Runtime, module: string, name: string): NewRef {
  const m = pushed(rt, importModule(rt, module));
  const table = getAttrString(rt, m, name);
  drop(rt);
  if (PyDict_CheckExact(rt, table)) return table;
  pushed(rt, table);
  throw raise(rt, rt.exc.RuntimeError, `${module}.${name} should be a dict, not ${typeNameOf(rt, table)}`);
}

/** An attribute of a module that must be callable. */
function functionOf(rt: Runtime, module: string, name: string): NewRef {
  const m = pushed(rt, importModule(rt, module));
  const f = PyObject_GetAttr(rt, m, internStatic(rt, name));
  drop(rt);
  if (PyCallable_Check(rt, f)) return f;
  pushed(rt, f);
  throw raise(rt, rt.exc.RuntimeError, `${module}.${name} should be a callable, not ${typeNameOf(rt, f)}`);
}

/** All but PickleBuffer, or nothing. */
function makeState(rt: Runtime): Omit<PickleState, "PickleBuffer"> {
  let base = 0;
  const derived = (name: string) => newException(rt, "_pickle", name, base);
  return makeAll(rt, {
    PickleError: () => (base = newException(rt, "_pickle", "PickleError", rt.exc.Exception)),
    PicklingError: () => derived("PicklingError"),
    UnpicklingError: () => derived("UnpicklingError"),
    getattr: () => getBuiltin(rt, "getattr"),
    dispatch_table: () => tableOf(rt, "copyreg", "dispatch_table"),
    extension_registry: () => tableOf(rt, "copyreg", "_extension_registry"),
    inverted_registry: () => tableOf(rt, "copyreg", "_inverted_registry"),
    extension_cache: () => tableOf(rt, "copyreg", "_extension_cache"),
    name_mapping_2to3: () => tableOf(rt, "_compat_pickle", "NAME_MAPPING"),
    import_mapping_2to3: () => tableOf(rt, "_compat_pickle", "IMPORT_MAPPING"),
    name_mapping_3to2: () => tableOf(rt, "_compat_pickle", "REVERSE_NAME_MAPPING"),
    import_mapping_3to2: () => tableOf(rt, "_compat_pickle", "REVERSE_IMPORT_MAPPING"),
    codecs_encode: () => functionOf(rt, "codecs", "encode"),
    partial: () => functionOf(rt, "functools", "partial"),
    Pdata: () => pdataType(rt),
    PicklerMemoProxy: () => memoProxyType(rt, "PicklerMemoProxy"),
    UnpicklerMemoProxy: () => memoProxyType(rt, "UnpicklerMemoProxy"),
    Pickler: () => picklerType(rt),
    Unpickler: () => unpicklerType(rt),
  });
}

export function initModule__pickle(rt: Runtime): NewRef {
  const m = pushed(rt, createModule(rt, "_pickle", METHODS, "Pickling and unpickling."));
  const PickleBuffer = pickleBufferType(rt);
  const state: PickleState = { ...makeState(rt), PickleBuffer };
  rt.moduleState.set("_pickle", state);
  registerRoot(rt, () => Object.values(state), "_pickle");
  PyModule_AddObjectRef(rt, m, "PickleBuffer", PickleBuffer);
  for (const name of ["Pickler", "Unpickler", "PickleError", "PicklingError", "UnpicklingError"] as const)
    PyModule_AddObjectRef(rt, m, name, state[name]);
  return pop(rt);
}
