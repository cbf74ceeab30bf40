# ExceptionGroup and except*: splitting, nesting, naked exceptions, reraising, derive.
eg = ExceptionGroup("top", [ValueError(1), TypeError(2), ExceptionGroup("inner", [ValueError(3), KeyError(4)])])
print(repr(eg), str(eg), eg.message, eg.exceptions[0], len(eg.exceptions), type(eg.exceptions).__name__)
m, r = eg.split(ValueError)
print(repr(m), "|", repr(r))
print(repr(eg.subgroup(KeyError)), eg.subgroup(OSError), repr(eg.subgroup((TypeError, KeyError))), repr(eg.subgroup(lambda e: e.args == (3,))), eg.split(ExceptionGroup)[1])
for bad in (lambda: ExceptionGroup("m", []), lambda: ExceptionGroup("m", [5]), lambda: ExceptionGroup(5, [ValueError()]), lambda: ExceptionGroup("m", ValueError()), lambda: ExceptionGroup("m", [KeyboardInterrupt()]), lambda: ExceptionGroup("m"), lambda: eg.split(5), lambda: eg.subgroup("x"), lambda: setattr(eg, "exceptions", ())):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__, ExceptionGroup.__mro__[1].__name__, issubclass(ExceptionGroup, Exception))


def run(excs):
    log = []
    try:
        try:
            raise excs
        except* ValueError as g:
            log.append(("V", repr(g)))
        except* (TypeError, KeyError) as g:
            log.append(("TK", repr(g)))
        else:
            log.append("else")
        finally:
            log.append("finally")
    except BaseException as e:
        log.append(("left", repr(e)))
    return log


for e in (eg, ValueError("naked"), ExceptionGroup("only os", [OSError(5)]), OSError("naked os"), ExceptionGroup("mix", [ValueError(1), OSError(2)]), ExceptionGroup("deep", [ExceptionGroup("d2", [ExceptionGroup("d3", [TypeError(7)])])])):
    for entry in run(e):
        print(entry)
    print("--")
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError:
        raise KeyError("new in handler")
    except* TypeError as t:
        raise
except BaseException as e:
    print(repr(e), [type(x).__name__ for x in e.exceptions], repr(e.exceptions[0].__context__))
try:
    try:
        raise ExceptionGroup("g", [ValueError(1)])
    except* ValueError as g:
        raise KeyError("from") from g.exceptions[0]
except Exception as e:
    print(repr(e), repr(e.__cause__), repr(e.__context__))
try:
    raise ExceptionGroup("g", [ValueError(1)])
except ExceptionGroup as e:
    print("plain except", e)
try:
    try:
        raise ValueError("x")
    except* ExceptionGroup:
        pass
except TypeError as e:
    print(e)
try:
    try:
        raise ValueError("x")
    except* 5:
        pass
except TypeError as e:
    print(e)
print("no error:", end=" ")
try:
    pass
except* ValueError:
    print("never")
else:
    print("else runs")


class MyGroup(ExceptionGroup):
    def __new__(cls, msg, excs, code=0):
        self = super().__new__(cls, msg, excs)
        self.code = code
        return self

    def derive(self, excs):
        return MyGroup(self.message, excs, self.code)


g = MyGroup("mine", [ValueError(1), TypeError(2)], 7)
m, r = g.split(ValueError)
print(repr(m), m.code, r.code, type(g.subgroup(TypeError)).__name__)
eg.add_note("noted")
m, r = eg.split(ValueError)
print(m.__notes__, r.__notes__)
for src in ("try: pass\nexcept* ValueError: pass\nexcept KeyError: pass", "try: pass\nexcept*: pass", "def f():\n    try: pass\n    except* ValueError: return", "while 1:\n    try: pass\n    except* ValueError: break", "try: pass\nexcept* ValueError as e: pass\nfinally: pass"):
    try:
        compile(src, "g", "exec")
        print("compiles")
    except SyntaxError as e:
        print(e.msg)
try:
    raise ExceptionGroup("outer", [ExceptionGroup("in1", [ValueError(1), ValueError(2)]), ValueError(3)])
except* ValueError as all_:
    print([str(x) for x in all_.exceptions], all_.__traceback__ is not None)
