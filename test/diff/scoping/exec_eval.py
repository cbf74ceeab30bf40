# exec, eval, compile, globals, locals, and what they see and change.
g = {"a": 1}
exec("b = a + 1\ndef f(x): return x + b\nc = f(10)", g)
print(sorted(k for k in g if not k.startswith("__")), g["c"], g["f"](5), "__builtins__" in g)
l = {}
exec("z = a; a = 5", g, l)
print(l, g["a"])
print(eval("a + b", g), eval("x * y", {"x": 6, "y": 7}), eval("x + q", {"q": 1}, {"x": 2}), eval(compile("1 + 1", "n", "eval")), eval("  1 + 2 "), exec("pass"))
for src, mode in [("1 + 1", "eval"), ("x = 1", "exec"), ("x = 1", "eval"), ("1 +", "exec"), ("print(1)", "single"), ("1", "single"), ("", "exec"), ("", "eval"), ("a; b", "single"), ("x\ny", "single")]:
    try:
        code = compile(src, "<test>", mode)
        print(repr(src), mode, "ok", code.co_filename, code.co_name)
        if mode == "single":
            exec(code, {"a": 1, "b": "two", "x": 1, "y": 2})
    except SyntaxError as e:
        print(repr(src), mode, e.msg)
for bad in (lambda: eval("nope"), lambda: eval("1 +"), lambda: exec("raise KeyError('k')"), lambda: eval(5), lambda: compile("1", "f", "bad"), lambda: exec("x", 5), lambda: eval("x", {}, 5), lambda: eval("1\n2"), lambda: eval("a = 1"), lambda: compile("1", "f"), lambda: eval("\0"), lambda: exec("return 1"), lambda: exec("yield 1"), lambda: exec("break"), lambda: eval("__import__('nothing_such')"), lambda: exec("import nothing_such")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


def f(p):
    q = p + 1
    before = sorted(locals())
    exec("q = 100; new = 5")
    snap = locals()
    snap["q"] = "changed in the copy"
    e = eval("p + q")
    return before, q, e, sorted(locals())


print(f(1))


def h():
    x = 1

    def inner():
        return x, locals()
    return inner()


print(h())


class C:
    a = 1
    names = sorted(k for k in locals() if not k.startswith("__"))
    exec("b = 2")
    locals()["c"] = 3


print(C.names, C.b, C.c)
print(globals() is locals(), globals()["g"] is g, "f" in globals(), globals()["__name__"], vars() is globals())
globals()["injected"] = 5
print(injected)
print([eval("i * 2") for i in range(3)], [eval("k", {"k": i}) for i in range(2)], list(map(eval, ["1", "2+3", "'a'"])), eval("[i for i in range(n)]", {"n": 3}), eval("lambda v: v + 1")(5), eval("(y := 5) + y"), eval("__name__", {"__name__": "custom"}))
code = compile("def fact(n): return 1 if n < 2 else n * fact(n - 1)\nresult = fact(10)", "<fact>", "exec")
ns = {}
exec(code, ns)
exec(code, ns)
print(ns["result"], ns["fact"].__code__.co_filename, code.co_names, code.co_consts[0].co_name)
exec("""
class K:
    def m(self):
        return __class__.__name__
total = sum(i for i in range(5))
""", ns)
print(ns["K"]().m(), ns["total"])


class D(dict):
    def __missing__(self, key):
        return key.upper()


print(eval("hello", {}, D()), eval("len('x') + n", {"n": 1}, D(len=lambda s: 100, n=1)))
print(eval("print", {"__builtins__": {"print": "replaced"}}))
try:
    eval("len", {"__builtins__": {}})
except NameError as e:
    print(e)
exec("def g2():\n    global made\n    made = 1\ng2()", ns)
print(ns["made"])
exec(b"bytes_source = '\xc3\xa9'", ns)
print(ascii(ns["bytes_source"]), eval(b"1+1"))
tree = compile("x = 1", "t", "exec", 0x400)
print(type(tree).__name__)
