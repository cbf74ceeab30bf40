/**
 * The native modules by name; each is made when it is first imported. One line each. Part of the modules.
 *
 * What every program needs is at hand; the others are in parts of the program that are loaded with the first of their modules.
 */
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef } from "../objects/typeinfo.ts";
import { load as datetime } from "./_datetime.part.ts";
import { load as decimal } from "./_decimal.part.ts";
import { load as pickle } from "./_pickle.part.ts";
import { load as tracemalloc } from "./_tracemalloc.part.ts";
import { initModule_builtins } from "./builtins.ts";
import { load as digests } from "./digests.part.ts";
import { load as natives } from "./natives.part.ts";
import { initModule_sys } from "./sys.ts";
import { load as unicodedata } from "./unicodedata.part.ts";
import { load as zlib } from "./zlib.part.ts";

export const nativeModules: Record<string, (rt: Runtime) => NewRef> = {
  _abc: (rt) => natives().initModule__abc(rt),
  _bisect: (rt) => natives().initModule__bisect(rt),
  _blake2: (rt) => digests().initModule__blake2(rt),
  _codecs: (rt) => natives().initModule__codecs(rt),
  _collections: (rt) => natives().initModule__collections(rt),
  _contextvars: (rt) => natives().initModule__contextvars(rt),
  _csv: (rt) => natives().initModule__csv(rt),
  _datetime: (rt) => datetime().initModule__datetime(rt),
  _decimal: (rt) => decimal().initModule__decimal(rt),
  _functools: (rt) => natives().initModule__functools(rt),
  _hashlib: (rt) => digests().initModule__hashlib(rt),
  _heapq: (rt) => natives().initModule__heapq(rt),
  _imp: (rt) => natives().initModule__imp(rt),
  _io: (rt) => natives().initModule__io(rt),
  _json: (rt) => natives().initModule__json(rt),
  _md5: (rt) => digests().initModule__md5(rt),
  _opcode: (rt) => natives().initModule__opcode(rt),
  _operator: (rt) => natives().initModule__operator(rt),
  _pickle: (rt) => pickle().initModule__pickle(rt),
  _queue: (rt) => natives().initModule__queue(rt),
  _random: (rt) => natives().initModule__random(rt),
  _sha1: (rt) => digests().initModule__sha1(rt),
  _sha2: (rt) => digests().initModule__sha2(rt),
  _sha3: (rt) => digests().initModule__sha3(rt),
  _signal: (rt) => natives().initModule__signal(rt),
  _sre: (rt) => natives().initModule__sre(rt),
  _statistics: (rt) => natives().initModule__statistics(rt),
  _string: (rt) => natives().initModule__string(rt),
  _struct: (rt) => natives().initModule__struct(rt),
  _thread: (rt) => natives().initModule__thread(rt),
  _tracemalloc: (rt) => tracemalloc().initModule__tracemalloc(rt),
  _typing: (rt) => natives().initModule__typing(rt),
  _warnings: (rt) => natives().initModule__warnings(rt),
  _weakref: (rt) => natives().PyInit__weakref(rt),
  array: (rt) => natives().initModule_array(rt),
  atexit: (rt) => natives().initModule_atexit(rt),
  binascii: (rt) => natives().initModule_binascii(rt),
  builtins: initModule_builtins,
  errno: (rt) => natives().initModule_errno(rt),
  cmath: (rt) => natives().initModule_cmath(rt),
  gc: (rt) => natives().PyInit_gc(rt),
  itertools: (rt) => natives().initModule_itertools(rt),
  math: (rt) => natives().initModule_math(rt),
  posix: (rt) => natives().initModule_posix(rt),
  sys: initModule_sys,
  time: (rt) => natives().initModule_time(rt),
  unicodedata: (rt) => unicodedata().initModule_unicodedata(rt),
  zlib: (rt) => zlib().initModule_zlib(rt),
};
