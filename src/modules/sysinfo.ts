/** Facts about the interpreter that sys shows as struct sequences. Part of the modules (CPython's Python/sysmodule.c). */
import { PyFloat_FromDouble } from "../objects/float.ts";
import { PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { getIntMaxStrDigits } from "../objects/longstr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { defineStructSeq, structSeqOf } from "../objects/structseq.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";

export const VERSION = "3.13.0 (Glassheap, 64 bit) [TypeScript]";
export const HEXVERSION = 0x030d00f0;

type Value = number | string | boolean | bigint | ((rt: Runtime) => NewRef);

function toRef(rt: Runtime, v: Value): NewRef {
  if (typeof v === "function") return v(rt);
  if (typeof v === "number") return PyLong_FromNumber(rt, v);
  if (typeof v === "bigint") return PyLong_FromBigInt(rt, v);
  if (typeof v === "boolean") return v ? rt.True : rt.False;
  return PyUnicode_FromJS(rt, v);
}

/** An instance of a new type sys.NAME with these fields. */
function info(
  rt: Runtime,
  name: string,
  values: Record<string, Value>,
  doc: string,
  noNew = false,
  hidden = 0,
): NewRef {
  const fields = Object.keys(values);
  const visible = fields.length - hidden;
  const type = defineStructSeq(rt, { name: `sys.${name}`, doc, fields, visible, noNew });
  return structSeqOf(
    rt,
    type,
    fields.map((f) => () => toRef(rt, values[f])),
  );
}

export function version_info(rt: Runtime): NewRef {
  const values = { major: 3, minor: 13, micro: 0, releaselevel: "final", serial: 0 };
  return info(rt, "version_info", values, "The version of Python, in parts.", true);
}

const float =
  (d: number) =>
  (rt: Runtime): NewRef =>
    PyFloat_FromDouble(rt, d);

export function float_info(rt: Runtime): NewRef {
  const values = {
    max: float(Number.MAX_VALUE),
    max_exp: 1024,
    max_10_exp: 308,
    min: float(2.2250738585072014e-308),
    min_exp: -1021,
    min_10_exp: -307,
    dig: 15,
    mant_dig: 53,
    epsilon: float(Number.EPSILON),
    radix: 2,
    rounds: 1,
  };
  return info(rt, "float_info", values, "What a float can hold.");
}

export function int_info(rt: Runtime): NewRef {
  const values = {
    bits_per_digit: 30,
    sizeof_digit: 4,
    default_max_str_digits: 4300,
    str_digits_check_threshold: 640,
  };
  return info(rt, "int_info", values, "How ints are stored.");
}

export function hash_info(rt: Runtime): NewRef {
  const values = {
    width: 64,
    modulus: 2305843009213693951n,
    inf: 314159,
    nan: 0,
    imag: 1000003,
    algorithm: "siphash13",
    hash_bits: 64,
    seed_bits: 128,
    cutoff: 0,
  };
  return info(rt, "hash_info", values, "How objects are hashed.");
}

export function thread_info(rt: Runtime): NewRef {
  const none = (r: Runtime): Ref => r.None;
  return info(
    rt,
    "thread_info",
    { name: "pthread-stubs", lock: none, version: none },
    "There is one thread.",
  );
}

export function flags(rt: Runtime): NewRef {
  const values: Record<string, Value> = {
    debug: 0,
    inspect: 0,
    interactive: 0,
    optimize: 0,
    dont_write_bytecode: 1,
    no_user_site: 0,
    no_site: 0,
    ignore_environment: 0,
    verbose: 0,
    bytes_warning: 0,
    quiet: 0,
    hash_randomization: rt.options.hashSeed === 0 ? 0 : 1,
    isolated: 0,
    dev_mode: false,
    utf8_mode: 0,
    warn_default_encoding: 0,
    safe_path: false,
    int_max_str_digits: getIntMaxStrDigits(rt),
    gil: 1,
    ...rt.options.flags,
  };
  return info(rt, "flags", values, "Settings of the command line and the environment.", true, 1);
}

/** The types that sys makes instances of later. */
export interface SysTypes {
  unraisableHookArgs: Ref;
  asyncgenHooks: Ref;
}

export function sysTypes(rt: Runtime): SysTypes {
  const fields = ["exc_type", "exc_value", "exc_traceback", "err_msg", "object"];
  const unraisableHookArgs = defineStructSeq(rt, {
    name: "UnraisableHookArgs",
    doc: "What sys.unraisablehook is given.",
    fields,
    visible: 5,
  });
  const asyncgenHooks = defineStructSeq(rt, {
    name: "asyncgen_hooks",
    doc: "Hooks of asynchronous generators.",
    fields: ["firstiter", "finalizer"],
    visible: 2,
    noNew: true,
  });
  return { unraisableHookArgs, asyncgenHooks };
}
