/** What the recorder and the differential suite share: the programs, their environment, their recorded outputs. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const suiteFolder = join(root, "test", "diff");

/**
 * The programs of the suite: test/diff/AREA/NAME.py. Names that begin with an underscore are helpers that programs import;
 * packages are folders below an area. `filter` selects by a substring of AREA/NAME, or several separated by commas.
 */
export function listPrograms(filter = "") {
  const wanted = String(filter).split(",").filter(Boolean);
  const programs = [];
  for (const area of readdirSync(suiteFolder).sort()) {
    const folder = join(suiteFolder, area);
    if (!statSync(folder).isDirectory()) continue;
    for (const file of readdirSync(folder).sort()) {
      if (!file.endsWith(".py") || file.startsWith("_")) continue;
      const name = `${area}/${basename(file, ".py")}`;
      if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
      programs.push({ name, path: join(folder, file), folder });
    }
  }
  return programs;
}

/** The environment of every run: hash seed 0, no colours, no byte code files, UTF-8, nothing of the caller's Python. */
export function programEnvironment() {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    PYTHONHASHSEED: "0",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHON_COLORS: "0",
    NO_COLOR: "1",
    TERM: "dumb",
    COLUMNS: "80",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
  };
}

const companion = (program, ending) => program.path.replace(/\.py$/, ending);

/** The companion files of a program: its standard input and the recorded stdout, stderr and status. */
export function companions(program) {
  return {
    input: companion(program, ".in"),
    out: companion(program, ".out"),
    err: companion(program, ".err"),
    status: companion(program, ".status"),
    flags: companion(program, ".flags"),
  };
}

const readOr = (path, otherwise) => (existsSync(path) ? readFileSync(path, "utf8") : otherwise);

export const inputOf = (program) => readOr(companions(program).input, "");

/** Interpreter options of a program (NAME.flags, one a line), such as `-X` and `tracemalloc=3`. */
export const flagsOf = (program) => readOr(companions(program).flags, "").split("\n").filter(Boolean);

/** The recorded result, or null if the program was never recorded. */
export function readRecord(program) {
  const files = companions(program);
  if (!existsSync(files.out)) return null;
  return {
    stdout: readFileSync(files.out, "utf8"),
    stderr: readOr(files.err, ""),
    status: Number(readOr(files.status, "0")),
  };
}

/**
 * A run's result with the folder of the script taken out, so that it reads the same wherever the repository lies,
 * and on stderr, where reports name objects by their repr, without addresses.
 */
export function normalise(program, result) {
  const strip = (text) => text.replaceAll(`${program.folder}/`, "");
  const stderr = strip(result.stderr).replace(/\b0x[0-9a-f]{6,}\b/g, "0x...");
  return { stdout: strip(result.stdout), stderr, status: result.status };
}

export const describe = (program) => relative(root, program.path);
