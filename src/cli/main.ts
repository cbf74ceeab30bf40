/** The command line: `glassheap [options] script.py [args]`. */
import { runCommand } from "./run.ts";

process.exitCode = runCommand(process.argv.slice(2));
