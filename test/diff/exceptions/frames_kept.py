# What an exception keeps alive: its traceback, the frames, their locals; and when it all goes.
import gc
import sys
import weakref

gc.disable()


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("  dead:", self.name)


def inner():
    local = D("inner local")
    raise ValueError("x")


def outer():
    mine = D("outer local")
    inner()


print("not kept")
try:
    outer()
except ValueError:
    print("  in handler")
print("after handler")
try:
    outer()
except ValueError as e:
    kept = e
print("kept")
tb = kept.__traceback__
print([tb.tb_frame.f_code.co_name, tb.tb_next.tb_frame.f_code.co_name, tb.tb_next.tb_next.tb_frame.f_code.co_name, tb.tb_next.tb_next.tb_next])
print(tb.tb_lineno > 20, tb.tb_next.tb_frame.f_locals["mine"].name, tb.tb_lasti >= 0)
tb.tb_next.tb_next = None
print("cut inner")
kept = kept.with_traceback(None)
print("without traceback")
tb = None
print("tb dropped")
try:
    outer()
except ValueError as e:
    frame = e.__traceback__.tb_next.tb_frame
    print("f_back", frame.f_back is sys._getframe())
    e.__traceback__.tb_next.tb_next.tb_frame.clear()
    print("cleared inner")
print("frame kept")
frame.clear()
print("frame cleared", frame.f_locals)


def cycle():
    d = D("in a cycle")
    try:
        raise KeyError
    except KeyError as e:
        me = e


cycle()
print("cycle made by keeping the exception in its own frame")
print(gc.collect() > 0)


def no_cycle():
    d = D("no cycle")
    try:
        raise KeyError
    except KeyError as e:
        me = e
        del me


no_cycle()
print("--")


def with_gen():
    d = D("gen local")
    yield 1
    raise ValueError("gen")


g = with_gen()
next(g)
try:
    next(g)
except ValueError as e:
    print("generator raised")
    err = e
print("still held by the traceback")
err = None
print("gone")
try:
    try:
        outer()
    except ValueError:
        raise KeyError("second")
except KeyError as e:
    second = e
print("context keeps frames")
second.__context__ = None
print("context dropped")
del second
last = None


def depth(n):
    d = D(n)
    if n == 0:
        raise ValueError
    depth(n - 1)


try:
    depth(3)
except ValueError:
    pass
print("end")
r = None
try:
    raise ValueError
except ValueError as e:
    r = weakref.ref(e) if hasattr(ValueError(), "__weakref__") else None
print(r)
sys.last_exc = None
