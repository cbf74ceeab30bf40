/**
 * Makes src/objects/unicode/generated/names.ts, the names of characters, from the npm package @unicode/unicode-15.1.0.
 * The coding is explained in src/objects/unicode/names.ts, which reads it.
 */
import { writeFileSync } from "node:fs";

const DATA = "@unicode/unicode-15.1.0/Names";
const names = (await import(`${DATA}/index.mjs`)).default;
/** Names made by rule. */
const ALGORITHMIC =
  /^(<|CJK Ideograph|Hangul Syllable|Tangut Ideograph|CJK COMPATIBILITY IDEOGRAPH-|CJK UNIFIED IDEOGRAPH-|HANGUL SYLLABLE |TANGUT IDEOGRAPH-)/;
const list = [...names]
  .filter(([, name]) => !ALGORITHMIC.test(name) && !/[a-z]/.test(name))
  .sort((a, b) => a[0] - b[0]);

const count = new Map();
for (const [, name] of list) for (const word of name.split(" ")) count.set(word, (count.get(word) ?? 0) + 1);
const words = [...count].sort((a, b) => b[1] - a[1]).map(([word]) => word);
const idOf = new Map(words.map((word, i) => [word, i]));

// Characters from '#' to '}' without the backslash and the quotes: 88 of them.
const ALPHABET = [];
for (let c = 35; c < 127; c++) if (c !== 92 && c !== 96 && c !== 36) ALPHABET.push(String.fromCharCode(c));
const B = 80;
const ONE = 50;
const TWO = 20;
function code(id) {
  if (id < ONE) return ALPHABET[id];
  id -= ONE;
  if (id < TWO * B) return ALPHABET[ONE + Math.floor(id / B)] + ALPHABET[id % B];
  id -= TWO * B;
  if (id >= (B - ONE - TWO) * B * B) throw new Error("too many words");
  return ALPHABET[ONE + TWO + Math.floor(id / B / B)] + ALPHABET[Math.floor(id / B) % B] + ALPHABET[id % B];
}

let out = "";
let last = -1;
let before = [];
for (const [c, name] of list) {
  const parts = name.split(" ");
  let shared = 0;
  while (
    shared < before.length &&
    shared < parts.length - 1 &&
    shared < 15 &&
    before[shared] === parts[shared]
  )
    shared++;
  const rest = parts.slice(shared);
  // A gap is announced; then the shared words and the number of new ones, then these.
  if (c !== last + 1) out += `!${(c - last - 1).toString(36)}!`;
  out += ALPHABET[shared * 5 + Math.min(rest.length, 5) - 1];
  if (rest.length >= 5) out += ALPHABET[rest.length];
  for (const word of rest) out += code(idOf.get(word));
  before = parts;
  last = c;
}

const aliases = [];
for (const kind of ["Correction", "Control", "Alternate", "Figment", "Abbreviation"]) {
  const map = (await import(`${DATA}/${kind}/index.mjs`)).default;
  for (const [c, list] of Object.entries(map))
    for (const name of list) aliases.push(`${Number(c).toString(36)} ${name}`);
}

const text = `// Names of characters: see ../names.ts.
// Made by scripts/gen-names.mjs from the Unicode Character Database 15.1.0. Do not edit.
export const ALPHABET =
  "${ALPHABET.join("")}";
export const WORDS =
  "${words.join(" ")}";
export const NAMES =
  "${out}";
export const ALIASES =
  "${aliases.join(",")}";
`;
writeFileSync(new URL("../src/objects/unicode/generated/names.ts", import.meta.url), text);
console.log(list.length, "names", words.length, "words", text.length, "bytes");
