/** The native modules that most programs import: a part of the program by itself, which the command line loads when it is asked for (see docs/internals.md, Start-up). */
import * as part from "./natives.ts";

export const load = (): typeof part => part;
