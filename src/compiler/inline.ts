/**
 * The fast forms of operations, written into the function itself: arithmetic and comparison of ints of one digit and floats,
 * items of lists and tuples by number, attributes in the places that a site's cache names. What is not of these kinds goes to
 * the helpers of runtime/fast.ts. Part of the compiler.
 *
 * A float that is the operand of further arithmetic is not boxed: see `Val.num`. `X`, `Y`, `J` and `M` are scratch variables
 * of the function (`M` may be a double); they live within one emitted statement.
 */
import type { Gen, Val } from "./gen.ts";
import { digitValue, isDigit } from "./inttree.ts";

const ARITHMETIC: Record<string, string> = { add: "+", subtract: "-", multiply: "*", truediv: "/" };

export function increfText(v: string): string {
  return `if((X=i32[${v}])>=0)i32[${v}]=X+1;`;
}

export function decrefText(v: string): string {
  return `if((X=i32[${v}]-1)>0)i32[${v}]=X;else if(X===0)dealloc(${v});`;
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

function floatCondition(v: Val): string {
  if (v.float !== undefined || v.int !== undefined) return "";
  return v.num !== undefined ? `${v.js}===0` : `i32[${v.js}+2]===FLOAT`;
}

function floatValue(v: Val): string {
  if (v.float !== undefined) return literal(v.float);
  if (v.int !== undefined) return literal(`${v.int}`);
  return v.num ?? `f64[${v.js}+4>>1]`;
}

/** May the operand be an int of one digit; a float? */
const mayBeInt = (v: Val): boolean => v.float === undefined && (v.kind !== "const" || v.int !== undefined);
const mayBeFloat = (v: Val): boolean => v.kind !== "const" || v.float !== undefined || v.int !== undefined;

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
export function hasFastForm(name: string, a: Val, b: Val): boolean {
  if (ARITHMETIC[name] === undefined) return false;
  if (a.kind === "const" && b.kind === "const") return false;
  return (mayBeInt(a) && mayBeInt(b)) || (mayBeFloat(a) && mayBeFloat(b));
}

/**
 * a + b and its like; the operands are consumed. `slow` is the call of the helper, given the flags of owned operands and the
 * first free slot. The result may be an unboxed float.
 */
export function arithmetic(
  g: Gen,
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
  const ints = intForm(name, a, b, r);
  const floats = mayBeFloat(a) && mayBeFloat(b) && !(a.int !== undefined && b.int !== undefined);
  const num = floats ? g.out.double() : undefined;
  let text = ints;
  if (floats) text += `${text === "" ? "" : "else "}${floatForm(name, a, b, r, num!)}`;
  text += `else{${boxText(a, b, top)}${r}=${slow(flags, top)};}`;
  g.emit(text);
  for (const v of [a, b]) {
    g.done(v);
    if (v.num !== undefined) g.out.release(v.num);
  }
  return { kind: "owned", js: r, slot: -1, num };
}

function intForm(name: string, a: Val, b: Val, r: string): string {
  if (name === "truediv" || !mayBeInt(a) || !mayBeInt(b)) return "";
  const test = conditions(digitCondition(a), digitCondition(b));
  const x = digit(a);
  const y = digit(b);
  const made =
    name === "multiply"
      ? `(M=${x}*${y})<1073741824&&M>-1073741824&&(${r}=intNew(M|0))!==0`
      : `(${r}=intNew(${x}${ARITHMETIC[name]}${y}|0))!==0`;
  return `if(${conditions(test, made)}){${releaseText(a, b)}}`;
}

function floatForm(name: string, a: Val, b: Val, r: string, num: string): string {
  const divisor = name === "truediv" ? divisorTest(b) : "";
  const test = conditions(floatCondition(a), floatCondition(b), divisor);
  return `if(${test}){${num}=${floatValue(a)}${ARITHMETIC[name]}${floatValue(b)};${r}=0;${releaseFloats(a, b)}}`;
}

function divisorTest(b: Val): string {
  if (b.int !== undefined || b.float !== undefined) return Number(b.int ?? b.float) !== 0 ? "" : "false";
  return `${floatValue(b)}!==0`;
}

export const RELATION: Record<string, string> = {
  lt: "<",
  le: "<=",
  eq: "===",
  ne: "!==",
  gt: ">",
  ge: ">=",
};

/** A comparison into the temporary r: as a truth value (1 or 0) or as an object; the operands are consumed. */
export function comparison(g: Gen, op: string, a: Val, b: Val, r: string, asObject = false): void {
  const [yes, no] = asObject ? ["True", "False"] : ["1", "0"];
  const flags = g.ownFlag(a, 1) | g.ownFlag(b, 2);
  g.steal(b);
  g.steal(a);
  const top = g.top(2);
  const rel = RELATION[op];
  let text = "";
  if (mayBeInt(a) && mayBeInt(b)) {
    const test = conditions(digitCondition(a), digitCondition(b)) || "true";
    text = `if(${test}){${r}=${digit(a)}${rel}${digit(b)}?${yes}:${no};${releaseText(a, b)}}else `;
  }
  if (mayBeFloat(a) && mayBeFloat(b) && !(a.int !== undefined && b.int !== undefined)) {
    const test = conditions(floatCondition(a), floatCondition(b)) || "true";
    text += `if(${test}){${r}=${floatValue(a)}${rel}${floatValue(b)}?${yes}:${no};${releaseFloats(a, b)}}else `;
  }
  const call = `${asObject ? "c" : "t"}_${op}(${a.js},${b.js},${flags},${top})${asObject ? "" : "?1:0"}`;
  g.emit(`${text}{${boxText(a, b, top)}${r}=${call};}`);
  for (const v of [a, b]) {
    g.done(v);
    if (v.num !== undefined) g.out.release(v.num);
  }
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

/** The condition that the site's cache names a place in the object itself. */
function inlineAttribute(o: string, cache: number): string {
  return `i32[i32[${o}+2]+96]===ic[${cache}]&&ic[${cache + 1}]===1&&i32[${o}+4]>>24!==0`;
}

export function attributeText(o: Val, cache: number, r: string, slow: string): string {
  return `if(${inlineAttribute(o.js, cache)}&&(${r}=i32[${o.js}+ic[${cache + 2}]])!==0){${increfText(r)}${releaseText(o)}}else{${slow}}`;
}

/** A method of the class, which the instance does not shadow: see Attr.CLASS_KEYS. */
export function methodText(o: string, cache: number, fn: string, slow: string): string {
  const same = `i32[(Y=i32[${o}+2])+96]===ic[${cache}]&&ic[${cache + 1}]===5`;
  const unshadowed = `i32[${o}+4]>>24!==0&&i32[i32[Y+220]+3]===ic[${cache + 3}]`;
  return `if(${same}&&${unshadowed}){${fn}=ic[${cache + 2}];${increfText(fn)}}else{${slow}}`;
}

export function storeAttributeText(o: Val, cache: number, value: Val, slow: string): string {
  const add = value.kind === "owned" || value.kind === "slot" ? "" : increfText(value.js);
  return `if(${inlineAttribute(o.js, cache)}&&(J=i32[Y=${o.js}+ic[${cache + 2}]])!==0){${add}i32[Y]=${value.js};${decrefText("J")}${releaseText(o)}}else{${slow}}`;
}

export { conditions, digit, digitCondition, releaseText };
