// A step of the build for inner functions.
import { readFile } from "node:fs/promises";

/**
 * What a function declares for the functions within it becomes `var` (the source being formatted, those are the lines two spaces
 * deep): V8 would check `let` and `const` for initialisation at each use in an inner function, and with the check in a loop
 * it does not see that the heap's views are constants.
 */
export const closuresWithoutChecks = {
  name: "closures without checks",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(
        /^(?:export )?(?:async )?function [\s\S]*?^\}/gm,
        (text) =>
          /^ {2}(?:return )?function |=> (?:\{|[^{]*;)$/m.test(text)
            ? text.replace(/^ {2}(?:const|let) (?!enum)/gm, "  var ")
            : text,
      ),
      loader: "ts",
    }));
  },
};
