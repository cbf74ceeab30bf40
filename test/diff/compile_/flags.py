# Top-level await, __future__ flags and what exec inherits, trees that are parsed but not checked
import asyncio
flag = 0x2000
co = compile('await asyncio.sleep(0)\nx = 5\nprint(x)', '<a>', 'exec', flag); print(bool(co.co_flags & 0x80)); asyncio.run(eval(co))
co = compile('await asyncio.sleep(0, 7)', '<a>', 'eval', flag); print(asyncio.run(eval(co)))
co = compile('[i async for i in g()]', '<a>', 'eval', flag); print(co.co_flags & 0x80)
co = compile('x = 1', '<a>', 'exec', flag); print(co.co_flags & 0x80)
co = compile('async with a: pass\nasync for b in c: pass', '<a>', 'exec', flag); print(co.co_flags & 0x80)
try: compile('await x', '', 'exec')
except SyntaxError as e: print(e)
try: compile('def f(): await x', '', 'exec', flag)
except SyntaxError as e: print(e)
import __future__
co = compile('def f(a: b): pass', '', 'exec', __future__.annotations.compiler_flag); ns = {}; exec(co, ns); print(ns['f'].__annotations__, hex(co.co_flags))
src = '''from __future__ import annotations
ns = {}
exec("def f(a: nope): pass", ns); print(ns['f'].__annotations__)
co = compile("def g(a: nope2): pass", '', 'exec'); exec(co, ns); print(ns['g'].__annotations__, hex(co.co_flags))
co = compile("def g(a: nope2): pass", '', 'exec', 0, True)
try: exec(co, ns)
except NameError as e: print(e)
print(eval("lambda: 1").__code__.co_flags)
'''
exec(compile(src, '', 'exec'), {})
import ast
print(ast.dump(ast.parse("return 1")))
for src in ("yield 1", "await x", "def f(a, a): pass", "break", "nonlocal x", "*a", "f(a=1, a=2)", "x = *a", "global x; x = 1"):
    print(ast.unparse(ast.parse(src)))
