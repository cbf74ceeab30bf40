/**
 * The benchmarks: every program of bench/programs in Glassheap, CPython 3.13 and Pyodide, in turn, in one go.
 * usage: npm run bench -- [--filter=TEXT] [--runs=3] [--no-pyodide] [--no-costs] [--json=FILE] [--entry=dist/glassheap.cjs]
 * Each program does its work three times after a short warm-up and times each turn. The table compares the best turn, with
 * the compilers warm; "first" compares the first turn. Start-up is in neither. Medians of the runs are taken.
 * A ratio is the peer's time divided by Glassheap's: above 1, Glassheap is faster. A run whose answer differs fails.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../scripts/diff-lib.mjs";
import { parseOptions } from "../scripts/proc.mjs";
import { measureCosts } from "./costs.mjs";
import { findPeers, geometricMean, median, timeOnce } from "./peers.mjs";

const options = parseOptions(process.argv.slice(2), ["filter", "runs", "json", "entry"]);
const runs = Number(options.runs ?? 3);
const folder = join(root, "bench", "programs");
const wanted = String(options.filter ?? "")
  .split(",")
  .filter(Boolean);
const programs = readdirSync(folder)
  .filter(
    (file) => file.endsWith(".py") && (wanted.length === 0 || wanted.some((part) => file.includes(part))),
  )
  .map((file) => join(folder, file));
const peers = findPeers({
  entry: options.entry ?? join(root, "dist", "glassheap.cjs"),
  pyodide: !options["no-pyodide"],
});
const present = peers.filter((peer) => !peer.missing);

/** All runs of one program, the peers alternating: {peer name: {seconds, output} or {error}}. */
async function measure(program) {
  const samples = new Map(present.map((peer) => [peer.name, []]));
  for (let i = 0; i < runs; i++) {
    for (const peer of present) {
      const list = samples.get(peer.name);
      if (!list.some((r) => r.error)) list.push(await timeOnce(peer, program));
    }
  }
  const row = {};
  for (const [name, list] of samples) {
    const error = list.find((r) => r.error)?.error;
    row[name] = error
      ? { error }
      : {
          seconds: median(list.map((r) => r.seconds)),
          first: median(list.map((r) => r.first)),
          output: list[0].output,
        };
  }
  return row;
}

/** The names of peers whose answer is not the one of the reference (CPython, or else the first that has one). */
function disagreeing(row) {
  const reference = row.cpython?.output ?? Object.values(row).find((r) => r.output !== undefined)?.output;
  return Object.keys(row).filter((name) => row[name].output !== undefined && row[name].output !== reference);
}

const ratio = (row, name, turn = "seconds") =>
  row[name]?.[turn] && row.glassheap?.[turn] ? row[name][turn] / row.glassheap[turn] : null;
const seconds = (entry) =>
  entry?.seconds === undefined ? (entry?.error ? "fails" : "-") : entry.seconds.toFixed(3);
const times = (value) => (value === null ? "-" : `${value.toFixed(2)} x`);

function printRow(name, row) {
  const cells = [name.padEnd(20)];
  for (const peer of present) cells.push(seconds(row[peer.name]).padStart(10));
  for (const peer of present)
    if (peer.name !== "glassheap")
      cells.push(
        times(ratio(row, peer.name)).padStart(12),
        times(ratio(row, peer.name, "first")).padStart(9),
      );
  console.log(cells.join(""));
  for (const peer of present)
    if (row[peer.name].error) console.log(`    ${peer.name}: ${row[peer.name].error}`);
  for (const other of disagreeing(row))
    console.log(`    ANSWER DIFFERS in ${other}: ${row[other].output.trim().slice(0, 100)}`);
}

function printHead() {
  for (const peer of peers) if (peer.missing) console.log(`${peer.name} is missing: ${peer.missing}`);
  const cells = ["seconds, median".padEnd(20), ...present.map((peer) => peer.name.padStart(10))];
  for (const peer of present)
    if (peer.name !== "glassheap") cells.push(`vs ${peer.name}`.padStart(12), "first".padStart(9));
  console.log(cells.join(""));
}

function printMeans(rows) {
  for (const peer of present) {
    if (peer.name === "glassheap") continue;
    const ratios = rows.map(({ row }) => ratio(row, peer.name)).filter((value) => value !== null);
    if (ratios.length === 0) continue;
    const worst = rows.reduce((a, b) =>
      (ratio(a.row, peer.name) ?? 1e9) <= (ratio(b.row, peer.name) ?? 1e9) ? a : b,
    );
    const mean = geometricMean(ratios).toFixed(2);
    const firsts = rows.map(({ row }) => ratio(row, peer.name, "first")).filter((value) => value !== null);
    console.log(
      `geometric mean against ${peer.name}: ${mean} x over ${ratios.length} programs; lowest ${times(ratio(worst.row, peer.name))} (${worst.name}); of first turns ${geometricMean(firsts).toFixed(2)} x`,
    );
  }
}

printHead();
const rows = [];
for (const program of programs) {
  const name = basename(program, ".py");
  const row = await measure(program);
  rows.push({ name, row });
  printRow(name, row);
}
printMeans(rows);
const costs = options["no-costs"] || wanted.length > 0 ? null : await measureCosts(peers, programs, runs);
if (options.json)
  writeFileSync(options.json, `${JSON.stringify({ runs, node: process.version, rows, costs }, null, 2)}\n`);
const wrong = rows.filter(({ row }) => disagreeing(row).length > 0 || row.glassheap?.error);
if (wrong.length > 0) console.log(`wrong or failing: ${wrong.map((r) => r.name).join(", ")}`);
process.exit(wrong.length > 0 ? 1 : 0);
