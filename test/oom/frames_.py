# Frames, code, tracebacks, modules, contexts, thread-local data, locks: what programs see of their own running.
import contextvars
import sys
import threading
import types
import weakref


def frames(depth, seen):
    frame = sys._getframe()
    local = frame.f_locals
    local["added"] = [depth]
    if depth:
        return frames(depth - 1, seen)
    seen += [sorted(local), sorted(local | {"z": 1}), dict(local)["depth"], len(local), "depth" in local, [k for k in reversed(local)][:1], local.get("none", 5), local.setdefault("more", 7), sorted(local.copy())]
    seen += [frame.f_code.co_name, frame.f_lineno > 0, frame.f_back.f_code is frame.f_code, frame.f_builtins is frame.f_globals["__builtins__"].__dict__, sys._getframemodulename(0)]
    return repr(local)[:12]


def codes():
    def f(a, /, b=1, *args, c, d=4, **kw):
        def g():
            return a, f
        return [g for _ in args]

    c = f.__code__
    out = [c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_cellvars, c.co_freevars, c.co_names, c.co_consts[0], c.co_flags, c.co_qualname, len(list(c.co_positions())) > 0, len(list(c.co_lines())) > 0, hash(c) == hash(c), c == c.replace(co_name="q")]
    f.__kwdefaults__ = {"c": 9, "d": 300}
    f.__defaults__ = (8,)
    f.__annotations__ = {"a": int}
    f.__dict__["attr"] = [1]
    f.__doc__ = "text"
    out += [f(1), f.__kwdefaults__, f.attr, f.__annotations__, f.__closure__[0].cell_contents is f, repr(f)[:12], f.__type_params__]
    return out


def traced():
    out = []
    try:
        try:
            [][700]
        except IndexError as e:
            raise KeyError("k", 700) from e
    except KeyError as e:
        tb = e.__traceback__
        e.add_note("note")
        again = types.TracebackType(tb, tb.tb_frame, tb.tb_lasti, 4)
        out += [e.with_traceback(again) is e, again.tb_next is tb, again.tb_lineno, repr(e.__cause__), e.args, e.__notes__, str(e), e.__suppress_context__, e.__reduce__()[1]]
    for kind in (OSError(2, "no", "file", None, "other"), UnicodeDecodeError("utf-8", b"abc", 1, 2, "why"), SyntaxError("m", ("f", 1, 2, "text", 1, 3)), ImportError("i", name="n", path="p"), AttributeError("a", name="n", obj=5), StopIteration(5), SystemExit(300), NameError("n", name="q"), UnicodeTranslateError("\u2603", 0, 1, "r")):
        out += [str(kind), repr(kind), kind.__reduce__()[1:], sorted(vars(kind))]
    return out


def in_context(var):
    token = var.set(300)
    context = contextvars.copy_context()
    out = [context.run(lambda: var.set(400) and var.get()), var.get(), context[var], len(context) > 0, token.old_value is contextvars.Token.MISSING]
    var.reset(token)
    return out + [var.get()]


def made():
    m = types.ModuleType("made", "doc")
    m.value = [1]
    exec("def __getattr__(name): return name * 2", vars(m))
    out = [m.value, m.other, repr(m)[:14], sorted(vars(m))[:3], dir(m)[:2]]
    var = contextvars.ContextVar("var", default=[5])
    out += contextvars.copy_context().run(in_context, var)
    local = threading.local()
    local.x = [1]
    lock = threading.RLock()
    with lock:
        with lock:
            out += [repr(lock)[1:7], vars(local)]
            saved = lock._release_save()
            lock._acquire_restore(saved)
    cell = types.CellType([7])
    method = types.MethodType(lambda self, k: (self, k), 5)
    out += [cell.cell_contents, cell == types.CellType([7]), method(6), method == method, hash(method) == hash(method), method.__func__.__name__]
    class Held(types.SimpleNamespace): ...

    proxy = weakref.proxy(lock_like := Held(n=[1]))
    out += [proxy.n, repr(lock_like), lock_like == Held(n=[1]), types.SimpleNamespace({"q": 1}, r=2)]
    return out


def work():
    seen = []
    out = [frames(3, seen), seen] + codes() + traced() + made()

    def gen():
        got = yield from [1, 2]
        yield sys._getframe().f_lineno, got

    g = gen()
    out += [next(g), g.gi_frame.f_lineno > 0, g.gi_yieldfrom is not None, g.gi_running, g.gi_suspended, g.gi_code.co_name]
    g.close()

    async def co():
        return 5

    c = co()
    out += [c.cr_frame is not None, c.cr_code.co_name, c.cr_await, c.cr_origin, c.cr_running]
    try:
        c.send(None)
    except StopIteration as e:
        out.append(e.value)
    return out


print(work())
