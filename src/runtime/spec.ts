/** `__spec__` of modules imported natively: an object with the attributes of importlib's ModuleSpec. Part of the runtime. */
import { dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { ModuleOb } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { _PyNamespace_New } from "../objects/namespace.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import type { Ref } from "../objects/typeinfo.ts";

/** Origins that are no places. */
const UNLOCATED = new Set(["built-in", "frozen"]);

/** Sets `__spec__` (and `__loader__`) of a module. `origin` is its file, "built-in" or "frozen"; `locations` a package's directories. */
export function setSpec(
  rt: Runtime,
  m: Ref,
  name: string,
  origin: string | null,
  locations: string[] | null,
): void {
  const kw = PyDict_New(rt);
  push(rt, kw);
  const put = (key: string, make: () => Ref): void => {
    push(rt, make());
    dict_setitem_str(rt, kw, key, rt.i32[mark(rt) - 2]);
    drop(rt);
  };
  put("name", () => PyUnicode_FromJS(rt, name));
  put("loader", () => rt.None);
  put("origin", () => (origin === null ? rt.None : PyUnicode_FromJS(rt, origin)));
  put("submodule_search_locations", () => {
    if (locations === null) return rt.None;
    const list = PyList_New(rt, 0);
    push(rt, list);
    for (const l of locations) listAppendSteal(rt, list, PyUnicode_FromJS(rt, l));
    rt.i32[mark(rt) - 2] = 0;
    drop(rt);
    return list;
  });
  const dot = name.lastIndexOf(".");
  put("parent", () => PyUnicode_FromJS(rt, locations !== null ? name : dot < 0 ? "" : name.slice(0, dot)));
  put("has_location", () => (origin !== null && !UNLOCATED.has(origin) ? rt.True : rt.False));
  put("cached", () => rt.None);
  put("loader_state", () => rt.None);
  if (locations !== null) put("_uninitialized_submodules", () => PyList_New(rt, 0));
  const spec = _PyNamespace_New(rt, kw);
  push(rt, spec);
  dict_setitem_str(rt, rt.i32[m + ModuleOb.dict], "__spec__", spec);
  drop(rt, 2);
}
