"""
Records what CPython 3.13 says of the programs below into frontend.json, which frontend.test.ts compares with.
Run it with CPython 3.13 after a change to the programs.
"""
import json, os, sys, warnings

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "..", "scripts", "compare"))
sys.argv = ["x", "--none"]
warnings.simplefilter("ignore")

LINES = r'''
total = price quantity
items = [1 2]
call(a, b c)
print "hello"
exec "x = 1"
for f() in xs: pass
for x range(3): pass
while x = 1: pass
if x = 1: pass
if x.y = 1: pass
f() = 1
a + b = c
f(x) += 1
[a, b + 1] = c
(a, 1) = c
1 = x
None = 1
x = True = 3
(yield) = 1
del f()
del (a, b + 1)
with open(f) as g(): pass
else: pass
x = [1, 2)
x = 1)
x = {1: 2, 3}
x = {1: *a}
x = {1:}
x = {**a: 1}
s = 'abc
s = "abc\"
s = f'{a'
s = f'{a b}'
s = f'{}'
s = f'{a!z}'
s = f'{a!}'
s = f'{a!r x}'
s = f'{lambda x: 1}'
s = f'}'
s = f'{a:{b:{c:{d}}}}'
s = 'a' b'b'
s = '\N{no such name at all}'
s = '\x4'
s = b'\xz'
s = b'é'
n = 0777
n = 1_
n = 1__0
n = 0b12
n = 0o9
n = 0xg
n = 1.5abc
n = 1e
n = 5j5
x = a $ b
x = a ? b
x = “quoted”
x = a b
x = 1 \ 2
def f(a, a): pass
def f(a=1, b): pass
def f(*): pass
def f(*, **k): pass
def f(**k, a): pass
def f(a, *b, *c): pass
def f(a, /, b, /): pass
def f(/, a): pass
def f((a, b)): pass
def f(*a=1): pass
def f(a=): pass
lambda a=1, b: a
lambda (a, b): a
f(a=1, 2)
f(**k, 2)
f(**k, *a)
f(a for a in b, c)
f(c, a for a in b)
f(a=1, a=2)
f(1=2)
f(a.b=2)
f(True=1)
f(a=)
[x, y for x in z]
[*x for x in y]
{**x for x in y}
x = *a
*a = 1
*a, *b = c
a: int: str
(a, b): int
f(): int
x if y
x = a if b else
import a.b as c.d
import
from a import
from a import b,
from a import (b, c
from . import *, b
import a from b
return 1
yield 1
await x
break
continue
def f(): await x
async def f(): yield from x
def f(): [x async for x in y]
nonlocal x
def f(): nonlocal x
class A: return 1
[(x := 1) for x in y]
[y for x in (y := z)]
class A: [(x := y) for y in z]
f() := 1
(a.b := 1)
x := 1
__debug__ = 1
def f(__debug__): pass
from __future__ import braces
from __future__ import nothing_known
import a; from __future__ import division
def f(): from a import *
def f[T, T](): pass
def f[](): pass
def f[*T: int](): pass
type X[T=int, U] = T
type X = (yield)
  x = 1
async x = 1
raise a from
assert (a = b)
global a.b
pass x
a not b
a = not
a is is b
x = a..b
print(f"{x!r:{width}")
a, b += 1
x = y = z + 1 = 2
'''

BLOCKS = r'''
if ready
    go()
~
if ready:
go()
~
def area(w, h)
    return w * h
~
def area(w, h):
~
class Shape
    pass
~
class Shape:
~
for x in range(3)
    pass
~
while True
    pass
~
with open(f) as g
    pass
~
try:
    pass
x = 1
~
try
    pass
~
try:
    pass
except
    pass
~
try:
    pass
except A, B:
    pass
~
try:
    pass
except A:
    pass
except* B:
    pass
~
x = (1,
     2
y = 3
~
s = """abc

~
async def f():
    yield 1
    return 2
~
def f():
    async with x: pass
~
def f(x):
    global x
~
def f():
    x = 1
    global x
~
def f():
    print(x)
    nonlocal x
~
match x:
    case a | b: pass
~
match x:
    case a: pass
    case 1: pass
~
match x:
    case {'a': 1, 'a': 2}: pass
~
match x:
    case P(a=1, 2): pass
~
match x:
    case P(a=1, a=2): pass
~
match x:
    case a, a: pass
~
match x:
    case 1
        pass
~
match x
    case 1: pass
~
match x:
    case 1 as _: pass
~
match x:
    case *a, *b: pass
~
if a:
    x = 1
  y = 2
~
if a:
	x = 1
        y = 2
~
x = 1
    y = 2
~
@f
x = 1
~
@
def f(): pass
~
f(a
  b)
~
try: pass
except: pass
except A: pass
~
try: pass
except* A: break
~
for x in y: pass
else
    pass
~
d = {'a': 1
     'b': 2}
'''

TREES = [
    "x = 1", "a.b[c:d, ::e] = f(*g, h=i, **j)", "def f(a, /, b: int = 1, *c, d, e=2, **g) -> h: return a",
    "async def f():\n    async with a as b, c: pass\n    async for d in e: await g\n    return [h async for h in i]",
    "@a\n@b.c(1)\nclass A(B, metaclass=C):\n    x: int = 1\n    (y): str\n    z.w: float",
    "x = 'a' \"b\" f'{c!r:>{d}} {{e}} {f=}' 'g'", "b'\\x00' b'a'", "u'a' 'b'", "f'''{\na\n}'''", "rf'\\{a}'",
    "if a: b\nelif c: d\nelse: e", "while a:\n  if b: break\n  else: continue\nelse: c",
    "try: a\nexcept (b, c) as d: e\nelse: f\nfinally: g", "try: a\nexcept* b: c",
    "with (a as b, c as d,): e\nwith (a, b): c\nwith (a): b", "from . import a\nfrom ...b.c import (d as e, f,)\nimport g.h as i, j",
    "match a, b:\n  case [1, *_, -2.5+3j] | {'k': v, **r} if c: d\n  case P.Q(x, y=None) as z: e\n  case _: pass",
    "type A[T: int, *Ts, **P] = dict[T, P]", "def f[T = int](x: T): pass", "lambda *a, b=1: (yield)",
    "not a < b <= c is not d not in e", "a if b else c if d else e", "-a ** -b", "a @ b // c % d << e >> f & g ^ h | i",
    "{**a, b: c, }; {d, *e}; {f: g for f, g in h if i}; {j for j in k}; (l for l in m)",
    "(x := 1, *y)", "x[a:=1, *b]", "0xFF + 0o17 + 0b11 + 1_000 + 1.5e3 + 2j + .5", "é = 'ñ' + \"日本\"; x = é",
    "global a, b\nnonlocal_ = 1\ndel (a), [b, c.d], e[f]", "assert a, b\nraise c from d", "match = case = type = _ = 1",
    "a = yield\n", "x = (\n  1\n  +\n  2)  # c\n", "a\\\n  .b", "if 1:\n\tx\n\ty\n",
]

TEXTS = [
    "a.b[c:d, ::e]", "f(*g, h=i, **j)", "lambda a, /, b=1, *c, d=2, **e: a", "lambda: 0", "lambda *a: a", "(a, b)", "(a,)", "()",
    "a if b else c", "(a if b else c) if d else e", "not a and b or c", "(a or b) and not (c < d)", "(-a) ** -b", "-(a ** b)",
    "(a ** b) ** c", "a ** b ** c", "(a - b) - (c - d)", "x[1, 2]", "x[(1, 2):3]", "{a: b, **c}", "{a, *b}", "[x for x in y if z]",
    "f(x for x in y)", "1 .real", "1.5e300", "1e16", "1e-7", "1e400", "2j", "'a\\'b'", "b'\\x00\"'", "f'{a!r:>{b}} {{}}'", "u'x'",
    "...", "None", "'\\u200b\\n'", "a is not b not in c", "[*a, b]",
]


def error(source, mode):
    try:
        compile(source, "<s>", mode, dont_inherit=True)
    except SyntaxError as e:
        return [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text]
    return None


def programs():
    yield from LINES.strip("\n").split("\n")
    yield from BLOCKS[1:].split("~\n")


def main():
    from ast_reference import text_of
    texts = []
    for source in TEXTS:
        namespace = {}
        exec(compile("from __future__ import annotations\nx: " + source, "<s>", "exec", dont_inherit=True), namespace)
        texts.append([source, namespace["__annotations__"]["x"]])
    data = {
        "errors": [[s, error(s, "exec")] for s in programs()],
        "trees": [[s, text_of(s.encode())] for s in TREES],
        "texts": texts,
    }
    with open(os.path.join(here, "frontend.json"), "w") as f:
        f.write("{\n")
        parts = []
        for key, rows in data.items():
            parts.append(json.dumps(key) + ": [\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
        f.write(",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    main()
