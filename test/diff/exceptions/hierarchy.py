# The built-in exceptions: hierarchy, constructors, attributes, str and repr.
import builtins

names = sorted(n for n in dir(builtins) if isinstance(getattr(builtins, n), type) and issubclass(getattr(builtins, n), BaseException))
for n in names:
    cls = getattr(builtins, n)
    print(n, [b.__name__ for b in cls.__mro__[1:-1]], cls.__basicsize__)
for make in (lambda: ValueError(), lambda: ValueError("a"), lambda: ValueError("a", 1), lambda: KeyError("k"), lambda: KeyError(), lambda: KeyError("a", "b"), lambda: IndexError(5), lambda: OSError(2, "No such file"), lambda: OSError(2, "No such", "f.txt"), lambda: OSError(1, "a", "b", None, "c"), lambda: OSError("one"), lambda: OSError(), lambda: OSError(17, "exists"), lambda: FileNotFoundError("x"), lambda: StopIteration(5), lambda: SystemExit(3), lambda: SystemExit(), lambda: SystemExit("a", "b"), lambda: ImportError("m", name="n", path="p"), lambda: NameError("x", name="n"), lambda: AttributeError("x", name="n", obj=5), lambda: SyntaxError("bad"), lambda: SyntaxError("bad", ("f.py", 3, 5, "text\n")), lambda: SyntaxError("bad", ("f.py", 3, 5, "text", 3, 9)), lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "why"), lambda: UnicodeEncodeError("ascii", "\xe9b", 0, 2, "why"), lambda: UnicodeTranslateError("\u0416", 0, 1, "why"), lambda: Exception("\n"), lambda: Exception(None), lambda: Exception(("t",)), lambda: BlockingIOError(11, "again", 5)):
    e = make()
    print(type(e).__name__, repr(e), "|", str(e), "|", e.args)
e = OSError(2, "No such", "f.txt", None, "g")
print(e.errno, e.strerror, e.filename, e.filename2, type(e).__name__, OSError(13, "x").__class__.__name__, OSError(32, "x").__class__.__name__, OSError(9999, "x").__class__.__name__, OSError("a", "b").errno)
s = SyntaxError("m", ("f", 1, 2, "t", 3, 4))
print(s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset, s.print_file_and_line)
print(StopIteration(1, 2).value, StopIteration().value, SystemExit(5).code, SystemExit(1, 2).code, ImportError("m", name="n").name, NameError("x", name="q").name, AttributeError("a", name="b", obj=[]).obj)
for bad in (lambda: UnicodeDecodeError("a"), lambda: ImportError("a", foo=1), lambda: ValueError(x=1), lambda: SyntaxError("a", 5), lambda: SyntaxError("a", (1,)), lambda: AttributeError("a", zzz=1), lambda: BaseException(k=1), lambda: UnicodeEncodeError("a", b"x", 0, 1, "r"), lambda: ExceptionGroup("m", []), lambda: NameError("a", foo=2)):
    try:
        print(repr(bad()))
    except Exception as e:
        print(type(e).__name__, e)


class My(Exception):
    def __init__(self, code, msg="m"):
        super().__init__(code, msg)
        self.code = code

    def __str__(self):
        return f"<{self.code}>"


class Sub(My, ValueError):
    pass


class NoSuper(Exception):
    def __init__(self, a):
        self.a = a


class Own(Exception):
    def __new__(cls, *a):
        return super().__new__(cls, *a)


for e in (My(5), Sub(6, "x"), NoSuper("arg"), Own(1, 2)):
    print(repr(e), str(e), e.args, vars(e), isinstance(e, ValueError))
e = ValueError("x")
e.custom = 5
e.args = ("new", 2)
print(e, repr(e), vars(e), e == ValueError("new", 2), e.with_traceback(None) is e, hash(e) == hash(e))
import copy, pickle
c = copy.copy(My(9))
print(type(c).__name__, c.args, c.code, pickle.loads(pickle.dumps(ValueError("p", 1))), pickle.loads(pickle.dumps(OSError(2, "m", "f"))).filename)
try:
    int("x")
except (TypeError, ValueError) as e:
    print(type(e).__name__, e.args)
print(e if "e" in globals() else "e is gone", issubclass(IOError, OSError), EnvironmentError is OSError, BaseException.__subclasses__()[0].__name__)
