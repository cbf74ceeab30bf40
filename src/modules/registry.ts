/** The native modules by name; each is made when it is first imported. One line each. Part of the modules. */
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef } from "../objects/typeinfo.ts";
import { initModule__abc } from "./_abc.ts";
import { initModule__bisect } from "./_bisect.ts";
import { initModule__codecs } from "./_codecs.ts";
import { initModule__collections } from "./_collections.ts";
import { initModule__contextvars } from "./_contextvars.ts";
import { initModule__csv } from "./_csv.ts";
import { initModule__datetime } from "./_datetime.ts";
import { initModule__decimal } from "./_decimal.ts";
import {
  initModule__blake2,
  initModule__md5,
  initModule__sha1,
  initModule__sha2,
  initModule__sha3,
} from "./_digests.ts";
import { initModule__functools } from "./_functools.ts";
import { initModule__hashlib } from "./_hashlib.ts";
import { initModule__heapq } from "./_heapq.ts";
import { initModule__imp } from "./_imp.ts";
import { initModule__io } from "./_io.ts";
import { initModule__json } from "./_json.ts";
import { initModule__opcode } from "./_opcode.ts";
import { initModule__operator } from "./_operator.ts";
import { initModule__pickle } from "./_pickle.ts";
import { initModule__queue } from "./_queue.ts";
import { initModule__random } from "./_random.ts";
import { initModule__signal } from "./_signal.ts";
import { initModule__sre } from "./_sre.ts";
import { initModule__statistics } from "./_statistics.ts";
import { initModule__string } from "./_string.ts";
import { initModule__struct } from "./_struct.ts";
import { initModule__thread } from "./_thread.ts";
import { initModule__tracemalloc } from "./_tracemalloc.ts";
import { initModule__typing } from "./_typing.ts";
import { PyInit__weakref } from "./_weakref.ts";
import { initModule_array } from "./array.ts";
import { initModule_atexit } from "./atexit.ts";
import { initModule_binascii } from "./binascii.ts";
import { initModule_builtins } from "./builtins.ts";
import { initModule_cmath } from "./cmath.ts";
import { initModule_errno } from "./errno.ts";
import { PyInit_gc } from "./gc.ts";
import { initModule_itertools } from "./itertools.ts";
import { initModule_math } from "./math.ts";
import { initModule_posix } from "./posix.ts";
import { initModule_sys } from "./sys.ts";
import { initModule_time } from "./time.ts";
import { initModule_unicodedata } from "./unicodedata.ts";
import { initModule__warnings } from "./warnings.ts";
import { initModule_zlib } from "./zlib.ts";

export const nativeModules: Record<string, (rt: Runtime) => NewRef> = {
  _abc: initModule__abc,
  _bisect: initModule__bisect,
  _blake2: initModule__blake2,
  _codecs: initModule__codecs,
  _collections: initModule__collections,
  _contextvars: initModule__contextvars,
  _csv: initModule__csv,
  _datetime: initModule__datetime,
  _decimal: initModule__decimal,
  _functools: initModule__functools,
  _hashlib: initModule__hashlib,
  _heapq: initModule__heapq,
  _imp: initModule__imp,
  _io: initModule__io,
  _json: initModule__json,
  _md5: initModule__md5,
  _opcode: initModule__opcode,
  _operator: initModule__operator,
  _pickle: initModule__pickle,
  _queue: initModule__queue,
  _random: initModule__random,
  _sha1: initModule__sha1,
  _sha2: initModule__sha2,
  _sha3: initModule__sha3,
  _signal: initModule__signal,
  _sre: initModule__sre,
  _statistics: initModule__statistics,
  _string: initModule__string,
  _struct: initModule__struct,
  _thread: initModule__thread,
  _tracemalloc: initModule__tracemalloc,
  _typing: initModule__typing,
  _warnings: initModule__warnings,
  _weakref: PyInit__weakref,
  array: initModule_array,
  atexit: initModule_atexit,
  binascii: initModule_binascii,
  builtins: initModule_builtins,
  errno: initModule_errno,
  cmath: initModule_cmath,
  gc: PyInit_gc,
  itertools: initModule_itertools,
  math: initModule_math,
  posix: initModule_posix,
  sys: initModule_sys,
  time: initModule_time,
  unicodedata: initModule_unicodedata,
  zlib: initModule_zlib,
};
