/** The precompiled standard library beside the program. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Library } from "../runtime/library.ts";
import { openLibrary } from "../runtime/librarypack.ts";

export function loadLibrary(): Library {
  const path = join(__dirname, "stdlib.pack");
  if (!existsSync(path)) return { find: () => null, source: () => null };
  return openLibrary(readFileSync(path));
}
