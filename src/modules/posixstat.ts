/** os.stat_result, os.DirEntry and os.scandir. Part of the modules (CPython's Modules/posixmodule.c). */

import type { Stat } from "../host/host.ts";
import { PyObject_IsTrue, reprOf } from "../objects/abstract.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { defineType } from "../objects/defineType.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { fsPath } from "../objects/fspath.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { PyObject_SelfIter } from "../objects/iterproto.ts";
import { Ob, TF } from "../objects/layout.ts";
import { listAppendSteal, listItem, listSize, PyList_New } from "../objects/list.ts";
import { PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { pop } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { defineStructSeq, newStructSeq, setStructSeqItem } from "../objects/structseq.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { hostCall } from "./hosterror.ts";
import { type Path, pathResult } from "./posixpathargs.ts";

const STAT_FIELDS = [
  "st_mode",
  "st_ino",
  "st_dev",
  "st_nlink",
  "st_uid",
  "st_gid",
  "st_size",
  null,
  null,
  null,
  "st_atime",
  "st_mtime",
  "st_ctime",
  "st_atime_ns",
  "st_mtime_ns",
  "st_ctime_ns",
  "st_blksize",
  "st_blocks",
  "st_rdev",
];

export interface PosixState {
  statResult: Ref;
  terminalSize: Ref;
  uname: Ref;
  times: Ref;
  dirEntry: Ref;
  scandirIterator: Ref;
}

export function posixState(rt: Runtime): PosixState {
  return rt.moduleState.get("posix") as PosixState;
}

export function statResultType(rt: Runtime): NewRef {
  return defineStructSeq(rt, {
    name: "os.stat_result",
    fields: STAT_FIELDS,
    visible: 10,
    heap: true,
    doc: "What is known of a file.",
  });
}

/** A stat_result (new reference). */
export function statResult(rt: Runtime, s: Stat): NewRef {
  const p = pushed(rt, newStructSeq(rt, posixState(rt).statResult));
  const times = [s.atimeMs, s.mtimeMs, s.ctimeMs];
  const ns = times.map(
    (ms) => BigInt(Math.floor(ms)) * 1000000n + BigInt(Math.round((ms - Math.floor(ms)) * 1e6)),
  );
  [s.mode, s.ino, s.dev, s.nlink, s.uid, s.gid, s.size].forEach((v, i) =>
    setStructSeqItem(rt, p, i, PyLong_FromNumber(rt, v)),
  );
  ns.forEach((v, i) => {
    setStructSeqItem(rt, p, 7 + i, PyLong_FromBigInt(rt, v / 1000000000n));
    setStructSeqItem(
      rt,
      p,
      10 + i,
      PyFloat_FromDouble(rt, Number(v / 1000000000n) + 1e-9 * Number(v % 1000000000n)),
    );
    setStructSeqItem(rt, p, 13 + i, PyLong_FromBigInt(rt, v));
  });
  setStructSeqItem(rt, p, 16, PyLong_FromNumber(rt, s.blksize ?? 4096));
  setStructSeqItem(rt, p, 17, PyLong_FromNumber(rt, s.blocks ?? Math.ceil(s.size / 512)));
  setStructSeqItem(rt, p, 18, PyLong_FromNumber(rt, s.rdev ?? 0));
  return pop(rt);
}

/** DirEntry: head, name, path. ScandirIterator: head, entries (a list) or NULL, index. */
const enum Entry {
  name = 4,
  path = 6,
  BYTES = 96,
}

const enum Scan {
  entries = 4,
  index = 6,
  BYTES = 56,
}

const enum Mode {
  TYPE = 0o170000,
  DIR = 0o040000,
  FILE = 0o100000,
  LINK = 0o120000,
}

/** os.scandir of a path (read before: its reference is on the native stack). */
export function scandir(rt: Runtime, path: Path): NewRef {
  const names = hostCall(rt, path.shown === rt.None ? 0 : path.shown, () => rt.host.readdir(path.text));
  const list = pushed(rt, PyList_New(rt, 0));
  const prefix = path.shown === rt.None ? "./" : path.text.endsWith("/") ? path.text : `${path.text}/`;
  const type = posixState(rt).dirEntry;
  for (const name of names) {
    const e = pushed(rt, infoOfType(rt, type).tp_alloc!(rt, type, 0));
    rt.i32[e + Entry.name] = pathResult(rt, name, path.bytes);
    rt.i32[e + Entry.path] = pathResult(rt, prefix + name, path.bytes);
    listAppendSteal(rt, list, pop(rt));
  }
  const it = posixState(rt).scandirIterator;
  const p = infoOfType(rt, it).tp_alloc!(rt, it, 0);
  rt.i32[p + Scan.entries] = pop(rt);
  return p;
}

function scan_next(rt: Runtime, p: Ref): NewRef | 0 {
  const list = rt.i32[p + Scan.entries];
  if (list === 0) return 0;
  const i = rt.i32[p + Scan.index]++;
  if (i < listSize(rt, list)) return newref(rt, listItem(rt, list, i));
  clearField(rt, p + Scan.entries);
  return 0;
}

function scan_close(rt: Runtime, p: Ref): NewRef {
  clearField(rt, p + Scan.entries);
  return rt.None;
}

const FOLLOW = (name: string) => kwSpec(name, "*, follow_symlinks=");
const SPECS = { is_dir: FOLLOW("is_dir"), is_file: FOLLOW("is_file"), stat: FOLLOW("stat") };

function followArg(
  rt: Runtime,
  name: keyof typeof SPECS,
  args: number,
  nargs: number,
  kwnames: OptRef,
): boolean {
  const [follow] = parseFastKw(rt, SPECS[name], args, nargs, kwnames);
  return follow === 0 || PyObject_IsTrue(rt, follow);
}

/** The mode of an entry's file, 0 if it is not there. */
function modeOf(rt: Runtime, e: Ref, follow: boolean): number {
  try {
    return rt.host.stat(fsPath(rt, rt.i32[e + Entry.path]), follow).mode & Mode.TYPE;
  } catch {
    // A broken link, or a file that went: neither directory nor file.
    return 0;
  }
}

function kindMethod(name: "is_dir" | "is_file", kind: Mode): MethodDef {
  const fn = (rt: Runtime, e: Ref, args: number, nargs: number, kwnames: OptRef): NewRef =>
    modeOf(rt, e, followArg(rt, name, args, nargs, kwnames)) === kind ? rt.True : rt.False;
  return { name, flags: METH.FASTCALL | METH.KEYWORDS, fn, sig: "($self, /, *, follow_symlinks=True)" };
}

function entry_stat(rt: Runtime, e: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const follow = followArg(rt, "stat", args, nargs, kwnames);
  const path = rt.i32[e + Entry.path];
  return statResult(
    rt,
    hostCall(rt, path, () => rt.host.stat(fsPath(rt, path), follow)),
  );
}

const ENTRY_METHODS: MethodDef[] = [
  kindMethod("is_dir", Mode.DIR),
  kindMethod("is_file", Mode.FILE),
  {
    name: "is_symlink",
    flags: METH.NOARGS,
    fn: (rt, e) => (modeOf(rt, e, false) === Mode.LINK ? rt.True : rt.False),
  },
  { name: "is_junction", flags: METH.NOARGS, fn: (rt) => rt.False },
  {
    name: "stat",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: entry_stat,
    sig: "($self, /, *, follow_symlinks=True)",
  },
  {
    name: "inode",
    flags: METH.NOARGS,
    fn: (rt, e) =>
      PyLong_FromNumber(
        rt,
        hostCall(
          rt,
          rt.i32[e + Entry.path],
          () => rt.host.stat(fsPath(rt, rt.i32[e + Entry.path]), false).ino,
        ),
      ),
  },
  { name: "__fspath__", flags: METH.NOARGS, fn: (rt, e) => newref(rt, rt.i32[e + Entry.path]) },
  {
    name: "__class_getitem__",
    flags: METH.O | METH.CLASS,
    fn: (rt, cls, item) => Py_GenericAlias(rt, cls, item),
  },
];

export function dirEntryType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "posix.DirEntry",
    basicsize: Entry.BYTES,
    flags: TF.DISALLOW_INSTANTIATION,
    heap: true,
    slots: {
      tp_dealloc: plainReleaser([Entry.name, Entry.path]),
      tp_repr: (rt, e) => PyUnicode_FromJS(rt, `<DirEntry ${reprOf(rt, rt.i32[e + Entry.name])}>`),
    },
    methods: ENTRY_METHODS,
    members: [
      { name: "name", type: "object_ex", offset: Entry.name, readonly: true },
      { name: "path", type: "object_ex", offset: Entry.path, readonly: true },
    ],
  });
}

/** Deallocator of an instance without GC head. */
function plainReleaser(fields: number[]) {
  return (rt: Runtime, p: Ref): void => {
    const type = rt.i32[p + Ob.type];
    for (const f of fields) clearField(rt, p + f);
    infoOf(rt, p).tp_free!(rt, p);
    decref(rt, type);
  };
}

export function scandirType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "posix.ScandirIterator",
    basicsize: Scan.BYTES,
    flags: TF.DISALLOW_INSTANTIATION,
    heap: true,
    slots: { tp_dealloc: plainReleaser([Scan.entries]), tp_iter: PyObject_SelfIter, tp_iternext: scan_next },
    methods: [
      { name: "close", flags: METH.NOARGS, fn: scan_close },
      { name: "__enter__", flags: METH.NOARGS, fn: (rt, p) => newref(rt, p) },
      { name: "__exit__", flags: METH.VARARGS, fn: scan_close },
    ],
  });
}
