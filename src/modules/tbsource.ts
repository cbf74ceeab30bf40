/** Source lines for tracebacks: from texts registered under a name (`-c`, the prompt), else from files. Part of modules/. */

import { PyList_Check, PyUnicode_Check } from "../objects/check.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { List } from "../objects/layout.ts";
import { listItem } from "../objects/list.ts";
import type { Runtime } from "../objects/runtime.ts";
import { jsString } from "../objects/str.ts";
import { sourceOf } from "../runtime/sourcecodec.ts";

/** A reader of source lines that opens each file once. */
export class SourceLines {
  private readonly files = new Map<string, string[]>();

  /** `onlyFiles`: what is in no file has no lines, as where CPython does not ask linecache. */
  constructor(
    private readonly rt: Runtime,
    private readonly onlyFiles = false,
  ) {}

  /** Lines `from` to `to` (from 1, both included) without trailing blanks; "" for what is not there. */
  get(filename: string, from: number, to: number): string[] {
    const lines = this.linesOf(filename);
    const out: string[] = [];
    for (let k = from; k <= to; k++) out.push((lines[k - 1] ?? "").trimEnd());
    return out;
  }

  private linesOf(filename: string): string[] {
    let lines = this.files.get(filename);
    if (lines === undefined) {
      const text = (this.onlyFiles ? null : this.rt.sources.get(filename)) ?? this.read(filename);
      lines = text === null ? [] : text.split(/\r\n|\r|\n/);
      this.files.set(filename, lines);
    }
    return lines;
  }

  private read(filename: string): string | null {
    // CPython needs to import io for it.
    if (this.rt.modulesGone) return null;
    if (filename === "" || (filename.startsWith("<") && filename.endsWith(">"))) return null;
    const direct = readText(this.rt, filename);
    if (direct !== null || filename.startsWith("/")) return direct;
    for (const folder of sysPath(this.rt)) {
      const text = readText(this.rt, folder === "" ? filename : `${folder}/${filename}`);
      if (text !== null) return text;
    }
    return null;
  }
}

function sysPath(rt: Runtime): string[] {
  const path = rt.sysDict === 0 ? 0 : dict_getitem_str(rt, rt.sysDict, "path");
  if (path === 0 || !PyList_Check(rt, path)) return [];
  const out: string[] = [];
  for (let k = 0; k < rt.i32[path + List.size]; k++) {
    const item = listItem(rt, path, k);
    if (PyUnicode_Check(rt, item)) out.push(jsString(rt, item));
  }
  return out;
}

/** A whole file as text, or null if it cannot be read. */
function readText(rt: Runtime, path: string): string | null {
  try {
    return sourceOf(rt, readBytes(rt, path), path, false);
  } catch {
    // No such file, or no text: the traceback goes without the line.
    return null;
  }
}

function readBytes(rt: Runtime, path: string): Uint8Array {
  const fd = rt.host.open(path, 0, 0);
  try {
    const parts: Uint8Array[] = [];
    let total = 0;
    for (let part = rt.host.read(fd, 65536); part.length > 0; part = rt.host.read(fd, 65536)) {
      parts.push(part.slice());
      total += part.length;
    }
    const whole = new Uint8Array(total);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  } finally {
    rt.host.close(fd);
  }
}
