# sys: what scripts read from it.
import sys

print(sys.version_info[:2], sys.version_info.major, sys.version_info.releaselevel, sys.version_info >= (3, 8), sys.version.startswith("3.13"), sys.hexversion >> 16 == 0x30D, sys.byteorder, sys.maxsize, sys.maxunicode, sys.platform, sys.api_version)
print(sys.float_info)
print(sys.int_info)
print(sys.hash_info)
print(len(sys.thread_info), len(sys.argv), sys.argv[0].endswith("facts.py"), sys.executable != "", sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
print(sys.flags.optimize, sys.flags.debug, sys.flags.inspect, sys.flags.hash_randomization, sys.flags.utf8_mode, sys.flags.dont_write_bytecode, sys.flags.verbose, sys.flags.isolated, type(sys.flags).__name__, sys.flags.int_max_str_digits)
print(sys.stdin.name, sys.stdout.name, sys.stderr.name, sys.stdout.encoding, sys.stdout.fileno(), sys.stderr.errors, sys.stdout.writable(), sys.stdin.readable(), sys.__stdout__ is sys.stdout, sys.stdout.mode, sys.stdout.isatty())
print(type(sys.modules).__name__, "builtins" in sys.modules, sys.modules["__main__"].__name__, type(sys.path).__name__, len(sys.path) > 0, type(sys.meta_path).__name__, type(sys.path_hooks).__name__, type(sys.path_importer_cache).__name__)
print(sys.getrecursionlimit(), sys.getswitchinterval(), sys.dont_write_bytecode, sys.exec_prefix == sys.prefix or True, type(sys.warnoptions), type(sys._xoptions))
print(sys.builtin_module_names[:3] != (), "sys" in sys.builtin_module_names, "math" in sys.stdlib_module_names, len(sys.stdlib_module_names) > 100)
print(sys.displayhook.__name__, sys.excepthook.__name__, sys.unraisablehook.__name__, sys.getprofile(), sys.gettrace(), sys.is_finalizing())
sys.displayhook(None)
sys.displayhook([1, "x"])
import builtins
print(builtins._)
sys.ps1 = ">> "
print(hasattr(sys, "gettotalrefcount"), hasattr(sys, "getobjects"), sys.getsizeof(0), sys.intern("x"), sys._getframe().f_lineno, sys.copyright.startswith("Copyright"), sys.call_tracing(lambda a: a, (5,)), sys.abiflags == "", sys.platlibdir)
for bad in (lambda: sys.nothing, lambda: sys.getsizeof(), lambda: sys.exit(1, 2), lambda: sys.intern(5), lambda: sys._getframe("x"), lambda: sys.version_info.x, lambda: type(sys.version_info)((1,)), lambda: setattr(sys.flags, "debug", 1), lambda: sys.float_info.x):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
sys.stdout.write("written\n")
print(sys.stdout.write("abc"), end="\n")
print("to stderr", file=sys.stderr)
print("a", "b", sep="-", end="!\n")
print(*range(3), sep=", ")
print()
print("x", flush=True)
print(sys.stdin.read())
calls = []
sys.settrace(None)
sys.setprofile(None)
print(sys.audit("custom.event", 1), sys.addaudithook is not None, sys.orig_argv[-1].endswith("facts.py"))
