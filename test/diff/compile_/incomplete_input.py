# compile() with PyCF_ALLOW_INCOMPLETE_INPUT and PyCF_DONT_IMPLY_DEDENT, codeop, code.InteractiveConsole
import code, codeop, io, contextlib, sys
srcs = ['x = 1', 'if 1:', 'if 1:\n    pass', 'if 1:\n  x=1\n', 'if 1:\n  x=1\n\n', 'for i in [1]:\n', 'def f():', 'def f(): pass', 'def f(): pass\n', '(1', '(1,\n', '[1,\n2]', '{', '"""a', "'''a\nb", "'abc", '"a\\', 'x = \\', 'x = \\\n', 'a b', 'a +', '1 +', 'try:\n  pass', 'try:\n  pass\nexcept:', 'try: pass\nexcept: pass\n', '@a', '@a\n', 'class A:\n  x=1', 'class A:\n  x=1\n', '', '\n', '# c', 'if 1:\n  pass\nelse', 'if 1:\n  pass\nelse:', 'while 1: pass', 'lambda', 'lambda:', 'x = ', 'import', 'from a import (', 'from a import', 'return', 'match x:', 'match x:\n  case 1:', 'match x:\n  case 1: pass', 'f"{', 'f"""{a', 'f"""a', 'a; b', 'a\nb', 'with a:', 'with a as b,', 'x = (yield)', 'del', 'raise', 'assert', 'not', 'a if b', 'print(', 'a[', 'a.', '1 2', ')', '}', 'if', 'if x', 'if 1:\npass', '  x', 'x\n  y', 'async def f():', 'async def f():\n  await x', 'await x', '$', '?', 'é', '1a', '\\', '"\\N{x"']
for s in srcs:
    for sym in ('single', 'exec', 'eval'):
        try:
            r = codeop.compile_command(s, '<i>', sym); r = 'None' if r is None else 'code'
        except SyntaxError as e: r = f'{type(e).__name__} {e.msg} {e.lineno} {e.offset}'
        except Exception as e: r = repr(e)
        print(repr(s), sym, r)
    for fl in (0x200, 0x4000, 0x4200):
        try: compile(s, '<i>', 'single', fl); r = 'ok'
        except SyntaxError as e: r = f'{type(e).__name__} {e.msg} {e.lineno} {e.offset}'
        print(repr(s), fl, r)
c = code.InteractiveConsole({'__name__': 'x'})
err = io.StringIO()
with contextlib.redirect_stderr(err):
    for l in ['x = 1', 'x', 'def f(a):', '    return a + 1', '', 'f(2)', 'for i in range(2):', '  print(i)', '', 'print(', '5)', '1/0', 'a b', 'if x:', '  x', 'else:', '  y', '', 'class A:', '  pass', '', 'A', '"""doc', 'more"""', 'f.__name__', 'raise SystemExit' ]:
        try: print(repr(l), c.push(l))
        except SystemExit: print('exit')
print(err.getvalue())
