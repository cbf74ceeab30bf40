# SyntaxError: message, line, columns and text, for common mistakes.
sources = """
x = = 1
if x
if x = 1: pass
while True print(1)
for i in range(3) print(i)
def f(
def f(x, x): pass
def f(a=1, b): pass
def f(*): pass
def f(**k, a): pass
def f(a, *, **k): pass
def f(*a, *b): pass
def f(/, a): pass
def f(a, /, b, /): pass
def f(a, *b, /): pass
class C
class C(: pass
return 1
yield 1
await x
break
continue
print "hello"
exec "x"
print 1, 2
x = (1, 2
x = [1, 2
x = {1: 2
x = 1)
x = (1]
x = "abc
x = 'abc
x = '''abc
x = f"{"
x = 5x
x = 0777
x = 0b12
x = 0xg
x = 1_
x = 1__0
x = 1.e
x = 0o8
x = 1e
x = 0_b1
x $ y
x ? y
x!
!x
x = \\
\\ x
a b
a b c
x = a b
f(a b)
[a b]
{a b}
(a b)
f(a for a in b, c)
f(a=1, b)
f(**a, b)
f(**a, *b)
f(a=1, a=2)
f(1=2)
f(a.b=1)
f((a)=1)
f(True=1)
f(a, b=c=d)
lambda x: yield
lambda x=: 1
lambda *: 1
x = lambda
del f()
del 1
del x + 1
del (a, 1)
del *a
1 = x
f() = 1
a + b = c
(a, 1) = x
[a, 1] = x
None = 1
True = 1
x.None = 1
f(None=1)
def None(): pass
class True: pass
import True
import a as None
for 1 in x: pass
for f() in x: pass
with a as 1: pass
with a as f(): pass
x += y = 1
(a, b) += 1
x = y += 1
f() += 1
a, b += 1
x: int: str
1: int
(x, y): int
[x]: int
import
import a.
from import a
from a import
from a import (b
from a import *, b
from a import b,
from . import *
def f(): from a import *
import a as b.c
from a import b as c.d
try: pass
try: pass finally
except: pass
else: pass
elif x: pass
finally: pass
try: x
global x; x = 1
async x
async def
async with a: pass
def f(): async with a: pass
def f(): await x
def f(): [x async for x in y]
@
@x
@x y
assert
assert x, y, z
assert (x, y) = 1
raise x, y
raise from x
global
nonlocal x
def f(): nonlocal x
def f(x): global x
def f(): x = 1; global x
def f(): print(x); global x
def f(x): nonlocal x
pass x
x = pass
if True: pass else: pass
x if y
x = 1 if 2
x = if 1 else 2
not
x not
x is
x in
* x
** x
x *
x **
-
a <> b
a === b
a ++
a =! b
a && b
a || b
a := 1
(a := 1, b := 2) = 3
(a.b := 1)
a[b := 1
[a := 1 for a in b]
[x for x in (y := 1)]
{**a for a in b}
{*a: 1}
{a: *b}
{a: 1, b}
{a, b: 1}
{a:}
{: a}
[*a for a in b]
(*a for a in b)
(*a)
print(*)
f(*)
f(**)
"a" b"b"
b"é"
'\\N{nope}'
'\\x1'
'\\u12'
'\\U00110000'
""".strip("\n").splitlines()
for src in sources:
    try:
        compile(src + "\n", "<test>", "exec")
        print(f"{src!r}: compiles")
    except SyntaxError as e:
        print(f"{src!r}: {type(e).__name__}: {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset} {e.text!r}")
