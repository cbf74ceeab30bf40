# Errors in __del__ are reported and ignored; sys.unraisablehook sees them.
import sys
import gc


class Bad:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<Bad {self.name}>"

    def __del__(self):
        raise ValueError("in del of " + self.name)


def hook(u):
    print("hook:", u.exc_type.__name__, u.exc_value, "|", u.err_msg, "|", getattr(u.object, "__qualname__", u.object), "|", u.exc_traceback is not None)


sys.unraisablehook = hook
b = Bad("one")
del b
print("goes on")
try:
    Bad("two")
    raise KeyError("mine")
except KeyError as error:
    print("still", error, error.__context__)


def f():
    x = Bad("local")
    raise TypeError("from f")


try:
    f()
except TypeError as error:
    print(error)
    error = None
print("after")
c = Bad("cycle")
c.me = c
del c
gc.collect()


class BadRepr(Bad):
    def __del__(self):
        raise SystemExit(3)


x = BadRepr("exit")
del x
print("SystemExit is ignored too")


class NoDel:
    __del__ = None


y = NoDel()
del y


class NotCallable:
    __del__ = 5


y = NotCallable()
del y


class InstanceDel:
    pass


z = InstanceDel()
z.__del__ = lambda: print("never: looked up on the type")
del z


def bad_hook(u):
    raise RuntimeError("hook fails")


class Quiet:
    def __del__(self):
        try:
            raise ValueError("inner")
        except ValueError as e:
            print("handled inside", e, sys.exc_info()[0].__name__)


try:
    raise KeyError("outer")
except KeyError:
    Quiet()
    print("current is", sys.exc_info()[0].__name__)


class Late:
    @property
    def value(self):
        return 42

    def __del__(self):
        print("own methods work", self.value, type(self).__name__)


Late()
print(type(sys.unraisablehook).__name__, sys.__unraisablehook__ is not hook)
