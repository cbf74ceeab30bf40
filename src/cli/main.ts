/** The command line: `glassheap [options] script.py [args]`. */
import { runCommand } from "./run.ts";

// From within a microtask: V8 then knows that nobody will ask where a thrown object came from, and a throw costs half.
Promise.resolve()
  .then(() => runCommand(process.argv.slice(2)))
  .then((status) => {
    // Nothing is left to do: node need not take itself apart.
    process.exit(status);
  });
