/** Decimal.__format__. Part of the modules, for _decimal.ts; the language and the layout are in decimalformat.ts. */
import { PyObject_GetAttr } from "../objects/abstract.ts";
import { PyObject_CallMethod, PyObject_CallOneArg } from "../objects/call.ts";
import { PyDict_Check, PyUnicode_Check } from "../objects/check.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { PyErr_WarnEx } from "../objects/warn.ts";
import { importModule } from "../runtime/imports.ts";
import { compute, currentContext, readContext } from "./decimalcurrent.ts";
import { formatNum, parseSpec, type Spec } from "./decimalformat.ts";
import { numOf } from "./decimalobject.ts";
import { Con } from "./decimalstate.ts";
import { numText } from "./decimaltext.ts";

export function dec_format(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  if (nargs < 1) throw typeError(rt, "function missing required argument 'fmt' (pos 1)");
  if (nargs > 2) throw typeError(rt, `function takes at most 2 arguments (${nargs} given)`);
  const text = rt.i32[args];
  const override = nargs > 1 ? rt.i32[args + 2] : 0;
  const c = currentContext(rt);
  if (!PyUnicode_Check(rt, text)) throw typeError(rt, "format arg must be str");
  const words = jsString(rt, text);
  const spec = specOf(words, rt.i32[c + Con.capitals] !== 0);
  if (spec === null) return formatInPython(rt, p, text, c);
  if (words.endsWith("N")) deprecated(rt);
  if (override !== 0) {
    takeOverride(rt, spec, override);
    lastWords = null;
  }
  const shown = compute(rt, c, () => formatNum(numOf(rt, p), spec, readContext(rt, c)));
  if (shown === null) throw valueError(rt, "format specification exceeds internal limits of _decimal");
  return PyUnicode_FromJS(rt, shown);
}

let lastWords: string | null = null;
let lastCapitals = false;
let lastSpec: Spec | null = null;

/** The specification read last is kept. */
function specOf(words: string, capitals: boolean): Spec | null {
  if (words === lastWords && capitals === lastCapitals) return lastSpec;
  lastWords = words;
  lastCapitals = capitals;
  lastSpec = parseSpec(words, capitals);
  return lastSpec;
}

function deprecated(rt: Runtime): void {
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, "Format specifier 'N' is deprecated", 1);
}

/** What this language does not know, _pydecimal may. */
function formatInPython(rt: Runtime, p: Ref, text: Ref, c: Ref): NewRef {
  const module = pushed(rt, importModule(rt, "_pydecimal"));
  const cls = pushed(rt, PyObject_GetAttr(rt, module, internStatic(rt, "Decimal")));
  const shown = pushed(rt, PyUnicode_FromJS(rt, numText(numOf(rt, p), "E")));
  const d = pushed(rt, PyObject_CallOneArg(rt, cls, shown));
  const result = catching(rt, rt.exc.ValueError, 0, () =>
    PyObject_CallMethod(rt, d, rt.names.__format__, text, c),
  );
  // What _pydecimal says of it would confuse.
  if (result === 0) throw valueError(rt, "invalid format string");
  drop(rt, 4);
  return result;
}

/** A dict in place of localeconv(). */
function takeOverride(rt: Runtime, spec: Spec, override: Ref): void {
  if (!PyDict_Check(rt, override)) throw typeError(rt, "optional argument must be a dict");
  const dot = textOf(rt, dict_getitem_str(rt, override, "decimal_point"));
  const separator = textOf(rt, dict_getitem_str(rt, override, "thousands_sep"));
  const grouping = textOf(rt, dict_getitem_str(rt, override, "grouping"));
  if (dot !== null) spec.dot = dot;
  if (separator !== null) spec.separator = separator;
  if (grouping !== null) spec.grouping = [...grouping].map((ch) => ch.codePointAt(0) as number);
  const size = (s: string): number => new TextEncoder().encode(s).length;
  const bad = size(spec.dot) > 4 || spec.dot === "" || size(spec.separator) > 4;
  if (bad || spec.grouping.some((n) => n > 127)) throw valueError(rt, "invalid override dict");
}

function textOf(rt: Runtime, o: OptRef): string | null {
  if (o === 0) return null;
  if (!PyUnicode_Check(rt, o)) throw typeError(rt, "bad argument type for built-in operation");
  return jsString(rt, o);
}
