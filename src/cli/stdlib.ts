/**
 * The precompiled standard library beside the program, and V8's compiled code of its modules. Part of the command line.
 *
 * That code belongs to one set of V8 flags, as the core's does (launch.ts), and is made by a warm-up program: the functions
 * that ran then are in it.
 *
 *   u32 length of the index | index (JSON: name -> [offset, bytes]) | code ...
 */
import { existsSync, openSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import type { Library } from "../runtime/library.ts";
import { libraryFrom, type PrecompiledScript } from "../runtime/librarypack.ts";
import { cacheName, keepCode, makesCache } from "./cachename.ts";
import { setPhase } from "./v8flags.ts";

type ReadFile = (at: number, n: number) => Buffer;

function reader(path: string): ReadFile {
  let fd = -1;
  return (at, n) => {
    if (fd < 0) fd = openSync(path, "r");
    const bytes = Buffer.allocUnsafe(n);
    for (let got = 0; got < n; ) got += readSync(fd, bytes, got, n - got, at + got);
    return bytes;
  };
}

/** Compiles modules from V8's code where there is some. */
function fromCache(path: string): PrecompiledScript {
  if (!existsSync(path)) return () => null;
  const read = reader(path);
  const size = read(0, 4).readUInt32LE(0);
  const index = JSON.parse(read(4, size).toString()) as Record<string, [at: number, n: number]>;
  return (name, text) => {
    if (!Object.hasOwn(index, name)) return null;
    const [at, n] = index[name];
    const cachedData = read(4 + size + at, n);
    const before = setPhase("starting");
    const script = new Script(text(), { filename: `stdlib:${name}`, cachedData });
    setPhase(before);
    return script.cachedDataRejected ? null : script.runInThisContext();
  };
}

/** Compiles all modules, and writes V8's code of them when the program ends. */
function makingCache(path: string): PrecompiledScript {
  const scripts = new Map<string, Script>();
  keepCode(true);
  process.on("exit", () => {
    keepCode(false);
    setPhase("starting");
    const index: Record<string, [number, number]> = {};
    const parts: Buffer[] = [];
    let at = 0;
    for (const [name, script] of scripts) {
      const code = script.createCachedData();
      index[name] = [at, code.length];
      at += code.length;
      parts.push(code);
    }
    const head = Buffer.from(JSON.stringify(index));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(head.length);
    writeFileSync(path, Buffer.concat([size, head, ...parts]));
  });
  return (name, text) => {
    const script = new Script(text(), { filename: `stdlib:${name}` });
    scripts.set(name, script);
    return script.runInThisContext();
  };
}

export function loadLibrary(): Library {
  const path = join(__dirname, "stdlib.pack");
  if (!existsSync(path)) return { find: () => null, source: () => null, names: () => [] };
  const cache = cacheName("stdlib");
  const library = libraryFrom(reader(path), makesCache("stdlib") ? makingCache(cache) : fromCache(cache));
  return { ...library, importing: (yes) => setPhase(yes ? "importing" : "running") === "importing" };
}
