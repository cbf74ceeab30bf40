/** The command line's options, read as CPython reads them, and Glassheap's own; together with the environment they make Settings. */
import type { MallocName } from "../heap/heap.ts";
import type { FlagName } from "../objects/runtime.ts";
import { applyEnvironment } from "./environment.ts";
import { parseSize, UsageError } from "./usage.ts";

export type Target =
  | { kind: "command"; text: string }
  | { kind: "module"; name: string }
  | { kind: "file"; path: string }
  | { kind: "stdin"; named: boolean };

/** Everything that the command line and the environment ask for. */
export interface Settings {
  target: Target;
  /** sys.argv[1:] */
  args: string[];
  flags: Partial<Record<FlagName, number | boolean>>;
  warnings: string[];
  xOptions: Map<string, string | true>;
  pythonPath: string[];
  unbuffered: boolean;
  showVersion: number;
  showHelp: boolean;
  /** -x: the first line of the file is no Python. */
  skipFirstLine: boolean;
  /** undefined: at random. */
  hashSeed: number | undefined;
  malloc: MallocName;
  mallocStats: boolean;
  /** Frames that tracemalloc keeps; 0 when it is off. */
  tracemalloc: number;
  intMaxStrDigits: number | undefined;
  memory: boolean;
  audit: boolean;
  maxHeap: number | undefined;
  failAlloc: number;
  gcStress: boolean;
  arenaSize: number | undefined;
  poolSize: number | undefined;
}

export type Environment = Record<string, string | undefined>;

function initialSettings(): Settings {
  return {
    target: { kind: "stdin", named: false },
    args: [],
    flags: {},
    warnings: [],
    xOptions: new Map(),
    pythonPath: [],
    unbuffered: false,
    showVersion: 0,
    showHelp: false,
    skipFirstLine: false,
    hashSeed: undefined,
    malloc: "pymalloc",
    mallocStats: false,
    tracemalloc: 0,
    intMaxStrDigits: undefined,
    memory: false,
    audit: false,
    maxHeap: undefined,
    failAlloc: 0,
    gcStress: false,
    arenaSize: undefined,
    poolSize: undefined,
  };
}

const count = (s: Settings, flag: FlagName): void => {
  s.flags[flag] = Number(s.flags[flag] ?? 0) + 1;
};

/** Options of one letter without an argument. */
const LETTERS: Record<string, (s: Settings) => void> = {
  b: (s) => count(s, "bytes_warning"),
  B: (s) => count(s, "dont_write_bytecode"),
  d: (s) => count(s, "debug"),
  E: (s) => count(s, "ignore_environment"),
  h: (s) => {
    s.showHelp = true;
  },
  i: (s) => {
    count(s, "inspect");
    count(s, "interactive");
  },
  I: (s) => {
    count(s, "isolated");
  },
  O: (s) => count(s, "optimize"),
  P: (s) => {
    s.flags.safe_path = true;
  },
  q: (s) => count(s, "quiet"),
  R: () => {},
  s: (s) => count(s, "no_user_site"),
  S: (s) => count(s, "no_site"),
  u: (s) => {
    s.unbuffered = true;
  },
  v: (s) => count(s, "verbose"),
  V: (s) => {
    s.showVersion++;
  },
  x: (s) => {
    s.skipFirstLine = true;
  },
  "?": (s) => {
    s.showHelp = true;
  },
};

const positive = (name: string, text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`${name}: a number from 1 up, not '${text}'`);
  return Number(text);
};

/** Long options; those in VALUED take `=VALUE`. */
const LONG: Record<string, (s: Settings) => void> = {
  "--help": (s) => {
    s.showHelp = true;
  },
  "--version": (s) => {
    s.showVersion++;
  },
  "--memory": (s) => {
    s.memory = true;
  },
  "--audit": (s) => {
    s.audit = true;
  },
  "--gc-stress": (s) => {
    s.gcStress = true;
  },
};

const VALUED: Record<string, (s: Settings, value: string) => void> = {
  "--max-heap": (s, value) => {
    s.maxHeap = parseSize("--max-heap", value);
  },
  "--fail-alloc": (s, value) => {
    s.failAlloc = positive("--fail-alloc", value);
  },
  "--arena-size": (s, value) => {
    s.arenaSize = parseSize("--arena-size", value);
  },
  "--pool-size": (s, value) => {
    s.poolSize = parseSize("--pool-size", value);
  },
  "--check-hash-based-pycs": (_s, value) => {
    if (!["always", "default", "never"].includes(value)) {
      throw new UsageError("--check-hash-based-pycs must be one of 'default', 'always', or 'never'");
    }
  },
};

/** Reads the words before the program's own arguments. */
class Reader {
  private at = 0;
  readonly settings = initialSettings();
  private readonly words: string[];
  private readonly cmdWarnings: string[] = [];

  constructor(words: string[]) {
    this.words = words;
  }

  read(): string[] {
    while (this.at < this.words.length) {
      const word = this.words[this.at];
      if (word === "-" || !word.startsWith("-")) break;
      this.at++;
      if (word === "--") break;
      if (word.startsWith("--")) this.long(word);
      else if (this.cluster(word)) return this.cmdWarnings;
    }
    this.script();
    return this.cmdWarnings;
  }

  private script(): void {
    if (this.at >= this.words.length) return;
    const path = this.words[this.at++];
    this.settings.target = path === "-" ? { kind: "stdin", named: true } : { kind: "file", path };
    this.rest();
  }

  private rest(): void {
    this.settings.args = this.words.slice(this.at);
  }

  private long(word: string): unknown {
    const equals = word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    if (equals < 0 && Object.hasOwn(LONG, name)) return LONG[name](this.settings);
    if (!Object.hasOwn(VALUED, name)) throw new UsageError(`unknown option ${word}`);
    if (equals >= 0) return VALUED[name](this.settings, word.slice(equals + 1));
    if (this.at >= this.words.length) throw new UsageError(`Argument expected for the ${name} option`);
    return VALUED[name](this.settings, this.words[this.at++]);
  }

  /** `-bqc text`: letters, the last of which may take the rest or the next word. True when the options end here. */
  private cluster(word: string): boolean {
    for (let i = 1; i < word.length; i++) {
      const letter = word[i];
      if ("cmWX".includes(letter)) return this.valued(letter, word.slice(i + 1));
      if (!Object.hasOwn(LETTERS, letter)) throw new UsageError(`Unknown option: -${letter}`);
      LETTERS[letter](this.settings);
    }
    return false;
  }

  private valued(letter: string, rest: string): boolean {
    let value = rest;
    if (value === "") {
      if (this.at >= this.words.length) throw new UsageError(`Argument expected for the -${letter} option`);
      value = this.words[this.at++];
    }
    if (letter === "W") this.cmdWarnings.push(value);
    else if (letter === "X") this.xOption(value);
    else {
      this.settings.target =
        letter === "c" ? { kind: "command", text: value } : { kind: "module", name: value };
      this.rest();
      return true;
    }
    return false;
  }

  private xOption(text: string): void {
    const equals = text.indexOf("=");
    if (equals < 0) this.settings.xOptions.set(text, true);
    else this.settings.xOptions.set(text.slice(0, equals), text.slice(equals + 1));
  }
}

/** All settings of a run. Throws UsageError, or FatalSetting for what CPython ends fatally on. */
export function readSettings(words: string[], env: Environment): Settings {
  const reader = new Reader(words);
  const cmdWarnings = reader.read();
  const { settings } = reader;
  const { flags } = settings;
  if (flags.isolated) Object.assign(flags, { ignore_environment: 1, no_user_site: 1, safe_path: true });
  applyEnvironment(settings, flags.ignore_environment ? {} : env);
  settings.warnings.push(...cmdWarnings);
  const bytes = Number(flags.bytes_warning ?? 0);
  if (bytes > 0) settings.warnings.push(bytes > 1 ? "error::BytesWarning" : "default::BytesWarning");
  settings.warnings = [...new Set(settings.warnings)];
  return settings;
}
