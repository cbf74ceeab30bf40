# Unbound locals suggest nothing and carry no name; empty slots name the class in full; repetition makes empty bytes anew.
import sys
import types


def local():
    try:
        print(zz)
    except UnboundLocalError as e:
        print(e.name, e)
    zz = 1


def free():
    def inner():
        return zz2

    try:
        inner()
    except NameError as e:
        print(e.name, e)
    zz2 = 1


local()
free()


class X:
    __slots__ = ("a",)


def make():
    class Y(X):
        __slots__ = ("b",)

    return Y


for obj, name in ((X(), "a"), (make()(), "b"), (make()(), "a"), (X(), "c")):
    try:
        getattr(obj, name)
    except AttributeError as e:
        print(e)

one, none = b"x", 0
empty = one * none
print(empty is b"".join([]), empty is one * -3, sys.getrefcount(empty), sys.getsizeof(empty), one[1:] is b"".join([]))

code = compile("import foo.bar", "test", "exec")
try:
    exec(code, {"__builtins__": types.MappingProxyType({})})
except ImportError as e:
    print(e)
ns = {"__builtins__": types.MappingProxyType({"__import__": lambda *args: args})}
exec(code, ns)
print(ns["foo"] == ("foo.bar", ns, ns, None, 0))


class AtExit:
    def __del__(self):
        import traceback


kept = AtExit()


def total():
    vale = 1
    if vale == 2:
        value = 3
    return value


total()
