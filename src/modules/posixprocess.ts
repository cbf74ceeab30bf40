/** The part of posix that deals with processes: pipes, children, their statuses, signals sent. Part of the modules. */
import type { KwSpec } from "../objects/argparse.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { PyBytes_Check } from "../objects/check.ts";
import { raise, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Fast, PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS } from "../objects/sequence.ts";
import { drop, pop } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { errnoError, hostCall } from "./hosterror.ts";
import { raiseSignal } from "./signals.ts";

const ENOSYS = 38;
const EINVAL = 22;

const int = (rt: Runtime, o: Ref): number => PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);

function method(name: string, signature: string, body: (rt: Runtime, args: Ref[]) => NewRef): MethodDef {
  const spec: KwSpec = kwSpec(name, signature);
  return {
    name,
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (rt, _m, args, nargs, kwnames) => body(rt, parseFastKw(rt, spec, args, nargs, kwnames)),
  };
}

function pair(rt: Runtime, a: number, b: number): NewRef {
  const x = pushed(rt, PyLong_FromNumber(rt, a));
  const y = pushed(rt, PyLong_FromNumber(rt, b));
  const t = PyTuple_Pack(rt, x, y);
  drop(rt, 2);
  return t;
}

function text(rt: Runtime, o: Ref): string {
  return PyBytes_Check(rt, o) ? new TextDecoder().decode(copyOfBytes(rt, o)) : jsString(rt, o);
}

function texts(rt: Runtime, o: Ref): string[] {
  const fast = pushed(rt, PySequence_Fast(rt, o, "expected a sequence"));
  const out: string[] = [];
  const n = PySequence_Fast_GET_SIZE(rt, fast);
  for (let i = 0; i < n; i++) out.push(text(rt, rt.i32[PySequence_Fast_ITEMS(rt, fast) + 2 * i]));
  drop(rt);
  return out;
}

function pipe(rt: Runtime): NewRef {
  if (rt.host.pipe === undefined) throw errnoError(rt, ENOSYS);
  return pair(rt, ...hostCall(rt, 0, () => rt.host.pipe!()));
}

/** _spawn(args, paths, cwd, env, fd0, fd1, fd2): the host's way to make a child; its id. */
function spawn(rt: Runtime, [args, paths, cwd, env, ...fds]: Ref[]): NewRef {
  if (rt.host.startChild === undefined) throw errnoError(rt, ENOSYS);
  const options = {
    args: texts(rt, args),
    paths: texts(rt, paths),
    cwd: cwd === rt.None ? null : text(rt, cwd),
    env: env === rt.None ? null : environment(texts(rt, env)),
    fds: fds.map((fd) => int(rt, fd)),
  };
  return PyLong_FromNumber(
    rt,
    hostCall(rt, 0, () => rt.host.startChild!(options)),
  );
}

function environment(entries: string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((e) => [e.slice(0, e.indexOf("=", 1)), e.slice(e.indexOf("=", 1) + 1)]),
  );
}

function waitpid(rt: Runtime, [pid, options]: Ref[]): NewRef {
  if (rt.host.waitChild === undefined) throw errnoError(rt, 10);
  const done = hostCall(rt, 0, () => rt.host.waitChild!(int(rt, pid), (int(rt, options) & 1) !== 0));
  return done === null ? pair(rt, 0, 0) : pair(rt, ...done);
}

function kill(rt: Runtime, [pid, signum]: Ref[]): NewRef {
  const to = int(rt, pid);
  const n = int(rt, signum);
  if (n < 0 || n > 64) throw errnoError(rt, EINVAL);
  if (to === rt.host.pid() && n !== 0) raiseSignal(rt, n);
  else if (rt.host.signals === undefined) throw errnoError(rt, ENOSYS);
  else hostCall(rt, 0, () => rt.host.signals!.kill(to, n));
  return rt.None;
}

/** Microseconds of user and system time, KiB at most resident, page faults, blocks, context switches. */
function rusage(rt: Runtime): NewRef {
  const numbers = rt.host.resourceUsage?.() ?? new Array(9).fill(0);
  const t = pushed(rt, PyTuple_New(rt, numbers.length));
  numbers.forEach((n, i) => {
    PyTuple_SET_ITEM(rt, t, i, PyLong_FromNumber(rt, n));
  });
  return pop(rt);
}

const exited = (s: number): boolean => (s & 0x7f) === 0;
const signalled = (s: number): boolean => (s & 0x7f) !== 0 && (s & 0x7f) !== 0x7f;

function exitCode(rt: Runtime, status: number): number {
  if (exited(status)) return (status >> 8) & 0xff;
  if (signalled(status)) return -(status & 0x7f);
  throw valueError(rt, `process stopped by delivery of signal ${(status >> 8) & 0xff}`);
}

function about(name: string, answer: (rt: Runtime, status: number) => number | boolean): MethodDef {
  return method(name, "status", (rt, [status]) => {
    const value = answer(rt, int(rt, status));
    if (typeof value === "boolean") return value ? rt.True : rt.False;
    return PyLong_FromNumber(rt, value);
  });
}

function noProcess(name: string): MethodDef {
  return {
    name,
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (rt) => {
      throw raise(rt, rt.exc.OSError, `${name}: there is one process only; subprocess runs programs`);
    },
  };
}

const SIGABRT = 6;

export const processMethods: MethodDef[] = [
  method("pipe", "", pipe),
  method("pipe2", "flags, /", pipe),
  method("_spawn", "args, paths, cwd, env, fd0, fd1, fd2, /", spawn),
  method("_readable", "fd, /", (rt, [fd]) =>
    hostCall(rt, 0, () => rt.host.readable?.(int(rt, fd)) ?? true) ? rt.True : rt.False,
  ),
  method("waitpid", "pid, options, /", waitpid),
  method("kill", "pid, signal, /", kill),
  method("abort", "", (rt) => {
    rt.host.signals?.die(SIGABRT);
    throw raise(rt, rt.exc.SystemError, "the process cannot be aborted");
  }),
  // There is never a fork: what is registered is never called.
  method("register_at_fork", "*, before=, after_in_child=, after_in_parent=", (rt) => rt.None),
  method("getppid", "", (rt) => PyLong_FromNumber(rt, rt.host.parentPid?.() ?? 1)),
  method("_rusage", "", rusage),
  about("WIFEXITED", (_rt, s) => exited(s)),
  about("WEXITSTATUS", (_rt, s) => (s >> 8) & 0xff),
  about("WIFSIGNALED", (_rt, s) => signalled(s)),
  about("WTERMSIG", (_rt, s) => s & 0x7f),
  about("WIFSTOPPED", (_rt, s) => (s & 0xff) === 0x7f),
  about("WSTOPSIG", (_rt, s) => (s >> 8) & 0xff),
  about("WIFCONTINUED", (_rt, s) => s === 0xffff),
  about("WCOREDUMP", (_rt, s) => (s & 0x80) !== 0),
  about("waitstatus_to_exitcode", exitCode),
  ...["fork", "execv", "execve"].map(noProcess),
];

export const PROCESS_CONSTANTS = "WNOHANG=1 WUNTRACED=2 WCONTINUED=8 P_PID=1 P_PGID=2 P_ALL=0";
