/**
 * Loop bodies as JavaScript functions of their own, called once for each turn. Part of the compiler.
 *
 * V8 compiles a function entered in the middle of a loop (on-stack replacement) without knowing the constants around it, and
 * loops in loops of one function hardly better: every access to the heap then looks at its typed array anew. A function that
 * is called is compiled knowing them, sooner, and by itself. A body shares the heap frame, where all that lives from one turn
 * to the next is kept; what leaves the loop (break, return, an exception) is told by the result:
 * 0 the next turn, positive the value of a return statement, negative a label of the caller to break to.
 */
import { Emitter } from "./emitter.ts";
import type { Gen } from "./gen.ts";

export interface OutlinedBody {
  name: string;
  params: string[];
  /** Labels of the function around that the body may jump to. */
  jumps: string[];
  text: string;
  /** In a second form: the first form has not run it yet, and its body goes on serving. */
  unseen: boolean;
}

/** Turns of a loop after which its body counts as seen. */
const SEEN_TURNS = 3;

/** Variables of the function as Gen.variable names them. */
const VARIABLE = /\b[a-z]+_\d+\b/g;
const JUMP = /(?:ret=(\w+);)?break (\w+);/g;

/**
 * Loops around a loop, of which none takes a second turn: V8 enters no loop so deep on the stack. A function that was entered so
 * and later gives its code up is never compiled again, and there is nothing in the loop to be compiled but the call.
 */
const DEEP = "for(;;)".repeat(6);

/** A JavaScript identifier for profiles and stack traces. */
export function jsName(name: string): string {
  const id = name.replace(/[^A-Za-z0-9_$]/g, "_");
  return /^[0-9]/.test(id) || RESERVED.has(id) ? `_${id}` : `py_${id}`;
}

const RESERVED = new Set(["function", "return", "new", "delete"]);

/** Emits `body`, one turn of a loop, as a call of a function of its own, or in place where it cannot be taken out. */
export function outlined(g: Gen, body: () => void): void {
  const outer = g.out;
  const declared = g.extraDeclarations;
  const inner = new Emitter(outer);
  g.out = inner;
  g.extraDeclarations = [];
  g.joined();
  body();
  const text = inner.text();
  const own = g.extraDeclarations;
  g.out = outer;
  g.extraDeclarations = declared;
  g.joined();
  const locals = `${inner.declarations()}${own.length > 0 ? `let ${own.join(",")};` : ""}`;
  const params = outerVariables(text, own);
  if (params === null || /\byield\b/.test(text)) {
    g.keptLoop = true;
    g.emit(`{${locals}${text}}`);
    return;
  }
  const codes = new Map<string, number>();
  const { turned, returns } = turnJumps(text, codes);
  const number = g.outlined.length;
  const name = `${jsName(g.template.name)}_L${number}`;
  const unseen = g.mode === "second" && g.turnsSeen(number) < SEEN_TURNS;
  const count = g.mode === "first" ? `FB[${g.turnsPlace(number)}]++;` : "";
  const jumps = [...codes.keys()];
  g.outlined.push({ name, params, jumps, text: `${count}${locals}\n${turned}\nreturn 0;`, unseen });
  // Bodies of a first form are called so that those of the second can take their place.
  const callee = g.mode === "first" || unseen ? `B[${number}]` : name;
  const r = g.out.temp();
  let after = returns ? `if(${r}>0){ret=${r};break body;}` : "";
  for (const [label, code] of codes) after += `if(${r}===${code})break ${label};`;
  const call = `${r}=${callee}(${["fp", ...params].join(",")});`;
  g.emit(`${DEEP}{${call}${after === "" ? "" : `if(${r}!==0){${after}}`}}`);
  g.out.release(r);
}

/** The variables of the function around that the text reads; null where it also assigns one. */
function outerVariables(text: string, own: string[]): string[] | null {
  const mine = new Set(own.map((d) => d.slice(0, d.indexOf("="))));
  const names = new Set<string>();
  for (const [name] of text.matchAll(VARIABLE)) if (!mine.has(name)) names.add(name);
  for (const name of names) if (new RegExp(`\\b${name}=[^=]`).test(text)) return null;
  return [...names];
}

/** Jumps to labels that are not the text's own become returns. */
function turnJumps(text: string, codes: Map<string, number>): { turned: string; returns: boolean } {
  const own = new Set([...text.matchAll(/\b([a-z]+\d+):(?:\{|for)/g)].map((m) => m[1]));
  let returns = false;
  const turned = text.replace(JUMP, (jump, value: string | undefined, label: string) => {
    if (own.has(label)) return jump;
    if (label === "body") {
      if (value === undefined) throw new Error("a return without its value");
      returns = true;
      return `return ${value};`;
    }
    let code = codes.get(label);
    if (code === undefined) {
      code = jumpCode(label);
      codes.set(label, code);
    }
    return `${value === undefined ? "" : `ret=${value};`}return ${code};`;
  });
  return { turned, returns };
}

/** The result by which a body tells a jump to a label of the function around: by the label's number, that both forms agree. */
function jumpCode(label: string): number {
  const n = /\d+$/.exec(label);
  return n === null ? -1 : -2 - Number(n[0]);
}
