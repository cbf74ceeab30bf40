# argv, __name__, __file__ and the path of a script.
import os
import sys

print(len(sys.argv), os.path.basename(sys.argv[0]), __name__, os.path.basename(__file__), os.path.isabs(__file__), __spec__, __package__, __doc__, __loader__ is not None, type(__builtins__).__name__, __cached__ if "__cached__" in globals() else "no __cached__")
print(os.path.samefile(sys.path[0], os.path.dirname(os.path.abspath(__file__))), sorted(k for k in globals() if k.startswith("__")))
print(sys.modules["__main__"].__dict__ is globals(), sys.orig_argv[-1] == sys.argv[0], sys.flags.quiet, sys.flags.no_site in (0, 1), sys.flags.bytes_warning, sys.flags.dont_write_bytecode)
