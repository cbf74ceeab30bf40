# The place of the operation that fails, statement by statement
import traceback
import warnings

warnings.simplefilter("ignore")

def t(s):
    try: exec(compile(s, 'place.py', 'exec'))
    except BaseException as e:
        for f in traceback.extract_tb(e.__traceback__)[1:]: print(f.lineno, f.end_lineno, f.colno, f.end_colno)
        print(e)
t('try: 1/0\nexcept 5:\n  x=1\n  y=2\n')
t('try: 1/0\nexcept (ValueError, 5) as e:\n  x=1\n  y=2\n')
t('try: 1/0\nexcept foo:\n  x=1\n  y=2\n')
t('try: 1/0\nexcept* 5:\n  x=1\n  y=2\n')
t('try: raise ExceptionGroup("a",[ValueError()])\nexcept* ExceptionGroup:\n  x=1\n  y=2\n')
t('for x in 5:\n  pass\n')
t('with 5:\n  pass\n')
t('with 5 as x, 6 as y:\n  pass\n')
t('a, b = 5\n')
t('(a,\n b) = 5\n')
t('for a, b in [5]:\n  pass\n')
t('del x\n'); t('del a.b\n'); t('x: int = foo\n'); t('import nope.sub as z\n'); t('assert False, foo\n'); t('raise foo from bar\n'); t('x = [y for y in 5]\n'); t('x = {**5}\n'); t('x = [*5]\n'); t('f(*5)\n'); t('print(**5)\n'); t('print(1, *5)\n');t('@foo\ndef f(): pass\n'); t('@int\nclass A: pass\n'); t('class A(foo):\n  pass\n'); t('class A(metaclass=5):\n  pass\n'); t('class A(5):\n  pass\n'); t('match 5:\n  case foo.bar: pass\n'); t('match 5:\n  case 5(x): pass\n') ; t('match 5:\n  case foo(x=1): pass\n'); t('x = 1 if foo else 2\n'); t('x = not foo\n'); t('x = a and b\n'); t('x = 1 < 2 < "a"\n'); t('x = "a" in 5\n'); t('x = f"{foo!r:>{5}}"\n'); t('x = f"{5:zz}"\n'); t('x = f"{1:{foo}}"\n'); t('x = -"a"\n'); t('x = [1,2][\n "a"\n]\n'); t('x = 5\nx.foo.bar = 1\n'); t('x = 5\nx[1] = 2\n'); t('x = 5\nx += "a"\n'); t('x = {}\nx["a"] += 1\n'); t('x = (1).foo\n'); t('(lambda: foo)()\n'); t('def f(a=foo): pass\n'); t('def f(a: foo): pass\n'); t('def f() -> foo: pass\n'); t('type X = foo\nX.__value__\n'); t('def f[T: foo](): pass\nf.__type_params__[0].__bound__\n'); t('global z\ndel z\n'); t('while foo:\n pass\n'); t('if (1 +\n foo): pass\n'); t('x = foo(\n1,\n2)\n'); t('async def f():\n  await 5\nf().send(None)\n'); t('async def f():\n  async with 5: pass\nf().send(None)\n'); t('async def f():\n  async for x in 5: pass\nf().send(None)\n'); t('def g():\n  yield from 5\nlist(g())\n'); t('x = 1\ny = (x\n  .foo\n  .bar)\n'); t('print(1\n  .foo(2)\n)\n'); t('a = b = c.d\n'); t('a = 1; b = foo; c = 2\n'); t('try: pass\nfinally:\n  foo\n'); t('try:\n  1/0\nfinally:\n  foo\n'); t('x = lambda: (yield)\nx().send(1)\n'); t('"a" "b" % 5\n'); t('x = [i for i in [1,0] if 1/i]\n'); t('x = {i: 1/i for i in [1,0]}\n'); t('from . import x\n'); t('import x.y\n'); t('exec("foo")\n'); t('raise\n'); t('raise 5\n'); t('raise ValueError() from 5\n'); t('raise ValueError\n'); t('return_ = 5()\n'); t('x = 1 @ 2\n'); t('x = 1 ** "a"\n'); t('x = ~1.5\n'); t('(x := foo)\n'); t('x = a if b else c\n'); t('print(foo := 1, bar)\n'); t('a.b: int = 1\n'); t('a[0]: int\n'); t('a: b\n')
