/** The module posix: files, directories and what else os asks of the system. Part of the modules (Modules/posixmodule.c). */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { type KwSpec, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyLong_Check, PyTuple_Check } from "../objects/check.ts";
import { PyDict_New, setItemTake2 } from "../objects/dict.ts";
import { raise, raiseWith, typeError, valueError } from "../objects/errors.ts";
import { PyFloat_AsDouble, PyFloat_FromDouble } from "../objects/float.ts";
import { PyOS_FSPath } from "../objects/fspath.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { bigIntOf, PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { defineStructSeq, newStructSeq, setStructSeqItem } from "../objects/structseq.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { errnoError, hostCall, strerror } from "./hosterror.ts";
import { createModule, makeAll } from "./native.ts";
import { fsBytes, type Path, pathArg, pathResult } from "./posixpathargs.ts";
import { PROCESS_CONSTANTS, processMethods } from "./posixprocess.ts";
import { dirEntryType, posixState, scandir, scandirType, statResult, statResultType } from "./posixstat.ts";

type Body = (rt: Runtime, args: Ref[]) => NewRef;

const methods: MethodDef[] = [];

/** Adds a function with a signature in kwSpec's notation. */
function def(name: string, signature: string, body: Body): void {
  const spec: KwSpec = kwSpec(name, signature);
  methods.push({
    name,
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (rt, _m, args, nargs, kwnames) => body(rt, parseFastKw(rt, spec, args, nargs, kwnames)),
  });
}

const int = (rt: Runtime, o: Ref): number => PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
const flag = (rt: Runtime, o: Ref, fallback: boolean): boolean =>
  o === 0 ? fallback : PyObject_IsTrue(rt, o);

function noDirFd(rt: Runtime, fname: string, ...fds: Ref[]): void {
  if (fds.some((fd) => fd !== 0 && fd !== rt.None))
    throw raise(rt, rt.exc.NotImplementedError, `${fname}: dir_fd unavailable on this platform`);
}

/** Calls the host with a path argument; errors carry it. */
function onPath(
  name: string,
  signature: string,
  call: (rt: Runtime, path: Path, args: Ref[]) => NewRef,
  options: { fd?: boolean; nullable?: boolean } = {},
): void {
  def(name, signature, (rt, args) => {
    const path = pathArg(rt, name, "path", args[0], options.fd, options.nullable);
    const result = call(rt, path, args);
    if (result !== rt.None) {
      push(rt, result);
      pop(rt);
    }
    drop(rt);
    return result;
  });
}

function statOf(rt: Runtime, path: Path, follow: boolean): NewRef {
  return statResult(
    rt,
    hostCall(rt, path.fd >= 0 ? 0 : path.shown, () =>
      path.fd >= 0 ? rt.host.fstat(path.fd) : rt.host.stat(path.text, follow),
    ),
  );
}

onPath(
  "stat",
  "path, *, dir_fd=, follow_symlinks=",
  (rt, path, a) => {
    noDirFd(rt, "stat", a[1]);
    return statOf(rt, path, flag(rt, a[2], true));
  },
  { fd: true },
);
onPath("lstat", "path, *, dir_fd=", (rt, path, a) => {
  noDirFd(rt, "lstat", a[1]);
  return statOf(rt, path, false);
});
def("fstat", "fd", (rt, [fd]) =>
  statResult(
    rt,
    hostCall(rt, 0, () => rt.host.fstat(int(rt, fd))),
  ),
);
onPath(
  "listdir",
  "path=",
  (rt, path) => {
    const names = hostCall(rt, path.shown === rt.None ? 0 : path.shown, () => rt.host.readdir(path.text));
    const list = pushed(rt, PyList_New(rt, 0));
    for (const name of names) listAppendSteal(rt, list, pathResult(rt, name, path.bytes));
    return pop(rt);
  },
  { fd: true, nullable: true },
);
onPath("scandir", "path=", (rt, path) => scandir(rt, path), { fd: true, nullable: true });

function simple(name: string, signature: string, call: (rt: Runtime, path: Path, args: Ref[]) => void): void {
  onPath(name, signature, (rt, path, args) => {
    hostCall(rt, path.shown, () => call(rt, path, args));
    return rt.None;
  });
}

simple("mkdir", "path, mode=, *, dir_fd=", (rt, path, [, mode, dirFd]) => {
  noDirFd(rt, "mkdir", dirFd);
  rt.host.mkdir(path.text, mode === 0 ? 0o777 : int(rt, mode));
});
simple("rmdir", "path, *, dir_fd=", (rt, path) => rt.host.rmdir(path.text));
simple("unlink", "path, *, dir_fd=", (rt, path) => rt.host.unlink(path.text));
simple("remove", "path, *, dir_fd=", (rt, path) => rt.host.unlink(path.text));
simple("chdir", "path", (rt, path) => rt.host.chdir(path.text));
simple("chmod", "path, mode, *, dir_fd=, follow_symlinks=", (rt, path, [, mode]) =>
  rt.host.chmod(path.text, int(rt, mode)),
);
onPath("readlink", "path, *, dir_fd=", (rt, path) =>
  pathResult(
    rt,
    hostCall(rt, path.shown, () => rt.host.readlink(path.text)),
    path.bytes,
  ),
);
onPath("access", "path, mode, *, dir_fd=, effective_ids=, follow_symlinks=", (rt, path, [, mode]) =>
  rt.host.access(path.text, int(rt, mode)) ? rt.True : rt.False,
);

function twoPaths(name: string, signature: string, call: (rt: Runtime, a: Path, b: Path) => void): void {
  def(name, signature, (rt, args) => {
    const a = pathArg(rt, name, "src", args[0]);
    const b = pathArg(rt, name, "dst", args[1]);
    hostCall(rt, a.shown, () => call(rt, a, b), b.shown);
    drop(rt, 2);
    return rt.None;
  });
}

twoPaths("rename", "src, dst, *, src_dir_fd=, dst_dir_fd=", (rt, a, b) => rt.host.rename(a.text, b.text));
twoPaths("replace", "src, dst, *, src_dir_fd=, dst_dir_fd=", (rt, a, b) => rt.host.rename(a.text, b.text));
twoPaths("symlink", "src, dst, target_is_directory=, *, dir_fd=", (rt, a, b) =>
  rt.host.symlink(a.text, b.text),
);

def("getcwd", "", (rt) => PyUnicode_FromJS(rt, rt.host.cwd()));
def("getcwdb", "", (rt) => bytesFromJS(rt, fsBytes(rt.host.cwd())));
def("fspath", "path", (rt, [path]) => PyOS_FSPath(rt, path));
def("open", "path, flags, mode=, *, dir_fd=", (rt, [p, flags, mode]) => {
  const path = pathArg(rt, "open", "path", p);
  const fd = hostCall(rt, path.shown, () =>
    rt.host.open(path.text, int(rt, flags), mode === 0 ? 0o777 : int(rt, mode)),
  );
  drop(rt);
  return PyLong_FromNumber(rt, fd);
});
def("close", "fd", (rt, [fd]) => {
  hostCall(rt, 0, () => rt.host.close(int(rt, fd)));
  return rt.None;
});
def("closerange", "fd_low, fd_high, /", (rt, [low, high]) => {
  for (let fd = int(rt, low); fd < int(rt, high); fd++) {
    try {
      rt.host.close(fd);
    } catch {
      // closerange passes over what is not open.
    }
  }
  return rt.None;
});
def("read", "fd, length, /", (rt, [fd, n]) => {
  if (int(rt, n) < 0) throw errnoError(rt, 22);
  return bytesFromJS(
    rt,
    hostCall(rt, 0, () => rt.host.read(int(rt, fd), int(rt, n))),
  );
});
def("write", "fd, data, /", (rt, [fd, data]) => {
  const bytes = copyOfBytes(rt, data);
  return PyLong_FromNumber(
    rt,
    hostCall(rt, 0, () => rt.host.write(int(rt, fd), bytes)),
  );
});
def("lseek", "fd, position, whence, /", (rt, [fd, position, whence]) =>
  PyLong_FromNumber(
    rt,
    hostCall(rt, 0, () => rt.host.seek(int(rt, fd), int(rt, position), int(rt, whence))),
  ),
);
def("ftruncate", "fd, length, /", (rt, [fd, n]) => {
  hostCall(rt, 0, () => rt.host.truncate(int(rt, fd), int(rt, n)));
  return rt.None;
});
def("truncate", "path, length", (rt, [p, n]) => {
  const path = pathArg(rt, "truncate", "path", p, true);
  hostCall(rt, path.shown, () => {
    const fd = path.fd >= 0 ? path.fd : rt.host.open(path.text, 1, 0);
    rt.host.truncate(fd, int(rt, n));
    if (path.fd < 0) rt.host.close(fd);
  });
  drop(rt);
  return rt.None;
});
def("fsync", "fd", (rt) => rt.None);
def("fdatasync", "fd", (rt) => rt.None);
def("dup", "fd, /", (rt, [fd]) =>
  PyLong_FromNumber(
    rt,
    hostCall(rt, 0, () => rt.host.dup(int(rt, fd))),
  ),
);
def("dup2", "fd, fd2, inheritable=", (rt, [fd, fd2]) =>
  PyLong_FromNumber(
    rt,
    hostCall(rt, 0, () => rt.host.dup(int(rt, fd), int(rt, fd2))),
  ),
);
def("isatty", "fd, /", (rt, [fd]) => (rt.host.isatty(int(rt, fd)) ? rt.True : rt.False));
def("getpid", "", (rt) => PyLong_FromNumber(rt, rt.host.pid()));
def("urandom", "size, /", (rt, [n]) => {
  if (int(rt, n) < 0) throw valueError(rt, "negative argument not allowed");
  return bytesFromJS(rt, rt.host.random(int(rt, n)));
});
def("strerror", "code, /", (rt, [code]) => PyUnicode_FromJS(rt, strerror(int(rt, code))));
def("cpu_count", "", (rt) => PyLong_FromNumber(rt, 1));
def("umask", "mask, /", (rt) => PyLong_FromNumber(rt, 0o022));
def("get_terminal_size", "fd=, /", (rt, [fd]) => {
  const n = fd === 0 ? 1 : int(rt, fd);
  // ENOTTY, as the ioctl says.
  if (!rt.host.isatty(n)) throw errnoError(rt, 25);
  const p = pushed(rt, newStructSeq(rt, posixState(rt).terminalSize));
  setStructSeqItem(rt, p, 0, PyLong_FromNumber(rt, Number(rt.host.env.COLUMNS ?? 80)));
  setStructSeqItem(rt, p, 1, PyLong_FromNumber(rt, Number(rt.host.env.LINES ?? 24)));
  return pop(rt);
});
def("times", "", (rt) => {
  const p = pushed(rt, newStructSeq(rt, posixState(rt).times));
  const user = Number(rt.host.processTimeNs()) / 1e9;
  [user, 0, 0, 0, Number(rt.host.monotonicNs()) / 1e9].forEach((v, i) =>
    setStructSeqItem(rt, p, i, PyFloat_FromDouble(rt, v)),
  );
  return pop(rt);
});
def("uname", "", (rt) => {
  const p = pushed(rt, newStructSeq(rt, posixState(rt).uname));
  ["Linux", "localhost", "0", "#1", "x86_64"].forEach((v, i) =>
    setStructSeqItem(rt, p, i, PyUnicode_FromJS(rt, v)),
  );
  return pop(rt);
});
def("_exit", "status", (rt, [status]) => {
  rt.host.exit?.(int(rt, status) & 0xff);
  throw raiseWith(rt, rt.exc.SystemExit, status);
});
def("putenv", "name, value, /", (rt) => rt.None);
def("unsetenv", "name, /", (rt) => rt.None);
for (const name of ["getuid", "geteuid", "getgid", "getegid"]) {
  def(name, "", (rt) => {
    const s = rt.host.stat(".", true);
    return PyLong_FromNumber(rt, name.endsWith("uid") ? s.uid : s.gid);
  });
}
def("device_encoding", "fd", (rt, [fd]) =>
  rt.host.isatty(int(rt, fd)) ? PyUnicode_FromJS(rt, "utf-8") : rt.None,
);
def("get_inheritable", "fd, /", (rt) => rt.False);
def("set_inheritable", "fd, inheritable, /", (rt) => rt.None);

/** Milliseconds of one time of utime(): seconds as a number, or nanoseconds. */
function timeArg(rt: Runtime, o: Ref, ns: boolean): number {
  if (ns) return Number(bigIntOf(rt, o)) / 1e6;
  return (PyLong_Check(rt, o) ? int(rt, o) : PyFloat_AsDouble(rt, o)) * 1000;
}

simple("utime", "path, times=, *, ns=, dir_fd=, follow_symlinks=", (rt, path, [, times, ns]) => {
  const given = times !== 0 && times !== rt.None ? times : ns;
  if (given === 0) {
    const now = Number(rt.host.timeNs()) / 1e6;
    rt.host.utime(path.text, now, now);
    return;
  }
  if (!PyTuple_Check(rt, given) || tupleSize(rt, given) !== 2) {
    throw typeError(
      rt,
      `utime: '${given === ns ? "ns" : "times"}' must be ${given === ns ? "a tuple of two ints" : "either a tuple of two ints or None"}`,
    );
  }
  rt.host.utime(
    path.text,
    timeArg(rt, tupleItem(rt, given, 0), given === ns),
    timeArg(rt, tupleItem(rt, given, 1), given === ns),
  );
});

const CONSTANTS =
  "F_OK=0 R_OK=4 W_OK=2 X_OK=1 O_RDONLY=0 O_WRONLY=1 O_RDWR=2 O_CREAT=64 O_EXCL=128 O_NOCTTY=256 O_TRUNC=512 O_APPEND=1024 " +
  "O_NONBLOCK=2048 O_NDELAY=2048 O_DSYNC=4096 O_DIRECTORY=65536 O_NOFOLLOW=131072 O_CLOEXEC=524288 O_SYNC=1052672 O_ACCMODE=3 " +
  "EX_OK=0 EX_USAGE=64 EX_DATAERR=65 EX_NOINPUT=66 EX_NOUSER=67 EX_NOHOST=68 EX_UNAVAILABLE=69 EX_SOFTWARE=70 EX_OSERR=71 " +
  "EX_OSFILE=72 EX_CANTCREAT=73 EX_IOERR=74 EX_TEMPFAIL=75 EX_PROTOCOL=76 EX_NOPERM=77 EX_CONFIG=78 TMP_MAX=238328 NGROUPS_MAX=65536";

function environ(rt: Runtime): NewRef {
  const d = pushed(rt, PyDict_New(rt));
  for (const [key, value] of Object.entries(rt.host.env)) {
    if (value === undefined) continue;
    push(rt, bytesFromJS(rt, fsBytes(key)));
    const v = bytesFromJS(rt, fsBytes(value));
    setItemTake2(rt, d, pop(rt), v);
  }
  return pop(rt);
}

export function initModule_posix(rt: Runtime): NewRef {
  const seq = (name: string, fields: string[]) =>
    defineStructSeq(rt, { name, fields, visible: fields.length, heap: true });
  const state = makeAll(rt, {
    statResult: () => statResultType(rt),
    terminalSize: () => seq("os.terminal_size", ["columns", "lines"]),
    uname: () => seq("posix.uname_result", ["sysname", "nodename", "release", "version", "machine"]),
    times: () => seq("posix.times_result", ["user", "system", "children_user", "children_system", "elapsed"]),
    dirEntry: () => dirEntryType(rt),
    scandirIterator: () => scandirType(rt),
  });
  rt.moduleState.set("posix", state);
  registerRoot(rt, () => Object.values(state));
  const m = createModule(rt, "posix", [...methods, ...processMethods]);
  push(rt, m);
  PyModule_AddObjectRef(rt, m, "stat_result", state.statResult);
  PyModule_AddObjectRef(rt, m, "terminal_size", state.terminalSize);
  PyModule_AddObjectRef(rt, m, "uname_result", state.uname);
  PyModule_AddObjectRef(rt, m, "times_result", state.times);
  PyModule_AddObjectRef(rt, m, "DirEntry", state.dirEntry);
  PyModule_AddObject(rt, m, "error", newref(rt, rt.exc.OSError));
  PyModule_AddObject(rt, m, "environ", environ(rt));
  PyModule_AddObject(rt, m, "_have_functions", PyList_New(rt, 0));
  for (const entry of `${CONSTANTS} ${PROCESS_CONSTANTS}`.split(" ")) {
    const [name, value] = entry.split("=");
    PyModule_AddObject(rt, m, name, PyLong_FromNumber(rt, Number(value)));
  }
  return pop(rt);
}
