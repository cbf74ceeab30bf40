/**
 * Objects of native modules whose working state is JavaScript's (a digest half made, a compressor): the heap has their head and as
 * many bytes as CPython's object, the state stands beside it by address. Part of the modules.
 */
import { PyObject_New } from "../objects/alloc.ts";
import { defineType } from "../objects/defineType.ts";
import { Ob } from "../objects/layout.ts";
import { decref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf } from "../objects/slots.ts";
import type { NewRef, Ref, TypeSpec } from "../objects/typeinfo.ts";

export class JsType<T> {
  readonly type: Ref;
  private readonly bytes: number;
  private readonly states = new Map<Ref, T>();

  /** `release` gives back what the state holds in the heap. */
  constructor(rt: Runtime, spec: Omit<TypeSpec, "heap">, release?: (rt: Runtime, state: T) => void) {
    this.bytes = spec.basicsize;
    const dealloc = (r: Runtime, p: Ref): void => {
      const state = this.states.get(p)!;
      this.states.delete(p);
      const type = r.i32[p + Ob.type];
      infoOf(r, p).tp_free!(r, p);
      release?.(r, state);
      decref(r, type);
    };
    this.type = defineType(rt, { ...spec, heap: true, slots: { tp_dealloc: dealloc, ...spec.slots } });
    registerRoot(rt, () => [this.type], spec.name);
  }

  make(rt: Runtime, state: T): NewRef {
    const p = PyObject_New(rt, this.type, this.bytes);
    rt.i32.fill(0, p + 4, p + this.bytes / 4);
    this.states.set(p, state);
    return p;
  }

  of(self: Ref): T {
    return this.states.get(self)!;
  }

  /** The states of all objects that live. */
  all(): T[] {
    return [...this.states.values()];
  }

  has(o: Ref): boolean {
    return this.states.has(o);
  }
}
