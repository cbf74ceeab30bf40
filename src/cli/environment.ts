/** What PYTHON... variables and -X options add to the settings. Part of the command line. */
import type { MallocName } from "../heap/heap.ts";
import type { FlagName } from "../objects/runtime.ts";
import type { Environment, Settings } from "./options.ts";

/** A setting that CPython ends on before anything runs: "Fatal Python error". */
export class FatalSetting extends Error {}

const MALLOCS: Record<string, MallocName> = {
  default: "pymalloc",
  pymalloc: "pymalloc",
  malloc: "malloc",
  debug: "pymalloc_debug",
  pymalloc_debug: "pymalloc_debug",
  malloc_debug: "malloc_debug",
};

/** Variables that count as a flag: a number is its level, any other text 1. */
const FLAG_VARIABLES: Record<string, FlagName> = {
  PYTHONDEBUG: "debug",
  PYTHONDONTWRITEBYTECODE: "dont_write_bytecode",
  PYTHONINSPECT: "inspect",
  PYTHONOPTIMIZE: "optimize",
  PYTHONVERBOSE: "verbose",
  PYTHONNOUSERSITE: "no_user_site",
};

/** An int32 from 0 on, else null: what CPython reads as a level. */
function numberIn(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

export function applyEnvironment(s: Settings, env: Environment): void {
  for (const [name, flag] of Object.entries(FLAG_VARIABLES)) {
    const text = env[name];
    if (text) s.flags[flag] = Math.max(Number(s.flags[flag] ?? 0), numberIn(text) || 1);
  }
  if (env.PYTHONSAFEPATH) s.flags.safe_path = true;
  if (env.PYTHONUNBUFFERED) s.unbuffered = true;
  if (env.PYTHONMALLOCSTATS) s.mallocStats = true;
  if (env.PYTHONPATH) s.pythonPath = env.PYTHONPATH.split(":");
  s.hashSeed = hashSeed(env.PYTHONHASHSEED);
  s.tracemalloc = tracemallocDepth(s, env.PYTHONTRACEMALLOC);
  s.intMaxStrDigits = intDigits(s, env.PYTHONINTMAXSTRDIGITS);
  applyDevMode(s, env);
  s.malloc = mallocName(env.PYTHONMALLOC, s.malloc);
  if (env.PYTHONWARNINGS) s.warnings.push(...env.PYTHONWARNINGS.split(",").filter(Boolean));
}

function applyDevMode(s: Settings, env: Environment): void {
  const utf8 = s.xOptions.get("utf8") ?? env.PYTHONUTF8;
  if (utf8 !== undefined) s.flags.utf8_mode = utf8 === "0" ? 0 : 1;
  if (s.xOptions.has("warn_default_encoding")) s.flags.warn_default_encoding = 1;
  if (!s.xOptions.has("dev") && !env.PYTHONDEVMODE) return;
  s.flags.dev_mode = true;
  s.warnings.push("default");
  s.malloc = "pymalloc_debug";
}

function hashSeed(text: string | undefined): number | undefined {
  if (!text || text === "random") return undefined;
  const n = Number(text);
  if (/^\d{1,10}$/.test(text) && n <= 0xffffffff) return n;
  throw new FatalSetting(
    'config_init_hash_seed: PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]',
  );
}

function mallocName(text: string | undefined, otherwise: MallocName): MallocName {
  if (!text) return otherwise;
  if (Object.hasOwn(MALLOCS, text)) return MALLOCS[text];
  throw new FatalSetting("preconfig_init_allocator: PYTHONMALLOC: unknown allocator");
}

/** Frames to keep: -X tracemalloc goes before the variable. */
function tracemallocDepth(s: Settings, variable: string | undefined): number {
  const option = s.xOptions.get("tracemalloc");
  const text = option ?? variable;
  if (text === undefined || text === "") return 0;
  if (text === true) return 1;
  const n = numberIn(text);
  if (n !== null && n <= 65535) return n;
  if (option !== undefined)
    throw new FatalSetting("config_init_tracemalloc: -X tracemalloc=NFRAME: invalid number of frames");
  throw new FatalSetting("config_init_tracemalloc: PYTHONTRACEMALLOC: invalid number of frames");
}

function intDigits(s: Settings, variable: string | undefined): number | undefined {
  const option = s.xOptions.get("int_max_str_digits");
  const text = option ?? variable;
  if (text === undefined || text === "") return undefined;
  const n = text === true ? null : numberIn(text);
  if (n !== null && (n === 0 || n >= 640)) return n;
  const where = option !== undefined ? "-X int_max_str_digits" : "PYTHONINTMAXSTRDIGITS";
  throw new FatalSetting(
    `config_init_int_max_str_digits: ${where}: invalid limit; must be >= 640 or 0 for unlimited.`,
  );
}
