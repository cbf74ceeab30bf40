# SyntaxErrors over several lines: indentation, blocks, strings, brackets.
sources = [
    "if x:\npass", "if x:\n", "def f():\n", "class C:\nx = 1", "for i in x:\n  a\n b", "if x:\n    a\n  b", " x = 1", "x = 1\n  y = 2", "if x:\n\ta\n        b",
    "if x:\n        a\n\tb", "def f():\n    pass\n   pass", "while x:\n# comment\n", "try:\n    pass\n", "try:\n    pass\nx = 1", "try:\n    pass\nexcept:\n    pass\nexcept ValueError:\n    pass",
    "if x:\n    pass\nelse\n    pass", "if x:\n    pass\nelif:\n    pass", "if x:\n    pass\nelse if y:\n    pass", "with open(x) as f\n    pass", "with a, b as c:\n", "x = (1,\n2\n", "x = [\n1,\n2\ny = 3", "f(\n  a,\n  b\n",
    "x = {\n'a': 1\n'b': 2\n}", "x = (\n1 2\n)", "'''abc\ndef", '"""\n', "'abc\ndef'", "x = 'it's'", "f'''{\n}'''", "f'{x\n}'", "print('a'\nprint('b')", "x = 1 +\ny", "x = \\\n", "a\\ b", "def f(a,\n      b\n    pass", "@deco\nx = 1", "async\ndef f(): pass",
    "match x:\n    case 1\n        pass", "match x:\ncase 1: pass", "match x:\n    pass", "case 1: pass", "match x:\n    case 1: pass\n    x = 1", "class C:\n    def f(self)\n        pass", "lambda:\n    pass", "return", "def f():\n    yield\n    return 1\n  x", "x = [i for i in range(3)\nprint(x)",
    "if True:\n    x = 1\n     y = 2", "def f():\n    '''doc\n    return 1", "a = 1\n\tb = 2", "import os,\nimport sys", "from os import (path,\n)\nx = ,", "x = 1;; y = 2", ";", "x = 1; ; ", "if x: if y: pass", "if x: pass; else: pass", "class C: x = 1; def f(): pass", "for x in y: break else: pass",
    "def f():\n  global x, y z", "def f(a):\n  def g():\n    nonlocal b\n", "x: int = yield", "[\n", "(\n(\n)", "{\n]\n", "x = ')'\n)", "\"\\\n", "#comment only", "", "\n\n", "\\\n", "x = 1 if y else", "assert x,\n", "del\n", "raise x from\n", "def f() -> : pass", "def f(a: ): pass", "type X = \n", "type = 5", "def f[T(x): pass", "class C[T]:\n    pass", "def f[](x): pass", "type X[T, T] = int", "except* : pass", "x = 1 # é\ny = = 2", "é = = 2", "x = 'é' y", "\ufeffx = = 1", "x\u00a0= 1", "x = \u201chello\u201d", "a\u200bb = 1", "x = 10\u00b2", "print(\u2018a\u2019)", "x\0y",
]
for src in sources:
    try:
        compile(src, "<test>", "exec")
        print(ascii(src), "compiles")
    except SyntaxError as e:
        print(ascii(src), type(e).__name__ + ":", ascii(e.msg), "|", e.lineno, e.offset, e.end_lineno, e.end_offset, ascii(e.text))
    except ValueError as e:
        print(ascii(src), type(e).__name__, e)
