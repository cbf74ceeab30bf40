# The text that the traceback module makes of exceptions of all kinds.
import traceback


def show(exc, **kw):
    for line in "".join(traceback.format_exception(exc, **kw)).splitlines():
        print("  |", line)


def catch(f, *a):
    try:
        f(*a)
    except BaseException as e:
        return e


def simple():
    return 1 / 0


def call():
    simple()


def two_lines():
    return (simple() +
            5)


def chained():
    try:
        {}["missing"]
    except KeyError:
        [][5]


def caused():
    try:
        int("x")
    except ValueError as e:
        raise RuntimeError("wrapped") from e


def hidden():
    try:
        int("x")
    except ValueError:
        raise RuntimeError("alone") from None


def noted():
    e = ValueError("with notes")
    e.add_note("first\nsecond line")
    e.add_note("third")
    raise e


def multi():
    raise ValueError("line one\nline two")


def empty():
    raise ValueError


def custom():
    class Odd(Exception):
        def __str__(self):
            raise TypeError("no text")
    raise Odd


def recursive(n):
    return recursive(n - 1) if n else 1 / 0


def nested_expression(d):
    return d["a"]["b"].c + d["x"]


def attribute():
    return "abc".nothing


def operators(a, b):
    return (a + 1) * (b - "x")


def grouped():
    excs = []
    for f in (simple, attribute):
        try:
            f()
        except Exception as e:
            excs.append(e)
    raise ExceptionGroup("several", excs + [ExceptionGroup("inner", [ValueError("deep")])])


for f, args in [(simple, ()), (call, ()), (two_lines, ()), (chained, ()), (caused, ()), (hidden, ()), (noted, ()), (multi, ()), (empty, ()), (custom, ()), (recursive, (6,)), (nested_expression, ({"a": {}},)), (nested_expression, ({"a": {"b": 5}},)), (attribute, ()), (operators, (1, 2)), (grouped, ()), (lambda: undefined_name, ()), (exec, ("x = 1\ny = x +", {}))]:
    print(f.__name__)
    show(catch(f, *args))
print(traceback.format_exception_only(ValueError("only")), traceback.format_exception_only(KeyError("k")), traceback.format_exception_only(SyntaxError("bad", ("f.py", 2, 4, "x = = 1\n", 2, 5))))
e = catch(call)
print([(f.name, f.lineno, f.line, f.colno, f.end_colno) for f in traceback.extract_tb(e.__traceback__)])
show(e, limit=1)
show(e, chain=False)
print(traceback.format_tb(e.__traceback__)[-1])
te = traceback.TracebackException.from_exception(catch(chained))
print(te.exc_type_str if hasattr(te, "exc_type_str") else te.exc_type.__name__, str(te), te.__context__.exc_type_str if hasattr(te, "exc_type_str") else "", len(te.stack))
