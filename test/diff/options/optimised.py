# Run with -O: asserts are gone, __debug__ is false.
import sys

assert False, "not evaluated"
print(__debug__, sys.flags.optimize)
if __debug__:
    print("debug code")
else:
    print("optimised")


def f():
    """doc stays with one O"""
    assert print("never"), "x"
    return 1


print(f(), f.__doc__)
try:
    assert 1 / 0
    print("nothing raised")
except ZeroDivisionError:
    print("raised")
exec("assert 0\nprint('exec too')")
exec(compile("assert 0\nprint('compiled with the same level')", "c", "exec"))
try:
    exec(compile("assert 0", "c", "exec", optimize=0))
except AssertionError as e:
    print("asked for", repr(e))
print(eval("__debug__"), compile("'doc'\nx = 1", "c", "exec", optimize=2).co_consts)
