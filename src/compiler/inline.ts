/**
 * The fast forms of operations, written into the function itself: arithmetic and comparison of ints of one digit and floats,
 * items of lists and tuples by number, attributes in the places that a site's cache names. What is not of these kinds goes to
 * the helpers of runtime/fast.ts. Part of the compiler.
 *
 * A float that is the operand of further arithmetic is not boxed: see `Val.num`. `X`, `Y`, `J` and `M` are scratch variables
 * of the function (`M` may be a double); they live within one emitted statement.
 */
import type { Located } from "./ast.ts";
import type { Gen, Val } from "./gen.ts";
import { digitValue, isDigit } from "./inttree.ts";
import { AttrKind, KIND_BITS, KIND_MASK, Kind } from "./profile.ts";
import { RELATION } from "./relations.ts";

const ARITHMETIC: Record<string, string> = { add: "+", subtract: "-", multiply: "*", truediv: "/" };

export function increfText(v: string): string {
  return `if((X=i32[${v}])>=0)i32[${v}]=X+1;`;
}

/**
 * Written so that V8 has seen all of it as soon as it has run once, but for the call: an immortal's count is stored as it is.
 */
export function decrefText(v: string): string {
  return `if((X=i32[${v}])===1)dealloc(${v});else i32[${v}]=X-(~X>>>31);`;
}

/** Releases what a fast form has used: operands that are owned. */
function releaseText(...operands: Val[]): string {
  return operands.map((v) => (v.kind === "owned" || v.kind === "slot" ? decrefText(v.js) : "")).join("");
}

/** The same for the float form: an operand that was not boxed has nothing to release. */
function releaseFloats(...operands: Val[]): string {
  return releaseText(...operands.filter((v) => v.num === undefined));
}

function conditions(...parts: string[]): string {
  return parts.filter((p) => p !== "").join("&&");
}

function digitCondition(v: Val): string {
  return v.int !== undefined ? "" : isDigit(v.js);
}

/** A number as an operand in JavaScript text; a sign needs parentheses. */
function literal(text: string): string {
  return text.startsWith("-") ? `(${text})` : text;
}

function digit(v: Val): string {
  if (v.int !== undefined) return literal(`${v.int}`);
  return digitValue(v.js);
}

function floatCondition(v: Val, asInt = false): string {
  if (v.float !== undefined || v.int !== undefined) return "";
  if (asInt) return isDigit(v.js);
  return v.num !== undefined ? `${v.js}===0` : `i32[${v.js}+2]===FLOAT`;
}

function floatValue(v: Val, asInt = false): string {
  if (v.float !== undefined) return literal(v.float);
  if (v.int !== undefined) return literal(`${v.int}`);
  if (asInt) return digitValue(v.js);
  return v.num ?? `f64[${v.js}+4>>1]`;
}

/** May the operand be an int of one digit; a float? */
const mayBeInt = (v: Val): boolean => v.float === undefined && (v.kind !== "const" || v.int !== undefined);
const mayBeFloat = (v: Val): boolean => v.kind !== "const" || v.float !== undefined || v.int !== undefined;

/** Which forms are worth their room, by what was seen of the operands. */
interface Forms {
  ints: boolean;
  floats: boolean;
  /** In the float form, operands that are ints. */
  intA: boolean;
  intB: boolean;
}

function formsFor(g: Gen, node: Located, a: Val, b: Val): Forms {
  const seen = g.seen(node);
  const [ka, kb] = [seen & KIND_MASK, (seen >> KIND_BITS) & KIND_MASK];
  const digits = ka & kb & Kind.DIGIT;
  const mixed = ((ka | kb) & Kind.FLOAT) !== 0 && (ka & kb & Kind.FLOAT) === 0;
  const constant = (a.int !== undefined || b.int !== undefined) && ((ka | kb) & Kind.FLOAT) !== 0;
  return {
    ints: digits !== 0 && mayBeInt(a) && mayBeInt(b),
    floats:
      ((ka & kb & Kind.FLOAT) !== 0 || mixed || constant) &&
      mayBeFloat(a) &&
      mayBeFloat(b) &&
      !(a.int !== undefined && b.int !== undefined),
    intA: mixed && (ka & Kind.FLOAT) === 0 && a.num === undefined,
    intB: mixed && (kb & Kind.FLOAT) === 0 && b.num === undefined,
  };
}

/** Puts an unboxed float into an object; `v` is an ordinary owned value afterwards. */
export function box(g: Gen, v: Val): Val {
  if (v.num === undefined) return v;
  g.emit(`if(${v.js}===0)${v.js}=boxFloat(${v.num});`);
  if (v.kind === "slot") g.emit(`i32[${g.slotAt(v.slot)}]=${v.js};`);
  g.out.release(v.num);
  return { kind: v.kind, js: v.js, slot: v.slot };
}

/** The text that boxes operands on the way to a helper; what the other one owns waits at `top`, as boxing can fail. */
function boxText(a: Val, b: Val, top: string): string {
  return boxBeside(a, b, top) + boxBeside(b, a, top);
}

function boxBeside(v: Val, other: Val, top: string): string {
  if (v.num === undefined) return "";
  const owned = other.kind === "owned" || other.kind === "slot";
  const keep = owned ? `i32[${top}]=${other.js};` : "";
  const back = owned ? `i32[${top}]=0;` : "";
  return `if(${v.js}===0){${keep}${v.js}=boxFloat(${v.num});${back}}`;
}

/** Is there a fast form of this operator (a name as in `b_add`) for these operands? */
export function hasFastForm(g: Gen, node: Located, name: string, a: Val, b: Val): boolean {
  if (a.num !== undefined || b.num !== undefined) return true;
  if (a.kind === "const" && b.kind === "const") return false;
  const forms = formsFor(g, node, a, b);
  return (forms.ints && hasIntForm(g, name)) || (forms.floats && ARITHMETIC[name] !== undefined);
}

function hasIntForm(g: Gen, name: string): boolean {
  if (name === "truediv") return false;
  return ARITHMETIC[name] !== undefined || (g.mode === "second" && INTEGER[name] !== undefined);
}

/**
 * Operators that have a form for ints only: the condition under which the JavaScript expression of the operands' values gives
 * the result, which then has one digit.
 */
const INTEGER: Record<string, (x: string, y: string) => [string, string]> = {
  modulo: (x, y) =>
    isPower(y) ? ["", `${x}&${Number(y) - 1}`] : [known(`${y}>0`), `(M=${x}%${y})<0?M+${y}:M`],
  floordiv: (x, y) =>
    isPower(y) ? ["", `${x}>>${Math.log2(Number(y))}`] : [known(`${y}>0`), `Math.floor(${x}/${y})`],
  and_: (x, y) => ["", `${x}&${y}`],
  or_: (x, y) => ["", `${x}|${y}`],
  xor: (x, y) => ["", `${x}^${y}`],
  rshift: (x, y) => [conditions(known(`${y}>=0`), known(`${y}<31`)), `${x}>>${y}`],
};

function isPower(text: string): boolean {
  return /^\d+$/.test(text) && Number.isInteger(Math.log2(Number(text)));
}

/** A comparison of a value with a number; nothing where it is true of a literal. */
function known(test: string): string {
  const m = /^\(?(-?\d+)\)?(>=|>|<)(\d+)$/.exec(test);
  if (m === null) return test;
  const [x, y] = [Number(m[1]), Number(m[3])];
  return (m[2] === "<" ? x < y : m[2] === ">" ? x > y : x >= y) ? "" : "false";
}

/**
 * a + b and its like; the operands are consumed. `slow` is the call of the helper, given the flags of owned operands and the
 * first free slot. The result may be an unboxed float.
 */
export function arithmetic(
  g: Gen,
  node: Located,
  name: string,
  a: Val,
  b: Val,
  slow: (flags: number, top: string) => string,
): Val {
  const flags = g.ownFlag(a, 1) | g.ownFlag(b, 2);
  g.steal(b);
  g.steal(a);
  const top = g.top(2);
  const r = g.out.temp();
  const forms = formsFor(g, node, a, b);
  let text = forms.ints && hasIntForm(g, name) ? intForm(name, a, b, r) : "";
  const num = forms.floats && ARITHMETIC[name] !== undefined ? g.out.double() : undefined;
  if (num !== undefined) text += `${text === "" ? "" : "else "}${floatForm(name, a, b, r, num, forms)}`;
  const rest = `${boxText(a, b, top)}${r}=${slow(flags, top)};`;
  text = text === "" ? rest : `${text}else{${rest}}`;
  g.emit(text);
  for (const v of [a, b]) {
    g.done(v);
    if (v.num !== undefined) g.out.release(v.num);
  }
  return { kind: "owned", js: r, slot: -1, num };
}

function intForm(name: string, a: Val, b: Val, r: string): string {
  const test = conditions(digitCondition(a), digitCondition(b));
  const x = digit(a);
  const y = digit(b);
  return `if(${conditions(test, ...intResult(name, x, y, r))}){${releaseText(a, b)}}`;
}

/** The conditions under which an operator on two values makes the int r. */
function intResult(name: string, x: string, y: string, r: string): string[] {
  if (name === "multiply") return [`(M=${x}*${y})<1073741824&&M>-1073741824&&(${r}=intNew(M|0))!==0`];
  if (INTEGER[name] === undefined) return [`(${r}=intNew(${x}${ARITHMETIC[name]}${y}|0))!==0`];
  const [test, js] = INTEGER[name](x, y);
  return [test, `(${r}=intNew(${js}))!==0`];
}

function floatForm(name: string, a: Val, b: Val, r: string, num: string, forms: Forms): string {
  const { intA, intB } = forms;
  const divisor = name === "truediv" ? divisorTest(b, intB) : "";
  const test = conditions(floatCondition(a, intA), floatCondition(b, intB), divisor);
  const value = `${floatValue(a, intA)}${ARITHMETIC[name]}${floatValue(b, intB)}`;
  return `if(${test}){${num}=${value};${r}=0;${releaseFloats(a, b)}}`;
}

function divisorTest(b: Val, asInt: boolean): string {
  if (b.int !== undefined || b.float !== undefined) return Number(b.int ?? b.float) !== 0 ? "" : "false";
  return `${floatValue(b, asInt)}!==0`;
}

/** A comparison into the temporary r: as a truth value (1 or 0) or as an object; the operands are consumed. */
export function comparison(
  g: Gen,
  node: Located,
  op: string,
  a: Val,
  b: Val,
  r: string,
  asObject = false,
): void {
  const [yes, no] = asObject ? ["True", "False"] : ["1", "0"];
  const flags = g.ownFlag(a, 1) | g.ownFlag(b, 2);
  g.steal(b);
  g.steal(a);
  const top = g.top(2);
  const rel = RELATION[op];
  const forms = formsFor(g, node, a, b);
  let text = "";
  if (forms.ints) {
    const test = conditions(digitCondition(a), digitCondition(b)) || "true";
    text = `if(${test}){${r}=${digit(a)}${rel}${digit(b)}?${yes}:${no};${releaseText(a, b)}}else `;
  }
  if (forms.floats) {
    const { intA, intB } = forms;
    const test = conditions(floatCondition(a, intA), floatCondition(b, intB)) || "true";
    text += `if(${test}){${r}=${floatValue(a, intA)}${rel}${floatValue(b, intB)}?${yes}:${no};${releaseFloats(a, b)}}else `;
  }
  if ((op === "eq" || op === "ne") && strings(g, node)) {
    const test = conditions(stringCondition(a), stringCondition(b)) || "true";
    const same = `${a.js}===${b.js}||strEqual(${a.js},${b.js})`;
    text += `if(${test}){${r}=${same}?${op === "eq" ? yes : no}:${op === "eq" ? no : yes};${releaseText(a, b)}}else `;
  }
  const call = `${asObject ? "c" : "t"}_${op}(${a.js},${b.js},${flags},${top})${asObject ? "" : "?1:0"}`;
  g.emit(`${text}{${boxText(a, b, top)}${r}=${call};}`);
  for (const v of [a, b]) {
    g.done(v);
    if (v.num !== undefined) g.out.release(v.num);
  }
}

/** Were both operands strings? */
function strings(g: Gen, node: Located): boolean {
  return g.profile !== null && g.seen(node) === (Kind.STR | (Kind.STR << KIND_BITS));
}

function stringCondition(v: Val): string {
  return v.kind === "const" ? "" : `i32[${v.js}+2]===STR`;
}

/**
 * container[key] where the container is a list or tuple and the key an int: `test` and `index` are the condition and the
 * value of the key. The item goes into r; otherwise `slow` is run.
 */
export function itemText(
  container: Val,
  test: string,
  index: string,
  r: string,
  release: string,
  slow: string,
): string {
  const c = container.js;
  return `if(${conditions(test, `(Y=(X=i32[${c}+2])===LIST?i32[${c}+6]:X===TUPLE?${c}+6:0)!==0`, inRange(c, index))}){${r}=i32[Y+2*J];${increfText(r)}${release}}else{${slow}}`;
}

function inRange(c: string, index: string): string {
  if (/^\d+$/.test(index)) return `(J=${index})<i32[${c}+4]`;
  return `((J=${index})>=0||(J+=i32[${c}+4])>=0)&&J<i32[${c}+4]`;
}

/** container[key] = value for a list and an int key. */
export function storeItemText(
  container: Val,
  test: string,
  index: string,
  value: Val,
  release: string,
  slow: string,
): string {
  const c = container.js;
  const add = value.kind === "owned" || value.kind === "slot" ? "" : increfText(value.js);
  const store = `Y=i32[${c}+6]+2*J;${add}J=i32[Y];i32[Y]=${value.js};${decrefText("J")}`;
  return `if(${conditions(test, `i32[${c}+2]===LIST`, inRange(c, index))}){${store}${release}}else{${slow}}`;
}

/** container[key] = value for a dict, where the short way through its table goes. */
export function storeDictText(container: Val, key: Val, value: Val, release: string, slow: string): string {
  const c = container.js;
  const owned = value.kind === "owned" || value.kind === "slot" ? decrefText(value.js) : "";
  return `if(i32[${c}+2]===DICT&&dictStore(${c},${key.js},${value.js})){${owned}${release}}else{${slow}}`;
}

/** key in container, where the short way through the table of a set or dict answers. */
export function membershipText(
  g: Gen,
  node: Located,
  isIn: boolean,
  key: Val,
  container: Val,
  r: string,
  slow: string,
): string {
  const seen = g.profile === null ? 0 : (g.seen(node) >> KIND_BITS) & KIND_MASK;
  if (seen !== Kind.SET && seen !== Kind.DICT) return slow;
  const c = container.js;
  const found =
    seen === Kind.DICT
      ? `i32[${c}+2]===DICT&&(J=dictFind(${c},${key.js}))>=0`
      : `((X=i32[${c}+2])===SET||X===FROZENSET)&&(J=setHas(${c},${key.js}))>=0`;
  // The result may be in the variable of an operand.
  return `if(${found}){${releaseText(key, container)}${r}=J${isIn ? "!==" : "==="}0?1:0;}else{${slow}}`;
}

/** What a site's cache holds of one class: numbers, in a second form, or the words of the cache. */
interface Cached {
  version: string;
  /** 0: not known when the code is made. */
  kind: AttrKind | 0;
  a: string;
  b: string;
}

/** The classes that a site has met, or null where it is not worth a fast form. */
function cachedAt(g: Gen, cache: number): Cached | null {
  if (!g.hot) return null;
  if (g.profile === null)
    return { version: `ic[${cache}]`, kind: 0, a: `ic[${cache + 2}]`, b: `ic[${cache + 3}]` };
  const [version, kind, a, b] = g.profile.ic.subarray(cache, cache + 4);
  if (version === undefined || version === -1) return null;
  return { version: `${version}`, kind, a: `${a}`, b: `${b}` };
}

/** The condition that a site's cache names a place in the object itself. */
function inlineAttribute(o: string, cache: number, k: Cached): string {
  const kind = k.kind === 0 ? `&&ic[${cache + 1}]===1` : "";
  return `i32[i32[${o}+2]+96]===${k.version}${kind}&&i32[${o}+4]>>24!==0`;
}

export function attributeText(g: Gen, o: Val, cache: number, r: string, slow: string): string {
  const k = cachedAt(g, cache);
  if (k === null) return slow;
  const v = o.js;
  const found = `{${increfText(r)}${releaseText(o)}}else{${slow}}`;
  switch (k.kind) {
    case 0:
    case AttrKind.INLINE:
      return `if(${inlineAttribute(v, cache, k)}&&(${r}=i32[${v}+${k.a}])!==0)${found}`;
    case AttrKind.SLOT:
      return `if(i32[i32[${v}+2]+96]===${k.version}&&(${r}=i32[${v}+${k.a}])!==0)${found}`;
    default:
      return slow;
  }
}

/** A method of the class, which the instance does not shadow: see AttrKind.CLASS_KEYS. */
export function methodText(g: Gen, o: string, cache: number, fn: string, slow: string): string {
  const k = cachedAt(g, cache);
  if (k === null) return slow;
  const same = `i32[(Y=i32[${o}+2])+96]===${k.version}`;
  const load = `{${fn}=${k.a};${increfText(fn)}}else{${slow}}`;
  const unshadowed = `i32[${o}+4]>>24!==0&&i32[i32[Y+220]+3]===${k.b}`;
  switch (k.kind) {
    case 0:
      return `if(${same}&&ic[${cache + 1}]===5&&${unshadowed})${load}`;
    case AttrKind.CLASS_KEYS:
      return `if(${same}&&${unshadowed})${load}`;
    case AttrKind.CLASS:
      return `if(${same})${load}`;
    default:
      return slow;
  }
}

/** o.attr = value. In `__init__` the attribute is most likely new: then the helper puts it in its place. */
export function storeAttributeText(g: Gen, o: Val, cache: number, value: Val, slow: string): string {
  const k = cachedAt(g, cache);
  if (k === null) return slow;
  const add = value.kind === "owned" || value.kind === "slot" ? "" : increfText(value.js);
  const store = `{${add}i32[Y]=${value.js};${decrefText("J")}${releaseText(o)}}else{${slow}}`;
  switch (k.kind) {
    case 0:
      return `if(${inlineAttribute(o.js, cache, k)}&&(J=i32[Y=${o.js}+${k.a}])!==0)${store}`;
    case AttrKind.INLINE:
      if (g.template.name === "__init__") return newAttributeText(o, cache, k, value, add, slow);
      return `if(${inlineAttribute(o.js, cache, k)}&&(J=i32[Y=${o.js}+${k.a}])!==0)${store}`;
    case AttrKind.SLOT: {
      const same = `i32[i32[${o.js}+2]+96]===${k.version}`;
      const swap = `J=i32[Y=${o.js}+${k.a}];i32[Y]=${value.js};if(J!==0){${decrefText("J")}}`;
      return `if(${same}){${add}${swap}${releaseText(o)}}else{${slow}}`;
    }
    default:
      return slow;
  }
}

/** A new attribute: its index is appended to the order of insertion, behind the values. */
function newAttributeText(o: Val, cache: number, k: Cached, value: Val, add: string, slow: string): string {
  const v = o.js;
  const free = `i32[${v}-6]===0&&i32[Y=${v}+${k.a}]===0`;
  const order = `u8[(${v}+6+2*((J=i32[${v}+4])&255))*4+(J>>8&255)]=${k.b};i32[${v}+4]=J+256;`;
  return `if(${inlineAttribute(v, cache, k)}&&${free}){${add}i32[Y]=${value.js};${order}${releaseText(o)}}else{${slow}}`;
}

export { conditions, digit, digitCondition, releaseText };
