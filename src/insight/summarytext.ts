/** The memory summary as text for a terminal: 80 columns, the verdict first, then the evidence, then the ledger. Part of insight/. */
import type { HeapLedger } from "../pymalloc/ledger.ts";
import type { MemorySummary } from "./summary.ts";

const TYPES_SHOWN = 12;
const LINES_SHOWN = 10;

/** "812 B", "1.5 KiB", "12.3 MiB" */
export function sizeText(bytes: number): string {
  const n = Math.abs(bytes);
  if (n < 1024) return `${bytes} B`;
  if (n < 2 ** 20) return `${(bytes / 1024).toFixed(1)} KiB`;
  return n < 2 ** 30 ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

const countText = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** Rows under a label: the first keeps the label, the others are indented as far. */
function section(label: string, rows: string[]): string[] {
  return rows.map((row, i) => (i === 0 ? label : "").padEnd(8) + row);
}

const row = (left: string, ...cells: string[]): string =>
  left.padEnd(30).slice(0, 30) + cells.map((cell) => cell.padStart(14)).join("");

export function summaryText(s: MemorySummary): string {
  const lines = [
    ...section("MEMORY", verdict(s)),
    ...section("TYPES", typeRows(s)),
    ...section("GC", gcRows(s)),
    ...(s.lines === null ? [] : section("LINES", lineRows(s))),
    ...section("HEAP", heapRows(s.ledger)),
  ];
  return `${lines.join("\n")}\n`;
}

function verdict(s: MemorySummary): string[] {
  const { count, bytes, largest } = s.large;
  return [
    `the program holds ${sizeText(s.live)} in ${countText(s.blocks)} blocks at its end`,
    `heap ${sizeText(s.total)}, at most ${sizeText(s.peak)} mapped at once; limit ${sizeText(s.limit)}`,
    `${countText(count)} large blocks (over 512 B) take ${sizeText(bytes)}, the largest ${sizeText(largest)}`,
  ];
}

function typeRows(s: MemorySummary): string[] {
  const shown = s.types.slice(0, TYPES_SHOWN);
  const rest = s.types.slice(TYPES_SHOWN);
  const rows = shown.map((t) => row(t.type, countText(t.count), sizeText(t.bytes)));
  if (rest.length > 0) {
    const sum = (of: (t: MemorySummary["types"][0]) => number): number => rest.reduce((n, t) => n + of(t), 0);
    const name = `the rest (${rest.length} types)`;
    rows.push(row(name, countText(sum((t) => t.count)), sizeText(sum((t) => t.bytes))));
  }
  return [row("type, since the start", "objects", "size"), ...rows];
}

function gcRows(s: MemorySummary): string[] {
  const rows = s.generations.map((g, i) =>
    row(`generation ${i}`, countText(g.passes), countText(g.collected), `${g.milliseconds.toFixed(1)} ms`),
  );
  const stuck = s.generations.reduce((n, g) => n + g.uncollectable, 0);
  if (stuck > 0) rows.push(`${countText(stuck)} objects could not be collected: see gc.garbage`);
  if (s.generations.every((g) => g.passes === 0)) return [gcVerdict(s)];
  return [gcVerdict(s), row("", "passes", "freed", "time"), ...rows];
}

function gcVerdict(s: MemorySummary): string {
  const passes = s.generations.reduce((n, g) => n + g.passes, 0);
  const freed = s.generations.reduce((n, g) => n + g.collected, 0);
  if (passes === 0) return "no pass: reference counts freed everything that went";
  if (freed === 0) return `${countText(passes)} passes, 0 objects freed: nothing here was cyclic garbage`;
  return `${countText(passes)} passes freed ${countText(freed)} objects in cycles`;
}

function lineRows(s: MemorySummary): string[] {
  const lines = s.lines ?? [];
  const rows = lines
    .slice(0, LINES_SHOWN)
    .map((l) => row(shortened(l.where, 30), countText(l.blocks), sizeText(l.bytes)));
  const rest = lines.slice(LINES_SHOWN);
  if (rest.length > 0) {
    const blocks = rest.reduce((n, l) => n + l.blocks, 0);
    const bytes = rest.reduce((n, l) => n + l.bytes, 0);
    rows.push(row(`the rest (${rest.length} lines)`, countText(blocks), sizeText(bytes)));
  }
  return [row("allocated at", "blocks", "size"), ...rows];
}

/** The end of a path, which says most. */
const shortened = (text: string, width: number): string =>
  text.length <= width ? text : `...${text.slice(3 - width)}`;

function heapRows(l: HeapLedger): string[] {
  const parts: [string, number][] = [
    ["used in pools", l.blocksUsed],
    ["free in pools", l.blocksFree],
    ["pool headers and tails", l.poolHeaders + l.poolTails],
    ["free pools", l.freePools],
    ["large blocks", l.systemRequested],
    ["their headers and rounding", l.systemHeaders + l.systemRounding],
    ["free large", l.systemFree],
    ["static types and singletons", l.staticRegion],
    ["stack, cells, tables", l.dataStack + l.cells + l.nullPage + l.tables],
  ];
  return [
    ...parts.map(([name, bytes]) => row(name, countText(bytes), sizeText(bytes))),
    row(`= total, ${countText(l.unexplained)} unexplained`, countText(l.total), sizeText(l.total)),
  ];
}
