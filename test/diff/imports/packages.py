# Packages: __init__, submodules, relative imports, __path__, __all__, binding in the parent.
import sys

import pkg
print(pkg.level, pkg.first.where, pkg.renamed, hasattr(pkg, "second"), sorted(k for k in vars(pkg) if not k.startswith("__")))
import pkg.second as s
from pkg import second
print(s is second, second.sibling(), pkg.second.thing is pkg.first.thing)
try:
    import pkg.sub
except ImportError as e:
    print(type(e).__name__, e)
print("pkg.sub" in sys.modules, hasattr(pkg, "sub"))
from pkg.deep import *
print(leaf.__name__, sorted(n for n in sys.modules if n.startswith("pkg")))
import pkg.deep.leaf
print(pkg.deep.leaf is leaf, pkg.deep.__all__)
for text in ("import pkg.nothing", "from pkg import nothing", "import pkg.first.x", "from pkg.first import nothing", "from pkg.nothing import x"):
    try:
        exec(text)
    except ImportError as e:
        print(text, "->", type(e).__name__, str(e).split(" (")[0], e.name)
try:
    second.up()
except ImportError as e:
    print(e)
import importlib
print(importlib.import_module(".first", "pkg").__name__, importlib.import_module("pkg.second").thing)
print(pkg.__name__, pkg.__package__, pkg.first.__package__, pkg.__spec__.name, pkg.__spec__.submodule_search_locations is not None, pkg.__file__.endswith("__init__.py"), pkg.first.__spec__.parent)
import runpy
runpy.run_module("pkg", run_name="custom_name")
space = runpy.run_path(__file__.replace("packages.py", "_cycle_a.py"), run_name="as_path")
print(space["name"], space["__name__"])
import pkgutil
print([(m.name, m.ispkg) for m in pkgutil.iter_modules(pkg.__path__)])
del pkg
import pkg
print(pkg.level)
