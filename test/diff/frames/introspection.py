# Frames: sys._getframe, f_locals, f_back, f_lineno, f_code, f_globals, f_builtins, write-through.
import sys


def current():
    f = sys._getframe()
    return f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno, f.f_back.f_code.co_name, f.f_globals is globals()


print(current())


def locals_of(a, b=2, *args, c=3, **kw):
    x = a + b
    f = sys._getframe()
    names = sorted(f.f_locals)
    return names, f.f_locals["x"], f.f_code.co_argcount, f.f_code.co_kwonlyargcount, f.f_code.co_posonlyargcount, f.f_code.co_varnames, f.f_code.co_nlocals


print(locals_of(1, 2, 3, z=4))


def write_through():
    v = 1
    f = sys._getframe()
    f.f_locals["v"] = 99
    f.f_locals["extra"] = "new"
    return v, f.f_locals["extra"], "extra" in locals(), len(f.f_locals)


print(write_through())


def chain(n):
    if n:
        return chain(n - 1)
    out, f = [], sys._getframe()
    while f:
        out.append(f.f_code.co_name)
        f = f.f_back
    return out


print(chain(3), sys._getframe(0).f_code.co_name)
try:
    sys._getframe(1000)
except ValueError as e:
    print(e)


def caller_locals():
    return sorted(sys._getframe(1).f_locals)


def has_locals():
    p, q = 1, 2
    return caller_locals()


print(has_locals())


class C:
    names = sorted(k for k in sys._getframe().f_locals if not k.startswith("__"))
    here = sys._getframe().f_code.co_name
    back = sys._getframe().f_back.f_code.co_name

    def m(self):
        return sys._getframe().f_code.co_qualname


print(C.here, C.back, C().m(), (lambda: sys._getframe().f_code.co_name)(), [sys._getframe().f_code.co_name for _ in range(1)], list(sys._getframe().f_code.co_name for _ in range(1)))


def lines():
    out = [sys._getframe().f_lineno]
    out.append(sys._getframe().f_lineno)

    out.append((
        sys._getframe().f_lineno,
        sys._getframe().f_lineno
    ))
    for _ in range(2):
        out.append(sys._getframe().f_lineno)
    base = sys._getframe().f_code.co_firstlineno
    return [n - base if isinstance(n, int) else tuple(m - base for m in n) for n in out]


print(lines())


def gen():
    yield sys._getframe().f_back.f_code.co_name
    yield sys._getframe()


def consumer():
    g = gen()
    name = next(g)
    f = next(g)
    return name, f is g.gi_frame, f.f_back, f.f_lineno - f.f_code.co_firstlineno


print(consumer())


def closure():
    cell = "cell value"

    def inner():
        return sorted(sys._getframe().f_locals.items())
    cell2 = cell
    return inner()


def uses():
    free = "free"

    def inner():
        free
        return sorted(sys._getframe().f_locals.items())
    return inner()


print(closure(), uses())
f = sys._getframe()
print(f.f_code.co_name, f.f_locals is not None, f.f_builtins["len"] is len, f.f_trace, f.f_lasti >= 0, type(f).__name__, f.f_back)
code = chain.__code__
print(code.co_name, code.co_qualname, code.co_varnames, code.co_names, code.co_freevars, code.co_cellvars, code.co_flags & 3, code.co_stacksize > 0, code.co_consts, [l - code.co_firstlineno for _, _, l in code.co_lines() if l][:3])
print(code == chain.__code__, code.replace(co_name="renamed").co_name, hash(code) == hash(chain.__code__))


def fn(a, /, b: int = 1, *c, d: str = "x", **e) -> bool:
    """doc"""
    local = 1


print(fn.__name__, fn.__defaults__, fn.__kwdefaults__, fn.__annotations__, fn.__doc__, fn.__closure__, fn.__module__, fn.__globals__ is globals(), fn.__dict__, fn.__type_params__, fn.__builtins__ is not None)
fn.attr = 1
fn.__name__ = "renamed"
fn.__defaults__ = (5,)
fn.__doc__ = None
print(fn.attr, fn.__name__, fn.__qualname__, vars(fn), fn.__doc__)
fn.__code__ = (lambda: "new code").__code__
print(fn())
for bad in (lambda: setattr(fn, "__code__", 5), lambda: setattr(fn, "__name__", 5), lambda: setattr(fn, "__defaults__", 5), lambda: setattr(fn, "__closure__", 5), lambda: setattr(fn, "__dict__", 5), lambda: setattr(fn, "__code__", closure.__code__) or setattr(fn, "__code__", uses.__code__.co_consts[2])):
    try:
        bad()
    except (TypeError, AttributeError, ValueError) as e:
        print(type(e).__name__, e)
