/** What scripts/build-stdlib.mjs bundles and calls: one library file to the text of its unit template. */
import { frontEnd } from "../src/compiler/frontend.ts";
import { decodeSource } from "../src/compiler/parse.ts";
import { compileUnit } from "../src/compiler/unit.ts";
import { characterByName } from "../src/objects/unicode/names.ts";
import { LIBRARY_PATH } from "../src/runtime/library.ts";
import { packTemplate, packTexts } from "../src/runtime/librarypack.ts";

function unicodeName(name: string): string | null {
  const c = characterByName(name);
  return c < 0 ? null : String.fromCodePoint(c);
}

/** `path` is relative to the library: "json/decoder.py". The answer is the template's text and the JavaScript. */
export function compileLibraryFile(path: string, bytes: Uint8Array): [template: string, js: string] {
  const filename = `${LIBRARY_PATH}/${path}`;
  const front = frontEnd(decodeSource(bytes, filename), filename, "exec", { unicodeName });
  const unit = compileUnit(front, filename, { tiered: true });
  const { js, ends } = packTexts(unit);
  return [packTemplate(unit, ends), js];
}
