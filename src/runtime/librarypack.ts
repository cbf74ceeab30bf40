/**
 * The pack of precompiled library modules: an index, and for each module its unit template (JSON), its JavaScript and its
 * source. Part of the runtime. What a module needs is read when it is imported; positions are decoded when a traceback asks.
 *
 *   u32 length of the index | index (JSON: name -> Entry) | template, JavaScript ... | source ...
 */
import { frontEnd } from "../compiler/frontend.ts";
import type { CodeTemplate, ConstSpec, SecondMaker, UnitTemplate } from "../compiler/template.ts";
import { secondsOf } from "../compiler/unit.ts";
import type { Library, LibraryModule } from "./library.ts";

/** Offsets count from the end of the index. The JavaScript stands right behind the template. */
export type PackEntry = [
  at: number,
  templateBytes: number,
  jsBytes: number,
  filename: string,
  isPackage: boolean,
  sourceAt: number,
  sourceBytes: number,
];

/** Reads n bytes of a pack. */
export type ReadPack = (at: number, n: number) => Uint8Array;

/** Digits of packed positions: 5 bits and, above, the bit that says that more follow. */
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Positions as text: each number less the same field of the position before, sign in the lowest bit, five bits a digit. */
export function packPositions(positions: ArrayLike<number>): string {
  let out = "";
  for (let i = 0; i < positions.length; i++) {
    const delta = positions[i] - (i < 4 ? 0 : positions[i - 4]);
    let v = delta < 0 ? -delta * 2 + 1 : delta * 2;
    for (; v >= 32; v >>>= 5) out += DIGITS[32 | (v & 31)];
    out += DIGITS[v];
  }
  return out;
}

export function unpackPositions(text: string): number[] {
  const out: number[] = [];
  let v = 0;
  let shift = 0;
  for (let k = 0; k < text.length; k++) {
    const digit = DIGITS.indexOf(text[k]);
    v |= (digit & 31) << shift;
    shift += 5;
    if (digit >= 32) continue;
    const i = out.length;
    out.push(((v & 1) !== 0 ? -(v >>> 1) : v >>> 1) + (i < 4 ? 0 : out[i - 4]));
    v = 0;
    shift = 0;
  }
  return out;
}

const signedText = (v: number): string => (Object.is(v, -0) ? "-0" : String(v));

/** JSON has no bigints, -0, infinities or byte strings: constants that hold such carry text instead. */
function packConst(c: ConstSpec): unknown {
  switch (c.t) {
    case "int":
      return { t: "int", v: c.v.toString() };
    case "float":
      return { t: "float", v: signedText(c.v) };
    case "complex":
      return { t: "complex", im: signedText(c.im), re: signedText(c.re ?? 0) };
    case "bytes":
      return { t: "bytes", v: String.fromCharCode(...c.v) };
    case "tuple":
    case "frozenset":
      return { ...c, items: c.items.map(packConst) };
    default:
      return c;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what packConst made, changed in place
function unpackConst(c: any): void {
  switch (c.t) {
    case "int":
      c.v = BigInt(c.v);
      break;
    case "float":
      c.v = Number(c.v);
      break;
    case "complex":
      c.im = Number(c.im);
      c.re = Number(c.re);
      break;
    case "bytes":
      c.v = Uint8Array.from(c.v as string, (ch) => ch.charCodeAt(0));
      break;
    case "tuple":
    case "frozenset":
      c.items.forEach(unpackConst);
  }
}

/** Stands between the factories of a unit: together they are the items of an array. */
const BETWEEN = ",\n";

/** The JavaScript of all functions of a unit, one text behind the other, and where each ends. All of it is ASCII. */
export function packTexts(unit: UnitTemplate): { js: string; ends: number[] } {
  let js = "";
  const ends = unit.codes.map((_, index) => {
    js += `${index === 0 ? "" : BETWEEN}${unit.js(index)}`;
    return js.length;
  });
  return { js, ends };
}

/** A unit without its JavaScript, as JSON text. */
export function packTemplate(unit: UnitTemplate, ends: number[]): string {
  const codes = unit.codes.map((c) => ({
    ...c,
    consts: c.consts.map(packConst),
    positions: [],
    packedPositions: packPositions(c.positions),
  }));
  return JSON.stringify({ ...unit, ends, codes });
}

/** `js` gives a part of the texts of packTexts. */
export function unpackTemplate(text: string, js: (from: number, to?: number) => string): UnitTemplate {
  const unit = JSON.parse(text) as UnitTemplate & { ends: number[] };
  for (const code of unit.codes as CodeTemplate[]) code.consts.forEach(unpackConst);
  unit.js = (index) => js(index === 0 ? 0 : unit.ends[index - 1] + BETWEEN.length, unit.ends[index]);
  return unit;
}

/** A script whose value is a function of the helpers that returns all factories of a module. */
function scriptText(js: string, helpers: string[]): string {
  return `(function(rt,i32,${helpers.join(",")}){"use strict";return [${js}];})`;
}

/** Second forms of a library module's functions (see tiers.ts): its source is compiled again when the first one is asked for. */
function withSeconds(unit: UnitTemplate, filename: string, source: () => string): UnitTemplate {
  let second: SecondMaker | null = null;
  unit.second = (index, profile) => {
    second ??= secondsOf(frontEnd(source(), filename, "exec"), filename);
    return second(index, profile);
  };
  unit.library = true;
  return unit;
}

/** Opens a pack held in memory. */
export function openLibrary(bytes: Uint8Array): Library {
  return libraryFrom((at, n) => bytes.subarray(at, at + n));
}

/** Evaluates the script of a module where it has been compiled beforehand; else null. */
export type PrecompiledScript = (name: string, text: () => string) => unknown;

/** Opens a pack that is read piece by piece. */
export function libraryFrom(read: ReadPack, precompiled: PrecompiledScript = () => null): Library {
  const decoder = new TextDecoder();
  let opened: { index: Record<string, PackEntry>; base: number; byFile: Map<string, PackEntry> } | null =
    null;
  const open = () => {
    if (opened !== null) return opened;
    const head = read(0, 4);
    const size = head[0] | (head[1] << 8) | (head[2] << 16) | (head[3] << 24);
    const index = JSON.parse(decoder.decode(read(4, size))) as Record<string, PackEntry>;
    opened = { index, base: 4 + size, byFile: new Map(Object.values(index).map((e) => [e[3], e])) };
    return opened;
  };
  const source = (filename: string): string | null => {
    const { base, byFile } = open();
    const e = byFile.get(filename);
    return e === undefined ? null : decoder.decode(read(base + e[5], e[6]));
  };
  return {
    find(name: string): LibraryModule | null {
      const { index, base } = open();
      if (!Object.hasOwn(index, name)) return null;
      const [at, templateBytes, jsBytes, filename, isPackage] = index[name];
      const load = (): UnitTemplate => {
        const bytes = read(base + at, templateBytes + jsBytes);
        const js = (from: number, to = jsBytes): string =>
          decoder.decode(bytes.subarray(templateBytes + from, templateBytes + to));
        const unit = unpackTemplate(decoder.decode(bytes.subarray(0, templateBytes)), js);
        unit.script = (helpers) => precompiled(name, () => scriptText(js(0), helpers));
        return unit;
      };
      return { filename, isPackage, load: () => withSeconds(load(), filename, () => source(filename)!) };
    },
    source,
    names: () => Object.keys(open().index),
  };
}
