/** Runs a program as the command line asks. */
import { NodeHost } from "../host/node.ts";
import { finish, start } from "../modules/lifecycle.ts";
import { runMain } from "../runtime/main.ts";
import { loadLibrary } from "./stdlib.ts";

export function runCommand(args: string[]): number {
  const host = new NodeHost();
  const executable = process.argv[1];
  const hashSeed = Number(process.env.PYTHONHASHSEED ?? 0);
  const rt = start(
    { library: loadLibrary(), hashSeed, executable, origArgv: [executable, ...args], prefix: "/usr" },
    host,
  );
  const main =
    args[0] === "-c"
      ? { kind: "command" as const, text: args[1], argv: ["-c", ...args.slice(2)] }
      : { kind: "script" as const, path: args[0], argv: args };
  const status = runMain(rt, main);
  finish(rt);
  return status;
}
