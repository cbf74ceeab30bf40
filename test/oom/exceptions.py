# Raising, catching, chaining, groups, finally, with, traceback text.
class Own(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Ctx:
    def __enter__(self):
        return [self]

    def __exit__(self, kind, value, tb):
        return kind is KeyError


def work():
    out = []
    try:
        try:
            raise Own(5)
        except Own as e:
            raise ValueError(str(e.code)) from e
    except ValueError as e:
        out.append((repr(e), repr(e.__cause__)))
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [KeyError(3)])])
    except* ValueError as g:
        out.append(len(g.exceptions))
    except* (TypeError, KeyError) as g:
        out.append(len(g.exceptions))
    with Ctx() as c:
        out.append(len(c))
        {}["missing"]
    for bad in ("1 / 0", "[][1]", "undefined", "int('x')", "'a' + 1", "None.x", "(1).x", "f(1, 2)"):
        try:
            eval(bad)
        except MemoryError:
            raise
        except Exception as e:
            e.add_note("note")
            out.append(type(e).__name__ + str(e))
    try:
        compile("x = = 1", "f", "exec")
    except SyntaxError as e:
        out.append(e.msg)
    return len(out), out[0]


print(work())
