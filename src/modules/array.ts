/** The module array. Its parts: arrayobject.ts, arraymethods.ts. */

import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_Repr } from "../objects/abstract.ts";
import {
  PyObject_GC_Del,
  PyObject_GC_New,
  PyObject_GC_Track,
  PyObject_GC_UnTrack,
} from "../objects/alloc.ts";
import { intArgument } from "../objects/argnumbers.ts";
import { badArgument, checkArgs } from "../objects/argparse.ts";
import type { BufferView } from "../objects/buffer.ts";
import { PyObject_CallMethod } from "../objects/call.ts";
import {
  PyByteArray_Check,
  PyBytes_Check,
  PyList_Check,
  PyTuple_Check,
  PyUnicode_Check,
} from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { ModuleOb, Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { newNoKeywords } from "../objects/newkeywords.ts";
import { clearField, decref, newref, xdecref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS } from "../objects/sequence.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { charAt, internStatic, jsString, PyUnicode_FromJS, strLength } from "../objects/str.ts";
import { PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyErr_WarnEx } from "../objects/warn.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import { PyMem_Free } from "../pymalloc/domains.ts";
import * as m from "./arraymethods.ts";
import { Arr, arraySize, getItem, itemAt, KINDS, kindOf, newArray, setItem } from "./arrayobject.ts";
import { createModule } from "./native.ts";

const TYPECODES = KINDS.map((kind) => kind.code);

/** array(typecode[, initializer]) */
function array_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "array.array", kwargs);
  const n = tupleSize(rt, args);
  if (n < 1) throw typeError(rt, "array() takes at least 1 argument (0 given)");
  if (n > 2) throw typeError(rt, `array() takes at most 2 arguments (${n} given)`);
  const code = tupleItem(rt, args, 0);
  if (!PyUnicode_Check(rt, code) || strLength(rt, code) !== 1) {
    throw badArgument(rt, "array", "argument 1", "a unicode character", code);
  }
  const initial = n > 1 ? tupleItem(rt, args, 1) : 0;
  const letter = String.fromCodePoint(charAt(rt, code, 0));
  if (letter === "u") warnOfU(rt);
  checkInitial(rt, letter, initial);
  const descr = TYPECODES.indexOf(letter);
  if (descr < 0) throw valueError(rt, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  const a = newArray(rt, type, descr, knownLength(rt, initial));
  push(rt, a);
  if (initial !== 0) fill(rt, a, initial);
  return pop(rt);
}

function warnOfU(rt: Runtime): void {
  const what = "The 'u' type code is deprecated and will be removed in Python 3.16";
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, what, 1);
}

/** Lists, tuples and arrays tell their length beforehand. */
function knownLength(rt: Runtime, initial: OptRef): number {
  if (initial === 0) return 0;
  if (PyList_Check(rt, initial) || PyTuple_Check(rt, initial)) return PySequence_Fast_GET_SIZE(rt, initial);
  return m.isArray(rt, initial) ? arraySize(rt, initial) : 0;
}

function checkInitial(rt: Runtime, letter: string, initial: OptRef): void {
  if (initial === 0 || letter === "u" || letter === "w") return;
  if (PyUnicode_Check(rt, initial)) {
    throw typeError(rt, `cannot use a str to initialize an array with typecode '${letter}'`);
  }
  if (m.isArray(rt, initial) && "uw".includes(kindOf(rt, initial).code)) {
    throw typeError(rt, `cannot use a unicode array to initialize an array with typecode '${letter}'`);
  }
}

function fill(rt: Runtime, a: Ref, initial: Ref): void {
  if (PyBytes_Check(rt, initial) || PyByteArray_Check(rt, initial)) {
    m.array_frombytes(rt, a, initial);
  } else if (PyUnicode_Check(rt, initial)) m.appendText(rt, a, initial);
  else if (m.isArray(rt, initial)) {
    for (let i = 0; i < arraySize(rt, initial) && i < arraySize(rt, a); i++) {
      push(rt, getItem(rt, initial, i));
      setItem(rt, a, i, rt.i32[mark(rt) - 2]);
      drop(rt);
    }
  } else if (PyList_Check(rt, initial) || PyTuple_Check(rt, initial)) {
    for (let i = 0; i < arraySize(rt, a) && i < PySequence_Fast_GET_SIZE(rt, initial); i++) {
      setItem(rt, a, i, rt.i32[PySequence_Fast_ITEMS(rt, initial) + 2 * i]);
    }
  } else m.extendBy(rt, a, initial);
}

function array_dealloc(rt: Runtime, a: Ref): void {
  const i32 = rt.i32;
  const type = i32[a + Ob.type];
  PyObject_GC_UnTrack(rt, a);
  if (i32[a + Arr.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, a);
  if (i32[a + Arr.item] !== 0) PyMem_Free(rt, i32[a + Arr.item]);
  infoOf(rt, a).tp_free!(rt, a);
  decref(rt, type);
}

function array_repr(rt: Runtime, a: Ref): NewRef {
  const { code } = kindOf(rt, a);
  const name = typeNameOf(rt, a);
  const short = name.slice(name.lastIndexOf(".") + 1);
  if (arraySize(rt, a) === 0) return PyUnicode_FromJS(rt, `${short}('${code}')`);
  push(rt, code === "u" || code === "w" ? m.array_tounicode(rt, a) : m.array_tolist(rt, a));
  push(rt, PyObject_Repr(rt, rt.i32[mark(rt) - 2]));
  const items = jsString(rt, rt.i32[mark(rt) - 2]);
  drop(rt, 2);
  return PyUnicode_FromJS(rt, `${short}('${code}', ${items})`);
}

function array_getbuffer(rt: Runtime, a: Ref, _writable: boolean): BufferView {
  const { code, bytes } = kindOf(rt, a);
  const n = arraySize(rt, a);
  rt.i32[a + Arr.exports]++;
  return {
    obj: newref(rt, a),
    buf: itemAt(rt, a, 0),
    len: n * bytes,
    readonly: false,
    itemsize: bytes,
    format: code === "u" ? "w" : code,
    shape: [n],
    strides: [bytes],
  };
}

/** machine_format_code of the pickles: little endian. */
function machineFormat(code: string): number {
  const formats: Record<string, number> = {
    b: 1,
    B: 0,
    u: 20,
    w: 20,
    f: 14,
    d: 16,
    h: 4,
    H: 2,
    i: 8,
    I: 6,
    l: 12,
    L: 10,
    q: 12,
    Q: 10,
  };
  return formats[code];
}

function array_reduce_ex(rt: Runtime, a: Ref, protocolArg: Ref): NewRef {
  const protocol = intArgument(rt, protocolArg);
  const i32 = rt.i32;
  const first = mark(rt);
  push(rt, PyObject_GetOptionalAttr(rt, a, rt.names.__dict__) || rt.None);
  push(rt, PyUnicode_FromJS(rt, kindOf(rt, a).code));
  if (protocol < 3) {
    push(rt, m.itemsList(rt, a));
    push(rt, PyTuple_Pack(rt, i32[first + 2], i32[first + 4]));
    const t = PyTuple_Pack(rt, i32[a + Ob.type], i32[first + 6], i32[first]);
    drop(rt, 4);
    return t;
  }
  push(rt, m.array_tobytes(rt, a));
  push(rt, PyLong_FromNumber(rt, machineFormat(kindOf(rt, a).code)));
  push(rt, PyTuple_Pack(rt, i32[a + Ob.type], i32[first + 2], i32[first + 6], i32[first + 4]));
  const reconstructor = rt.moduleState.get("array.reconstructor") as Ref;
  const t = PyTuple_Pack(rt, reconstructor, i32[first + 8], i32[first]);
  drop(rt, 5);
  return t;
}

const methods: MethodDef[] = [
  { name: "append", flags: METH.O, fn: m.array_append, sig: "($self, v, /)" },
  { name: "buffer_info", flags: METH.NOARGS, fn: m.array_buffer_info, sig: "($self, /)" },
  { name: "byteswap", flags: METH.NOARGS, fn: m.array_byteswap, sig: "($self, /)" },
  { name: "clear", flags: METH.NOARGS, fn: m.array_clear, sig: "($self, /)" },
  { name: "__copy__", flags: METH.NOARGS, fn: m.array_copy, sig: "($self, /)" },
  { name: "count", flags: METH.O, fn: m.array_count, sig: "($self, v, /)" },
  { name: "__deepcopy__", flags: METH.O, fn: m.array_copy, sig: "($self, unused, /)" },
  { name: "extend", flags: METH.O, fn: m.array_extend, sig: "($self, bb, /)" },
  { name: "fromfile", flags: METH.FASTCALL, fn: m.array_fromfile, sig: "($self, f, n, /)" },
  { name: "fromlist", flags: METH.O, fn: m.array_fromlist, sig: "($self, list, /)" },
  { name: "frombytes", flags: METH.O, fn: m.array_frombytes, sig: "($self, buffer, /)" },
  { name: "fromunicode", flags: METH.O, fn: m.array_fromunicode, sig: "($self, ustr, /)" },
  { name: "index", flags: METH.FASTCALL, fn: m.array_index },
  { name: "insert", flags: METH.FASTCALL, fn: m.array_insert, sig: "($self, i, v, /)" },
  { name: "pop", flags: METH.FASTCALL, fn: m.array_pop, sig: "($self, i=-1, /)" },
  { name: "__reduce_ex__", flags: METH.O, fn: array_reduce_ex, sig: "($self, value, /)" },
  { name: "remove", flags: METH.O, fn: m.array_remove, sig: "($self, v, /)" },
  { name: "reverse", flags: METH.NOARGS, fn: m.array_reverse, sig: "($self, /)" },
  { name: "tofile", flags: METH.O, fn: m.array_tofile, sig: "($self, f, /)" },
  { name: "tolist", flags: METH.NOARGS, fn: m.array_tolist, sig: "($self, /)" },
  { name: "tobytes", flags: METH.NOARGS, fn: m.array_tobytes, sig: "($self, /)" },
  { name: "tounicode", flags: METH.NOARGS, fn: m.array_tounicode, sig: "($self, /)" },
];

function defineArray(rt: Runtime): Ref {
  return defineType(rt, {
    name: "array.array",
    basicsize: Arr.BYTES,
    flags: TF.BASETYPE | TF.HAVE_GC | TF.SEQUENCE | TF.IMMUTABLETYPE,
    weaklistoffset: Arr.weakreflist * 4,
    heap: true,
    slots: {
      tp_dealloc: array_dealloc,
      tp_traverse: (r, a, visit) => visit(r.i32[a + Ob.type]),
      tp_repr: array_repr,
      tp_getattro: PyObject_GenericGetAttr,
      tp_richcompare: m.array_richcompare,
      tp_iter: array_iter,
      tp_new: array_new,
      tp_sizeof: (r, a) => Arr.BYTES + r.i32[a + Arr.allocated] * kindOf(r, a).bytes,
      sq_length: arraySize,
      sq_concat: m.array_concat,
      sq_repeat: m.array_repeat,
      sq_item: m.array_item,
      sq_ass_item: m.array_ass_item,
      sq_contains: m.array_contains,
      sq_inplace_concat: m.array_inplace_concat,
      sq_inplace_repeat: m.array_inplace_repeat,
      mp_length: arraySize,
      mp_subscript: m.array_subscript,
      mp_ass_subscript: m.array_ass_subscr,
      bf_getbuffer: array_getbuffer,
      bf_releasebuffer: (r, a) => {
        r.i32[a + Arr.exports]--;
      },
    },
    methods,
    getsets: [
      { name: "typecode", get: (r, a) => PyUnicode_FromJS(r, kindOf(r, a).code) },
      { name: "itemsize", get: (r, a) => PyLong_FromNumber(r, kindOf(r, a).bytes) },
    ],
  });
}

/** arrayiterobject */
const enum It {
  index = 4,
  ao = 6,
  getitem = 8,
  BYTES = 40,
}

function array_iter(rt: Runtime, a: Ref): NewRef {
  const it = PyObject_GC_New(rt, rt.moduleState.get("array.iterator") as Ref, It.BYTES);
  const i32 = rt.i32;
  i32.fill(0, it + It.index, it + It.BYTES / 4);
  i32[it + It.ao] = newref(rt, a);
  PyObject_GC_Track(rt, it);
  return it;
}

function arrayiter_next(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const a = i32[it + It.ao];
  if (a === 0) return 0;
  const i = i32[it + It.index];
  if (i < arraySize(rt, a)) {
    i32[it + It.index] = i + 1;
    return getItem(rt, a, i);
  }
  clearField(rt, it + It.ao);
  return 0;
}

function arrayiter_reduce(rt: Runtime, it: Ref): NewRef {
  const iter = newref(rt, dict_getitem_str(rt, rt.builtinsDict, "iter"));
  const first = mark(rt);
  push(rt, iter);
  const a = rt.i32[it + It.ao];
  push(rt, a === 0 ? PyTuple_Pack(rt, rt.emptyTuple) : PyTuple_Pack(rt, a));
  push(rt, PyLong_FromNumber(rt, rt.i32[it + It.index]));
  const args = rt.i32[first + 2];
  const t = a === 0 ? PyTuple_Pack(rt, iter, args) : PyTuple_Pack(rt, iter, args, rt.i32[first + 4]);
  drop(rt, 3);
  return t;
}

function defineIterator(rt: Runtime): Ref {
  return defineType(rt, {
    name: "array.arrayiterator",
    basicsize: It.BYTES,
    flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION,
    heap: true,
    slots: {
      tp_dealloc: (r, it) => {
        const type = r.i32[it + Ob.type];
        PyObject_GC_UnTrack(r, it);
        xdecref(r, r.i32[it + It.ao]);
        PyObject_GC_Del(r, it);
        decref(r, type);
      },
      tp_traverse: (r: Runtime, it: Ref, visit: Visit) => {
        visit(r.i32[it + Ob.type]);
        if (r.i32[it + It.ao] !== 0) visit(r.i32[it + It.ao]);
      },
      tp_iter: newref,
      tp_iternext: arrayiter_next,
    },
    methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: arrayiter_reduce }],
  });
}

/** array._array_reconstructor(type, typecode, format code, bytes): formats of this machine only. */
function reconstructor(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "_array_reconstructor", nargs, 4, 4);
  const [type, code, format, bytes] = [rt.i32[args], rt.i32[args + 2], rt.i32[args + 4], rt.i32[args + 6]];
  const letter = jsString(rt, code);
  const descr = TYPECODES.indexOf(letter);
  if (descr < 0) throw valueError(rt, "second argument must be a valid type code");
  if (!PyBytes_Check(rt, bytes))
    throw typeError(rt, `fourth argument should be bytes, not ${typeNameOf(rt, bytes)}`);
  if (intArgument(rt, format) !== machineFormat(letter))
    throw valueError(rt, "array of another machine's format");
  const a = newArray(rt, type, descr, 0);
  push(rt, a);
  m.array_frombytes(rt, a, bytes);
  return pop(rt);
}

/** The module object: a new reference. */
/** collections.abc.MutableSequence.register(array) */
function registerSequence(rt: Runtime, type: Ref): void {
  const abc = pushed(rt, rt.importHook(internStatic(rt, "_collections_abc"), 0, 0, 0, 0));
  const base = pushed(rt, PyObject_GetAttr(rt, abc, internStatic(rt, "MutableSequence")));
  decref(rt, PyObject_CallMethod(rt, base, internStatic(rt, "register"), type));
  drop(rt, 2);
}

export function initModule_array(rt: Runtime): NewRef {
  const functions: MethodDef[] = [{ name: "_array_reconstructor", flags: METH.FASTCALL, fn: reconstructor }];
  const module = createModule(rt, "array", functions);
  push(rt, module);
  if (!rt.moduleState.has("array.array")) {
    const type = defineArray(rt);
    const iterator = defineIterator(rt);
    rt.moduleState.set("array.array", type);
    rt.moduleState.set("array.iterator", iterator);
    registerRoot(
      rt,
      () => [type, iterator, (rt.moduleState.get("array.reconstructor") as Ref | undefined) ?? 0],
      "array",
    );
  }
  registerSequence(rt, rt.moduleState.get("array.array") as Ref);
  const made = dict_getitem_str(rt, rt.i32[module + ModuleOb.dict], "_array_reconstructor");
  const old = rt.moduleState.get("array.reconstructor") as Ref | undefined;
  rt.moduleState.set("array.reconstructor", newref(rt, made));
  if (old !== undefined) decref(rt, old);
  PyModule_AddObjectRef(rt, module, "array", m.arrayType(rt));
  PyModule_AddObjectRef(rt, module, "ArrayType", m.arrayType(rt));
  PyModule_AddObject(rt, module, "typecodes", PyUnicode_FromJS(rt, "bBuwhHiIlLqQfd"));
  return pop(rt);
}
