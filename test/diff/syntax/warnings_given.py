# SyntaxWarnings: printed once on stderr, caught, turned into errors; the program still runs.
import warnings

x = [1, 2]
print(x is not None, "\d", 1 if x is () else 2)
assert (x, "always true")


def f():
    try:
        return 1
    finally:
        pass


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for src in ("x is 1", "'a' is x", "x is not 'b'", "'\\d'", "b'\\q'", "(1)(2)", "'a'[b'c']", "[1][1, 2]", "[1] (2)", "1if 1else 2", "0x1for x in y", "assert (1, 'm')", "{}()", "f'{x}'()", "'\\400'", "None is 1", "(1,) is x", "... is 1", "5 is 5"):
        before = len(caught)
        try:
            compile(src, "<w>", "exec")
        except SyntaxError as e:
            print(src, "error", e.msg)
        for w in caught[before:]:
            print(src, "->", w.category.__name__, w.message, w.lineno)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        compile("x is 1", "<w>", "exec")
    except SyntaxError as e:
        print("as error:", e.msg, e.lineno, e.offset)
    try:
        warnings.warn("plain", UserWarning)
    except UserWarning as e:
        print("raised", e)
warnings.warn("shown on stderr")
for i in range(3):
    warnings.warn("only once for a line", RuntimeWarning)
warnings.warn("deprecated thing", DeprecationWarning, stacklevel=1)
warnings.filterwarnings("ignore", message="quiet.*")
warnings.warn("quiet please")
