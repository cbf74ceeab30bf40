/** "Did you mean" for NameError, AttributeError and ImportError: which names there are. Part of modules/. */
import { PyObject_Dir, PyObject_GetItem, PyObject_HasAttr } from "../objects/abstract.ts";
import { PyList_Check, PyUnicode_Check } from "../objects/check.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { XF } from "../objects/excfields.ts";
import { framePointer } from "../objects/frame.ts";
import { currentLocals } from "../objects/framelocals.ts";
import { Exc, Frame, List, Ob, Tb } from "../objects/layout.ts";
import { listItem } from "../objects/list.ts";
import { PyMapping_GetOptionalItem } from "../objects/mapping.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Contains, PySequence_List } from "../objects/sequence.ts";
import { drop, push } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { closestName } from "../objects/suggest.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { guarded } from "./tbreport.ts";

/** What to put after the exception's text, or null. */
export function suggestionFor(rt: Runtime, exc: Ref): string | null {
  const type = rt.i32[exc + Ob.type];
  const is = (base: Ref) => PyType_IsSubtype(rt, type, base);
  if (is(rt.exc.SyntaxError)) return null;
  if (is(rt.exc.ImportError)) {
    return wordsFor(rt, rt.i32[exc + XF.f3], (name) => importSuggestion(rt, exc, name));
  }
  if (is(rt.exc.AttributeError)) {
    return wordsFor(rt, rt.i32[exc + XF.f1], (name) => attributeSuggestion(rt, exc, name));
  }
  return is(rt.exc.NameError) ? nameErrorWords(rt, exc) : null;
}

/** The wrong name as text, or null if it is no str. */
function nameText(rt: Runtime, name: OptRef): string | null {
  return name !== 0 && PyUnicode_Check(rt, name) ? jsString(rt, name) : null;
}

function wordsFor(rt: Runtime, wrong: OptRef, suggest: (name: string) => string | null): string | null {
  const name = nameText(rt, wrong);
  const found = name === null ? null : guarded(rt, () => suggest(name), null);
  return found === null ? null : `. Did you mean: '${found}'?`;
}

function nameErrorWords(rt: Runtime, exc: Ref): string | null {
  const name = nameText(rt, rt.i32[exc + XF.f0]);
  if (name === null) return null;
  const found = guarded(rt, () => variableSuggestion(rt, exc, name), null);
  const words = found === null ? "" : `. Did you mean: '${found}'?`;
  if (!isStdlibModule(rt, name)) return words || null;
  const forgot = `id you forget to import '${name}'?`;
  return found === null ? `. D${forgot}` : `${words} Or d${forgot}`;
}

function isStdlibModule(rt: Runtime, name: string): boolean {
  const names = rt.sysDict === 0 ? 0 : dict_getitem_str(rt, rt.sysDict, "stdlib_module_names");
  if (names === 0) return false;
  return guarded(
    rt,
    () => {
      const slot = push(rt, PyUnicode_FromJS(rt, name));
      const found = PySequence_Contains(rt, names, rt.i32[slot]);
      drop(rt);
      return found;
    },
    false,
  );
}

/** The frame object where the exception was raised (borrowed), or 0. */
function lastFrame(rt: Runtime, exc: Ref): OptRef {
  let tb = rt.i32[exc + Exc.traceback];
  if (tb === 0) return 0;
  while (rt.i32[tb + Tb.next] !== 0) tb = rt.i32[tb + Tb.next];
  return rt.i32[tb + Tb.frame];
}

/** The str items of an iterable. */
function stringsOf(rt: Runtime, iterable: Ref): string[] {
  const list = PySequence_List(rt, iterable);
  push(rt, list);
  const out: string[] = [];
  for (let k = 0; k < rt.i32[list + List.size]; k++) {
    const item = listItem(rt, list, k);
    if (PyUnicode_Check(rt, item)) out.push(jsString(rt, item));
  }
  drop(rt);
  return out;
}

function dirNames(rt: Runtime, o: Ref): string[] {
  const list = PyObject_Dir(rt, o);
  push(rt, list);
  const names = PyList_Check(rt, list) ? stringsOf(rt, list) : [];
  drop(rt);
  return names;
}

const isPublic = (name: string): boolean => name[0] !== "_";

function attributeSuggestion(rt: Runtime, exc: Ref, wrong: string): string | null {
  const obj = rt.i32[exc + XF.f0] || rt.None;
  const names = dirNames(rt, obj);
  // A method's own object may be asked for its private names.
  const hide = isPublic(wrong) && !isSelfOf(rt, lastFrame(rt, exc), obj);
  return closestName(hide ? names.filter(isPublic) : names, wrong);
}

function isSelfOf(rt: Runtime, frame: OptRef, obj: Ref): boolean {
  const self = frame === 0 ? 0 : frameSelf(rt, frame);
  push(rt, self);
  drop(rt);
  return self === obj && self !== 0;
}

/** The local variable `self` of a frame: a new reference, or 0. */
function frameSelf(rt: Runtime, frame: Ref): OptRef {
  const locals = currentLocals(rt, framePointer(rt, frame));
  push(rt, locals);
  const self = PyMapping_GetOptionalItem(rt, locals, rt.names.self);
  drop(rt);
  return self;
}

function importSuggestion(rt: Runtime, exc: Ref, wrong: string): string | null {
  const module = nameText(rt, rt.i32[exc + XF.f1]);
  if (module === null) return null;
  // As `__import__` does, which answers with the top-level package.
  const name = push(rt, PyUnicode_FromJS(rt, module.replace(/\..*$/s, "")));
  const mod = push(rt, PyObject_GetItem(rt, rt.sysModules, rt.i32[name]));
  const names = dirNames(rt, rt.i32[mod]);
  drop(rt, 2);
  return closestName(isPublic(wrong) ? names.filter(isPublic) : names, wrong);
}

function variableSuggestion(rt: Runtime, exc: Ref, wrong: string): string | null {
  const frame = lastFrame(rt, exc);
  if (frame === 0) return null;
  const fp = framePointer(rt, frame);
  const locals = push(rt, currentLocals(rt, fp));
  const names = stringsOf(rt, rt.i32[locals]);
  drop(rt);
  names.push(...stringsOf(rt, rt.i32[fp + Frame.globals]), ...stringsOf(rt, rt.i32[fp + Frame.builtins]));
  return attributeOfSelf(rt, frame, wrong) ?? closestName(names, wrong);
}

/** "self.name" if the frame has a `self` with an attribute of that name. */
function attributeOfSelf(rt: Runtime, frame: Ref, wrong: string): string | null {
  const self = frameSelf(rt, frame);
  push(rt, self);
  const name = push(rt, PyUnicode_FromJS(rt, wrong));
  const has = self !== 0 && PyObject_HasAttr(rt, self, rt.i32[name]);
  drop(rt, 2);
  return has ? `self.${wrong}` : null;
}
