/**
 * Names of characters, both ways: for `\N{...}`, the error handler namereplace, the module unicodedata. Part of the object
 * layer. Decoded as a whole when the first name is asked for (some 20 ms).
 *
 * The coded names stand in the order of their characters. `!gap!` skips characters. A name is one symbol for 5 * (words it
 * shares with the one before) + (number of new words, at most 5) - 1, the number of new words if that is 5 or more, then the
 * new words by number, frequent ones in one symbol, others in two or three.
 */
import { load } from "./names.part.ts";

const BASE = 80;
const ONE = 50;
const TWO = 20;

const byCode = new Map<number, string>();
let byName: Map<string, number> | null = null;

/** Reads the coded names. */
class Reader {
  private readonly value = new Map<string, number>();
  private readonly coded = load();
  private readonly words = this.coded.WORDS.split(" ");
  private readonly names = this.coded.NAMES;
  private at = 0;

  constructor() {
    const { ALPHABET } = this.coded;
    for (let i = 0; i < ALPHABET.length; i++) this.value.set(ALPHABET[i], i);
  }

  private symbol(): number {
    return this.value.get(this.names[this.at++])!;
  }

  private word(): string {
    const a = this.symbol();
    if (a < ONE) return this.words[a];
    const b = this.symbol();
    if (a < ONE + TWO) return this.words[ONE + (a - ONE) * BASE + b];
    return this.words[ONE + TWO * BASE + ((a - ONE - TWO) * BASE + b) * BASE + this.symbol()];
  }

  private gap(): number {
    if (this.names[this.at] !== "!") return 0;
    const end = this.names.indexOf("!", this.at + 1);
    const gap = Number.parseInt(this.names.slice(this.at + 1, end), 36);
    this.at = end + 1;
    return gap;
  }

  readAll(): void {
    let c = -1;
    let before: string[] = [];
    while (this.at < this.names.length) {
      c += 1 + this.gap();
      const head = this.symbol();
      const fresh = head % 5 === 4 ? this.symbol() : (head % 5) + 1;
      const parts = before.slice(0, Math.floor(head / 5));
      for (let i = 0; i < fresh; i++) parts.push(this.word());
      byCode.set(c, parts.join(" "));
      before = parts;
    }
  }
}

function ensure(): void {
  if (byCode.size === 0) new Reader().readAll();
}

const HANGUL = 0xac00;
const LEADS = "G GG N D DD R M B BB S SS  J JJ C K T P H".split(" ");
const VOWELS = "A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I".split(" ");
const TAILS = " G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H".split(" ");

/** Ranges of ideographs that are named after their number. */
const IDEOGRAPHS: [start: number, end: number, prefix: string][] = [
  [0x3400, 0x4dbf, "CJK UNIFIED IDEOGRAPH-"],
  [0x4e00, 0x9fff, "CJK UNIFIED IDEOGRAPH-"],
  [0x20000, 0x2a6df, "CJK UNIFIED IDEOGRAPH-"],
  [0x2a700, 0x2b739, "CJK UNIFIED IDEOGRAPH-"],
  [0x2b740, 0x2b81d, "CJK UNIFIED IDEOGRAPH-"],
  [0x2b820, 0x2cea1, "CJK UNIFIED IDEOGRAPH-"],
  [0x2ceb0, 0x2ebe0, "CJK UNIFIED IDEOGRAPH-"],
  [0x2ebf0, 0x2ee5d, "CJK UNIFIED IDEOGRAPH-"],
  [0x30000, 0x3134a, "CJK UNIFIED IDEOGRAPH-"],
  [0x31350, 0x323af, "CJK UNIFIED IDEOGRAPH-"],
  [0xf900, 0xfa6d, "CJK COMPATIBILITY IDEOGRAPH-"],
  [0xfa70, 0xfad9, "CJK COMPATIBILITY IDEOGRAPH-"],
  [0x2f800, 0x2fa1d, "CJK COMPATIBILITY IDEOGRAPH-"],
  [0x17000, 0x187f7, "TANGUT IDEOGRAPH-"],
  [0x18d00, 0x18d08, "TANGUT IDEOGRAPH-"],
];

function hangulName(c: number): string {
  const i = c - HANGUL;
  const lead = LEADS[Math.floor(i / 588)];
  return `HANGUL SYLLABLE ${lead}${VOWELS[Math.floor((i % 588) / 28)]}${TAILS[i % 28]}`;
}

/** The name of a character, or null. */
export function characterName(c: number): string | null {
  if (c >= HANGUL && c <= 0xd7a3) return hangulName(c);
  for (const [start, end, prefix] of IDEOGRAPHS) {
    if (c >= start && c <= end) return prefix + c.toString(16).toUpperCase();
  }
  ensure();
  return byCode.get(c) ?? null;
}

function namesTable(): Map<string, number> {
  if (byName !== null) return byName;
  ensure();
  byName = new Map();
  for (const [c, name] of byCode) byName.set(name, c);
  for (const alias of load().ALIASES.split(",")) {
    const space = alias.indexOf(" ");
    byName.set(alias.slice(space + 1), Number.parseInt(alias.slice(0, space), 36));
  }
  return byName;
}

/** The character of a name or alias in any case, or -1. */
export function characterByName(name: string): number {
  const wanted = name.toUpperCase();
  const found = namesTable().get(wanted);
  if (found !== undefined) return found;
  const numbered =
    /^(CJK UNIFIED IDEOGRAPH-|CJK COMPATIBILITY IDEOGRAPH-|TANGUT IDEOGRAPH-)([0-9A-F]{4,5})$/.exec(wanted);
  if (numbered !== null) {
    const c = Number.parseInt(numbered[2], 16);
    return characterName(c) === wanted ? c : -1;
  }
  return wanted.startsWith("HANGUL SYLLABLE ") ? hangulByName(wanted) : -1;
}

function hangulByName(name: string): number {
  for (let c = HANGUL; c <= 0xd7a3; c++) if (hangulName(c) === name) return c;
  return -1;
}

/** The text of a `\N{name}` escape, or null. */
export function namedText(name: string): string | null {
  const c = characterByName(name);
  return c < 0 ? null : String.fromCodePoint(c);
}
