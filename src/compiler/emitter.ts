/** Text of one JavaScript function under construction: statements, temporaries, labels. Part of the compiler. */

/** Statements of one function, or of a part of it with temporaries of its own. */
export class Emitter {
  private readonly parts: string[] = [];
  private readonly free: string[] = [];
  private temps = 0;
  private readonly freeDoubles: string[] = [];
  private doubles = 0;
  private readonly counter: { labels: number; own: number };

  /** With `outer`, a part of its function: labels are numbered together. */
  constructor(outer?: Emitter) {
    this.counter = outer?.counter ?? { labels: 0, own: 0 };
  }

  /** Appends a statement. */
  emit(text: string): void {
    this.parts.push(text);
  }

  /** A fresh or recycled temporary variable's name. */
  temp(): string {
    return this.free.pop() ?? `t${this.temps++}`;
  }

  /** A temporary for an unboxed float. */
  double(): string {
    return this.freeDoubles.pop() ?? `d${this.doubles++}`;
  }

  /** Gives a temporary back for reuse. */
  release(name: string): void {
    if (/^d\d/.test(name) && !this.freeDoubles.includes(name)) this.freeDoubles.push(name);
    if (name.charCodeAt(0) === 116 /* t */ && !this.free.includes(name)) this.free.push(name);
  }

  /** Replaces text in the statement just emitted. */
  replaceLast(what: string, by: string): void {
    this.parts[this.parts.length - 1] = this.parts[this.parts.length - 1].replace(what, by);
  }

  /** A label of a fast form, numbered apart from those that all forms of the code have. */
  ownLabel(): string {
    return `own${this.counter.own++}`;
  }

  label(prefix: string): string {
    return `${prefix}${this.counter.labels++}`;
  }

  get length(): number {
    return this.parts.length;
  }

  text(): string {
    return this.parts.join("\n");
  }

  declarations(): string {
    const names = ["X=0", "Y=0", "J=0", "M=0"];
    for (let i = 0; i < this.doubles; i++) names.push(`d${i}=0.1`);
    for (let i = 0; i < this.temps; i++) names.push(`t${i}=0`);
    return `let ${names.join(",")};`;
  }
}
