/**
 * Pure expressions: reads of locals, globals, attributes and items, arithmetic on numbers, comparisons, as the second form of a
 * function has seen them. Nothing in them can run Python code or raise as long as every operand is of the kind seen, so no
 * reference is counted and no object made on the way; at the first operand of another kind the evaluation is given up, and the
 * whole expression evaluated in the ordinary way. Part of the compiler.
 */
import type { Attribute, BinOp, Compare, expr, Located, Subscript, UnaryOp } from "./ast.ts";
import { foldConstant } from "./fold.ts";
import type { Gen } from "./gen.ts";
import { digitValue, isDigit } from "./inttree.ts";
import { loadsGlobal, nameKind } from "./names.ts";
import { AttrKind, KIND_BITS, KIND_MASK, Kind } from "./profile.ts";
import { callNumber, callObject } from "./purecalls.ts";
import { RELATION_OF } from "./relations.ts";

/** A number: a JavaScript expression; of an int its bound: |value| < 2 ** bits. */
export interface Num {
  kind: "int" | "float";
  js: string;
  bits: number;
}

/** Ints beyond this are not exact in a double. */
const MAX_BITS = 53;
const MAX_INT = "9007199254740991";

const INT_KINDS = Kind.DIGIT | Kind.INT;

/** The steps that evaluate an expression, each of which may break to `fail`. */
export class Pure {
  private steps = "";
  private readonly temps: string[] = [];
  private readonly locals = new Map<string, string>();
  private readonly values = new Map<string, Num>();
  private readonly facts = new Set<string>();

  constructor(
    readonly g: Gen,
    private readonly fail: string,
  ) {}

  get text(): string {
    return this.steps;
  }

  /** Gives the temporaries back. */
  release(): void {
    for (const t of this.temps) this.g.out.release(t);
  }

  temp(js: string): string {
    const t = this.g.out.temp();
    this.temps.push(t);
    this.steps += `${t}=${js};`;
    return t;
  }

  private double(js: string): string {
    const d = this.g.out.double();
    this.temps.push(d);
    this.steps += `${d}=${js};`;
    return d;
  }

  /** Gives up unless the condition holds; `fact` names what then is known of an unchanging temporary. */
  require(condition: string, fact = condition): void {
    if (this.facts.has(fact)) return;
    this.facts.add(fact);
    this.steps += `if(!(${condition}))break ${this.fail};`;
  }

  // --- references

  /** The object of an expression: borrowed, or an int made for it, which the caller must release. Null where it is not pure. */
  object(node: expr): { js: string; made: boolean } | null {
    const ref = this.ref(node);
    if (ref !== null) return { js: ref, made: false };
    if (node.kind !== "BinOp") return null;
    const n = this.number(node, 0);
    if (n === null || n.kind === "float" || n.bits > 31) return null;
    const js = this.temp(`intNew(${n.js}|0)`);
    this.require(`${js}!==0`);
    return { js, made: true };
  }

  /** The object of an expression (borrowed), or null where it is not pure. */
  ref(node: expr): string | null {
    const constant = foldConstant(node) ?? (node.kind === "Constant" ? node.value : null);
    if (constant !== null) return this.g.constant(constant).js;
    switch (node.kind) {
      case "Name":
        return this.name(node);
      case "Attribute":
        return this.attribute(node);
      case "Subscript":
        return this.item(node);
      case "Call":
        return callObject(this, node);
      default:
        return null;
    }
  }

  private name(node: Extract<expr, { kind: "Name" }>): string | null {
    const g = this.g;
    const name = g.mangle(node.id);
    if (nameKind(g, name) !== "fast") return loadsGlobal(g, node.id) ? this.global(node) : null;
    let t = this.locals.get(name);
    if (t === undefined) {
      t = this.temp(`i32[${g.local(g.locals.get(name)!)}]`);
      this.locals.set(name, t);
      if (!g.assigned.has(name) || g.unbindable.has(name)) this.require(`${t}!==0`);
    }
    return t;
  }

  /**
   * A global, by what lg has cached: [keys version, word offset, the builtins' keys version or -1, sizes and kind of the keys].
   * New names change a module's version, so a global of its own is known by its key's place in keys of the same size and
   * kind; and that a name is still the builtins' by the version that lg keeps up to date.
   */
  private global(node: Extract<expr, { kind: "Name" }>): string | null {
    const g = this.g;
    const ic = g.profile!.ic;
    const c = g.cache(4, node, "name");
    if (c + 3 >= ic.length || ic[c] === -1) return null;
    const [, offset, builtins, form] = ic.subarray(c, c + 4);
    const known = this.locals.get(`global ${c}`);
    if (known !== undefined) return known;
    const own = this.keys("fp+6");
    if (builtins !== -1) this.require(`i32[${own}+3]===ic[${c}]&&ic[${c + 2}]===${builtins}`);
    const keys = builtins === -1 ? own : this.keys("fp+8");
    if (builtins !== -1) this.require(`i32[${keys}+3]===${builtins}`);
    else this.require(`i32[${keys}+2]===${form}&&i32[${keys}+${offset - 2}]===${g.name(g.mangle(node.id))}`);
    const t = this.temp(`i32[${keys}+${offset}]`);
    this.require(`${t}!==0`);
    this.locals.set(`global ${c}`, t);
    return t;
  }

  /** The keys of the dict at a word. */
  private keys(at: string): string {
    const known = this.locals.get(`keys ${at}`);
    if (known !== undefined) return known;
    const k = this.temp(`i32[i32[${at}]+8]`);
    this.locals.set(`keys ${at}`, k);
    return k;
  }

  private attribute(node: Attribute): string | null {
    const g = this.g;
    const ic = g.profile!.ic;
    const c = g.cache(9, node, "load");
    if (c + 8 >= ic.length || ic[c] === -1) return null;
    if (ic[c + 4] !== -1) return null;
    const [version, kind, a, b] = ic.subarray(c, c + 4);
    if (!PURE_ATTRIBUTES.has(kind)) return null;
    const o = this.ref(node.value);
    if (o === null) return null;
    this.require(`i32[i32[${o}+2]+96]===${version}`);
    switch (kind) {
      case AttrKind.INLINE: {
        this.require(`i32[${o}+4]>>24!==0`);
        return this.present(`i32[${o}+${a}]`);
      }
      case AttrKind.SLOT:
        return this.present(`i32[${o}+${a}]`);
      case AttrKind.CLASS_KEYS:
        this.require(`i32[${o}+4]>>24!==0&&i32[i32[i32[${o}+2]+220]+3]===${b}`);
        return `${a}`;
      case AttrKind.CLASS:
        return `${a}`;
      case AttrKind.MODULE: {
        const k = this.temp(`i32[i32[${o}+4]+8]`);
        this.require(`i32[${k}+3]===${a}`);
        return this.present(`i32[${k}+${b}]`);
      }
      default:
        this.require(`i32[${o}+96]===${a}`);
        return `${b}`;
    }
  }

  private present(js: string): string {
    const t = this.temp(js);
    this.require(`${t}!==0`);
    return t;
  }

  private item(node: Subscript): string | null {
    const g = this.g;
    if (node.slice.kind === "Slice" || node.slice.kind === "Tuple") return null;
    const [kc, kk] = kindsOf(g, node);
    if (kc === Kind.DICT) return this.dictItem(node, kk);
    if ((kc !== Kind.LIST && kc !== Kind.TUPLE) || kk !== Kind.DIGIT) return null;
    const c = this.ref(node.value);
    const i = c === null ? null : this.number(node.slice, kk);
    if (c === null || i === null || i.kind !== "int") return null;
    const [type, items] = kc === Kind.LIST ? ["LIST", `i32[${c}+6]`] : ["TUPLE", `${c}+6`];
    this.require(`i32[${c}+2]===${type}`);
    if (/^\(-\d+\)$/.test(i.js)) return this.itemFromEnd(c, items, i.js);
    const j = /^\w+$/.test(i.js) ? i.js : i.bits > 31 ? this.double(i.js) : this.temp(`${i.js}|0`);
    if (/^\d+$/.test(j)) this.require(`${j}<i32[${c}+4]`);
    else this.require(`${j}>=0&&${j}<i32[${c}+4]`);
    return this.temp(`i32[${items}+2*${j}]`);
  }

  private itemFromEnd(c: string, items: string, index: string): string {
    const j = this.temp(`i32[${c}+4]+${index}`);
    this.require(`${j}>=0`);
    return this.temp(`i32[${items}+2*${j}]`);
  }

  private dictItem(node: Subscript, key: number): string | null {
    if (key !== Kind.STR && key !== Kind.DIGIT) return null;
    const d = this.ref(node.value);
    const k = d === null ? null : this.ref(node.slice);
    if (d === null || k === null) return null;
    this.require(`i32[${d}+2]===DICT`);
    const at = this.temp(`dictFind(${d},${k})`);
    this.require(`${at}>0`);
    return this.temp(`i32[${at}]`);
  }

  // --- numbers

  /** The number of an expression whose value has been of these kinds, or null where it is not pure. */
  number(node: expr, kinds: number): Num | null {
    const constant = foldConstant(node) ?? (node.kind === "Constant" ? node.value : null);
    if (constant !== null) return constantNumber(constant);
    if (node.kind === "BinOp") return this.arithmetic(node);
    if (node.kind === "UnaryOp") return this.negative(node, kinds);
    if (node.kind === "Call") return callNumber(this, node);
    const r = this.ref(node);
    return r === null ? null : this.numberOf(r, kinds);
  }

  /** The number of a reference that has been of these kinds; null where they are not those of one kind of number. */
  numberOf(r: string, kinds: number): Num | null {
    if (kinds === 0 || ((kinds & ~INT_KINDS) !== 0 && kinds !== Kind.FLOAT)) return null;
    const id = `${r} ${kinds}`;
    let n = this.values.get(id);
    if (n === undefined) {
      n = this.read(r, kinds);
      this.values.set(id, n);
    }
    return n;
  }

  private read(r: string, kinds: number): Num {
    if (kinds === Kind.FLOAT) {
      this.require(`i32[${r}+2]===FLOAT`);
      return { kind: "float", js: this.double(`f64[${r}+4>>1]`), bits: 0 };
    }
    if (kinds === Kind.DIGIT) {
      this.require(isDigit(r));
      return { kind: "int", js: this.temp(digitValue(r)), bits: 30 };
    }
    this.require(`i32[${r}+2]===INT`);
    const d = this.double(`wide(${r})`);
    this.require(`${d}===${d}`);
    return { kind: "int", js: d, bits: MAX_BITS };
  }

  private negative(node: UnaryOp, kinds: number): Num | null {
    if (node.op !== "USub") return null;
    const n = this.number(node.operand, kinds);
    if (n === null) return null;
    return { ...n, js: n.kind === "int" ? `(0-${n.js})` : `(-${n.js})` };
  }

  private arithmetic(node: BinOp): Num | null {
    return this.operation(node.op, node.left, node.right, node);
  }

  /** An operator, whose operands' kinds have been noted at a node. */
  operation(op: string, left: expr, right: expr, node: Located): Num | null {
    const [ka, kb] = kindsOf(this.g, node);
    if (ka === 0 || kb === 0) return null;
    const a = this.number(left, ka);
    const b = a === null ? null : this.number(right, kb);
    if (a === null || b === null) return null;
    if (op === "Div") return this.quotient(a, b);
    if (a.kind === "int" && b.kind === "int") return this.ints(op, a, b);
    const sign = FLOAT_OPERATORS[op];
    if (sign === undefined) return null;
    return { kind: "float", js: this.double(`${asFloat(a)}${sign}${asFloat(b)}`), bits: 0 };
  }

  private quotient(a: Num, b: Num): Num {
    this.require(`${b.js}!==0`);
    return { kind: "float", js: this.double(`${asFloat(a)}/${asFloat(b)}`), bits: 0 };
  }

  private ints(op: string, a: Num, b: Num): Num | null {
    switch (op) {
      case "Add":
      case "Sub":
        return this.bounded(`(${a.js}${op === "Add" ? "+" : "-"}${b.js})`, Math.max(a.bits, b.bits) + 1);
      case "Mult":
        return this.bounded(`(${a.js}*${b.js})`, a.bits + b.bits);
      case "Mod":
      case "FloorDiv":
        return this.division(op, a, b);
      default:
        return this.bitwise(op, a, b);
    }
  }

  private bounded(js: string, bits: number): Num {
    if (bits <= MAX_BITS) return { kind: "int", js, bits };
    const d = this.double(js);
    this.require(`${d}<=${MAX_INT}&&${d}>=-${MAX_INT}`);
    return { kind: "int", js: d, bits: MAX_BITS };
  }

  private division(op: string, a: Num, b: Num): Num | null {
    const k = /^\d+$/.test(b.js) ? Number(b.js) : 0;
    if (k === 0) this.require(`${b.js}>0`);
    if (a.bits > 31) {
      // The quotient of larger numbers may be rounded.
      const d = this.double(a.js);
      const m = this.double(`${d}%${b.js}`);
      const r = this.double(`${m}<0?${m}+${b.js}:${m}`);
      if (op === "Mod") return { kind: "int", js: r, bits: b.bits };
      this.require(`${d}-${r}>=-${MAX_INT}`);
      return { kind: "int", js: `((${d}-${r})/${b.js})`, bits: a.bits };
    }
    if (k > 0 && (k & (k - 1)) === 0) {
      const js = op === "Mod" ? `(${a.js}&${k - 1})` : `(${a.js}>>${31 - Math.clz32(k)})`;
      return { kind: "int", js, bits: op === "Mod" ? b.bits : a.bits };
    }
    if (op === "FloorDiv") return { kind: "int", js: `Math.floor(${a.js}/${b.js})`, bits: a.bits };
    const m = this.temp(`${a.js}%${b.js}`);
    return { kind: "int", js: `(${m}<0?${m}+${b.js}:${m})`, bits: b.bits };
  }

  private bitwise(op: string, a: Num, b: Num): Num | null {
    if (a.bits > 31 || b.bits > 31) return null;
    const sign = BIT_OPERATORS[op];
    if (sign !== undefined) return { kind: "int", js: `(${a.js}${sign}${b.js})`, bits: 31 };
    const k = /^\d+$/.test(b.js) ? Number(b.js) : -1;
    if (op === "RShift") {
      if (k < 0) this.require(`${b.js}>=0&&${b.js}<31`);
      return k > 30 ? null : { kind: "int", js: `(${a.js}>>${b.js})`, bits: a.bits };
    }
    if (op !== "LShift") return null;
    if (k >= 0) return k > 22 ? null : { kind: "int", js: `(${a.js}*${2 ** k})`, bits: a.bits + k };
    this.require(`${b.js}>=0&&${b.js}<23`);
    return { kind: "int", js: `(${a.js}*(1<<${b.js}))`, bits: a.bits + 22 };
  }

  // --- conditions

  /** The truth of an expression as a JavaScript condition, or null where it is not pure. */
  condition(node: expr): string | null {
    if (node.kind === "Compare") return this.comparison(node);
    if (node.kind === "UnaryOp" && node.op === "Not") {
      const c = this.condition(node.operand);
      return c === null ? null : `!(${c})`;
    }
    if (node.kind === "BoolOp" || foldConstant(node) !== null) return null;
    return this.truth(node, this.g.seen(node, "truth"));
  }

  private truth(node: expr, kind: number): string | null {
    if (kind === Kind.DIGIT || kind === Kind.FLOAT) {
      const n = this.number(node, kind);
      return n === null ? null : `${n.js}!==0`;
    }
    const type = LENGTH_TYPES[kind];
    if (kind !== Kind.SINGLETON && type === undefined) return null;
    const r = this.ref(node);
    if (r === null) return null;
    if (kind === Kind.SINGLETON) {
      this.require(`${r}===True||${r}===False||${r}===None`);
      return `${r}===True`;
    }
    this.require(`i32[${r}+2]===${type}`);
    return `i32[${r}+4]!==0`;
  }

  comparison(node: Compare): string | null {
    return node.ops.length === 1 ? this.single(node) : this.chain(node);
  }

  /** a < b < c on numbers. */
  private chain(node: Compare): string | null {
    const last = node.ops.length - 1;
    const parts: string[] = [];
    let kind = 0;
    let left: Num | null = null;
    for (let i = 0; i <= last; i++) {
      const right = node.comparators[i];
      const [ka, kb] = i === last ? kindsOf(this.g, node) : kindsOf(this.g, right, "chain");
      const relation = RELATION_OF[node.ops[i]];
      if (relation === undefined || ka === 0 || kb === 0 || (i > 0 && ka !== kind)) return null;
      left ??= this.number(node.left, ka);
      const n: Num | null = left === null ? null : this.number(right, kb);
      if (left === null || n === null) return null;
      const next: Num = i === last ? n : this.once(n);
      parts.push(`${left.js}${relation}${next.js}`);
      left = next;
      kind = kb;
    }
    return `(${parts.join("&&")})`;
  }

  /** A number whose text can stand twice. */
  once(n: Num): Num {
    if (/^\w+$/.test(n.js)) return n;
    return { ...n, js: n.kind === "float" || n.bits > 31 ? this.double(n.js) : this.temp(n.js) };
  }

  private single(node: Compare): string | null {
    const op = node.ops[0];
    const right = node.comparators[0];
    if (op === "Is" || op === "IsNot") {
      const a = this.ref(node.left);
      const b = a === null ? null : this.ref(right);
      return b === null ? null : `${a}${op === "Is" ? "===" : "!=="}${b}`;
    }
    const [ka, kb] = kindsOf(this.g, node);
    if (ka === 0 || kb === 0) return null;
    if (op === "In" || op === "NotIn") return this.membership(node.left, right, ka, kb, op === "In");
    if (ka === Kind.STR && kb === Kind.STR) return this.sameText(op, node.left, right);
    const a = this.number(node.left, ka);
    const b = a === null ? null : this.number(right, kb);
    return a === null || b === null ? null : `${a.js}${RELATION_OF[op]}${b.js}`;
  }

  private sameText(op: string, left: expr, right: expr): string | null {
    if (op !== "Eq" && op !== "NotEq") return null;
    const a = this.ref(left);
    const b = a === null ? null : this.ref(right);
    if (a === null || b === null) return null;
    for (const [r, node] of [
      [a, left],
      [b, right],
    ] as const)
      if (node.kind !== "Constant") this.require(`i32[${r}+2]===STR`);
    return `${op === "Eq" ? "" : "!"}(${a}===${b}||strEqual(${a},${b}))`;
  }

  private membership(left: expr, right: expr, key: number, container: number, isIn: boolean): string | null {
    const find = container === Kind.SET ? "setHas" : container === Kind.DICT ? "dictFind" : null;
    if (find === null || (key !== Kind.STR && key !== Kind.DIGIT)) return null;
    const k = this.ref(left);
    const c = k === null ? null : this.ref(right);
    if (k === null || c === null) return null;
    if (container === Kind.DICT) this.require(`i32[${c}+2]===DICT`);
    else this.require(`i32[${c}+2]===SET||i32[${c}+2]===FROZENSET`);
    const at = this.temp(`${find}(${c},${k})`);
    this.require(`${at}>=0`);
    return `${at}${isIn ? "!==" : "==="}0`;
  }
}

const PURE_ATTRIBUTES: ReadonlySet<number> = new Set([
  AttrKind.INLINE,
  AttrKind.SLOT,
  AttrKind.CLASS_KEYS,
  AttrKind.CLASS,
  AttrKind.MODULE,
  AttrKind.TYPE,
]);

const FLOAT_OPERATORS: Record<string, string> = { Add: "+", Sub: "-", Mult: "*" };
const BIT_OPERATORS: Record<string, string> = { BitAnd: "&", BitOr: "|", BitXor: "^" };

/** Types whose length is their word 4, by kind. */
export const LENGTH_TYPES: Record<number, string> = {
  [Kind.STR]: "STR",
  [Kind.LIST]: "LIST",
  [Kind.TUPLE]: "TUPLE",
  [Kind.DICT]: "DICT",
};

function kindsOf(g: Gen, node: Located, role = "kinds"): [number, number] {
  const seen = g.seen(node, role);
  return seen === -1 ? [0, 0] : [seen & KIND_MASK, (seen >> KIND_BITS) & KIND_MASK];
}

/** An int as the operand of a float's operation: a zero that arithmetic made negative is zero. */
function asFloat(n: Num): string {
  return n.kind === "float" || /^\d+$/.test(n.js) ? n.js : `(${n.js}+0)`;
}

function constantNumber(c: NonNullable<ReturnType<typeof foldConstant>>): Num | null {
  if (c.t === "int" && c.v < 0x40000000n && c.v > -0x40000000n) {
    const v = Number(c.v);
    return { kind: "int", js: v < 0 ? `(${v})` : `${v}`, bits: 32 - Math.clz32(Math.abs(v)) };
  }
  if (c.t !== "float" || !Number.isFinite(c.v)) return null;
  return {
    kind: "float",
    js: Object.is(c.v, -0) || c.v < 0 ? `(${Object.is(c.v, -0) ? "-0" : c.v})` : `${c.v}`,
    bits: 0,
  };
}
