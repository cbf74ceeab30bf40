# Exception groups, except*, chaining, notes, suppression, exceptions of one's own, tracebacks as objects.
class Own(Exception):
    def __init__(self, code, *rest):
        super().__init__(code, *rest)
        self.code = code

    def __str__(self):
        return f"own {self.code}"


def fail(kind, *args):
    try:
        raise kind(*args)
    except Exception as e:
        e.add_note("noted")
        raise RuntimeError("outer") from e


def work():
    out = []
    group = ExceptionGroup("g", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [KeyError("k"), Own(5)])])
    try:
        raise group
    except* ValueError as eg:
        out.append(len(eg.exceptions))
    except* (TypeError, KeyError) as eg:
        out.append(sorted(type(e).__name__ for e in eg.exceptions))
    except* Own as eg:
        out.append(str(eg.exceptions[0].exceptions[0]))
    match, rest = group.split(KeyError)
    out += [repr(match), len(rest.exceptions), group.subgroup(lambda e: isinstance(e, Own)) is not None]
    try:
        fail(Own, 7, 8)
    except RuntimeError as e:
        out += [type(e.__cause__).__name__, e.__cause__.args, e.__cause__.__notes__, e.__traceback__.tb_lineno > 0]
        try:
            raise KeyError("x")
        except KeyError as k:
            out.append(k.__context__ is e)
    try:
        try:
            1 / 0
        finally:
            {}["missing"]
    except KeyError as e:
        out.append(type(e.__context__).__name__)
    try:
        raise BaseExceptionGroup("b", [KeyboardInterrupt()])
    except* KeyboardInterrupt:
        out.append("interrupted")
    for kind, args in ((OSError, (2, "no", "file")), (UnicodeDecodeError, ("utf-8", b"\xff", 0, 1, "bad")), (SystemExit, (3,)), (StopIteration, (4,)), (ImportError, ("i",)), (SyntaxError, ("s", ("f", 1, 2, "text")))):
        e = kind(*args)
        out.append(str(e))
    return out


print(work())
