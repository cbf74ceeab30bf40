/** Keywords that `__new__` and `__init__` of native types refuse. Part of the object layer. */
import { noKeywords } from "./argparse.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf, infoOfType } from "./slots.ts";
import type { OptRef, Ref } from "./typeinfo.ts";

/** In `__new__` of a type without an `__init__`: a subclass with one of its own may want keywords. */
export function newNoKeywords(rt: Runtime, type: Ref, name: string, kwargs: OptRef): void {
  if (kwargs === 0) return;
  if (infoOfType(rt, type).tp_init === infoOfType(rt, rt.types.object).tp_init) noKeywords(rt, name, kwargs);
}

/** In `__init__` of the native type `base`: a subclass with a `__new__` of its own may want keywords. */
export function initNoKeywords(rt: Runtime, self: Ref, base: Ref, name: string, kwargs: OptRef): void {
  if (kwargs === 0) return;
  if (infoOf(rt, self).tp_new === infoOfType(rt, base).tp_new) noKeywords(rt, name, kwargs);
}
