/** The module _sre: the engine under Lib/re. Part of the modules (CPython's Modules/_sre/sre.c). */
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyDict_Check, PyList_Check, PyTuple_Check, PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { overflowError, typeError } from "../objects/errors.ts";
import { TF } from "../objects/layout.ts";
import { listItem, listSize } from "../objects/list.ts";
import {
  bigIntOf,
  PyLong_AsInt,
  PyLong_AsSsize_t,
  PyLong_FromBigInt,
  PyLong_FromNumber,
} from "../objects/long.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import { newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop, push } from "../objects/stack.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { asciiLower, asciiUpper, unicodeLower, unicodeUpper } from "./_srechars.ts";
import { Matcher } from "./_srematch.ts";
import {
  MatchOb,
  match_clear,
  match_dealloc,
  match_getitem,
  match_repr,
  match_traverse,
  matchGetSets,
  matchMethods,
} from "./_srematchobject.ts";
import { MAGIC, MAXGROUPS } from "./_sreops.ts";
import {
  newPattern,
  Pat,
  pattern_clear,
  pattern_dealloc,
  pattern_hash,
  pattern_repr,
  pattern_richcompare,
  pattern_traverse,
  type SreState,
} from "./_srepattern.ts";
import {
  patternGetSets,
  patternMethods,
  Scanner,
  scanner_dealloc,
  scanner_traverse,
  scannerMethods,
} from "./_sresearch.ts";
import { sre_template, Template, template_dealloc, template_traverse } from "./_sretemplate.ts";
import { createModule, makeAll } from "./native.ts";

const COMPILE = kwSpec("compile", "pattern, flags, code, groups, groupindex, indexgroup");

function codeWords(rt: Runtime, list: Ref): number[] {
  const words: number[] = [];
  for (let i = 0; i < listSize(rt, list); i++) {
    const v = bigIntOf(rt, listItem(rt, list, i));
    if (v < 0n || v > 0xffffffffn) throw overflowError(rt, "regular expression code size limit exceeded");
    words.push(Number(v));
  }
  return words;
}

function sre_compile(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [pattern, flags, code, groups, groupindex, indexgroup] = parseFastKw(
    rt,
    COMPILE,
    args,
    nargs,
    kwnames,
  );
  if (!PyList_Check(rt, code)) throw typeError(rt, "compile() argument 'code' must be list");
  if (!PyDict_Check(rt, groupindex)) throw typeError(rt, "compile() argument 'groupindex' must be dict");
  if (!PyTuple_Check(rt, indexgroup)) throw typeError(rt, "compile() argument 'indexgroup' must be tuple");
  const isbytes = pattern === rt.None ? -1 : PyUnicode_Check(rt, pattern) ? 0 : 1;
  const fields = { groups: PyLong_AsSsize_t(rt, groups), flags: PyLong_AsInt(rt, flags), isbytes };
  const refs = {
    pattern: newref(rt, pattern),
    groupindex: newref(rt, groupindex),
    indexgroup: newref(rt, indexgroup),
  };
  return newPattern(rt, codeWords(rt, code), fields, refs);
}

function character(name: string, of: (c: number) => number): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef => PyLong_FromNumber(rt, of(PyLong_AsInt(rt, arg)));
  return { name, flags: METH.O, fn, sig: "($module, character, /)" };
}

function cased(name: string, lower: (c: number) => number, upper: (c: number) => number): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef => {
    const c = PyLong_AsInt(rt, arg);
    return lower(c) !== c || upper(c) !== c ? rt.True : rt.False;
  };
  return { name, flags: METH.O, fn, sig: "($module, character, /)" };
}

const METHODS: MethodDef[] = [
  {
    name: "compile",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: sre_compile,
    sig: "($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)",
  },
  { name: "template", flags: METH.FASTCALL, fn: sre_template, sig: "($module, pattern, template, /)" },
  { name: "getcodesize", flags: METH.NOARGS, fn: (rt) => PyLong_FromNumber(rt, 4), sig: "($module, /)" },
  cased("ascii_iscased", asciiLower, asciiUpper),
  cased("unicode_iscased", unicodeLower, unicodeUpper),
  character("ascii_tolower", asciiLower),
  character("unicode_tolower", unicodeLower),
];

const FLAGS = TF.HAVE_GC | TF.IMMUTABLETYPE | TF.DISALLOW_INSTANTIATION;

function makeTypes(rt: Runtime): SreState {
  const types = makeAll(rt, {
    pattern: () =>
      defineType(rt, {
        name: "re.Pattern",
        basicsize: Pat.BYTES,
        itemsize: 4,
        weaklistoffset: Pat.weakreflist * 4,
        flags: FLAGS,
        heap: true,
        doc: "A compiled regular expression.",
        slots: {
          tp_dealloc: pattern_dealloc,
          tp_traverse: pattern_traverse,
          tp_clear: pattern_clear,
          tp_repr: pattern_repr,
          tp_hash: pattern_hash,
          tp_richcompare: pattern_richcompare,
        },
        methods: patternMethods,
        getsets: patternGetSets,
      }),
    match: () =>
      defineType(rt, {
        name: "re.Match",
        basicsize: MatchOb.BYTES,
        itemsize: 8,
        flags: FLAGS,
        heap: true,
        doc: "What a regular expression matched.",
        slots: {
          tp_dealloc: match_dealloc,
          tp_traverse: match_traverse,
          tp_clear: match_clear,
          tp_repr: match_repr,
          mp_subscript: match_getitem,
        },
        methods: matchMethods,
        getsets: matchGetSets,
      }),
    scanner: () =>
      defineType(rt, {
        name: "_sre.SRE_Scanner",
        basicsize: Scanner.BYTES,
        flags: FLAGS,
        heap: true,
        slots: { tp_dealloc: scanner_dealloc, tp_traverse: scanner_traverse },
        methods: scannerMethods,
        members: [{ name: "pattern", type: "object", offset: Scanner.pattern, readonly: true }],
      }),
    template: () =>
      defineType(rt, {
        name: "_sre.SRE_Template",
        basicsize: Template.BYTES,
        flags: FLAGS,
        heap: true,
        slots: { tp_dealloc: template_dealloc, tp_traverse: template_traverse },
      }),
  });
  return { ...types, programs: new Map(), matcher: new Matcher() };
}

export function initModule__sre(rt: Runtime): NewRef {
  const state = makeTypes(rt);
  rt.moduleState.set("_sre", state);
  registerRoot(rt, () => [state.pattern, state.match, state.scanner, state.template]);
  const m = createModule(rt, "_sre", METHODS);
  push(rt, m);
  PyModule_AddObject(rt, m, "MAGIC", PyLong_FromNumber(rt, MAGIC));
  PyModule_AddObject(rt, m, "CODESIZE", PyLong_FromNumber(rt, 4));
  PyModule_AddObject(rt, m, "MAXREPEAT", PyLong_FromBigInt(rt, 0xffffffffn));
  PyModule_AddObject(rt, m, "MAXGROUPS", PyLong_FromNumber(rt, MAXGROUPS));
  return pop(rt);
}
