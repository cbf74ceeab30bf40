# try, except, else, finally: order, return, break, continue, overriding, deleting of the name.
def trace(log, kind):
    try:
        log.append("try")
        if kind == "raise":
            raise ValueError
        if kind == "return":
            return "try value"
        if kind == "other":
            raise KeyError
    except ValueError:
        log.append("except")
        return "except value"
    else:
        log.append("else")
    finally:
        log.append("finally")
    return "after"


for kind in ("", "raise", "return"):
    log = []
    print(repr(kind), trace(log, kind), log)
log = []
try:
    trace(log, "other")
except KeyError:
    print(log)


def override():
    try:
        return 1
    finally:
        return 2


def swallow():
    try:
        raise ValueError
    finally:
        return "swallowed"


def change():
    x = 1
    try:
        return x
    finally:
        x = 2


def mutate():
    x = [1]
    try:
        return x
    finally:
        x.append(2)


def loop_break():
    out = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(f"f{i}")
    else:
        out.append("else")
    return out


def break_in_finally():
    for i in range(3):
        try:
            raise ValueError
        finally:
            break
    return i


def continue_in_finally():
    n = 0
    for i in range(3):
        try:
            1 / 0
        finally:
            n += 1
            continue
    return n


def while_else():
    out, n = [], 3
    while n:
        n -= 1
        try:
            out.append(n)
        finally:
            if n == 1:
                out.append("one")
    else:
        out.append("else")
    return out


def nested():
    out = []
    try:
        try:
            try:
                raise KeyError("deep")
            finally:
                out.append(1)
        except ValueError:
            out.append("no")
        finally:
            out.append(2)
    except KeyError as e:
        out.append(str(e))
    finally:
        out.append(3)
    return out


def raise_in_else():
    try:
        pass
    except ValueError:
        return "not caught here"
    else:
        raise ValueError("else")


def return_in_loop_finally():
    for i in range(3):
        try:
            return i
        finally:
            if i < 2:
                continue


print(override(), swallow(), change(), mutate(), loop_break(), break_in_finally(), continue_in_finally(), while_else(), nested(), return_in_loop_finally())
try:
    raise_in_else()
except ValueError as e:
    print(e)


def name_deleted():
    try:
        raise ValueError("x")
    except ValueError as e:
        inner = lambda: e
        kept = str(e)
    try:
        e
    except UnboundLocalError as err:
        return kept, str(err)


print(name_deleted())


def rebinding():
    e = "before"
    try:
        raise ValueError
    except ValueError as e:
        e = "rebound"
    try:
        return e
    except NameError as err:
        return type(err).__name__


print(rebinding())
for spec in ("ValueError", "(KeyError, ValueError)", "Exception", "BaseException", "object", "5", "'ValueError'", "(KeyError, 5)", "()", "((KeyError,), (ValueError,))", "undefined", "(KeyError, int)"):
    try:
        exec(f"try:\n    raise ValueError('v')\nexcept {spec}:\n    print({spec!r}, 'caught')")
    except Exception as e:
        print(spec, "->", type(e).__name__, e)


def gen():
    try:
        yield 1
    finally:
        yield "from finally"


print(list(gen()))
import sys


def info():
    out = [sys.exc_info()[0]]
    try:
        raise ValueError
    except ValueError:
        out.append(sys.exc_info()[0].__name__)
        try:
            raise KeyError
        except KeyError:
            out.append(sys.exc_info()[0].__name__)
        out.append(sys.exc_info()[0].__name__)
        out.append(type(sys.exception()).__name__)
    out.append(sys.exc_info()[0])
    return out


print(info())
