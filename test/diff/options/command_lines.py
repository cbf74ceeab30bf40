# Interpreters started with -c, -b, -x, -i and others: what they say, with source lines of what is in no file
import os
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp()
script = os.path.join(folder, "script.py")
with open(script, "w") as f:
    f.write("no Python here\nimport sys\nprint(sys.argv[1:], __spec__)\n1 / 0\n")
package = os.path.join(folder, "folder")
os.mkdir(package)
with open(os.path.join(package, "__main__.py"), "w") as f:
    f.write("print(__spec__.name, __package__ == '', __file__[-19:])\n")


def run(*words, text=""):
    done = subprocess.run([sys.executable, *words], input=text, capture_output=True, text=True)
    said = (done.stdout + "|" + done.stderr).replace(folder, "FOLDER")
    print([w.replace(folder, "FOLDER") for w in words], done.returncode, said, sep="\n", end="\n\n")


run("-c", "def f():\n    return g(\n        1)\ndef g(x): raise KeyError(x)\nf()")
run("-c", "import inspect, linecache\ndef f(): pass\nprint(inspect.getsource(f), linecache.getline('<string>', 1))")
run("-X", "no_debug_ranges", "-c", "def f(): 1/0\nprint(list(f.__code__.co_positions())[-1])\nf()")
run("-b", "-c", "print(b'a' == 'a', 'a' != b'a', b'a' == 97, str(b'x'), bytearray(b'a') == 'a')")
run("-bb", "-c", "print({b'a': 1}, b'a' == 'b')")
run("-x", script, "word")
run(package)
run("-i", "-q", text="x = 1\nx\ndef f():\n  return x / 0\n\nf()\nif x:\n  print('yes')\n\n'abc\nx = [1,\n2]\nx\nraise SystemExit(3)\nx\n")
run("-i", "-q", "-c", "x = 5", text="print(input('? '))\nthe answer\nx\n")
run("-c", "import os\ntry:\n    print('lost', end='')\n    os._exit(4)\nfinally:\n    print('never')")
run("-c", "import os; os.abort()")
run("-c", "import atexit; atexit.register(print, 5, sep=5)")
