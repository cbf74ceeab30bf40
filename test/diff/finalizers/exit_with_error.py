# A program that ends by an exception still runs finalizers and atexit handlers, and finally blocks of live generators.
import atexit
import weakref


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def gen():
    try:
        yield 1
    finally:
        print("generator finally")


atexit.register(lambda: print("atexit one"))
d = D("module global")
g = gen()
next(g)
weakref.finalize(d, print, "finalize")


def fail():
    local = D("local of failing frame")
    try:
        raise KeyError("inner")
    finally:
        print("finally")


def bad_handler():
    raise ValueError("in atexit")


atexit.register(bad_handler)
atexit.register(print, "atexit two")
fail()
