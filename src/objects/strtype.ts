/** The type str: its slots and table of methods. Part of the object layer. */

import { str_encode } from "./codecs.ts";
import { defineType } from "./defineType.ts";
import { unicode_hash } from "./hash.ts";
import { TF } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { strLength, unicode_dealloc } from "./str.ts";
import * as cases from "./strcase.ts";
import { PyUnicode_Concat, unicode_repeat } from "./strconcat.ts";
import { str_mod } from "./strformat.ts";
import { PyUnicode_RichCompare, unicode_getitem, unicode_subscript } from "./stritems.ts";
import { initStrIterators, unicode_iter } from "./striter.ts";
import { PyUnicode_Join } from "./strjoin.ts";
import { str_format, str_format_map, str_formatMethod } from "./strmarkup.ts";
import * as m from "./strmethods.ts";
import {
  unicode_getnewargs,
  unicode_new,
  unicode_sizeof,
  unicode_str,
  unicode_vectorcall,
} from "./strnew.ts";
import { str_replace } from "./strreplace.ts";
import { unicode_repr } from "./strrepr.ts";
import * as search from "./strsearch.ts";
import * as split from "./strsplit.ts";
import { str_maketrans, str_translate } from "./strtranslate.ts";
import { METH, type MethodDef } from "./typeinfo.ts";

const FAST = METH.FASTCALL;
const KW = METH.FASTCALL | METH.KEYWORDS;

const methods: MethodDef[] = [
  { name: "encode", flags: KW, fn: str_encode, sig: "($self, /, encoding='utf-8', errors='strict')" },
  { name: "replace", flags: KW, fn: str_replace, sig: "($self, old, new, /, count=-1)" },
  { name: "split", flags: KW, fn: split.str_split, sig: "($self, /, sep=None, maxsplit=-1)" },
  { name: "rsplit", flags: KW, fn: split.str_rsplit, sig: "($self, /, sep=None, maxsplit=-1)" },
  {
    name: "join",
    flags: METH.O,
    fn: PyUnicode_Join,
    sig: "($self, iterable, /)",
    doc: "The strings of an iterable, with this one between each two of them.",
  },
  { name: "capitalize", flags: METH.NOARGS, fn: cases.str_capitalize, sig: "($self, /)" },
  { name: "casefold", flags: METH.NOARGS, fn: cases.str_casefold, sig: "($self, /)" },
  { name: "title", flags: METH.NOARGS, fn: cases.str_title, sig: "($self, /)" },
  { name: "center", flags: FAST, fn: m.str_center, sig: "($self, width, fillchar=' ', /)" },
  { name: "count", flags: FAST, fn: search.str_count },
  { name: "expandtabs", flags: KW, fn: m.str_expandtabs, sig: "($self, /, tabsize=8)" },
  { name: "find", flags: FAST, fn: search.str_find },
  { name: "partition", flags: METH.O, fn: split.str_partition, sig: "($self, sep, /)" },
  { name: "index", flags: FAST, fn: search.str_index },
  { name: "ljust", flags: FAST, fn: m.str_ljust, sig: "($self, width, fillchar=' ', /)" },
  { name: "lower", flags: METH.NOARGS, fn: cases.str_lower, sig: "($self, /)" },
  { name: "lstrip", flags: FAST, fn: m.str_lstrip, sig: "($self, chars=None, /)" },
  { name: "rfind", flags: FAST, fn: search.str_rfind },
  { name: "rindex", flags: FAST, fn: search.str_rindex },
  { name: "rjust", flags: FAST, fn: m.str_rjust, sig: "($self, width, fillchar=' ', /)" },
  { name: "rstrip", flags: FAST, fn: m.str_rstrip, sig: "($self, chars=None, /)" },
  { name: "rpartition", flags: METH.O, fn: split.str_rpartition, sig: "($self, sep, /)" },
  { name: "splitlines", flags: KW, fn: split.str_splitlines, sig: "($self, /, keepends=False)" },
  { name: "strip", flags: FAST, fn: m.str_strip, sig: "($self, chars=None, /)" },
  { name: "swapcase", flags: METH.NOARGS, fn: cases.str_swapcase, sig: "($self, /)" },
  { name: "translate", flags: METH.O, fn: str_translate, sig: "($self, table, /)" },
  { name: "upper", flags: METH.NOARGS, fn: cases.str_upper, sig: "($self, /)" },
  { name: "startswith", flags: FAST, fn: search.str_startswith },
  { name: "endswith", flags: FAST, fn: search.str_endswith },
  { name: "removeprefix", flags: METH.O, fn: search.str_removeprefix, sig: "($self, prefix, /)" },
  { name: "removesuffix", flags: METH.O, fn: search.str_removesuffix, sig: "($self, suffix, /)" },
  { name: "isascii", flags: METH.NOARGS, fn: cases.str_isascii, sig: "($self, /)" },
  { name: "islower", flags: METH.NOARGS, fn: cases.str_islower, sig: "($self, /)" },
  { name: "isupper", flags: METH.NOARGS, fn: cases.str_isupper, sig: "($self, /)" },
  { name: "istitle", flags: METH.NOARGS, fn: cases.str_istitle, sig: "($self, /)" },
  { name: "isspace", flags: METH.NOARGS, fn: cases.str_isspace, sig: "($self, /)" },
  { name: "isdecimal", flags: METH.NOARGS, fn: cases.str_isdecimal, sig: "($self, /)" },
  { name: "isdigit", flags: METH.NOARGS, fn: cases.str_isdigit, sig: "($self, /)" },
  { name: "isnumeric", flags: METH.NOARGS, fn: cases.str_isnumeric, sig: "($self, /)" },
  { name: "isalpha", flags: METH.NOARGS, fn: cases.str_isalpha, sig: "($self, /)" },
  { name: "isalnum", flags: METH.NOARGS, fn: cases.str_isalnum, sig: "($self, /)" },
  { name: "isidentifier", flags: METH.NOARGS, fn: cases.str_isidentifier, sig: "($self, /)" },
  { name: "isprintable", flags: METH.NOARGS, fn: cases.str_isprintable, sig: "($self, /)" },
  { name: "zfill", flags: METH.O, fn: m.str_zfill, sig: "($self, width, /)" },
  { name: "format", flags: METH.VARARGS | METH.KEYWORDS, fn: str_format },
  { name: "format_map", flags: METH.O, fn: str_format_map, sig: "($self, mapping, /)" },
  { name: "__format__", flags: METH.O, fn: str_formatMethod, sig: "($self, format_spec, /)" },
  {
    name: "maketrans",
    flags: FAST | METH.STATIC,
    fn: str_maketrans,
    doc: "A table for translate(): from a dict, or from two strings of which each character becomes its fellow; those of a third go.",
  },
  { name: "__getnewargs__", flags: METH.NOARGS, fn: unicode_getnewargs },
];

/** Defines str and its iterators. */
export function initStr(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "str",
      basicsize: 64,
      flags: TF.BASETYPE | TF.UNICODE_SUBCLASS | TF.MATCH_SELF,
      slots: {
        tp_dealloc: unicode_dealloc,
        tp_repr: unicode_repr,
        tp_str: unicode_str,
        tp_hash: unicode_hash,
        tp_richcompare: PyUnicode_RichCompare,
        tp_iter: unicode_iter,
        tp_new: unicode_new,
        type_vectorcall: unicode_vectorcall,
        tp_sizeof: unicode_sizeof,
        nb_remainder: str_mod,
        sq_length: strLength,
        sq_concat: PyUnicode_Concat,
        sq_repeat: unicode_repeat,
        sq_item: unicode_getitem,
        sq_contains: search.PyUnicode_Contains,
        mp_length: strLength,
        mp_subscript: unicode_subscript,
      },
      methods,
    },
    rt.types.str,
  );
  initStrIterators(rt);
}
