/** A compiled pattern as JavaScript keeps it beside the pattern object: its code and tables made from it. Part of the modules. */
import { unitMatches } from "./_srechars.ts";
import { At, Info, Op } from "./_sreops.ts";

export class Program {
  /** Code words; MAXREPEAT is made the largest int. */
  readonly code: Int32Array;
  readonly groups: number;
  /** Where matching starts: after INFO. */
  readonly start: number;
  /** The characters every match starts with, or null. */
  readonly prefix: Int32Array | null = null;
  /** The prefix is the whole pattern. */
  readonly literal: boolean = false;
  /** Position of an instruction whose characters a match starts with, or -1. */
  readonly firstSet: number = -1;
  readonly minWidth: number = 0;
  /** It matches at the beginning of the text only. */
  readonly anchored: boolean = false;
  /** Acceptance of the first 256 characters for one-character instructions, by their position. */
  private readonly tables: (Uint8Array | undefined)[] = [];

  constructor(words: Uint32Array, groups: number) {
    const code = Int32Array.from(words);
    this.code = code;
    this.groups = groups;
    this.start = 0;
    if (code[0] !== Op.INFO) return;
    this.start = 1 + code[1];
    this.anchored = isAnchored(code, this.start);
    const flags = code[2];
    this.minWidth = words[3] > 0x7fffffff ? 0 : words[3];
    if ((flags & Info.PREFIX) !== 0) {
      this.prefix = code.slice(7, 7 + code[5]);
      this.literal = (flags & Info.LITERAL) !== 0;
    } else if ((flags & Info.CHARSET) !== 0) {
      // The set stands as the operands of an IN would.
      this.firstSet = 5;
    }
  }

  /** The table of the one-character instruction at pc. */
  table(pc: number): Uint8Array {
    return this.tables[pc] ?? this.makeTable(pc);
  }

  private makeTable(pc: number): Uint8Array {
    const table = new Uint8Array(256);
    for (let c = 0; c < 256; c++) table[c] = unitMatches(this.code, pc, c) ? 1 : 0;
    while (this.tables.length < pc) this.tables.push(undefined);
    this.tables[pc] = table;
    return table;
  }
}

function isAnchored(code: Int32Array, start: number): boolean {
  return (
    code[start] === Op.AT && (code[start + 1] === At.BEGINNING || code[start + 1] === At.BEGINNING_STRING)
  );
}
