/**
 * Makes src/objects/unicode/generated/tables.ts from the npm package @unicode/unicode-15.1.0 (and unicode-extra.json,
 * which has the few properties that the package lacks). Run it when the Unicode version changes: the result is checked in.
 */
import { readFileSync, writeFileSync } from "node:fs";

const DATA = "@unicode/unicode-15.1.0";
const load = async (path) => (await import(`${DATA}/${path}.mjs`)).default;
const extra = JSON.parse(readFileSync(new URL("unicode-extra.json", import.meta.url), "utf8"));
const LIMIT = 0x110000;
const b36 = (n) => (n < 0 ? `-${(-n).toString(36)}` : n.toString(36));

const CATEGORIES = {
  Cn: "Unassigned",
  Lu: "Uppercase_Letter",
  Ll: "Lowercase_Letter",
  Lt: "Titlecase_Letter",
  Lm: "Modifier_Letter",
  Lo: "Other_Letter",
  Mn: "Nonspacing_Mark",
  Mc: "Spacing_Mark",
  Me: "Enclosing_Mark",
  Nd: "Decimal_Number",
  Nl: "Letter_Number",
  No: "Other_Number",
  Pc: "Connector_Punctuation",
  Pd: "Dash_Punctuation",
  Ps: "Open_Punctuation",
  Pe: "Close_Punctuation",
  Pi: "Initial_Punctuation",
  Pf: "Final_Punctuation",
  Po: "Other_Punctuation",
  Sm: "Math_Symbol",
  Sc: "Currency_Symbol",
  Sk: "Modifier_Symbol",
  So: "Other_Symbol",
  Zs: "Space_Separator",
  Zl: "Line_Separator",
  Zp: "Paragraph_Separator",
  Cc: "Control",
  Cf: "Format",
  Cs: "Surrogate",
  Co: "Private_Use",
};
const BIDI = {
  "": "",
  L: "Left_To_Right",
  LRE: "Left_To_Right_Embedding",
  LRO: "Left_To_Right_Override",
  R: "Right_To_Left",
  AL: "Arabic_Letter",
  RLE: "Right_To_Left_Embedding",
  RLO: "Right_To_Left_Override",
  PDF: "Pop_Directional_Format",
  EN: "European_Number",
  ES: "European_Separator",
  ET: "European_Terminator",
  AN: "Arabic_Number",
  CS: "Common_Separator",
  NSM: "Nonspacing_Mark",
  BN: "Boundary_Neutral",
  B: "Paragraph_Separator",
  S: "Segment_Separator",
  WS: "White_Space",
  ON: "Other_Neutral",
  LRI: "Left_To_Right_Isolate",
  RLI: "Right_To_Left_Isolate",
  FSI: "First_Strong_Isolate",
  PDI: "Pop_Directional_Isolate",
};

/** Runs of equal values as "length value" pairs in base 36, from character 0 on. */
function encodeRuns(values) {
  const out = [];
  for (let i = 0; i < LIMIT; ) {
    let j = i;
    while (j < LIMIT && values[j] === values[i]) j++;
    out.push(b36(j - i), b36(values[i]));
    i = j;
  }
  return out.join(" ");
}

/** A set as alternating lengths of gaps and members in base 36. */
function encodeSet(has) {
  const out = [];
  for (let i = 0, member = false; i < LIMIT; member = !member) {
    let j = i;
    while (j < LIMIT && has(j) === member) j++;
    out.push(b36(j - i));
    i = j;
  }
  return out.join(" ");
}

async function property(folder, name, value, into) {
  for (const r of await load(`${folder}/${name}/ranges`))
    for (let c = r.begin; c < r.end; c++) into[c] = value;
}

async function setOf(folder, name) {
  const set = new Uint8Array(LIMIT);
  await property(folder, name, 1, set);
  return set;
}

const cat = new Uint8Array(LIMIT);
const codes = Object.keys(CATEGORIES);
for (const [i, code] of codes.entries())
  if (i > 0) await property("General_Category", CATEGORIES[code], i, cat);
const is = (list) => {
  const set = new Set(list.split(" ").map((code) => codes.indexOf(code)));
  return (c) => set.has(cat[c]);
};
/** Where a property differs from what the categories alone say. */
async function exceptions(name, approximation) {
  const set = await setOf("Binary_Property", name);
  return encodeSet((c) => (set[c] === 1) !== approximation(c));
}

const bidi = new Uint8Array(LIMIT);
for (const [i, code] of Object.keys(BIDI).entries())
  if (i > 0) await property("Bidi_Class", BIDI[code], i, bidi);
// The package gives default classes to unassigned characters; the database itself says nothing of them.
for (let c = 0; c < LIMIT; c++) if (cat[c] === 0) bidi[c] = 0;
const mirrored = await setOf("Binary_Property", "Bidi_Mirrored");

/** A simple case mapping as runs: "start count stride delta", starts relative to the previous start. */
async function simpleMap(load1) {
  const map = [...load1]
    .map(([from, to]) => [from, Array.isArray(to) ? to[0] : to])
    .sort((a, b) => a[0] - b[0]);
  const out = [];
  let last = 0;
  for (let i = 0; i < map.length; ) {
    const [start, to] = map[i];
    const delta = to - start;
    const stride = i + 1 < map.length && map[i + 1][0] === start + 1 ? 1 : 2;
    let n = 1;
    while (
      i + n < map.length &&
      map[i + n][0] === start + n * stride &&
      map[i + n][1] - map[i + n][0] === delta
    )
      n++;
    out.push(b36(start - last), b36(n), b36(n === 1 ? 1 : stride), b36(delta));
    last = start;
    i += n;
  }
  return out.join(" ");
}

const simple = {};
for (const kind of ["Lowercase", "Uppercase", "Titlecase"])
  simple[kind] = await load(`Simple_Case_Mapping/${kind}/code-points`);
const one = (v) => (Array.isArray(v) ? v[0] : v);

/** Mappings to more than one character: "from to to ..." separated by commas. */
function special(map, plain) {
  const out = [];
  for (const [from, to] of [...map].sort((a, b) => a[0] - b[0])) {
    const list = Array.isArray(to) ? to : [to];
    if (list.length === 1 && list[0] === one(plain.get(from) ?? from)) continue;
    out.push([from, ...list].map(b36).join(" "));
  }
  return out.join(",");
}

const specialOf = {};
for (const kind of Object.keys(simple))
  specialOf[kind] = special(await load(`Special_Casing/${kind}/code-points`), simple[kind]);
const foldC = await load("Case_Folding/C/code-points");
const foldF = await load("Case_Folding/F/code-points");

const numeric = [];
let last = 0;
for (const [start, n, value, step] of extra.numeric) {
  numeric.push([b36(start - last), b36(n), value, step].join(" "));
  last = start;
}
const pairs = (runs, map) => {
  const out = [];
  let at = 0;
  for (const [start, n, value] of runs) {
    out.push(b36(start - at), b36(n), map(value));
    at = start;
  }
  return out.join(" ");
};
const letters = is("Lu Ll Lt Lm Lo");
const midWord = new Set();
for (const name of ["MidLetter", "MidNumLet", "Single_Quote"]) {
  for (const r of await load(`Word_Break/${name}/ranges`))
    for (let c = r.begin; c < r.end; c++) midWord.add(c);
}

const FLAG = {
  ALPHA: 1,
  DECIMAL: 2,
  DIGIT: 4,
  LOWER: 8,
  LINEBREAK: 16,
  SPACE: 32,
  TITLE: 64,
  UPPER: 128,
  XID_START: 256,
  XID_CONTINUE: 512,
  PRINTABLE: 1024,
  NUMERIC: 2048,
  CASE_IGNORABLE: 4096,
  CASED: 8192,
};
const sets = {};
for (const name of ["Lowercase", "Uppercase", "XID_Start", "XID_Continue", "Case_Ignorable", "Cased"])
  sets[name] = await setOf("Binary_Property", name);
const numericSet = new Set(extra.numeric.flatMap(([s, n]) => Array.from({ length: n }, (_, i) => s + i)));
const digitSet = new Set(extra.digit.map(([c]) => c));
const SPACES = new Set([9, 10, 11, 12, 13, 28, 29, 30, 31, 32, 0x85, 0xa0]);
const BREAKS = new Set([10, 11, 12, 13, 28, 29, 30, 0x85]);
function latin1Flags(c) {
  let f = 0;
  if (letters(c)) f |= FLAG.ALPHA;
  if (is("Nd")(c)) f |= FLAG.DECIMAL | FLAG.DIGIT;
  if (digitSet.has(c)) f |= FLAG.DIGIT;
  if (numericSet.has(c)) f |= FLAG.NUMERIC;
  if (sets.Lowercase[c]) f |= FLAG.LOWER;
  if (sets.Uppercase[c]) f |= FLAG.UPPER;
  if (sets.XID_Start[c]) f |= FLAG.XID_START;
  if (sets.XID_Continue[c]) f |= FLAG.XID_CONTINUE;
  if (sets.Case_Ignorable[c]) f |= FLAG.CASE_IGNORABLE;
  if (sets.Cased[c]) f |= FLAG.CASED;
  if (SPACES.has(c)) f |= FLAG.SPACE;
  if (BREAKS.has(c)) f |= FLAG.LINEBREAK;
  if (c === 32 || !is("Cn Cc Cf Cs Co Zs Zl Zp")(c)) f |= FLAG.PRINTABLE;
  return f;
}

const out = {
  LATIN1_FLAGS: Array.from({ length: 256 }, (_, c) => b36(latin1Flags(c))).join(" "),
  CATEGORY_RUNS: encodeRuns(cat),
  LOWERCASE_EXCEPTIONS: await exceptions("Lowercase", is("Ll")),
  UPPERCASE_EXCEPTIONS: await exceptions("Uppercase", is("Lu")),
  XID_START_EXCEPTIONS: await exceptions("XID_Start", is("Lu Ll Lt Lm Lo Nl")),
  XID_CONTINUE_EXCEPTIONS: await exceptions("XID_Continue", is("Lu Ll Lt Lm Lo Nl Mn Mc Nd Pc")),
  CASE_IGNORABLE_EXCEPTIONS: await exceptions("Case_Ignorable", is("Mn Me Cf Lm Sk")),
  CASED_EXCEPTIONS: await exceptions("Cased", is("Ll Lu Lt")),
  SIMPLE_LOWER: await simpleMap(simple.Lowercase),
  SIMPLE_UPPER: await simpleMap(simple.Uppercase),
  SIMPLE_TITLE: await simpleMap(simple.Titlecase),
  SPECIAL_LOWER: specialOf.Lowercase,
  SPECIAL_UPPER: specialOf.Uppercase,
  SPECIAL_TITLE: specialOf.Titlecase,
  FOLD_COMMON: await simpleMap(foldC),
  FOLD_FULL: special(foldF, new Map()),
  NUMERIC: numeric.join(","),
  DIGIT: extra.digit.map(([c, v]) => `${b36(c)} ${v}`).join(" "),
};
const more = {
  BIDI_RUNS: encodeRuns(bidi),
  MIRRORED: encodeSet((c) => mirrored[c] === 1),
  COMBINING: pairs(extra.combining, b36),
  WIDTH: pairs(extra.width, (v) => v),
  DECOMPOSITION: encodeDecompositions(extra.decomposition),
};

/** "gap text,": characters in base 36, a tag first where there is one. */
function encodeDecompositions(list) {
  let at = 0;
  return list
    .map(([c, text]) => {
      const gap = c - at;
      at = c;
      const words = text.split(" ").map((w) => (w[0] === "<" ? w : Number.parseInt(w, 16).toString(36)));
      return [b36(gap), ...words].join(" ");
    })
    .join(",");
}

function write(file, header, tables) {
  const body = Object.entries(tables).map(([name, text]) => `export const ${name} =\n  "${text}";\n`);
  writeFileSync(
    new URL(`../src/objects/unicode/generated/${file}`, import.meta.url),
    `// ${header}\n// Made by scripts/gen-unicode.mjs from the Unicode Character Database 15.1.0. Do not edit.\n${body.join("")}`,
  );
}

write("tables.ts", "Character properties and case mappings, run-length coded in base 36: see ../db.ts.", {
  CATEGORY_CODES: codes.join(" "),
  ...out,
});
write("database.ts", "What only the module unicodedata needs, coded in base 36.", {
  BIDI_CODES: Object.keys(BIDI).join(" "),
  ...more,
});
