/** The module _csv: readers, writers and dialects of comma-separated values. Part of the modules. */
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { dictDiscard, PyDict_Keys, PyDict_New, PyDict_SetItem } from "../objects/dict.ts";
import { typeError } from "../objects/errors.ts";
import { Exc, TF } from "../objects/layout.ts";
import { PyLong_AsLong, PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { subtype_clear, subtype_traverse } from "../objects/subtype.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import {
  type CsvState,
  callDialect,
  csvError,
  csvState,
  dialectType,
  getDialect,
  QUOTE_NAMES,
} from "./csvdialect.ts";
import { csv_reader, readerType } from "./csvreader.ts";
import { csv_writer, writerType } from "./csvwriter.ts";
import { createModule, makeAll } from "./native.ts";

function register_dialect(rt: Runtime, _m: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = tupleSize(rt, args);
  if (n < 1 || n > 2) {
    const bound = n < 1 ? "at least 1 argument" : "at most 2 arguments";
    throw typeError(rt, ` expected ${bound}, got ${n}`);
  }
  const name = tupleItem(rt, args, 0);
  if (!PyUnicode_Check(rt, name)) throw typeError(rt, "dialect name must be a string");
  const d = pushed(rt, callDialect(rt, n > 1 ? tupleItem(rt, args, 1) : 0, kwargs));
  PyDict_SetItem(rt, csvState(rt).dialects, name, d);
  drop(rt);
  return rt.None;
}

const NAME = kwSpec("unregister_dialect", "name");
const GET_NAME = kwSpec("get_dialect", "name");
const LIMIT = kwSpec("field_size_limit", "new_limit=");

function unregister_dialect(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [name] = parseFastKw(rt, NAME, args, nargs, kwnames);
  if (!dictDiscard(rt, csvState(rt).dialects, name)) throw csvError(rt, "unknown dialect");
  return rt.None;
}

function get_dialect(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  return getDialect(rt, parseFastKw(rt, GET_NAME, args, nargs, kwnames)[0]);
}

function field_size_limit(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [limit] = parseFastKw(rt, LIMIT, args, nargs, kwnames);
  const state = csvState(rt);
  const old = state.limit;
  if (limit !== 0) {
    if (!PyLong_Check(rt, limit)) throw typeError(rt, "limit must be an integer");
    state.limit = PyLong_AsLong(rt, limit);
  }
  return PyLong_FromNumber(rt, old);
}

const FASTKW = METH.FASTCALL | METH.KEYWORDS;
const VARKW = METH.VARARGS | METH.KEYWORDS;

const METHODS: MethodDef[] = [
  { name: "reader", flags: VARKW, fn: csv_reader, doc: "reader(iterable, dialect='excel', **format)" },
  { name: "writer", flags: VARKW, fn: csv_writer, doc: "writer(file, dialect='excel', **format)" },
  {
    name: "list_dialects",
    flags: METH.NOARGS,
    fn: (rt) => PyDict_Keys(rt, csvState(rt).dialects),
    sig: "($module, /)",
  },
  { name: "register_dialect", flags: VARKW, fn: register_dialect },
  { name: "unregister_dialect", flags: FASTKW, fn: unregister_dialect, sig: "($module, /, name)" },
  { name: "get_dialect", flags: FASTKW, fn: get_dialect, sig: "($module, /, name)" },
  {
    name: "field_size_limit",
    flags: FASTKW,
    fn: field_size_limit,
    sig: "($module, /, new_limit=<unrepresentable>)",
  },
];

/** csv.Error: a native type, without the attributes of a class. */
function errorType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "_csv.Error",
    basicsize: Exc.BYTES,
    base: rt.exc.Exception,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.BASE_EXC_SUBCLASS,
    heap: true,
    slots: { tp_traverse: subtype_traverse, tp_clear: subtype_clear },
  });
}

export function initModule__csv(rt: Runtime): NewRef {
  const m = createModule(rt, "_csv", METHODS, "What csv does natively.");
  push(rt, m);
  const made = makeAll(rt, {
    error: () => errorType(rt),
    Dialect: () => dialectType(rt),
    Reader: () => readerType(rt),
    Writer: () => writerType(rt),
    dialects: () => PyDict_New(rt),
  });
  const state: CsvState = { ...made, limit: 128 * 1024 };
  rt.moduleState.set("_csv", state);
  registerRoot(rt, () => [state.error, state.Dialect, state.Reader, state.Writer, state.dialects], "_csv");
  PyModule_AddObjectRef(rt, m, "Error", state.error);
  for (const name of ["Dialect", "Reader", "Writer"] as const)
    PyModule_AddObjectRef(rt, m, name, state[name]);
  PyModule_AddObjectRef(rt, m, "_dialects", state.dialects);
  QUOTE_NAMES.forEach((name, i) => {
    PyModule_AddObject(rt, m, `QUOTE_${name}`, PyLong_FromNumber(rt, i));
  });
  return pop(rt);
}
