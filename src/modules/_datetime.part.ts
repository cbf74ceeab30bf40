/** The module `_datetime`: a part of the program by itself, which the command line loads when it is asked for (see docs/internals.md, Start-up). */
import * as part from "./_datetime.ts";

export const load = (): typeof part => part;
