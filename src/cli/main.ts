/** The command line: `glassheap [options] script.py [args]`. */
import { runCommand } from "./run.ts";

runCommand(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
