/** The browser bundle: a global `glassheap` with the class Python and the standard library's commoner modules as source text. */
import { frontEnd } from "./compiler/frontend.ts";
import { compileUnit } from "./compiler/unit.ts";
import { characterByName } from "./objects/unicode/names.ts";
import { Python } from "./python.ts";
import { LIBRARY_PATH, type Library, type LibraryModule } from "./runtime/library.ts";

export { MemoryHost } from "./host/memory.ts";
export { auditText } from "./insight/audit.ts";
export { HeapView, Python } from "./python.ts";
export { libraryFrom } from "./runtime/librarypack.ts";

/** Put in by the build: paths below the library ("json/decoder.py") to their texts. */
declare const __GLASSHEAP_STDLIB__: Record<string, string>;

const sources: Record<string, string> = __GLASSHEAP_STDLIB__;

function unicodeName(name: string): string | null {
  const c = characterByName(name);
  return c < 0 ? null : String.fromCodePoint(c);
}

function moduleAt(path: string): LibraryModule {
  const filename = `${LIBRARY_PATH}/${path}`;
  const load = (): ReturnType<LibraryModule["load"]> =>
    compileUnit(frontEnd(sources[path], filename, "exec", { unicodeName }), filename);
  return { filename, isPackage: path.endsWith("__init__.py"), load };
}

function find(name: string): LibraryModule | null {
  const base = name.replaceAll(".", "/");
  for (const path of [`${base}.py`, `${base}/__init__.py`])
    if (Object.hasOwn(sources, path)) return moduleAt(path);
  return null;
}

const library: Library = {
  find,
  source: (filename) => sources[filename.slice(LIBRARY_PATH.length + 1)] ?? null,
  names: () =>
    Object.keys(sources).map((path) => path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".")),
};

Python.library = () => library;
