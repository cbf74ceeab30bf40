/** Runs one Python program in Pyodide, with its prints on this process's streams. usage: node pyodide-runner.mjs script.py */
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const path = process.argv[2];
const line = (stream) => ({ batched: (text) => stream.write(`${text}\n`) });
const began = performance.now();
const pyodide = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
pyodide.setStdout(line(process.stdout));
pyodide.setStderr(line(process.stderr));
process.stderr.write(`START ${((performance.now() - began) / 1000).toFixed(6)}\n`);
pyodide.runPython(readFileSync(path, "utf8"), { filename: path });
