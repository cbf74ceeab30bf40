# Exceptions as programs design them: hierarchies, codes, retry, translation at layers, error collection, cleanup order.
import traceback


class AppError(Exception):
    code = 500

    def __init__(self, message="", **context):
        super().__init__(message)
        self.context = context

    def __str__(self):
        base = super().__str__() or type(self).__name__
        extra = ", ".join(f"{k}={v!r}" for k, v in sorted(self.context.items()))
        return f"[{self.code}] {base}" + (f" ({extra})" if extra else "")


class NotFound(AppError):
    code = 404


class Invalid(AppError, ValueError):
    code = 400


class Timeout(AppError):
    code = 504
    retryable = True


def layer_db(key):
    data = {"a": "1", "b": "x"}
    return data[key]


def layer_model(key):
    try:
        return int(layer_db(key))
    except KeyError as e:
        raise NotFound("no such record", key=key) from e
    except ValueError as e:
        raise Invalid(str(e), key=key) from None


def layer_api(key):
    try:
        return {"ok": layer_model(key)}
    except AppError as e:
        return {"error": e.code, "text": str(e), "cause": type(e.__cause__).__name__, "context": type(e.__context__).__name__}


for key in "abz":
    print(layer_api(key))
print(str(AppError()), str(NotFound(id=5)), repr(Invalid("m", a=1)), isinstance(Invalid(), ValueError), [c.__name__ for c in Invalid.__mro__][:4])


def retry(times, on=Timeout):
    def deco(f):
        def wrapper(*a):
            errors = []
            for n in range(times):
                try:
                    return f(n, *a)
                except on as e:
                    e.add_note(f"attempt {n}")
                    errors.append(e)
            raise ExceptionGroup("all attempts failed", errors)
        return wrapper
    return deco


@retry(3)
def flaky(n, need):
    if n < need:
        raise Timeout("slow", n=n)
    return f"done at {n}"


print(flaky(2))
try:
    flaky(5)
except* Timeout as g:
    for e in g.exceptions:
        print(e, e.__notes__)


def validate(record):
    problems = []
    for field, check in (("name", str.isalpha), ("age", lambda v: int(v) >= 0), ("mail", lambda v: "@" in v)):
        try:
            if not check(record[field]):
                raise Invalid("check failed", field=field)
        except Invalid as e:
            problems.append(e)
        except (KeyError, ValueError, AttributeError) as e:
            problems.append(Invalid(f"{type(e).__name__}: {e}", field=field))
    if problems:
        raise ExceptionGroup("invalid record", problems)
    return True


for record in ({"name": "Ann", "age": "5", "mail": "a@b"}, {"name": "A1", "age": "-3", "mail": "x"}, {"age": "x"}):
    try:
        print(validate(record))
    except ExceptionGroup as g:
        print(g, [str(e) for e in g.exceptions])


class Stack:
    def __init__(self):
        self.undo = []

    def __enter__(self):
        return self

    def do(self, name, fail=False):
        print("do", name)
        if fail:
            raise AppError(f"step {name}")
        self.undo.append(name)

    def __exit__(self, kind, value, tb):
        while self.undo and kind:
            print("undo", self.undo.pop())
        return isinstance(value, AppError) and value.code == 500


with Stack() as s:
    s.do("one")
    s.do("two")
    s.do("three", fail=True)
print("recovered")
try:
    with Stack() as s:
        s.do("one")
        raise NotFound("passes")
except NotFound as e:
    print("out:", e)


def cleanup_order():
    try:
        try:
            raise Invalid("first")
        finally:
            print("inner finally")
            try:
                raise Timeout("second")
            except Timeout as e:
                print("handled", e, "| context", e.__context__)
    except Invalid as e:
        print("outer", e, "| context", e.__context__)
        raise AppError("third") from e
    else:
        print("never")
    finally:
        print("outer finally")


try:
    cleanup_order()
except AppError as e:
    print(e, "| cause", e.__cause__)
    print("".join(traceback.format_exception(e)).count("Traceback"), [f.name for f in traceback.extract_tb(e.__traceback__)])


def ignoring(*types):
    class Ignore:
        def __enter__(self):
            return self

        def __exit__(self, kind, value, tb):
            self.value = value
            return kind is not None and issubclass(kind, types)
    return Ignore()


with ignoring(KeyError, IndexError) as ig:
    [][1]
print(repr(ig.value))
try:
    with ignoring(KeyError):
        1 / 0
except ZeroDivisionError as e:
    print(repr(e))
old = None
for i in range(3):
    try:
        raise ValueError(i)
    except ValueError as e:
        e.__context__ = old
        old = e
chain = []
while old:
    chain.append(old.args[0])
    old = old.__context__
print(chain)
