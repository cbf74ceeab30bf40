/** Rounding modes as arguments. Part of the modules, for _decimal.ts. */
import { PyUnicode_Check } from "../objects/check.ts";
import { typeError } from "../objects/errors.ts";
import type { Runtime } from "../objects/runtime.ts";
import { jsString } from "../objects/str.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { ROUNDING } from "./decimalcontext.ts";

/** The number of a rounding mode. */
export function roundingOf(rt: Runtime, o: Ref): number {
  const i = PyUnicode_Check(rt, o) ? ROUNDING.indexOf(jsString(rt, o)) : -1;
  if (i >= 0) return i;
  const lines =
    "[ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n";
  throw typeError(rt, `valid values for rounding are:\n  ${lines}   ROUND_05UP]`);
}
