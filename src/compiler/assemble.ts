/**
 * The JavaScript function around a code object's statements: prologue (frame, arguments, cells), error path, epilogue.
 * Part of the compiler. Word offsets of the frame are those of `Frame` in objects/layout.ts, written as numbers because the
 * text is compiled apart: 0 code, 1 saved C recursion, 2 previous, 4 function, 6 globals, 8 builtins, 10 locals,
 * 11 yield-from flag, 12 frame object, 14 position, 15 stack mark (generators), 16 stacktop, 17 owner, 18 localsplus.
 */
import { FRAME_LOCALS, type Gen } from "./gen.ts";
import { machineText } from "./machine.ts";
import { jsName } from "./outline.ts";

const CELL = 0x40;
const LOCAL = 0x20;

export interface Shape {
  kind: "module" | "class" | "function";
  params: number;
}

export function assembleFunction(g: Gen, shape: Shape): string {
  const body = g.isGenerator ? generatorText(g, shape) : functionText(g, shape);
  return `function(K,N,ic,FN,CODE,FB,B,T,G){${withConstants(g, `${bodies(g)}${body}`)}}`;
}

/** Beyond this number constants are declared in the usual way. */
const MAX_PARAMETERS = 400;

/**
 * The code's constants as names. As parameters they need no check that they have been initialised, and V8 takes them for
 * constants, too.
 */
function withConstants(g: Gen, text: string): string {
  const names: string[] = [];
  const values: string[] = [];
  g.template.consts.forEach((c, i) => {
    if (c.t === "None" || c.t === "True" || c.t === "False" || c.t === "Ellipsis") return;
    names.push(`k${i}`);
    values.push(`K[${i}]`);
  });
  g.template.names.forEach((_, i) => {
    names.push(`n${i}`);
    values.push(`N[${i}]`);
  });
  g.given.forEach((_, i) => {
    names.push(`G${i}`);
    values.push(`G[${i}]`);
  });
  if (names.length === 0) return `\n${text}`;
  if (names.length > MAX_PARAMETERS)
    return `const ${names.map((n, i) => `${n}=${values[i]}`).join(",")};\n${text}`;
  return `return (function(${names.join(",")}){\n${text}})(${values.join(",")});`;
}

/** The loop bodies that were taken out: see outline.ts. Functions in parentheses are read at once, others V8 reads twice. */
function bodies(g: Gen): string {
  // Bodies of one form may work on a frame of the other.
  const words = g.mode === "full" ? `${2 * slots(g)}` : "2*i32[fp+16]";
  const end = `const END=fp+${FRAME_LOCALS}+${words};`;
  return g.outlined
    .filter((b) => !b.unseen)
    .map((b) => {
      const params = ["fp", ...b.params].join(",");
      return `var ${b.name}=(function(${params}){${/\bEND\b/.test(b.text) ? end : ""}${b.text}});\n`;
    })
    .concat(g.mode === "full" ? [] : g.outlined.map((b, i) => (b.unseen ? "" : `B[${i}]=${b.name};\n`)))
    .join("");
}

/** More slots in frames on which loop bodies of both forms work: those of the second may need some more. */
export const SPARE_SLOTS = 6;

function slots(g: Gen): number {
  const shared = g.mode === "first" ? g.outlined.length > 0 : g.outlined.some((b) => b.unseen);
  const spare = shared ? SPARE_SLOTS : 0;
  return g.template.localsplusnames.length + g.template.slots + spare;
}

function params(n: number): string[] {
  return Array.from({ length: n }, (_, i) => `a${i}`);
}

function declarations(g: Gen): string {
  const extra = g.extraDeclarations.length > 0 ? `let ${g.extraDeclarations.join(",")};` : "";
  return `${g.out.declarations()}${extra}`;
}

/** Zeroes localsplus from index `from` on. */
function clearSlots(from: number, to: number): string {
  if (from >= to) return "";
  if (to - from > 12) return `i32.fill(0,fp+${FRAME_LOCALS + 2 * from},fp+${FRAME_LOCALS + 2 * to});`;
  let text = "";
  for (let i = from; i < to; i++) text += `i32[fp+${FRAME_LOCALS + 2 * i}]=0;`;
  return text;
}

/**
 * Cells for variables that closures share, and the closure's cells into the frame. While cells are made the function has not
 * begun (MAKE_CELL stands before RESUME): tracemalloc gives them to the caller.
 */
function cells(g: Gen): string {
  const t = g.template;
  let text = "";
  t.localspluskinds.forEach((kind, i) => {
    const hidden = (kind & 0x10) !== 0;
    if ((kind & CELL) === 0 || hidden) return;
    if ((kind & LOCAL) !== 0 && isComprehensionCell(g, i)) return;
    text += `makeCell(rt,fp+${FRAME_LOCALS + 2 * i});`;
  });
  if (text !== "") text = `i32[fp+14]=-1;${text}i32[fp+14]=0;`;
  if (t.nfreevars > 0) {
    const first = t.localsplusnames.length - t.nfreevars;
    text += `copyFreeVars(rt,i32[fp+4],fp+${FRAME_LOCALS + 2 * first},${t.nfreevars});`;
  }
  return text;
}

/** A cell of an inlined comprehension is made where the comprehension starts. */
function isComprehensionCell(g: Gen, index: number): boolean {
  return !g.scope.cellvars.includes(g.template.localsplusnames[index]);
}

function functionText(g: Gen, shape: Shape): string {
  const n = slots(g);
  const end = FRAME_LOCALS + 2 * n;
  const names = shape.kind === "function" ? params(shape.params) : ["ns"];
  const list = ["func", ...names].join(",");
  const args =
    shape.kind === "function" ? names.map((a, i) => `i32[fp+${FRAME_LOCALS + 2 * i}]=${a};`).join("") : "";
  const locals = shape.kind === "function" ? "0" : "ns";
  // A first form counts its calls and turns, and hands over to the second when there is one.
  const counted = g.mode === "first" && shape.kind === "function";
  const handOver = counted ? `if(--FB[0]<0){const fn=tierUp(T,func);if(fn!==null)return fn(${list});}` : "";
  return `return (function ${jsName(g.template.name)}(${list}){${handOver}
const fp=i32[1024],END=fp+${end},NSLOTS=${n};
if(END>=i32[1026])return stackFull(rt,${list});
i32[fp]=CODE;incref(CODE);i32[fp+1]=i32[1034];i32[fp+2]=i32[1028];i32[fp+4]=func;i32[fp+6]=i32[func+4];i32[fp+8]=i32[func+6];i32[fp+10]=${locals};i32[fp+12]=0;i32[fp+14]=0;i32[fp+16]=NSLOTS;i32[fp+17]=0;
${args}${clearSlots(shape.kind === "function" ? shape.params : 0, n)}
i32[1024]=END;i32[1028]=fp;
if(--i32[1032]<0)recursionFull(rt,fp);
let ret=0;${declarations(g)}
body:{fail:{try{if(i32[1030]!==0)evalBreaker(rt);
${cells(g)}${g.out.text()}
ret=None;break body;}catch(e){caught(rt,fp,e);}}frameError(rt,fp,END);}
i32[1028]=i32[fp+2];i32[1032]++;
if(i32[fp+12]!==0)leaveFrame(rt,fp);else{${releaseLocals(g, shape)}}
i32[1024]=fp;decref(func);decref(CODE);
return ret;});`;
}

/** Releases the locals in order; parameters that are never unbound are not tested. */
function releaseLocals(g: Gen, shape: Shape): string {
  const names = g.template.localsplusnames;
  let text = "i32[fp+16]=0;";
  if (shape.kind !== "function") text += "releaseLocalsDict(rt,fp);";
  if (names.length > 8)
    return `${text}releaseRange(fp+${FRAME_LOCALS},fp+${FRAME_LOCALS + 2 * names.length});`;
  if (names.length > 0) text += "let x;";
  names.forEach((name, i) => {
    const at = `fp+${FRAME_LOCALS + 2 * i}`;
    const sure = i < shape.params && !g.unbindable.has(name);
    text += sure ? `decref(i32[${at}]);` : `x=i32[${at}];if(x!==0)decref(x);`;
  });
  return text;
}

/**
 * A generator's frame lies in the generator object; its body is a JavaScript generator. The owned value of a `next(v)` is
 * what was sent; a Python exception thrown in arrives as a JavaScript throw.
 */
function generatorText(g: Gen, shape: Shape): string {
  const n = slots(g);
  // A module with `await` in it (PyCF_ALLOW_TOP_LEVEL_AWAIT) takes its namespace.
  const isFunction = shape.kind === "function";
  const list = ["func", ...(isFunction ? params(shape.params) : ["ns"])].join(",");
  const stored = params(shape.params).map((a, i) => `i32[fp+${FRAME_LOCALS + 2 * i}]=${a};`);
  const args = isFunction ? stored.join("") : "i32[fp+10]=ns;";
  const name = jsName(g.template.name);
  const create = `const gen=newGenerator(rt,func,CODE,${n},[${params(shape.params).join(",")}]);const fp=gen+18;
${args}`;
  const makesCells = cells(g);
  if (g.machine !== null) {
    const body = machineText(name, declarations(g), `fp+${FRAME_LOCALS + 2 * n}`, n, g.out.text());
    const made = makesCells === "" ? "null" : `()=>{${makesCells}}`;
    return `${body}return (function ${name}(${list}){${create}startGenerator(rt,gen,null,${made});return gen;});`;
  }
  return `function* ${name}_body(fp){const END=fp+${FRAME_LOCALS + 2 * n},NSLOTS=${n};
let ret=0;${declarations(g)}
body:{fail:{try{decref(yield 0);if(i32[1030]!==0)evalBreaker(rt);
${g.out.text()}
ret=None;break body;}catch(e){caught(rt,fp,e);}}frameError(rt,fp,END);}
return ret;}
return function ${name}(${list}){${create}startGenerator(rt,gen,${name}_body(fp),()=>{${makesCells}});return gen;}`;
}
