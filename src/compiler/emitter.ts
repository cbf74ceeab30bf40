/** Text of one JavaScript function under construction: statements, temporaries, labels. Part of the compiler. */

export class Emitter {
  private readonly parts: string[] = [];
  private readonly free: string[] = [];
  private temps = 0;
  private labels = 0;

  /** Appends a statement. */
  emit(text: string): void {
    this.parts.push(text);
  }

  /** A fresh or recycled temporary variable's name. */
  temp(): string {
    return this.free.pop() ?? `t${this.temps++}`;
  }

  /** Gives a temporary back for reuse. */
  release(name: string): void {
    if (name.charCodeAt(0) === 116 /* t */ && !this.free.includes(name)) this.free.push(name);
  }

  label(prefix: string): string {
    return `${prefix}${this.labels++}`;
  }

  get length(): number {
    return this.parts.length;
  }

  text(): string {
    return this.parts.join("\n");
  }

  declarations(): string {
    if (this.temps === 0) return "";
    const names: string[] = [];
    for (let i = 0; i < this.temps; i++) names.push(`t${i}=0`);
    return `let ${names.join(",")};`;
  }
}
