/**
 * The matcher: a backtracking machine over the code that Lib/re/_compiler.py makes. Part of the modules (CPython's
 * Modules/_sre/sre_lib.h is the model of what the instructions mean). It works on the characters where they stand in the
 * heap and never calls itself: what to try next is on a stack of its own, so no text is too long.
 *
 * Everything that backtracking restores is in `mem`: each change notes the old value on the stack, and failing takes the
 * notes back until it meets a choice.
 *
 *   mem   | lastindex | current repeat | top of mem | marks, 2 a group ... | repeats: count, last position, outer, pc ... |
 *   stack | kind, a, b, c | ...
 */
import { asciiLower, inCharset, isAsciiWord, isUnicodeWord, unicodeLower, unitMatches } from "./_srechars.ts";
import { At, Op } from "./_sreops.ts";
import type { Program } from "./_sreprogram.ts";
import { Kind, Mem, Rep } from "./_srestack.ts";

export type Text = Uint8Array | Uint16Array | Uint32Array;

const NONE = -1;

export class Matcher {
  private mem = new Int32Array(256);
  private stack = new Int32Array(4096);
  private sp = 0;
  private barrier = NONE;
  private program!: Program;
  private text!: Text;
  /** Index in `text` of character 0. */
  private base = 0;
  private beginning = 0;
  private end = 0;
  /** Results: the match stands from `from` to `to`. */
  from = 0;
  to = 0;

  /** What to match in: `text[base + i]` for i from `beginning` to `end`. */
  prepare(program: Program, text: Text, base: number, beginning: number, end: number): void {
    this.program = program;
    this.text = text;
    this.base = base;
    this.beginning = beginning;
    this.end = end;
    const need = Mem.marks + 2 * program.groups + Rep.SIZE;
    if (this.mem.length < need) this.mem = new Int32Array(2 * need);
  }

  /** Start (which 0) or end (1) of group g from 1; -1 if it did not take part. */
  mark(g: number, which: 0 | 1): number {
    const at = Mem.marks + 2 * (g - 1);
    return this.mem[at] < 0 || this.mem[at + 1] < 0 ? NONE : this.mem[at + which];
  }

  get lastindex(): number {
    return this.mem[Mem.lastindex];
  }

  /** Matches at one position. `all`: up to the end; `advance`: a match that ends at this position does not count, or -1. */
  match(at: number, all: boolean, advance: number): boolean {
    const { mem } = this;
    const marksEnd = Mem.marks + 2 * this.program.groups;
    mem.fill(NONE, 0, marksEnd);
    mem[Mem.top] = marksEnd;
    this.sp = 0;
    this.barrier = NONE;
    this.from = at;
    return this.run(this.program.start, at, all, advance);
  }

  /** The first match from `at` on. */
  search(at: number, advance: boolean): boolean {
    const p = this.program;
    const last = p.anchored ? Math.min(at, this.end - p.minWidth) : this.end - p.minWidth;
    let mustNot = advance ? at : NONE;
    const first = p.prefix !== null && p.prefix.length > 0 ? p.prefix[0] : -1;
    const { text, base } = this;
    for (let pos = at; pos <= last; pos++) {
      if (first >= 0) {
        pos = this.findChar(first, pos, last);
        if (pos < 0) return false;
      } else if (p.firstSet >= 0) {
        while (pos < this.end && !inSet(p, text[base + pos])) pos++;
        if (pos > last) return false;
      }
      if (this.match(pos, false, pos === at ? mustNot : NONE)) return true;
      mustNot = NONE;
    }
    return false;
  }

  private findChar(c: number, from: number, last: number): number {
    const { text, base } = this;
    if (text instanceof Uint8Array) {
      if (c > 255) return NONE;
      const end = Math.min(last + 1, this.end);
      for (let i = from; i < end; i++) if (text[base + i] === c) return i;
      return NONE;
    }
    for (let i = from; i <= last && i < this.end; i++) if (text[base + i] === c) return i;
    return NONE;
  }

  private push(kind: Kind, a: number, b: number, c: number): void {
    let s = this.stack;
    const sp = this.sp;
    if (sp + 4 > s.length) {
      s = new Int32Array(2 * s.length);
      s.set(this.stack);
      this.stack = s;
    }
    s[sp] = kind;
    s[sp + 1] = a;
    s[sp + 2] = b;
    s[sp + 3] = c;
    this.sp = sp + 4;
  }

  /** mem[at] = value, to be taken back on failure. */
  private set(at: number, value: number): void {
    this.push(Kind.UNDO, at, this.mem[at], 0);
    this.mem[at] = value;
  }

  private newRepeat(pc: number): void {
    const at = this.mem[Mem.top];
    if (at + Rep.SIZE > this.mem.length) {
      const bigger = new Int32Array(2 * this.mem.length);
      bigger.set(this.mem);
      this.mem = bigger;
    }
    const { mem } = this;
    mem[at + Rep.count] = -1;
    mem[at + Rep.last] = NONE;
    mem[at + Rep.outer] = mem[Mem.repeat];
    mem[at + Rep.pc] = pc;
    this.set(Mem.top, at + Rep.SIZE);
    this.set(Mem.repeat, at);
  }

  /** Number of characters from pos that the instruction at pc accepts, at most `max` (SRE(count)). */
  private count(pc: number, pos: number, max: number): number {
    const { text, base } = this;
    const { code } = this.program;
    const stop = max >= this.end - pos ? this.end : pos + max;
    if (code[pc] === Op.ANY_ALL) return stop - pos;
    const table = this.program.table(pc);
    let i = pos;
    if (text instanceof Uint8Array) {
      while (i < stop && table[text[base + i]] !== 0) i++;
      return i - pos;
    }
    for (; i < stop; i++) {
      const c = text[base + i];
      if (c < 256 ? table[c] === 0 : !unitMatches(code, pc, c)) break;
    }
    return i - pos;
  }

  private accepts(pc: number, c: number): boolean {
    return c < 256 ? this.program.table(pc)[c] !== 0 : unitMatches(this.program.code, pc, c);
  }

  private isWordAt(pos: number, unicode: boolean): boolean {
    if (pos < this.beginning || pos >= this.end) return false;
    const c = this.text[this.base + pos];
    return unicode ? isUnicodeWord(c) : isAsciiWord(c);
  }

  private isBoundary(pos: number, unicode: boolean): boolean {
    return this.isWordAt(pos - 1, unicode) !== this.isWordAt(pos, unicode);
  }

  private at(which: number, pos: number): boolean {
    const { text, base, end } = this;
    switch (which) {
      case At.BEGINNING:
      case At.BEGINNING_STRING:
        return pos === this.beginning;
      case At.BEGINNING_LINE:
        return pos === this.beginning || text[base + pos - 1] === 10;
      case At.END:
        return pos === end || (pos === end - 1 && text[base + pos] === 10);
      case At.END_LINE:
        return pos === end || text[base + pos] === 10;
      case At.END_STRING:
        return pos === end;
      case At.BOUNDARY:
      case At.LOC_BOUNDARY:
        return this.isBoundary(pos, false);
      case At.NON_BOUNDARY:
      case At.LOC_NON_BOUNDARY:
        return end > 0 && !this.isBoundary(pos, false);
      case At.UNI_BOUNDARY:
        return this.isBoundary(pos, true);
      default:
        return end > 0 && !this.isBoundary(pos, true);
    }
  }

  /** Position after another copy of what group g matched, or -1. */
  private groupref(op: number, g: number, pos: number): number {
    const { mem, text, base } = this;
    const start = mem[Mem.marks + 2 * g];
    const stop = mem[Mem.marks + 2 * g + 1];
    if (start < 0 || stop < start || stop - start > this.end - pos) return NONE;
    const lower = op === Op.GROUPREF ? null : op === Op.GROUPREF_UNI_IGNORE ? unicodeLower : asciiLower;
    for (let i = start; i < stop; i++, pos++) {
      const a = text[base + i];
      const b = text[base + pos];
      if (a !== b && (lower === null || lower(a) !== lower(b))) return NONE;
    }
    return pos;
  }

  /** Runs from an instruction on; true on success (from, to and the marks say what matched). */
  private run(pc: number, pos: number, all: boolean, advance: number): boolean {
    const { code } = this.program;
    const { text, base, end } = this;
    for (;;) {
      let fails = false;
      switch (code[pc]) {
        case Op.LITERAL:
          if (pos < end && text[base + pos] === code[pc + 1]) {
            pos++;
            pc += 2;
          } else fails = true;
          break;
        case Op.IN:
        case Op.IN_IGNORE:
        case Op.IN_LOC_IGNORE:
        case Op.IN_UNI_IGNORE:
          if (pos < end && this.accepts(pc, text[base + pos])) {
            pos++;
            pc += 1 + code[pc + 1];
          } else fails = true;
          break;
        case Op.NOT_LITERAL:
        case Op.LITERAL_IGNORE:
        case Op.LITERAL_LOC_IGNORE:
        case Op.LITERAL_UNI_IGNORE:
        case Op.NOT_LITERAL_IGNORE:
        case Op.NOT_LITERAL_LOC_IGNORE:
        case Op.NOT_LITERAL_UNI_IGNORE:
        case Op.CATEGORY:
          if (pos < end && this.accepts(pc, text[base + pos])) {
            pos++;
            pc += 2;
          } else fails = true;
          break;
        case Op.ANY:
          if (pos < end && text[base + pos] !== 10) {
            pos++;
            pc++;
          } else fails = true;
          break;
        case Op.ANY_ALL:
          if (pos < end) {
            pos++;
            pc++;
          } else fails = true;
          break;
        case Op.MARK: {
          const i = code[pc + 1];
          if ((i & 1) === 1) this.set(Mem.lastindex, (i >> 1) + 1);
          this.set(Mem.marks + i, pos);
          pc += 2;
          break;
        }
        case Op.REPEAT_ONE: {
          const min = code[pc + 2];
          if (pos + min > end) {
            fails = true;
            break;
          }
          const n = this.count(pc + 4, pos, unlimited(code[pc + 3]));
          if (n < min) {
            fails = true;
            break;
          }
          const tail = pc + 1 + code[pc + 1];
          if (n > min) this.push(Kind.REPEAT_ONE, tail, pos + n - 1, pos + min);
          pos += n;
          pc = tail;
          break;
        }
        case Op.MIN_REPEAT_ONE: {
          const min = code[pc + 2];
          if (pos + min > end || (min > 0 && this.count(pc + 4, pos, min) < min)) {
            fails = true;
            break;
          }
          const max = unlimited(code[pc + 3]);
          const limit = max >= end - pos ? end : pos + max;
          pos += min;
          if (pos < limit) this.push(Kind.MIN_REPEAT_ONE, pc, pos, limit);
          pc += 1 + code[pc + 1];
          break;
        }
        case Op.POSSESSIVE_REPEAT_ONE: {
          const n = pos + code[pc + 2] > end ? NONE : this.count(pc + 4, pos, unlimited(code[pc + 3]));
          if (n < code[pc + 2]) {
            fails = true;
            break;
          }
          pos += n;
          pc += 1 + code[pc + 1];
          break;
        }
        case Op.BRANCH: {
          const next = pc + 1 + code[pc + 1];
          // Another branch follows unless the list ends there.
          if (code[next] !== 0) this.push(Kind.BRANCH, next - 1, pos, 0);
          pc += 2;
          break;
        }
        case Op.JUMP:
          pc += 1 + code[pc + 1];
          break;
        case Op.REPEAT:
          this.newRepeat(pc + 1);
          pc += 1 + code[pc + 1];
          break;
        case Op.MAX_UNTIL:
          pc = this.maxUntil(pc, pos);
          break;
        case Op.MIN_UNTIL:
          pc = this.minUntil(pc, pos);
          break;
        case Op.AT:
          if (this.at(code[pc + 1], pos)) pc += 2;
          else fails = true;
          break;
        case Op.GROUPREF:
        case Op.GROUPREF_IGNORE:
        case Op.GROUPREF_LOC_IGNORE:
        case Op.GROUPREF_UNI_IGNORE: {
          const to = this.groupref(code[pc], code[pc + 1], pos);
          if (to < 0) fails = true;
          else {
            pos = to;
            pc += 2;
          }
          break;
        }
        case Op.GROUPREF_EXISTS: {
          const at = Mem.marks + 2 * code[pc + 1];
          const { mem } = this;
          if (mem[at] >= 0 && mem[at + 1] >= mem[at]) pc += 3;
          else pc += 1 + code[pc + 2];
          break;
        }
        case Op.ASSERT:
        case Op.ASSERT_NOT: {
          const back = code[pc + 2];
          if (pos - back < this.beginning) {
            if (code[pc] === Op.ASSERT) fails = true;
            else pc += 1 + code[pc + 1];
            break;
          }
          this.openBarrier(pc, pos);
          pos -= back;
          pc += 3;
          break;
        }
        case Op.ATOMIC_GROUP:
          this.openBarrier(pc, pos);
          pc += 2;
          break;
        case Op.POSSESSIVE_REPEAT:
          this.newRepeat(pc + 1);
          this.mem[this.mem[Mem.repeat] + Rep.count] = 0;
          this.openBarrier(pc, pos);
          pc += 4;
          break;
        case Op.SUCCESS:
          if (this.barrier === NONE) {
            if ((all && pos !== end) || pos === advance) {
              fails = true;
              break;
            }
            this.to = pos;
            return true;
          }
          pc = this.closeBarrier(pos);
          if (pc === NONE) fails = true;
          else pos = this.nextPos;
          break;
        default:
          fails = true;
      }
      if (fails) {
        pc = this.backtrack();
        if (pc === NONE) return false;
        pos = this.nextPos;
      }
    }
  }

  /** Position that goes with the answer of backtrack and closeBarrier. */
  private nextPos = 0;

  private maxUntil(pc: number, pos: number): number {
    const { mem } = this;
    const { code } = this.program;
    const rep = mem[Mem.repeat];
    const at = mem[rep + Rep.pc];
    const count = mem[rep + Rep.count] + 1;
    if (count < code[at + 1]) {
      this.set(rep + Rep.count, count);
      return at + 3;
    }
    if (count < unlimited(code[at + 2]) && pos !== mem[rep + Rep.last]) {
      this.push(Kind.MAX_TAIL, pc + 1, pos, rep);
      this.set(rep + Rep.count, count);
      this.set(rep + Rep.last, pos);
      return at + 3;
    }
    this.set(Mem.repeat, mem[rep + Rep.outer]);
    return pc + 1;
  }

  private minUntil(pc: number, pos: number): number {
    const { mem } = this;
    const rep = mem[Mem.repeat];
    const at = mem[rep + Rep.pc];
    const count = mem[rep + Rep.count] + 1;
    if (count < this.program.code[at + 1]) {
      this.set(rep + Rep.count, count);
      return at + 3;
    }
    this.push(Kind.MIN_BODY, at, pos, rep);
    this.set(Mem.repeat, mem[rep + Rep.outer]);
    return pc + 1;
  }

  private openBarrier(pc: number, pos: number): void {
    this.push(Kind.BARRIER, pc, pos, this.barrier);
    this.barrier = this.sp - 4;
  }

  /** The part after the topmost barrier matched up to `pos`: forgets its choices, keeps its changes. */
  private closeBarrier(pos: number): number {
    const { stack } = this;
    const { code } = this.program;
    const at = this.barrier;
    const pc = stack[at + 1];
    const began = stack[at + 2];
    this.barrier = stack[at + 3];
    if (code[pc] === Op.ASSERT_NOT) {
      this.undoTo(at);
      return NONE;
    }
    this.keepChanges(at);
    this.nextPos = code[pc] === Op.ASSERT ? began : pos;
    if (code[pc] !== Op.POSSESSIVE_REPEAT) return pc + 1 + code[pc + 1];
    const rep = this.mem[Mem.repeat];
    const count = this.mem[rep + Rep.count] + 1;
    this.set(rep + Rep.count, count);
    const more = count < unlimited(code[pc + 3]) && (count < code[pc + 2] || pos !== began);
    if (!more) return this.leavePossessive(pc);
    this.openBarrier(pc, pos);
    return pc + 4;
  }

  private leavePossessive(pc: number): number {
    this.set(Mem.repeat, this.mem[this.mem[Mem.repeat] + Rep.outer]);
    return pc + 2 + this.program.code[pc + 1];
  }

  /** Takes the entries from `at` on off the stack, all but the notes of changes. */
  private keepChanges(at: number): void {
    const { stack } = this;
    let to = at;
    for (let i = at; i < this.sp; i += 4) {
      if (stack[i] !== Kind.UNDO) continue;
      if (to !== i) stack.copyWithin(to, i, i + 4);
      to += 4;
    }
    this.sp = to;
  }

  private undoTo(at: number): void {
    const { stack, mem } = this;
    for (let i = this.sp - 4; i >= at; i -= 4) if (stack[i] === Kind.UNDO) mem[stack[i + 1]] = stack[i + 2];
    this.sp = at;
  }

  /** Goes back to the last choice; the instruction to go on at, or -1 if there is none. */
  private backtrack(): number {
    const { stack, mem } = this;
    while (this.sp > 0) {
      const sp = this.sp - 4;
      this.sp = sp;
      const a = stack[sp + 1];
      const b = stack[sp + 2];
      switch (stack[sp]) {
        case Kind.UNDO:
          mem[a] = b;
          break;
        case Kind.BRANCH: {
          this.nextPos = b;
          const { code } = this.program;
          const next = a + 1 + code[a + 1];
          if (code[next] !== 0) this.push(Kind.BRANCH, next - 1, b, 0);
          return a + 2;
        }
        case Kind.REPEAT_ONE:
          if (this.retryShorter(a, b, stack[sp + 3])) return a;
          break;
        case Kind.MIN_REPEAT_ONE: {
          const pc = this.retryLonger(a, b, stack[sp + 3]);
          if (pc !== NONE) return pc;
          break;
        }
        case Kind.MAX_TAIL:
          this.nextPos = b;
          this.set(Mem.repeat, mem[stack[sp + 3] + Rep.outer]);
          return a;
        case Kind.MIN_BODY: {
          const pc = this.lazyTurn(a, b, stack[sp + 3]);
          if (pc !== NONE) return pc;
          break;
        }
        default: {
          const pc = this.barrierFailed(a, b, stack[sp + 3]);
          if (pc !== NONE) return pc;
        }
      }
    }
    return NONE;
  }

  /** Gives back one character or more; where a literal follows, only where that stands. */
  private retryShorter(tail: number, pos: number, least: number): boolean {
    const { code } = this.program;
    if (code[tail] === Op.LITERAL) {
      const c = code[tail + 1];
      const { text, base, end } = this;
      while (pos >= least && !(pos < end && text[base + pos] === c)) pos--;
      if (pos < least) return false;
    }
    if (pos > least) this.push(Kind.REPEAT_ONE, tail, pos - 1, least);
    this.nextPos = pos;
    return true;
  }

  /** Takes one character more. */
  private retryLonger(pc: number, pos: number, limit: number): number {
    if (!this.accepts(pc + 4, this.text[this.base + pos])) return NONE;
    if (pos + 1 < limit) this.push(Kind.MIN_REPEAT_ONE, pc, pos + 1, limit);
    this.nextPos = pos + 1;
    return pc + 1 + this.program.code[pc + 1];
  }

  private lazyTurn(at: number, pos: number, rep: number): number {
    const { mem } = this;
    const count = mem[rep + Rep.count] + 1;
    if (count >= unlimited(this.program.code[at + 2]) || pos === mem[rep + Rep.last]) return NONE;
    this.set(rep + Rep.count, count);
    this.set(rep + Rep.last, pos);
    this.nextPos = pos;
    return at + 3;
  }

  /** The part after a barrier has no (more) way to match. */
  private barrierFailed(pc: number, pos: number, outer: number): number {
    const { code } = this.program;
    this.barrier = outer;
    this.nextPos = pos;
    if (code[pc] === Op.ASSERT_NOT) return pc + 1 + code[pc + 1];
    if (code[pc] !== Op.POSSESSIVE_REPEAT) return NONE;
    const count = this.mem[this.mem[Mem.repeat] + Rep.count];
    return count >= code[pc + 2] ? this.leavePossessive(pc) : NONE;
  }
}

/** MAXREPEAT is all ones. */
function unlimited(max: number): number {
  return max < 0 ? 0x7fffffff : max;
}

const firstTables = new WeakMap<Program, Uint8Array>();

/** Can a match of this program begin with c? (Its INFO block has a set.) */
function inSet(p: Program, c: number): boolean {
  let table = firstTables.get(p);
  if (table === undefined) {
    table = new Uint8Array(256);
    for (let k = 0; k < 256; k++) table[k] = inCharset(p.code, p.firstSet, k) ? 1 : 0;
    firstTables.set(p, table);
  }
  return c < 256 ? table[c] !== 0 : inCharset(p.code, p.firstSet, c);
}
