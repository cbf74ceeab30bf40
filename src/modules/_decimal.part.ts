/** The module `_decimal`: a part of the program by itself, which the command line loads when it is asked for (see docs/internals.md, Start-up). */
import * as part from "./_decimal.ts";

export const load = (): typeof part => part;
