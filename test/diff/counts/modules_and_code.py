# Counts of modules, functions, code objects, constants, globals; what imports and exec leave.
import sys
import types
from sys import getrefcount as rc


def f():
    return "a constant string that is long enough", 123456789


code = f.__code__
print("code", rc(code), rc(f))
g = types.FunctionType(code, globals(), "g")
print("second function", rc(code), rc(f), rc(g))
del g
print(rc(code))
h = f
print(rc(f))
del h
consts = code.co_consts
print("consts", rc(consts), consts[1:])
n = consts[1] if isinstance(consts[1], int) else 0
a, b = f()
print(rc(b) > 1, a is f()[0], b is f()[1])
m = types.ModuleType("m")
print("module", rc(m), rc(m.__dict__))
sys.modules["m"] = m
print("in sys.modules", rc(m))
import m as m2
print("imported", rc(m), m2 is m)
del m2
del sys.modules["m"]
print("removed", rc(m))
m.x = value = object()
print("attribute", rc(value))
from types import ModuleType as MT
ns = {"v": value}
print("namespace", rc(value))
exec("w = v\ndef q(x=v): return x", ns)
print("exec", rc(value))
ns["q"].__defaults__ = None
print("default dropped", rc(value))
ns.clear()
print("cleared", rc(value))
exec("local = 1", {"v": value})
print("temporary namespace", rc(value))
print("eval", eval("rc(v)", {"v": value, "rc": rc}), rc(value))
m.__dict__.clear()
print("module cleared", rc(value))
del m
space = {}
exec(compile("class K:\n    attr = outer\n", "<k>", "exec"), {"outer": value}, space)
print("class", rc(value))
del space["K"]
import gc
gc.collect()
print("class collected", rc(value))
c = compile("v; v; [v, v]", "x", "exec")
exec(c, {"v": value})
print(rc(value), rc(c))
names = {"print_it": value}
s = sys.intern("a_name_for_counts")
r = rc(s)
names[s] = 1
o = types.SimpleNamespace()
setattr(o, s, 2)
print("interned name", rc(s) - r)
del names, o
print(rc(s) - r)


def outer():
    x = value

    def inner():
        return x
    return inner


fs = [outer() for _ in range(3)]
print("cells", rc(value), rc(outer.__code__), rc(fs[0].__code__) - rc(fs[1].__code__), fs[0].__code__ is fs[1].__code__)
cell = fs[0].__closure__[0]
print("cell", rc(cell), cell.cell_contents is value)
cell.cell_contents = None
print("emptied", rc(value))
del cell.cell_contents
try:
    fs[0]()
except NameError as e:
    print(e)
fs.clear()
print("end", rc(value))
