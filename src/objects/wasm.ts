/**
 * A little compiler from S-expressions to WebAssembly, for inner loops that need 64-bit integers: JavaScript has none that are
 * fast. A program is a list of functions over one memory, all addresses in bytes:
 *
 *   (func name (i32 a n) (i64 c) body...)     the parameters, then the locals; a function returns what `return` says, an i32
 *   (= x e)  (if c body...)  (while c body...)  (return e)
 *   (store e v)  (store64 e v)                the low 32 bits, all 64; a third literal is an offset in bytes
 *   (load e)  (load64 e)                      an i64 of 32 bits without sign, of 64; the same
 *   (+ a b)  - * & | << >> (without sign) >>s / % < <s == != ...   both operands of one type, of which literals become
 *   (long e)  (int e)                         from i32 without sign, to i32
 *
 * Everything is checked when it is compiled, at the first use of a kernel. Part of the object layer.
 */

type Node = string | Node[];
const enum T {
  I32 = 0x7f,
  I64 = 0x7e,
}

/** Opcodes for i32; those for i64 stand beside them. Comparisons answer an i32. */
const BINARY: Record<string, [number, number]> = {
  "+": [0x6a, 0x7c],
  "-": [0x6b, 0x7d],
  "*": [0x6c, 0x7e],
  "/": [0x6e, 0x80],
  "%": [0x70, 0x82],
  "&": [0x71, 0x83],
  "|": [0x72, 0x84],
  "<<": [0x74, 0x86],
  ">>s": [0x75, 0x87],
  ">>": [0x76, 0x88],
};
const COMPARE: Record<string, [number, number]> = {
  "==": [0x46, 0x51],
  "!=": [0x47, 0x52],
  "<s": [0x48, 0x53],
  "<": [0x49, 0x54],
};

function parse(text: string): Node[] {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const list = (): Node[] => {
    const out: Node[] = [];
    while (at < tokens.length && tokens[at] !== ")") {
      const token = tokens[at++];
      if (token === "(") {
        out.push(list());
        at++;
      } else out.push(token);
    }
    return out;
  };
  return list();
}

/** A number as LEB128, with sign. */
function leb(v: bigint): number[] {
  const out: number[] = [];
  for (;;) {
    const byte = Number(v & 127n);
    v >>= 7n;
    const done = (v === 0n && byte < 64) || (v === -1n && byte >= 64);
    out.push(done ? byte : byte | 128);
    if (done) return out;
  }
}

function unsigned(n: number): number[] {
  const out: number[] = [];
  for (; n > 127; n >>>= 7) out.push((n & 127) | 128);
  out.push(n);
  return out;
}

const name = (s: string) => [...unsigned(s.length), ...[...s].map((c) => c.charCodeAt(0))];
const vector = (items: number[][]) => [...unsigned(items.length), ...items.flat()];
const section = (id: number, body: number[]) => [id, ...unsigned(body.length), ...body];

/** Of a load or store; below 128. */
const offset = (n: Node | undefined) => (n === undefined ? 0 : Number(n));

class FunctionCompiler {
  private readonly code: number[] = [];
  private readonly names = new Map<string, { index: number; type: T }>();
  private readonly types: T[] = [];

  declare([type, ...names]: Node[]): void {
    for (const n of names as string[]) {
      this.names.set(n, { index: this.types.length, type: type === "i64" ? T.I64 : T.I32 });
      this.types.push(type === "i64" ? T.I64 : T.I32);
    }
  }

  get declared(): T[] {
    return this.types;
  }

  body(nodes: Node[]): number[] {
    for (const n of nodes) this.statement(n as Node[]);
    return this.code;
  }

  private statement([head, ...args]: Node[]): void {
    const code = this.code;
    if (head === "=") {
      const local = this.local(args[0]);
      this.typed(args[1], local.type);
      code.push(0x21, ...unsigned(local.index));
    } else if (head === "store" || head === "store64") {
      this.typed(args[0], T.I32);
      this.typed(args[1], T.I64);
      code.push(head === "store" ? 0x3e : 0x37, 2, offset(args[2]));
    } else if (head === "return") {
      this.typed(args[0], T.I32);
      code.push(0x0f);
    } else if (head === "if") {
      this.typed(args[0], T.I32);
      code.push(0x04, 0x40);
      this.body(args.slice(1));
      code.push(0x0b);
    } else if (head === "while") {
      this.loop(args);
    } else throw new Error(`no such statement: ${head}`);
  }

  /** The condition is tested before the loop and at its end. */
  private loop(args: Node[]): void {
    this.typed(args[0], T.I32);
    this.code.push(0x04, 0x40, 0x03, 0x40);
    this.body(args.slice(1));
    this.typed(args[0], T.I32);
    this.code.push(0x0d, 0, 0x0b, 0x0b);
  }

  private local(n: Node): { index: number; type: T } {
    const found = this.names.get(n as string);
    if (found === undefined) throw new Error(`no such local: ${n}`);
    return found;
  }

  private typed(n: Node, type: T): void {
    if (this.expression(n, type) !== type) throw new Error(`of the wrong type: ${JSON.stringify(n)}`);
  }

  /** Compiles an expression; a literal becomes of the type that is wanted. Answers its type. */
  private expression(n: Node, wanted: T): T {
    if (typeof n === "string") return this.atom(n, wanted);
    const [head, a, b] = n as [string, Node, Node];
    if (head === "load" || head === "load64") {
      this.typed(a, T.I32);
      this.code.push(head === "load" ? 0x35 : 0x29, 2, offset(b));
      return T.I64;
    }
    if (head === "long" || head === "int") {
      this.typed(a, head === "long" ? T.I32 : T.I64);
      this.code.push(head === "long" ? 0xad : 0xa7);
      return head === "long" ? T.I64 : T.I32;
    }
    const op = BINARY[head] ?? COMPARE[head];
    if (op === undefined) throw new Error(`no such operator: ${head}`);
    const type = this.expression(a, head in COMPARE ? this.typeOf(b) : wanted);
    this.typed(b, type);
    this.code.push(op[type === T.I64 ? 1 : 0]);
    return head in COMPARE ? T.I32 : type;
  }

  /** What a literal beside this operand is taken as. */
  private typeOf(n: Node): T {
    if (typeof n !== "string") return n[0] === "int" ? T.I32 : T.I64;
    return this.names.get(n)?.type ?? T.I32;
  }

  private atom(n: string, wanted: T): T {
    if (/^[-\d]/.test(n)) {
      this.code.push(wanted === T.I64 ? 0x42 : 0x41, ...leb(BigInt(n)));
      return wanted;
    }
    const { index, type } = this.local(n);
    this.code.push(0x20, ...unsigned(index));
    return type;
  }
}

interface CompiledFunction {
  name: string;
  parameters: T[];
  body: number[];
}

function compileFunction([, fname, parameters, ...rest]: Node[]): CompiledFunction {
  const f = new FunctionCompiler();
  const groups = (n: Node[]) => (Array.isArray(n[0]) ? (n as Node[][]) : [n]);
  for (const group of groups(parameters as Node[])) f.declare(group);
  const count = f.declared.length;
  for (const group of groups(rest[0] as Node[])) f.declare(group);
  const locals = f.declared.slice(count).map((t) => [1, t]);
  const code = f.body(rest.slice(1));
  // What is not reached needs a value, too.
  const whole = [...vector(locals), ...code, 0x41, 0, 0x0b];
  return {
    name: fname as string,
    parameters: f.declared.slice(0, count),
    body: [...unsigned(whole.length), ...whole],
  };
}

/** The functions of a program, over the memory given. */
export function compileWasm(text: string, memory: WebAssembly.Memory): Record<string, CallableFunction> {
  const functions = parse(text).map((n) => compileFunction(n as Node[]));
  const pages = memory.buffer.byteLength / 65536;
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(functions.map((f) => [0x60, ...vector(f.parameters.map((t) => [t])), 1, T.I32]))),
    ...section(2, vector([[...name("m"), ...name("m"), 2, 1, ...unsigned(pages), ...unsigned(pages)]])),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(7, vector(functions.map((f, i) => [...name(f.name), 0, ...unsigned(i)]))),
    ...section(10, vector(functions.map((f) => f.body))),
  ];
  const module = new WebAssembly.Module(new Uint8Array(bytes));
  return new WebAssembly.Instance(module, { m: { m: memory } }).exports as Record<string, CallableFunction>;
}
