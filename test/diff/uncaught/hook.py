# sys.excepthook replaced, failing, and put back.
import sys


def hook(kind, value, tb):
    print("hook:", kind.__name__, value, tb.tb_lineno > 0)
    names = []
    while tb:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print("frames:", names)


def fail():
    raise LookupError("seen by the hook")


print(sys.excepthook is sys.__excepthook__)
sys.excepthook = hook
fail()
