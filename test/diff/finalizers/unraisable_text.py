# The text that an error in __del__, a callback or a hook leaves on stderr.
import gc
import sys
import weakref


class Bad:
    def __repr__(self):
        return "<a Bad one>"

    def __del__(self):
        raise ValueError("in del")


Bad()
print("one", flush=True)


def outer():
    b = Bad()
    return 1


outer()
print("two", flush=True)


def callback(ref):
    raise KeyError("in callback")


class T:
    pass


t = T()
r = weakref.ref(t, callback)
del t
print("three", flush=True)


class Chained:
    def __del__(self):
        try:
            1 / 0
        except ZeroDivisionError:
            raise RuntimeError("second")


Chained()
print("four", flush=True)


class NotCallable:
    __del__ = 5


n = NotCallable()
del n
print("five")
