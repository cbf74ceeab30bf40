/** Scopes: who owns a name, what is inlined, in which order fast locals stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PyWarning } from "../../src/compiler/errors.ts";
import { frontEnd } from "../../src/compiler/frontend.ts";
import { decodeSource, parse } from "../../src/compiler/parse.ts";
import { NameScope, type Scope } from "../../src/compiler/symtable.ts";

function scopes(source: string): Map<string, Scope> {
  const { table } = frontEnd(source, "<s>", "exec");
  return new Map([...table.scopes.values()].map((s) => [s.qualname, s]));
}

test("closures: cell in the owner, free below", () => {
  const found = scopes("def f(a):\n  b = 1\n  def g():\n    return a + b + c\n  return g\n");
  assert.deepEqual(found.get("f")!.cellvars, ["a", "b"]);
  assert.deepEqual(found.get("f.<locals>.g")!.freevars, ["a", "b"]);
  assert.equal(found.get("f.<locals>.g")!.scopeOf("c"), NameScope.GLOBAL_IMPLICIT);
});

test("fast locals stand in the order in which code meets them", () => {
  const found = scopes("def f(x, *, k, **kw):\n  b = a = x\n  for i in k: c = i\n  d = [e for e in b]\n");
  assert.deepEqual(found.get("f")!.varnames, ["x", "k", "kw", "b", "a", "i", "c", "e", "d"]);
});

test("a return through a final body meets its names first", () => {
  const found = scopes("def f():\n  try:\n    return 1\n    a = 1\n  finally:\n    b = 2\n");
  assert.deepEqual(found.get("f")!.varnames, ["b", "a"]);
});

test("list comprehensions are inlined, generator expressions are not", () => {
  const found = scopes("def f(y):\n  return [x for x in y], (z for z in y)\n");
  assert.equal(found.get("f.<locals>.<listcomp>")!.inlined, true);
  assert.equal(found.get("f.<locals>.<genexpr>")!.inlined, false);
});

test("methods with super() need the class cell; private names are mangled", () => {
  const found = scopes("class A:\n  def f(self):\n    self.__x = super()\n    __y = 1\n");
  assert.equal(found.get("A")!.needsClassClosure, true);
  assert.deepEqual(found.get("A.f")!.freevars, ["__class__"]);
  assert.deepEqual(found.get("A.f")!.varnames, ["self", "_A__y"]);
});

test("kinds of functions", () => {
  const found = scopes("def a(): yield\nasync def b(): await c\nasync def d(): yield\n");
  assert.equal(found.get("a")!.isGenerator, true);
  assert.equal(found.get("b")!.isCoroutine, true);
  assert.equal(found.get("d")!.isAsyncGen, true);
});

test("warnings", () => {
  const warnings: PyWarning[] = [];
  frontEnd("x is 1\n'\\d'\nassert (a, 'b')\n1[2]\n'a'['b']\n(1)(2)\n", "<s>", "exec", { warnings });
  assert.deepEqual(
    warnings.map((w) => `${w.lineno}: ${w.msg}`),
    [
      "2: invalid escape sequence '\\d'",
      '1: "is" with \'int\' literal. Did you mean "=="?',
      "3: assertion is always true, perhaps remove parentheses?",
      "4: 'int' object is not subscriptable; perhaps you missed a comma?",
      "5: str indices must be integers or slices, not str; perhaps you missed a comma?",
      "6: 'int' object is not callable; perhaps you missed a comma?",
    ],
  );
});

test("lone surrogates keep their code points", () => {
  const tree = parse("'\\ud83d\\ude00' '\\U0001f600'", "<s>", "eval");
  assert.ok(tree.kind === "Expression" && tree.body.kind === "Constant" && tree.body.value.t === "str");
  assert.deepEqual(tree.body.value.cps, [0xd83d, 0xde00, 0x1f600]);
});

test("source bytes are decoded by mark, cookie or as UTF-8", () => {
  const bytes = (s: string) => Uint8Array.from(s, (c) => c.charCodeAt(0));
  assert.equal(decodeSource(bytes("\xef\xbb\xbfx")), "x");
  assert.equal(decodeSource(bytes("# -*- coding: latin-1 -*-\n'\xe9'")), "# -*- coding: latin-1 -*-\n'é'");
  assert.throws(() => decodeSource(bytes("'\xe9'")), /utf-8/);
  assert.throws(() => decodeSource(bytes("# coding: no-such-thing\n")), /unknown encoding/);
});
