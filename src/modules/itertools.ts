/** The module itertools. Part of the modules (CPython's Modules/itertoolsmodule.c). */
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { METH, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { accumulateType, batchedType, chainType, pairwiseType, zipLongestType } from "./iterchain.ts";
import { combinationsType, cwrType, permutationsType, productType } from "./itercombi.ts";
import { countType, cycleType, repeatType } from "./itercount.ts";
import {
  compressType,
  dropwhileType,
  filterfalseType,
  isliceType,
  starmapType,
  takewhileType,
} from "./iterfilter.ts";
import { groupbyTypes, itertools_tee, teeTypes } from "./itergroup.ts";
import { createModule } from "./native.ts";

const MAKERS = [
  accumulateType,
  batchedType,
  combinationsType,
  cwrType,
  cycleType,
  dropwhileType,
  takewhileType,
  isliceType,
  starmapType,
  chainType,
  compressType,
  filterfalseType,
  countType,
  pairwiseType,
  permutationsType,
  productType,
  repeatType,
  zipLongestType,
];

export function initModule_itertools(rt: Runtime): NewRef {
  const types: Ref[] = [];
  registerRoot(rt, () => types, "itertools");
  for (const make of MAKERS) types.push(make(rt));
  types.push(...groupbyTypes(rt));
  const tee = teeTypes(rt);
  types.push(tee.tee, tee.link);
  const named = types.map((type) => [infoOfType(rt, type).name.slice(10), type] as const);
  rt.moduleState.set("itertools", Object.fromEntries(named));
  const m = createModule(
    rt,
    "itertools",
    [
      {
        name: "tee",
        flags: METH.FASTCALL,
        fn: (rt, _self, args, nargs) => itertools_tee(rt, tee, args, nargs),
      },
    ],
    "Building blocks of loops.",
  );
  push(rt, m);
  for (const [name, type] of named) PyModule_AddObjectRef(rt, m, name, type);
  return pop(rt);
}
