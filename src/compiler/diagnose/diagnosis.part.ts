/** What is wrong with a source that cannot be parsed: a part of the program by itself, which the command line loads when it is asked for (see docs/internals.md, Start-up). */
import * as part from "./diagnosis.ts";

export const load = (): typeof part => part;
