/**
 * Globals, names, attributes and methods through inline caches for compiled code (see fast.ts). Part of the runtime.
 */
import { AttrKind } from "../compiler/profile.ts";
import type { Runtime } from "../objects/runtime.ts";
import { attrSlow, methodSlow, setAttrSlow } from "./attributes.ts";
import type { Numbers } from "./fastnumbers.ts";
import { globalSlow, nameSlow } from "./namespaces.ts";

export function makeNames(rt: Runtime, incref: Numbers["incref"], decref: Numbers["decref"]) {
  const i32 = rt.i32;

  /** LOAD_GLOBAL: see globalSlow. */
  function lg(fp: number, name: number, ic: Int32Array, c: number): number {
    const keys = i32[i32[fp + 6] + 8];
    if (i32[keys + 3] === ic[c]) {
      const bv = ic[c + 2];
      if (bv === -1) {
        const v = i32[keys + ic[c + 1]];
        if (v !== 0) {
          incref(v);
          return v;
        }
      } else {
        const bkeys = i32[i32[fp + 8] + 8];
        if (i32[bkeys + 3] === bv) {
          const v = i32[bkeys + ic[c + 1]];
          incref(v);
          return v;
        }
      }
    }
    return globalSlow(rt, fp, name, ic, c);
  }

  /** LOAD_NAME: module code whose locals are its globals goes the way of lg. */
  function ln(fp: number, name: number, ic: Int32Array, c: number): number {
    const ns = i32[fp + 10];
    if (ns === i32[fp + 6]) return lg(fp, name, ic, c);
    return nameSlow(rt, fp, name, ic, c);
  }

  /** What the cache at c (or the second one, behind it) says of an attribute of o: borrowed, or 0. */
  function cached(o: number, ic: Int32Array, c: number): number {
    const t = i32[o + 2];
    const v = i32[t + 96];
    let k = c;
    if (ic[k] !== v) {
      k += 4;
      if (ic[k] !== v) return 0;
    }
    const kind = ic[k + 1];
    if (kind === AttrKind.INLINE) return i32[o + 4] >> 24 !== 0 ? i32[o + ic[k + 2]] : 0;
    if (kind === AttrKind.SLOT) return i32[o + ic[k + 2]];
    if (kind === AttrKind.CLASS_KEYS)
      return i32[o + 4] >> 24 !== 0 && i32[i32[t + 220] + 3] === ic[k + 3] ? ic[k + 2] : 0;
    if (kind === AttrKind.CLASS) return ic[k + 2];
    if (kind === AttrKind.MODULE) {
      const keys = i32[i32[o + 4] + 8];
      return i32[keys + 3] === ic[k + 2] ? i32[keys + ic[k + 3]] : 0;
    }
    if (kind === AttrKind.PROPERTY || kind === AttrKind.GETTER) return 0;
    return i32[o + 96] === ic[k + 2] ? ic[k + 3] : 0;
  }

  /** LOAD_ATTR of an operand (f = 1: owned). */
  function ga(o: number, name: number, ic: Int32Array, c: number, f: number, top: number): number {
    const v = cached(o, ic, c);
    if (v === 0) return attrSlow(rt, o, name, ic, c, f, top);
    incref(v);
    if (f !== 0) decref(o);
    return v;
  }

  /** STORE_ATTR: o (f & 1) gets v (f & 2). */
  function sa(o: number, name: number, v: number, ic: Int32Array, c: number, f: number, top: number): void {
    const version = i32[i32[o + 2] + 96];
    let k = c;
    if (ic[k] !== version) k += 4;
    if (ic[k] === version) {
      const kind = ic[k + 1];
      const at = o + ic[k + 2];
      if (kind === AttrKind.INLINE) {
        const head = i32[o + 4];
        if (head >> 24 !== 0) {
          const old = i32[at];
          if (old !== 0) {
            if ((f & 2) === 0) incref(v);
            i32[at] = v;
            decref(old);
            if ((f & 1) !== 0) decref(o);
            return;
          }
          if (i32[o - 6] === 0) {
            // A new attribute: its index is appended to the order of insertion.
            if ((f & 2) === 0) incref(v);
            i32[at] = v;
            rt.u8[(o + 6 + 2 * (head & 255)) * 4 + ((head >> 8) & 255)] = ic[k + 3];
            i32[o + 4] = head + 0x100;
            if ((f & 1) !== 0) decref(o);
            return;
          }
        }
      } else if (kind === AttrKind.SLOT) {
        const old = i32[at];
        if ((f & 2) === 0) incref(v);
        i32[at] = v;
        if (old !== 0) decref(old);
        if ((f & 1) !== 0) decref(o);
        return;
      }
    }
    setAttrSlow(rt, o, name, v, ic, c, f, top);
  }

  /**
   * LOAD_ATTR for a call: takes over `self`; returns the callable (new), negated when it takes no self, which has then been
   * released. [type version, kind, callable or keys version ...] as for ga.
   */
  function lm(self: number, name: number, ic: Int32Array, c: number, top: number): number {
    const t = i32[self + 2];
    const v = i32[t + 96];
    let k = c;
    if (ic[k] !== v) {
      k += 4;
      if (ic[k] !== v) return methodSlow(rt, self, name, ic, c, top);
    }
    const kind = ic[k + 1];
    if (
      kind === AttrKind.CLASS_KEYS
        ? i32[self + 4] >> 24 !== 0 && i32[i32[t + 220] + 3] === ic[k + 3]
        : kind === AttrKind.CLASS
    ) {
      const m = ic[k + 2];
      incref(m);
      return m;
    }
    if (kind === AttrKind.MODULE) {
      const keys = i32[i32[self + 4] + 8];
      const m = i32[keys + 3] === ic[k + 2] ? i32[keys + ic[k + 3]] : 0;
      if (m !== 0) {
        incref(m);
        decref(self);
        return -m;
      }
    }
    return methodSlow(rt, self, name, ic, c, top);
  }

  return { lg, ln, ga, sa, lm };
}
