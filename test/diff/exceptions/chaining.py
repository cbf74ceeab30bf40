# Implicit and explicit chaining, suppression, contexts that would be cycles, notes.
def chain_of(e):
    out = []
    while e is not None and len(out) < 8:
        out.append(f"{type(e).__name__}({', '.join(map(str, e.args))})" + ("!" if e.__suppress_context__ else ""))
        e = e.__cause__ or e.__context__
    return out


try:
    try:
        1 / 0
    except ZeroDivisionError:
        {}["k"]
except KeyError as e:
    print(chain_of(e), e.__cause__, type(e.__context__).__name__)
try:
    try:
        raise ValueError("v")
    except ValueError as v:
        raise KeyError("k") from v
except KeyError as e:
    print(chain_of(e), e.__cause__ is e.__context__)
try:
    try:
        raise ValueError("v")
    except ValueError:
        raise KeyError("k") from None
except KeyError as e:
    print(chain_of(e), repr(e.__context__), e.__suppress_context__)
try:
    raise ValueError("v") from TypeError
except ValueError as e:
    print(repr(e.__cause__))
for bad in ("raise 5", "raise ValueError from 5", "raise int", "raise None", "raise", "raise ValueError('x') from 'str'", "raise type", "raise [ValueError]"):
    try:
        exec(bad)
    except BaseException as e:
        print(bad, "->", type(e).__name__, e)
a, b = ValueError("a"), ValueError("b")
try:
    try:
        raise a
    except ValueError:
        raise b
except ValueError as e:
    print(e is b, b.__context__ is a)
try:
    try:
        raise b
    except ValueError:
        raise a
except ValueError as e:
    print(e is a, a.__context__ is b, b.__context__)
try:
    try:
        raise a
    except ValueError as x:
        raise x
except ValueError as e:
    print("same one again", e is a, e.__context__ is b)
try:
    try:
        raise KeyError("first")
    finally:
        raise ValueError("in finally")
except ValueError as e:
    print(chain_of(e))


def three():
    try:
        raise ValueError(1)
    except ValueError:
        try:
            raise ValueError(2)
        except ValueError:
            try:
                raise ValueError(3)
            except ValueError:
                raise ValueError(4)


try:
    three()
except ValueError as e:
    print(chain_of(e))


def handler_calls():
    try:
        raise KeyError("outer")
    except KeyError:
        def inner():
            raise ValueError("from call")
        inner()


try:
    handler_calls()
except ValueError as e:
    print(chain_of(e))


class Ctx:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        raise RuntimeError("exit")


try:
    with Ctx():
        raise ValueError("body")
except RuntimeError as e:
    print(chain_of(e))


def gen():
    try:
        yield
    except ValueError:
        raise KeyError("gen")


g = gen()
next(g)
try:
    try:
        raise OSError("around")
    except OSError:
        g.throw(ValueError("thrown"))
except KeyError as e:
    print(chain_of(e))
e = ValueError("x")
e.__cause__ = KeyError("set")
print(e.__suppress_context__, chain_of(e))
e.__cause__ = None
e.__context__ = TypeError("ctx")
e.__suppress_context__ = False
print(chain_of(e))
for attr, value in (("__cause__", 5), ("__context__", "x"), ("__traceback__", 5), ("args", 5)):
    try:
        setattr(e, attr, value)
    except TypeError as err:
        print(attr, err)
for attr in ("__cause__", "__context__", "__traceback__", "args"):
    try:
        delattr(e, attr)
        print("deleted", attr)
    except TypeError as err:
        print(err)
e.add_note("note one")
e.add_note("note two")
print(e.__notes__, ValueError("y").__dict__)
try:
    e.add_note(5)
except TypeError as err:
    print(err)
loop1, loop2 = ValueError(1), ValueError(2)
loop1.__context__, loop2.__context__ = loop2, loop1
try:
    try:
        raise loop1
    except ValueError:
        raise KeyError("after loop")
except KeyError as err:
    print(err.__context__ is loop1)
