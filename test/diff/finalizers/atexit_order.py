# What happens at the end: atexit handlers, module globals, __del__ at exit, threads of objects in cycles.
import atexit
import sys
import weakref


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, sys is not None)


atexit.register(print, "first registered")
atexit.register(print, "with", "arguments", sep="-")


@atexit.register
def handler():
    print("decorated handler")
    atexit.register(print, "registered while exiting")


def never():
    print("never")


atexit.register(never)
atexit.unregister(never)
a = D("global a")
b = D("global b")
_private = D("underscore")
c = D("cycle")
c.me = c
l = [D("in list"), D("in list too")]
weakref.finalize(b, print, "finalize of b")
f = weakref.finalize(c, print, "finalize of c, no atexit")
f.atexit = False
weakref.finalize(a, print, "finalize of a")


def function_default(x=D("default")):
    pass


class K:
    attribute = D("class attribute")


print("end of the module", atexit._ncallbacks() >= 3)
