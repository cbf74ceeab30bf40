/** Where the standard library comes from: a zip archive, a package that has what it lacks, and modules of our own. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";

/** Modules of our own in Python, where CPython's are in C. */
const OWN = "lib";
const FROM_BRYTHON = ["_pydecimal"];

export function ownModules() {
  return readdirSync(OWN, { recursive: true })
    .filter((f) => f.endsWith(".py"))
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(OWN, path)) }));
}

/** Modules that the archive lacks: the package brython carries them, unchanged but for comments and docstrings. */
export function brythonModules() {
  const text = readFileSync("node_modules/brython/brython_stdlib.js", "utf8");
  const from = text.indexOf("{", text.indexOf("scripts = "));
  const scripts = JSON.parse(text.slice(from, text.lastIndexOf("}", text.indexOf("update_VFS")) + 1));
  return FROM_BRYTHON.map((name) => ({ path: `${name}.py`, bytes: Buffer.from(scripts[name][1]) }));
}

/** The entries of a zip archive: name -> bytes. */
export function* readZip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    yield [
      name,
      () => (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)),
      bytes.readUInt32LE(at + 16),
    ];
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}
