/**
 * The pack of precompiled library modules: an index and, for each module, its unit template as JSON text. Part of the runtime.
 *
 *   u32 length of the index | index (JSON: name -> [offset, length, filename, isPackage]) | templates ...
 */
import type { UnitTemplate } from "../compiler/template.ts";
import type { Library, LibraryModule } from "./library.ts";

type Entry = [offset: number, length: number, filename: string, isPackage: boolean, sourceAt: number, sourceLength: number];

/** JSON cannot hold bigints, -0, infinities and byte strings: they are written as tagged objects. */
export function packTemplate(unit: UnitTemplate): string {
  return JSON.stringify(unit, (_key, v) => {
    if (typeof v === "bigint") return { $big: v.toString() };
    if (typeof v === "number" && (Object.is(v, -0) || !Number.isFinite(v))) return { $num: Object.is(v, -0) ? "-0" : String(v) };
    if (v instanceof Uint8Array) return { $bytes: Array.from(v) };
    return v;
  });
}

export function unpackTemplate(text: string): UnitTemplate {
  return JSON.parse(text, (_key, v) => {
    if (v === null || typeof v !== "object") return v;
    if ("$big" in v) return BigInt(v.$big);
    if ("$num" in v) return Number(v.$num);
    if ("$bytes" in v) return Uint8Array.from(v.$bytes);
    return v;
  }) as UnitTemplate;
}

/** Opens a pack held in memory. */
export function openLibrary(bytes: Uint8Array): Library {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(0, true);
  const decoder = new TextDecoder();
  const index = JSON.parse(decoder.decode(bytes.subarray(4, 4 + size))) as Record<string, Entry>;
  const base = 4 + size;
  const byFile = new Map(Object.values(index).map((e) => [e[2], e]));
  return {
    find(name: string): LibraryModule | null {
      const e = Object.hasOwn(index, name) ? index[name] : undefined;
      if (e === undefined) return null;
      const load = (): UnitTemplate => unpackTemplate(decoder.decode(bytes.subarray(base + e[0], base + e[0] + e[1])));
      return { filename: e[2], isPackage: e[3], load };
    },
    source(filename: string): string | null {
      const e = byFile.get(filename);
      return e === undefined ? null : decoder.decode(bytes.subarray(base + e[4], base + e[4] + e[5]));
    },
  };
}
