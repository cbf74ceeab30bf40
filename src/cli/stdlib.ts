/** The precompiled standard library beside the program. */
import { existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Library } from "../runtime/library.ts";
import { libraryFrom } from "../runtime/librarypack.ts";

export function loadLibrary(): Library {
  const path = join(__dirname, "stdlib.pack");
  if (!existsSync(path)) return { find: () => null, source: () => null, names: () => [] };
  let fd = -1;
  return libraryFrom((at, n) => {
    if (fd < 0) fd = openSync(path, "r");
    const bytes = Buffer.allocUnsafe(n);
    for (let got = 0; got < n; ) got += readSync(fd, bytes, got, n - got, at + got);
    return bytes;
  });
}
