// Node's flags for the program, which its first line gives. A stack for deep recursion; the budget of src/cli/launch.ts; two threads for V8, which
// each keep memory; and a limit for V8's own memory at which the size of the private heap, which V8 counts, makes it neither collect nor fail.
export const FLAGS = [
  "--stack-size=3900",
  "--max-inlined-bytecode-size-cumulative=3000",
  "--v8-pool-size=2",
  "--max-old-space-size=8192",
];
