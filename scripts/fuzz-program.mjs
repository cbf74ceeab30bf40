/**
 * Random Python programs, the same for a seed: classes, closures, generators, exceptions, containers, mostly of the kinds of
 * values that their functions are written for, now and then of others. Every function is called often enough to get its second
 * form, and then with other kinds. What a program prints does not depend on addresses or time.
 */
import { DRIVER, PRELUDE } from "./fuzz-prelude.mjs";

const KINDS = ["int", "float", "str", "list", "tuple", "dict", "set", "obj", "bool"];
const LETTER = {
  int: "i",
  float: "f",
  str: "s",
  list: "l",
  tuple: "t",
  dict: "d",
  set: "e",
  obj: "o",
  bool: "b",
};
const SMALL = ["0", "1", "2", "3", "4", "5", "7", "-1", "-2", "-3", "10", "255", "256", "257", "1000"];
const EDGES = [30, 31, 32, 53, 60, 63].flatMap((b) =>
  [-1n, 0n, 1n].flatMap((d) => [`${(1n << BigInt(b)) + d}`, `-${(1n << BigInt(b)) + d}`]),
);
const FLOATS = [
  "0.0",
  "-0.0",
  "0.5",
  "1.5",
  "2.0",
  "-3.25",
  "1e10",
  "9007199254740993.0",
  "1e999",
  "(1e999 - 1e999)",
];
const TEXTS = ["''", "'a'", "'ab'", "'abc'", "'key'", "'\\xe9t\\xe9'", "'\\u20ac'", "'x y'", "'k1'"];
const CLASSES = ["Plain", "Slots", "Sub", "Prop", "Lazy", "Small", "Plain", "Plain"];

function random(seed) {
  let a = (seed * 2654435761) >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Program {
  constructor(seed) {
    this.next = random(seed);
    this.lines = [];
    this.indent = 0;
    this.functions = [];
    /** The function being written: { names, loops, generator, nested, level, yields }. */
    this.scope = null;
    this.names = 0;
  }

  // --- chance

  below(n) {
    return Math.floor(this.next() * n);
  }

  chance(p) {
    return this.next() < p;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** One of [weight, function] pairs, called. */
  weighted(table) {
    let n = this.next() * table.reduce((sum, [w]) => sum + w, 0);
    for (const [w, make] of table) {
      n -= w;
      if (n < 0) return make();
    }
    return table[0][1]();
  }

  kind() {
    return this.pick([
      "int",
      "int",
      "int",
      "float",
      "str",
      "list",
      "list",
      "dict",
      "obj",
      "obj",
      "tuple",
      "set",
      "bool",
    ]);
  }

  // --- text

  line(text) {
    this.lines.push("    ".repeat(this.indent) + text);
  }

  block(head, body) {
    this.line(head);
    this.indent++;
    const at = this.lines.length;
    body();
    if (this.lines.length === at) this.line("pass");
    this.indent--;
  }

  fresh(prefix) {
    return `${prefix}${this.names++}`;
  }

  // --- names

  known(kind) {
    return [...(this.scope?.names ?? [])].filter(([, k]) => k === kind).map(([name]) => name);
  }

  /** A name to store a value of the kind in. */
  target(kind) {
    const s = this.scope;
    const k = this.chance(0.04) ? this.pick(KINDS) : kind;
    const name = `${LETTER[k]}${this.below(3)}`;
    if (!s.readonly.has(name)) s.names.set(name, kind);
    return s.readonly.has(name) ? this.target(kind) : name;
  }

  // --- expressions

  /** An expression, mostly of the kind. */
  expr(kind, d = 3) {
    if (this.chance(0.012)) return this.leaf(this.pick(KINDS));
    if (d <= 0 || this.chance(0.3)) return this.leaf(kind);
    return this[kind](d - 1);
  }

  any(d = 2) {
    return this.expr(this.kind(), d);
  }

  leaf(kind) {
    const names = this.known(kind);
    if (names.length > 0 && this.chance(0.75)) return this.pick(names);
    if (this.chance(0.02)) return this.pick(["None", "True", "G_int", "undefined_name", "..."]);
    return this.literal(kind);
  }

  literal(kind) {
    switch (kind) {
      case "int":
        return this.weighted([
          [8, () => this.pick(SMALL)],
          [1, () => this.pick(EDGES)],
          [1, () => "G_int"],
        ]);
      case "float":
        return this.pick(FLOATS);
      case "str":
        return this.pick(TEXTS);
      case "list":
        return this.pick(["G_list", "[1, 2, 3, 4, 5]", "[3, 1, 2]", "([7] * 6)", "[2, 2, 3, 9]"]);
      case "tuple":
        return this.pick(["(1, 2, 3)", "(5, 6, 'ab')", "G_tuple"]);
      case "dict":
        return this.pick(["G_dict", "{'a': 1, 'key': 2, 3: 4}", "{1: 10, 2: 20, 'a': 5}"]);
      case "set":
        return this.pick(["{1, 2, 3}", "set()", "{'a', 'key', 2}", "frozenset((1, 5))"]);
      case "obj":
        return this.pick(["G_obj", `${this.pick(CLASSES)}(${this.pick(SMALL)})`]);
      default:
        return this.pick(["True", "False"]);
    }
  }

  call(kind, d) {
    const s = this.scope;
    const can = this.functions.filter((f) => f.ret === kind && !f.generator && (!s || f.level < s.level));
    const inner = (s?.inner ?? []).filter((f) => f.ret === kind);
    const f = this.pick([...can, ...inner]);
    if (!f || (s && s.calls-- <= 0)) return this.leaf(kind);
    return `${f.name}(${this.arguments(f, d)})`;
  }

  arguments(f, d) {
    const values = f.params.map((p) => this.expr(p.kind, d));
    const least = f.params.filter((p) => !p.value).length;
    const n = this.chance(0.3) ? least + this.below(values.length - least + 1) : values.length;
    const given = values.slice(0, n);
    return this.weighted([
      [12, () => given.join(", ")],
      [2, () => this.keywords(f, given)],
      [1, () => `*(${given.map((v) => `${v},`).join(" ")})`],
      [1, () => `**{${given.map((v, i) => `'${f.params[i].name}': ${v}`).join(", ")}}`],
      [f.rest ? 3 : 0.2, () => [...values, this.any(0)].join(", ")],
    ]);
  }

  keywords(f, given) {
    const from = this.below(given.length + 1);
    return given.map((v, i) => (i >= from ? `${f.params[i].name}=${v}` : v)).join(", ");
  }

  /** What is there of every kind. */
  common(kind, d) {
    return this.weighted([
      [3, () => this.call(kind, d)],
      [2, () => `(${this.expr(kind, d)} if ${this.bool(d)} else ${this.expr(kind, d)})`],
      [1, () => `(${this.expr(kind, d)} ${this.pick(["and", "or"])} ${this.expr(kind, d)})`],
      [
        this.scope?.walrus ? 1 : 0,
        () =>
          `(${this.pick(this.known(kind).filter((n) => /^[a-z]\d$/.test(n) && !this.scope.readonly.has(n))) ?? this.fresh("u")} := ${this.expr(kind, d)})`,
      ],
      [1, () => `(lambda q: ${this.chance(0.5) ? "q" : this.expr(kind, 1)})(${this.expr(kind, d)})`],
      [1, () => `[${this.expr(kind, d)}, ${this.any(1)}][0]`],
    ]);
  }

  int(d) {
    const e = (k = "int") => this.expr(k, d);
    const op = () => this.pick(["+", "-", "*", "&", "|", "^", "+", "-", "*"]);
    return this.weighted([
      [14, () => `(${e()} ${op()} ${e()})`],
      [4, () => `(${e()} ${this.pick(["//", "%"])} ${this.divisor("int", d)})`],
      [2, () => `(${e()} ${this.pick(["<<", ">>"])} ${this.pick(["1", "3", "22", `(${e()} & 15)`])})`],
      [1, () => `${this.pick(["-", "~", "+"])}${this.leaf("int")}`],
      [3, () => `len(${e(this.pick(["list", "str", "dict", "tuple", "set"]))})`],
      [5, () => `${e(this.pick(["list", "list", "tuple"]))}[${this.index()}]`],
      [2, () => `${e("list")}[${this.leaf("int")} - 1]`],
      [2, () => `${e("dict")}[${this.key()}]`],
      [2, () => `${e("dict")}.get(${this.key()}, ${e()})`],
      [5, () => `${this.leaf("obj")}.${this.pick(["v", "v", "n", "total", "twice"])}`],
      [2, () => `${this.leaf("obj")}.add(${e()})`],
      [1, () => `${this.leaf("obj")}.next.v`],
      [1, () => `int(${e("float")})`],
      [1, () => `ord(${e("str")}[0])`],
      [1, () => `sum(${e("list")})`],
      [1, () => `${this.pick(["min", "max"])}(${e()}, ${e()})`],
      [1, () => `abs(${e()})`],
      [1, () => `sum(${this.comprehension(() => e(), d)})`],
      [1, () => `${e("list")}.${this.pick(["index", "count"])}(${e()})`],
      [1, () => `rc(${this.leaf(this.pick(["list", "obj", "dict"]))})`],
      [1, () => "sys.maxsize"],
      [1, () => `bool.__int__(${this.bool(d)})`],
      [5, () => this.common("int", d)],
    ]);
  }

  key() {
    return this.weighted([
      [9, () => "'a'"],
      [2, () => this.pick(["'key'", "'ab'"])],
      [2, () => this.leaf("int")],
      [1, () => this.leaf("str")],
    ]);
  }

  float(d) {
    const e = (k = "float") => this.expr(k, d);
    return this.weighted([
      [8, () => `(${e()} ${this.pick(["+", "-", "*"])} ${e()})`],
      [4, () => `(${e("int")} ${this.pick(["+", "-", "*"])} ${e()})`],
      [4, () => `(${e()} ${this.pick(["+", "-", "*", "/"])} ${this.divisor("int", d)})`],
      [3, () => `(${e("int")} / ${this.divisor("int", d)})`],
      [1, () => `-${this.leaf("float")}`],
      [1, () => `(${e()} ${this.pick(["//", "%", "/"])} ${this.divisor("float", d)})`],
      [2, () => `${this.leaf("obj")}.w`],
      [1, () => `float(${e("int")})`],
      [1, () => `abs(${e()})`],
      [3, () => this.common("float", d)],
    ]);
  }

  str(d) {
    const e = (k = "str") => this.expr(k, d);
    return this.weighted([
      [4, () => `(${e()} + ${e()})`],
      [1, () => `(${e()} * (${e("int")} & 3))`],
      [
        3,
        () =>
          `f"{${this.noQuotes(this.leaf("int"))}}-{${this.noQuotes(this.leaf("float"))}:.2f}{${this.noQuotes(this.leaf("str"))}!r}"`,
      ],
      [2, () => `str(${e("int")})[:12]`],
      [2, () => `${e()}[${this.pick(["0", "-1", this.leaf("int")])}]`],
      [2, () => `${e()}[${this.slice()}]`],
      [1, () => `${e()}.${this.pick(["upper()", "strip()", "replace('a', 'bc')", "split()[0]", "title()"])}`],
      [1, () => `'-'.join(str(q) for q in ${e("list")})[:20]`],
      [1, () => `'%s|%5d' % (${e()}, ${e("int")})`],
      [2, () => `${this.leaf("obj")}.name`],
      [3, () => this.common("str", d)],
    ]);
  }

  noQuotes(text) {
    return text.includes("'") || text.includes("\\") || text.includes("{") ? "q0" : text;
  }

  index() {
    return this.weighted([
      [6, () => this.pick(["0", "1", "2", "-1", "-2"])],
      [3, () => `${this.leaf("int")} & 1`],
      [2, () => `${this.leaf("int")} % 3`],
      [2, () => this.leaf("int")],
      [1, () => this.expr("int", 1)],
    ]);
  }

  divisor(kind, d) {
    const e = this.expr(kind, d);
    return this.chance(0.6) ? `(${e} or ${this.pick(["1", "3"])})` : e;
  }

  slice() {
    const i = () => this.pick(["", "1", "2", "-1", this.leaf("int")]);
    return this.chance(0.2) ? `${i()}:${i()}:${this.pick(["1", "2", "-1"])}` : `${i()}:${i()}`;
  }

  comprehension(value, d) {
    const q = this.fresh("q");
    const s = this.scope;
    const walrus = s?.walrus;
    if (s) s.walrus = false;
    const source = this.weighted([
      [3, () => `range(${this.pick(["3", "5", "len(G_list)"])})`],
      [3, () => this.expr("list", d)],
    ]);
    s?.names.set(q, "int");
    const text = `${value(q)} for ${q} in ${source}${this.chance(0.3) ? ` if ${this.bool(1)}` : ""}`;
    if (s) {
      s.names.delete(q);
      s.walrus = walrus;
    }
    return text;
  }

  list(d) {
    const e = (k = "list") => this.expr(k, d);
    return this.weighted([
      [
        4,
        () =>
          `[${e("int")}, ${e("int")}, ${e(this.pick(["int", "int", "int", "float", "str", "obj", "list"]))}]`,
      ],
      [4, () => `[${this.comprehension(() => e("int"), d)}]`],
      [1, () => `list(range(${e("int")} & 7))`],
      [2, () => `${e()}[${this.slice()}]`],
      [1, () => `sorted(${e()})`],
      [2, () => `(${e()} + ${e()})[:30]`],
      [1, () => `[${e("int")}] * (${e("int")} & 3)`],
      [1, () => `[*${e()}, ${e("int")}][-20:]`],
      [1, () => `list(map(lambda q: ${this.pick(["q + 1", "q", "(q, 1)", "-q"])}, ${e()}))`],
      [1, () => `list(${e("dict")}.values())`],
      [1, () => `[q1 for q1, q2 in zip(${this.leaf("list")}, ${this.leaf("tuple")})]`],
      [2, () => `${this.leaf("obj")}.items`],
      [2, () => this.generated(d)],
      [3, () => this.common("list", d)],
    ]);
  }

  generated(d) {
    const can = this.functions.filter((f) => f.generator && (!this.scope || f.level < this.scope.level));
    const f = this.pick(can);
    if (!f || (this.scope && this.scope.calls-- <= 0)) return this.leaf("list");
    return `list(${f.name}(${this.arguments(f, d)}))[:9]`;
  }

  tuple(d) {
    const e = (k = "tuple") => this.expr(k, d);
    return this.weighted([
      [5, () => `(${e("int")}, ${this.any(d)})`],
      [1, () => `(*${e("list")}, ${this.any(d)})[:9]`],
      [1, () => `tuple(${e("list")})`],
      [1, () => `(${e()} + ${e()})[:9]`],
      [1, () => `${e()}[${this.slice()}]`],
      [1, () => `divmod(${e("int")}, ${e("int")})`],
      [1, () => `tuple(sorted(${e("dict")}.items()))`],
      [2, () => this.common("tuple", d)],
    ]);
  }

  dict(d) {
    const e = (k = "dict") => this.expr(k, d);
    return this.weighted([
      [4, () => `{${this.key()}: ${e("int")}, ${this.key()}: ${this.any(d)}}`],
      [3, () => `{${this.comprehension((q) => `${q}: ${e("int")}`, d)}}`],
      [1, () => `dict(a=${e("int")}, key=${this.any(1)})`],
      [1, () => `{**${e()}, ${this.key()}: ${e("int")}}`],
      [1, () => `(${e()} | ${e()})`],
      [1, () => `dict(zip('abc', ${e("list")}))`],
      [1, () => `${e()}.copy()`],
      [2, () => `${this.leaf("obj")}.d`],
      [2, () => this.common("dict", d)],
    ]);
  }

  set(d) {
    const e = (k = "set") => this.expr(k, d);
    return this.weighted([
      [3, () => `{${e("int")}, ${e("str")}}`],
      [2, () => `{${this.comprehension(() => e("int"), d)}}`],
      [1, () => `set(${e(this.pick(["list", "str", "dict", "tuple"]))})`],
      [2, () => `(${e()} ${this.pick(["|", "&", "-", "^"])} ${e()})`],
      [2, () => this.common("set", d)],
    ]);
  }

  obj(d) {
    const e = (k = "int") => this.expr(k, d);
    return this.weighted([
      [5, () => `${this.pick(CLASSES)}(${e()})`],
      [2, () => `${this.pick(CLASSES)}(${e()}, ${e("obj")})`],
      [1, () => `(${e("obj")} + ${e()})`],
      [1, () => `${this.leaf("obj")}.next`],
      [2, () => this.common("obj", d)],
    ]);
  }

  bool(d) {
    const e = (k = "int") => this.expr(k, d);
    const relation = () => this.pick(["<", "<=", ">", ">=", "==", "!="]);
    return this.weighted([
      [8, () => `${e()} ${relation()} ${e()}`],
      [2, () => `${e("float")} ${relation()} ${e()}`],
      [2, () => `${e("float")} ${relation()} ${e("float")}`],
      [2, () => `${e("str")} ${this.pick(["==", "!=", "<"])} ${e("str")}`],
      [1, () => `${e("list")} ${relation()} ${e("list")}`],
      [1, () => `${e("obj")} ${this.pick(["==", "!=", "<"])} ${e("obj")}`],
      [2, () => `${this.key()} ${this.pick(["in", "not in"])} ${e("dict")}`],
      [2, () => `${this.key()} ${this.pick(["in", "not in"])} ${e("set")}`],
      [1, () => `${e()} ${this.pick(["in", "not in"])} ${e(this.pick(["list", "tuple"]))}`],
      [
        2,
        () =>
          `${this.any(d)} ${this.pick(["is", "is not"])} ${this.pick(["None", this.leaf("obj"), "True"])}`,
      ],
      [1, () => `(not ${this.bool(d - 1)})`],
      [2, () => `(${this.bool(1)} ${this.pick(["and", "or"])} ${this.bool(1)})`],
      [1, () => `${e()} ${relation()} ${e()} ${relation()} ${e()}`],
      [2, () => `bool(${this.any(d)})`],
      [1, () => `isinstance(${this.any(d)}, (int, ${this.pick(CLASSES)}))`],
    ]).replace(/^(.*)$/s, "($1)");
  }

  condition(d = 2) {
    return this.chance(0.25) ? this.any(d) : this.bool(d);
  }

  // --- statements

  statements(n, depth) {
    for (let i = 0; i < n; i++) this.statement(depth);
  }

  statement(depth) {
    const s = this.scope;
    const inner = depth > 0 ? 1 : 0;
    const loop = inner && s.loops < 2 ? 1 : 0;
    this.weighted([
      [10, () => this.assign()],
      [6, () => this.augment()],
      [3, () => this.storeAttribute()],
      [3, () => this.storeItem()],
      [2, () => this.unpack()],
      [2, () => this.method()],
      [1, () => this.remove()],
      [1, () => this.line(this.any(3))],
      [1, () => this.line(`print(${this.pick(["show", "show", "rcs"])}(${this.any(2)}))`)],
      [0.5, () => this.line("print(gc.get_count())")],
      [depth < 3 ? 1 : 0, () => this.line(`assert ${this.condition()}, ${this.any(1)}`)],
      [depth < 3 ? 1 : 0, () => this.line(`if ${this.condition()}: raise ${this.error()}`)],
      [s.loops > 0 ? 1.5 : 0, () => this.line(`if ${this.condition()}: ${this.pick(["break", "continue"])}`)],
      [
        depth < 3 ? 1 : 0,
        () => this.line(`if ${this.condition()}: return${s.generator ? "" : ` ${this.expr(s.ret)}`}`),
      ],
      [s.generator ? 4 : 0, () => this.yield()],
      [inner * 5, () => this.if(depth)],
      [loop * 5, () => this.for(depth)],
      [loop * 2, () => this.while(depth)],
      [inner * 4, () => this.try(depth)],
      [inner * 2, () => this.with(depth)],
      [inner * 1, () => this.match(depth)],
      [s.nested < 1 && inner ? 2 : 0, () => this.closure(depth)],
      [s.nested < 1 && inner ? 0.3 : 0, () => this.localClass()],
      [0.6, () => this.generatorObject()],
    ]);
  }

  /** A value of the kind that does not grow without end when it is stored again and again in a loop. */
  bounded(kind) {
    const e = this.expr(kind);
    if (this.scope.loops === 0) return e;
    if (kind === "int")
      return this.chance(0.5) && !/[*<]|sum|\(/.test(e)
        ? e
        : `(${e}) % ${this.pick(["1000003", "97", "2147483648", "9007199254740881"])}`;
    if (kind === "str" || kind === "list" || kind === "tuple") return `(${e})[:12]`;
    return e;
  }

  assign() {
    const kind = this.kind();
    const value = this.bounded(kind);
    const names = [this.target(kind)];
    if (this.chance(0.1)) names.push(this.target(kind));
    this.line(`${names.join(" = ")} = ${value}`);
  }

  augment() {
    const kind = this.pick(["int", "int", "int", "float", "str", "list", "set", "dict"]);
    const name = this.pick(this.known(kind).filter((n) => !this.scope.readonly.has(n)));
    if (!name) return this.assign();
    const inLoop = this.scope.loops > 0;
    const op = {
      int: inLoop ? ["+=", "-=", "%=", "//=", "&=", "^=", "|=", ">>="] : ["+=", "-=", "*=", "//=", "&="],
      float: ["+=", "-=", "*=", "/="],
      str: ["+="],
      list: ["+="],
      set: ["|=", "&=", "-="],
      dict: ["|="],
    }[kind];
    const value = { str: this.literal("str"), list: `[${this.expr("int", 1)}]` }[kind] ?? this.expr(kind, 2);
    const chosen = this.pick(op);
    const shift = chosen === ">>=" ? this.pick(["1", "2", `(${this.leaf("int")} & 7)`]) : value;
    this.line(
      `${name} ${chosen} ${inLoop && kind === "int" && chosen !== ">>=" ? `(${shift}) % 1000` : shift}`,
    );
  }

  storeAttribute() {
    const o = this.leaf("obj");
    this.weighted([
      [3, () => this.line(`${o}.v = ${this.bounded("int")}`)],
      [2, () => this.line(`${o}.v += ${this.leaf("int")}`)],
      [2, () => this.line(`${o}.next = ${this.pick(["None", this.expr("obj", 1)])}`)],
      [1, () => this.line(`${o}.w = ${this.expr("float")}`)],
      [1, () => this.line(`${o}.items = ${this.bounded("list")}`)],
      [1, () => this.line(`${o}.total = ${this.bounded("int")}`)],
      [1, () => this.line(`Plain.total += 1`)],
      [0.5, () => this.line(`${o}.extra${this.below(3)} = ${this.any(1)}`)],
      [0.3, () => this.line(`del ${o}.${this.pick(["v", "w", "next", "extra0"])}`)],
      [0.3, () => this.line(`${o}.__dict__['v'] = ${this.any(1)}`)],
    ]);
  }

  storeItem() {
    this.weighted([
      [
        4,
        () =>
          this.line(
            `${this.leaf("list")}[${this.index()}] = ${this.chance(0.7) ? this.bounded("int") : this.any(1)}`,
          ),
      ],
      [
        4,
        () =>
          this.line(
            `${this.leaf("dict")}[${this.key()}] = ${this.chance(0.7) ? this.bounded("int") : this.any(1)}`,
          ),
      ],
      [2, () => this.line(`${this.leaf("dict")}[${this.key()}] += ${this.leaf("int")}`)],
      [2, () => this.line(`${this.leaf("list")}[${this.index()}] += ${this.leaf("int")}`)],
      [1, () => this.line(`${this.leaf("list")}[${this.slice()}] = ${this.literal("list")}`)],
    ]);
  }

  unpack() {
    const values = () => [
      this.bounded("int"),
      this.bounded("int"),
      this.expr("tuple", 2),
      this.expr("list", 2),
    ];
    const [x, y, tuple, list] = values();
    const names = this.known("int").filter((n) => !this.scope.readonly.has(n));
    const [a, b] = [this.target("int"), this.target("int")];
    this.weighted([
      [3, () => this.line(`${a}, ${b} = ${x}, ${y}`)],
      [names.length > 0 ? 2 : 0, () => this.line(`${a}, ${b} = ${this.pick(names)}, ${this.pick(names)}`)],
      [1, () => this.line(`${a}, ${b} = ${tuple}[:2]`)],
      [1, () => this.line(`${a}, *${this.target("list")} = ${list}`)],
      [1, () => this.line(`[${a}, (${b}, *_)] = ${list}[0], ${tuple}`)],
    ]);
  }

  method() {
    this.weighted([
      [
        4,
        () =>
          this.line(`${this.leaf("list")}.append(${this.chance(0.7) ? this.bounded("int") : this.any(1)})`),
      ],
      [1, () => this.line(`${this.leaf("list")}.pop(${this.pick(["", "0", this.leaf("int")])})`)],
      [
        1,
        () =>
          this.line(`${this.leaf("list")}.${this.pick(["sort()", "reverse()", "clear()", "insert(1, 9)"])}`),
      ],
      [
        1,
        () =>
          this.line(
            `${this.leaf("dict")}.${this.pick(["clear()", "popitem()", "setdefault('z', [])", "update(a=1)"])}`,
          ),
      ],
      [1, () => this.line(`${this.leaf("dict")}.pop(${this.key()}, None)`)],
      [1, () => this.line(`${this.leaf("set")}.${this.pick(["add", "discard", "remove"])}(${this.key()})`)],
      [2, () => this.line(`${this.leaf("obj")}.push(${this.any(1)})`)],
    ]);
  }

  remove() {
    const names = [...this.scope.names.keys()].filter(
      (n) => !this.scope.readonly.has(n) && /^[ifsltdeo]\d$/.test(n),
    );
    const name = this.pick(names);
    this.weighted([
      [
        name ? 3 : 0,
        () => {
          this.line(`del ${name}`);
          if (this.chance(0.7)) this.scope.names.delete(name);
        },
      ],
      [
        2,
        () =>
          this.line(`del ${this.leaf("list")}[${this.pick(["0", "-1", this.leaf("int"), this.slice()])}]`),
      ],
      [2, () => this.line(`del ${this.leaf("dict")}[${this.key()}]`)],
    ]);
  }

  error() {
    return this.pick([
      "ValueError",
      `ValueError(${this.any(1)})`,
      `KeyError(${this.leaf("str")})`,
      `Odd(${this.leaf("int")})`,
      "StopIteration",
      `RuntimeError(${this.leaf("int")}) from ${this.pick(["None", "KeyError(1)"])}`,
    ]);
  }

  yield() {
    this.weighted([
      [4, () => this.line(`yield ${this.any(2)}`)],
      [2, () => this.line(`${this.target("int")} = yield ${this.any(2)}`)],
      [1, () => this.line(`yield from ${this.expr("list", 2)}`)],
    ]);
  }

  /** A branch's names may not be bound after it: mostly they are forgotten. */
  branch(body) {
    const { names } = this.scope;
    this.scope.names = new Map(names);
    body();
    if (this.chance(0.95)) this.scope.names = names;
  }

  if(depth) {
    const body = () => this.branch(() => this.statements(1 + this.below(3), depth - 1));
    this.block(`if ${this.condition()}:`, body);
    if (this.chance(0.3)) this.block(`elif ${this.condition()}:`, body);
    if (this.chance(0.5)) this.block("else:", body);
  }

  /** A name that is bound in a part of the function only. */
  loopName() {
    const name = this.chance(0.3) ? this.fresh("w") : `i${this.below(3)}`;
    return this.scope.readonly.has(name) ? this.fresh("w") : name;
  }

  inLoop(names, depth) {
    const s = this.scope;
    s.loops++;
    this.branch(() => {
      for (const [name, kind] of names) s.names.set(name, kind);
      this.statements(1 + this.below(4), depth - 1);
    });
    s.loops--;
  }

  for(depth) {
    const i = this.loopName();
    const x = this.fresh("x");
    const [head, names] = this.weighted([
      [
        4,
        () => [
          `for ${i} in range(${this.pick(["3", "5", "6", "1, 7", "9, 0, -2", `${this.expr("int", 1)} & 7`])}):`,
          [[i, "int"]],
        ],
      ],
      [3, () => [`for ${i} in ${this.expr("list", 2)}[:7]:`, [[i, "int"]]]],
      [1, () => [`for ${x} in ${this.expr("tuple", 1)}:`, [[x, "int"]]]],
      [1, () => [`for ${x} in ${this.expr("str", 1)}[:5]:`, [[x, "str"]]]],
      [
        1,
        () => [
          `for ${i}, ${x} in enumerate(${this.expr("list", 1)}[:6]):`,
          [
            [i, "int"],
            [x, "int"],
          ],
        ],
      ],
      [
        1,
        () => [
          `for ${x}, ${i} in list(${this.expr("dict", 1)}.items())[:6]:`,
          [
            [x, "str"],
            [i, "int"],
          ],
        ],
      ],
      [1, () => [`for ${x} in ${this.expr("dict", 1)}:`, [[x, "str"]]]],
      [
        1,
        () => [
          `for ${i}, ${x} in zip(range(4), ${this.expr("list", 1)}):`,
          [
            [i, "int"],
            [x, "int"],
          ],
        ],
      ],
      [1, () => [`for ${x} in ${this.leaf("obj")}:`, [[x, "int"]]]],
      [1, () => [`for ${x} in (${this.any(1)}, ${this.any(1)}, ${this.any(1)}):`, [[x, this.kind()]]]],
      [1, () => [`for ${x} in ${this.generated(1).replace(/^list\((.*)\)\[:9\]$/s, "$1")}:`, [[x, "int"]]]],
    ]);
    this.block(head, () => this.inLoop(names, depth));
    if (this.chance(0.15)) this.block("else:", () => this.branch(() => this.statements(1, depth - 1)));
  }

  while(depth) {
    const n = this.fresh("n");
    this.line(`${n} = ${this.pick(["4", "6", "3"])}`);
    this.block(`while ${n} > 0${this.chance(0.3) ? ` and ${this.bool(1)}` : ""}:`, () => {
      this.line(`${n} -= 1`);
      this.inLoop([[n, "int"]], depth);
    });
    if (this.chance(0.15)) this.block("else:", () => this.branch(() => this.statements(1, depth - 1)));
  }

  try(depth) {
    const body = (n = 2) => this.branch(() => this.statements(1 + this.below(n), depth - 1));
    this.block("try:", () => body(3));
    const handled = this.chance(0.85);
    if (handled) {
      const what = this.pick([
        "Exception",
        "(TypeError, ValueError)",
        "ZeroDivisionError",
        "(IndexError, KeyError)",
        "LookupError",
      ]);
      this.block(`except ${what}${this.chance(0.5) ? " as err" : ""}:`, () => {
        body();
        if (this.chance(0.2)) this.line("raise");
      });
      if (this.chance(0.3))
        this.block("except Exception as err:", () => (this.line("print(tell(err))"), body()));
      if (this.chance(0.2)) this.block("else:", body);
    }
    if (!handled || this.chance(0.25)) this.block("finally:", body);
  }

  with(depth) {
    const x = this.loopName();
    const head = this.pick([
      `with Guard(${this.pick(["0", "1", this.leaf("int")])}) as ${x}:`,
      `with Guard(1), Guard(0) as ${x}:`,
    ]);
    this.block(head, () => this.branch(() => this.statements(1 + this.below(2), depth - 1)));
  }

  match(depth) {
    const body = () => this.branch(() => this.statements(1, depth - 1));
    this.block(`match ${this.any(2)}:`, () => {
      const x = this.loopName();
      const cases = [
        `case ${this.pick(["1", "-2", "'a'", "None", "1.5"])}:`,
        `case [${x}, *_]:`,
        `case {'a': ${x}}:`,
        `case Plain(v=${x}):`,
        `case int() | str() as ${x}:`,
        `case (${x}, 2 | 3) if ${x}:`,
      ];
      for (const c of cases) if (this.chance(0.4)) this.block(c, body);
      this.block("case _:", body);
    });
  }

  /** A function within the function, which reads and may change its names. */
  closure(depth) {
    const s = this.scope;
    const f = {
      name: this.fresh("inner"),
      ret: this.kind(),
      params: [{ name: "z", kind: this.pick(["int", "list", "obj"]) }],
      level: s.level,
      rest: false,
    };
    const changed = this.known("int").filter((n) => /^i\d$/.test(n) && !s.readonly.has(n));
    this.block(`def ${f.name}(z):`, () => {
      const inner = {
        ...s,
        names: new Map(s.names),
        readonly: new Set([...s.names.keys(), ...s.readonly]),
        nested: 1,
        loops: 0,
        generator: false,
        ret: f.ret,
        inner: [],
        walrus: true,
      };
      if (changed.length > 0 && this.chance(0.6)) {
        const name = this.pick(changed);
        this.line(`nonlocal ${name}`);
        inner.readonly.delete(name);
      }
      inner.names.set("z", f.params[0].kind);
      this.scope = inner;
      this.statements(1 + this.below(2), depth - 1);
      this.line(`return ${this.expr(f.ret)}`);
      this.scope = s;
    });
    s.inner.push(f);
    if (this.chance(0.3)) this.line(`G_obj.${this.pick(["hook", "cb"])} = ${f.name}`);
  }

  localClass() {
    const name = this.fresh("Local");
    this.block(`class ${name}(${this.pick(CLASSES)}):`, () => {
      this.line(`z = ${this.any(1)}`);
      this.block("def add(self, n):", () =>
        this.line(`return super().add(n) + ${this.known("int").length ? this.pick(this.known("int")) : 1}`),
      );
    });
    this.line(`${this.target("obj")} = ${name}(${this.leaf("int")})`);
  }

  generatorObject() {
    const can = this.functions.filter((f) => f.generator && f.level < this.scope.level);
    const f = this.pick(can);
    if (!f || this.scope.calls-- <= 0) return;
    const g = this.fresh("g");
    this.line(`${g} = ${f.name}(${this.arguments(f, 1)})`);
    this.line(`print(show(next(${g}, 'none')))`);
    this.weighted([
      [2, () => this.line(`print(show(${g}.send(${this.any(1)})))`)],
      [1, () => this.line(`${g}.close()`)],
      [1, () => this.line(`print(show(${g}.throw(ValueError(1))))`)],
      [1, () => this.line(`del ${g}`)],
    ]);
  }

  // --- functions

  function(level) {
    const f = {
      name: `fn${level}`,
      level,
      ret: this.kind(),
      generator: this.chance(0.2),
      rest: this.chance(0.15),
      params: Array.from({ length: 1 + this.below(4) }, (_, i) => ({ name: `p${i}`, kind: this.kind() })),
    };
    if (this.chance(0.25)) f.params.at(-1).value = this.literal(f.params.at(-1).kind);
    const params = f.params.map((p) => (p.value ? `${p.name}=${p.value}` : p.name));
    if (f.rest) params.push("*rest", "flag=0");
    this.scope = {
      names: new Map(f.params.map((p) => [p.name, p.kind])),
      readonly: new Set(),
      loops: 0,
      generator: f.generator,
      ret: f.ret,
      nested: 0,
      level,
      calls: 4,
      inner: [],
      walrus: true,
    };
    this.block(`def ${f.name}(${params.join(", ")}):`, () => {
      this.line("FUEL.pop()");
      if (this.chance(0.15)) {
        this.line("global G_int");
        this.line("G_int = (G_int + 1) % 50");
      }
      this.statements(3 + this.below(7), 3);
      if (f.generator) this.yield();
      else this.line(`return ${this.expr(f.ret)}`);
    });
    this.scope = null;
    this.functions.push(f);
    return f;
  }

  /** Arguments that stay what they are when a program is reduced. */
  typical(f) {
    return f.params.map((p) => this.argument(p.kind)).join(", ");
  }

  argument(kind) {
    switch (kind) {
      case "int":
        return this.pick(["1", "2", "3", "5", "n", "n + 1"]);
      case "float":
        return this.pick(["1.5", "2.0", "0.25", "n / 2"]);
      case "str":
        return this.pick(["'ab'", "'key'", "'abc'", "str(n)"]);
      case "list":
        return this.pick(["[1, 2, 3, 4, 5, 6]", "[n, 2, 3, 1]", "list(range(8))", "G_list"]);
      case "tuple":
        return this.pick(["(1, 2)", "(n, 3)", "(1, 2, 3)"]);
      case "dict":
        return this.pick(["{'a': 1, 'key': 2, 1: 3, 2: 5}", "{n: 1, 'ab': n, 'a': 2}", "G_dict"]);
      case "set":
        return this.pick(["{1, 2, 'a'}", "{n, 'key'}"]);
      case "obj":
        return this.pick(["Plain(n)", "Plain(2)", "G_obj", `${this.pick(CLASSES)}(n)`]);
      default:
        return this.pick(["True", "False", "n > 2"]);
    }
  }

  drive(f) {
    const turns = this.weighted([
      [6, () => 4],
      [3, () => 9],
      [1, () => 450],
    ]);
    const args = this.typical(f);
    this.block(`def drive_${f.name}():`, () => {
      this.line("last = None");
      this.block(`for n in range(${turns}):`, () => {
        this.line("FUEL[:] = [0] * 60");
        this.block("try:", () =>
          this.line(`last = ${f.generator ? `list(${f.name}(${args}))[:9]` : `${f.name}(${args})`}`),
        );
        this.block("except Exception as e:", () => this.line("last = tell(e)"));
      });
      this.line("return last");
    });
    this.line(`report('${f.name}', drive_${f.name})`);
    const others = [0, 1, 2].map(() =>
      f.params.map((p) => (this.chance(0.5) ? this.argument(p.kind) : this.odd(p.kind))).join(", "),
    );
    others.forEach((given, i) => {
      this.line(`report('${f.name}.${i}', lambda n=${i}: ${f.generator ? "list" : ""}(${f.name}(${given})))`);
    });
  }

  /** An argument that the function has not seen. */
  odd(kind) {
    const same = {
      int: () => this.pick([...EDGES, "True", "Num(3)", "-5", "1.5", "4294968"]),
      float: () => this.pick([...FLOATS, "3", "Real(2.5)", "2 ** 70", "-7"]),
      str: () => this.pick(["'\\u20ac' * 3", "Text('ab')", "''", "5", "b'ab'"]),
      list: () =>
        this.pick([
          "[]",
          "List([1, 2, 3])",
          "[1.5, 2, 'a', None]",
          "[2 ** 40] * 4",
          "(1, 2, 3)",
          "[Num(1), 2]",
          "[[1], [2]]",
        ]),
      tuple: () => this.pick(["()", "(1.5, 'a', None)", "[1, 2]", "(2 ** 40, 2)"]),
      dict: () => this.pick(["{}", "Dict(a=1, key=2)", "{'a': 'x', 1: None, 'key': 1.5}", "[5, 6, 7, 8]"]),
      set: () => this.pick(["set()", "frozenset({1, 'a'})", "{1.5, None}", "[1, 2]"]),
      obj: () =>
        this.pick([
          "Slots(4)",
          "Sub(5, Plain(1))",
          "Prop(2)",
          "Lazy(3)",
          "Small(1)",
          "Bad(3)",
          "None",
          "Plain(1.5)",
          "Plain('x')",
          "5",
        ]),
      bool: () => this.pick(["0", "1", "None", "[]", "Bad(1)", "1.5"]),
    };
    return this.chance(0.8) ? same[kind]() : same[this.pick(KINDS)]();
  }

  text() {
    this.lines.push(PRELUDE);
    const n = 2 + this.below(4);
    for (let level = 0; level < n; level++) this.function(level);
    this.lines.push(DRIVER);
    for (const f of this.functions) this.drive(f);
    this.line("finish()");
    return `${this.lines.join("\n")}\n`;
  }
}

/** The program of a seed. */
export function generate(seed) {
  return new Program(seed).text();
}
