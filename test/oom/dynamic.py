# Code made at run time: compile, exec, eval, functions from code, closures, generics, global names.
import types

total = 0


def work():
    global total
    ns = {}
    exec("def f(a, b=2, *args, c=3, **kw):\n    return a, b, args, c, kw\nclass C[T]:\n    x: int = 5\n    def m(self) -> T: return self.x\n", ns)
    out = [ns["f"](1, c=4, d=5), ns["f"](*range(4), **{"z": 1}), ns["C"]().m(), eval("[i * k for i in range(4)]", {"k": 3})]
    code = compile("x + y", "<c>", "eval")
    out += [eval(code, {"x": 1, "y": 2}), code.co_names, code.replace(co_name="other").co_name]

    def outer():
        n = 0

        def inner(step=1):
            nonlocal n
            n += step
            return n
        return inner

    inc = outer()
    out += [inc(), inc(5), inc.__closure__[0].cell_contents]
    g = types.FunctionType(inc.__code__, {}, "renamed", (10,), inc.__closure__)
    out += [g(), g.__name__, g.__defaults__]
    total += 1
    type Alias[T] = list[T]
    out += [Alias.__value__, Alias.__type_params__[0].__name__]
    try:
        compile("def broken(:", "<s>", "exec")
    except SyntaxError as e:
        out.append((e.msg, e.lineno))
    match {"kind": "point", "at": (1, 2)}:
        case {"kind": "point", "at": (x, y), **rest}:
            out.append((x, y, rest))
    lam = [lambda v, k=k: v * k for k in range(3)]
    out += [f(2) for f in lam]
    with open_nothing() as o:
        out.append(o)
    del total
    globals()["total"] = 0
    return out


class open_nothing:
    def __enter__(self):
        return "entered"

    def __exit__(self, *exc):
        return False


print(work())
