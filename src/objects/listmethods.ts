/** list: its methods. Part of the object layer. */
import { copyWords } from "../heap/words.ts";
import { PyObject_IsTrue, PyObject_RichCompareBool } from "./abstract.ts";
import { checkArgs, kwSpec, parseFastKw } from "./argparse.ts";
import { failed, raise, valueError } from "./errors.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { List, Ob } from "./layout.ts";
import { list_resize, listItem, PyList_Append, PyList_Insert } from "./list.ts";
import { _PyList_Extend } from "./listextend.ts";
import { list_reversed } from "./listiter.ts";
import { list_ass_slice, list_clear, list_slice } from "./listslice.ts";
import { list_sort_impl } from "./listsort.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "./long.ts";
import { long_eq } from "./longarith.ts";
import { PyNumber_Index } from "./number.ts";
import { reprText } from "./numtext.ts";
import { incref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { _PyEval_SliceIndexNotNone } from "./slice.ts";
import { drop, push } from "./stack.ts";
import { _PyUnicode_EQ } from "./str.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

/** An index argument, as Argument Clinic converts it: OverflowError beyond 64 bits. */
export function indexArg(rt: Runtime, o: Ref): number {
  const index = push(rt, PyNumber_Index(rt, o));
  const n = PyLong_AsSsize_t(rt, rt.i32[index]);
  drop(rt);
  return n;
}

export function list_append(rt: Runtime, self: Ref, item: Ref): NewRef {
  PyList_Append(rt, self, item);
  return rt.None;
}

function list_extend(rt: Runtime, self: Ref, iterable: Ref): NewRef {
  _PyList_Extend(rt, self, iterable);
  return rt.None;
}

function list_insert(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "insert", nargs, 2, 2);
  PyList_Insert(rt, self, indexArg(rt, rt.i32[args]), rt.i32[args + 2]);
  return rt.None;
}

function list_pop(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "pop", nargs, 0, 1);
  return listPop(rt, self, nargs === 0 ? -1 : indexArg(rt, rt.i32[args]));
}

/** list_pop_impl: the caller gets the list's own reference. 0: an exception is set. */
function listPop(rt: Runtime, self: Ref, i: number): NewRef {
  const i32 = rt.i32;
  const n = i32[self + List.size];
  if (n === 0) return failed(raise(rt, rt.exc.IndexError, "pop from empty list"));
  if (i < 0) i += n;
  if (i < 0 || i >= n) return failed(raise(rt, rt.exc.IndexError, "pop index out of range"));
  const items = i32[self + List.items];
  const item = i32[items + 2 * i];
  if (n === 1) {
    incref(rt, item);
    list_clear(rt, self);
    return item;
  }
  if (i < n - 1) copyWords(rt, items + 2 * i, items + 2 * i + 2, 2 * (n - 1 - i));
  list_resize(rt, self, n - 1);
  return item;
}

/** Is the item equal to the value? The item is kept alive meanwhile. */
export function itemEquals(rt: Runtime, item: Ref, value: Ref): boolean {
  if (item === value) return true;
  const i32 = rt.i32;
  const t = i32[item + Ob.type];
  // These two run no Python code.
  if (t === i32[value + Ob.type]) {
    if (t === rt.types.int) return long_eq(rt, item, value);
    if (t === rt.types.str) return _PyUnicode_EQ(rt, item, value);
  }
  push(rt, newref(rt, item));
  const equal = PyObject_RichCompareBool(rt, item, value, Cmp.EQ);
  drop(rt);
  return equal;
}

function list_count(rt: Runtime, self: Ref, value: Ref): NewRef {
  let count = 0;
  for (let i = 0; i < rt.i32[self + List.size]; i++)
    if (itemEquals(rt, listItem(rt, self, i), value)) count++;
  return PyLong_FromNumber(rt, count);
}

function list_index(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "index", nargs, 1, 3);
  const value = rt.i32[args];
  let start = nargs > 1 ? _PyEval_SliceIndexNotNone(rt, rt.i32[args + 2]) : 0;
  let stop = nargs > 2 ? _PyEval_SliceIndexNotNone(rt, rt.i32[args + 4]) : Number.MAX_SAFE_INTEGER;
  if (start < 0) start = Math.max(0, start + rt.i32[self + List.size]);
  if (stop < 0) stop = Math.max(0, stop + rt.i32[self + List.size]);
  for (let i = start; i < stop && i < rt.i32[self + List.size]; i++) {
    if (itemEquals(rt, listItem(rt, self, i), value)) return PyLong_FromNumber(rt, i);
  }
  return failed(valueError(rt, `${reprText(rt, value)} is not in list`));
}

function list_remove(rt: Runtime, self: Ref, value: Ref): NewRef {
  for (let i = 0; i < rt.i32[self + List.size]; i++) {
    if (!itemEquals(rt, listItem(rt, self, i), value)) continue;
    list_ass_slice(rt, self, i, i + 1, 0, "");
    return rt.None;
  }
  return failed(valueError(rt, "list.remove(x): x not in list"));
}

/** Reverses the items in place. */
export function PyList_Reverse(rt: Runtime, self: Ref): void {
  const i32 = rt.i32;
  let lo = i32[self + List.items];
  let hi = lo + 2 * i32[self + List.size] - 2;
  for (; lo < hi; lo += 2, hi -= 2) {
    const item = i32[lo];
    i32[lo] = i32[hi];
    i32[hi] = item;
  }
}

function list_reverse(rt: Runtime, self: Ref): NewRef {
  PyList_Reverse(rt, self);
  return rt.None;
}

function list_copy(rt: Runtime, self: Ref): NewRef {
  return list_slice(rt, self, 0, rt.i32[self + List.size]);
}

function list_clear_method(rt: Runtime, self: Ref): NewRef {
  list_clear(rt, self);
  return rt.None;
}

const SORT = kwSpec("sort", "*, key=, reverse=");

function list_sort(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [key, reverse] = parseFastKw(rt, SORT, args, nargs, kwnames);
  const descending = reverse !== 0 && PyObject_IsTrue(rt, reverse);
  list_sort_impl(rt, self, key === rt.None ? 0 : key, descending);
  return rt.None;
}

export const listMethods: MethodDef[] = [
  { name: "__reversed__", flags: METH.NOARGS, fn: list_reversed, sig: "($self, /)" },
  { name: "clear", flags: METH.NOARGS, fn: list_clear_method, sig: "($self, /)", doc: "Removes all items." },
  {
    name: "copy",
    flags: METH.NOARGS,
    fn: list_copy,
    sig: "($self, /)",
    doc: "A new list of the same items.",
  },
  {
    name: "append",
    flags: METH.O,
    fn: list_append,
    sig: "($self, object, /)",
    doc: "Adds an item at the end.",
  },
  {
    name: "insert",
    flags: METH.FASTCALL,
    fn: list_insert,
    sig: "($self, index, object, /)",
    doc: "Adds an item before index.",
  },
  {
    name: "extend",
    flags: METH.O,
    fn: list_extend,
    sig: "($self, iterable, /)",
    doc: "Adds the items of an iterable at the end.",
  },
  {
    name: "pop",
    flags: METH.FASTCALL,
    fn: list_pop,
    sig: "($self, index=-1, /)",
    doc: "Removes an item and returns it.",
  },
  {
    name: "remove",
    flags: METH.O,
    fn: list_remove,
    sig: "($self, value, /)",
    doc: "Removes the first item equal to value.",
  },
  {
    name: "index",
    flags: METH.FASTCALL,
    fn: list_index,
    sig: "($self, value, start=0, stop=sys.maxsize, /)",
    doc: "The position of the first item equal to value.",
  },
  {
    name: "count",
    flags: METH.O,
    fn: list_count,
    sig: "($self, value, /)",
    doc: "How many items equal value.",
  },
  {
    name: "reverse",
    flags: METH.NOARGS,
    fn: list_reverse,
    sig: "($self, /)",
    doc: "Turns the order round, in place.",
  },
  {
    name: "sort",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: list_sort,
    sig: "($self, /, *, key=None, reverse=False)",
    doc: "Sorts in place, ascending and stable.",
  },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
];
