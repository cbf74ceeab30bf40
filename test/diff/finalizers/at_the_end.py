# What dies with the interpreter: seen only by finalizers, generators, callbacks, files. Each case runs in a process of its own.
import subprocess
import sys

CASES = {
    "nothing": "x = [[1], {'a': (1, 2)}]\nx.append(x)\nprint('done')",
    "del": "class C:\n    def __del__(self): print('del', self.n)\na = C(); a.n = 1\nb = C(); b.n = 2; b.me = b\nprint('done')",
    "del later": "class C: pass\na = C()\nC.__del__ = lambda self: print('del later')\nprint('done')",
    "inherited": "class A:\n    def __del__(self): print('del', type(self).__name__)\nclass B(A): pass\nx = [B()]\nx.append(x)\nprint('done')",
    "generator": "def g():\n    try:\n        yield 1\n    finally:\n        print('closed')\nx = g()\nnext(x)\nprint('done')",
    "finished": "def g():\n    yield 1\nx = list(g())\nprint('done', x)",
    "coroutine": "import warnings\nasync def f(): pass\nc = f()\nprint('done')",
    "callback": "import weakref\nclass C: pass\na = C()\nr = weakref.ref(a, lambda r: print('gone'))\nprint('done')",
    "proxy": "import weakref\nclass C: pass\na = C()\nr = weakref.proxy(a, lambda r: print('gone'))\nprint('done')",
    "finalize": "import weakref\nclass C: pass\na = C()\nweakref.finalize(a, print, 'finalized')\nprint('done')",
    "atexit": "import atexit\natexit.register(print, 'at exit')\nprint('done')",
    "gc": "import gc\ngc.callbacks.append(lambda phase, info: print(phase, info['generation']))\nx = []\nx.append(x)\nprint('done')",
    "stats": "import gc\nx = []\nx.append(x)\ngc.garbage.append(x)\nprint('done')",
    "error": "class C:\n    def __del__(self): print('del')\nc = C()\nraise SystemExit(3)",
    "file": "import os, sys\nf = open(sys.argv[1], 'w')\nf.write('kept')\nprint('done')",
}
import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "file.txt")
    for name, text in CASES.items():
        r = subprocess.run([sys.executable, "-c", text, path], capture_output=True, text=True)
        print(name, r.returncode, repr(r.stdout), repr(r.stderr))
    with open(path) as f:
        print(f.read())
