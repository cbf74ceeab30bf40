/** A tree as the JSON text that ast_reference.py writes. */
import type { AnyNode, ConstantValue } from "../../src/compiler/ast.ts";

export function treeText(node: unknown): string {
  if (node === null) return "null";
  if (typeof node === "number") return String(node);
  if (typeof node === "string") return asciiJson(node);
  if (Array.isArray(node)) return `[${node.map(treeText).join(",")}]`;
  const parts = [];
  const entries = node as AnyNode & Record<string, unknown>;
  for (const key in entries) {
    const v = entries[key as keyof typeof entries] as unknown;
    if (key === "value" && (entries.kind === "Constant" || entries.kind === "MatchSingleton")) {
      parts.push(constantText(v as ConstantValue));
    } else parts.push(treeText(v));
  }
  return `[${parts.join(",")}]`;
}

function constantText(v: ConstantValue): string {
  switch (v.t) {
    case "int":
      return `["int","0x${v.v.toString(16)}"]`;
    case "float":
      return `["float","${doubleHex(v.v)}"]`;
    case "complex":
      return `["complex","${doubleHex(v.im)}"]`;
    case "bytes":
      return `["bytes","${Buffer.from(v.v).toString("hex")}"]`;
    case "str":
      return `["str",${asciiJson(v.v)}]`;
    default:
      return `["${v.t}"]`;
  }
}

function doubleHex(v: number): string {
  const b = Buffer.alloc(8);
  b.writeDoubleBE(v);
  return b.toString("hex");
}

function asciiJson(s: string): string {
  return JSON.stringify(s).replace(
    /[\x7f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
