# sys.excepthook itself fails: both tracebacks are printed.
import sys


def hook(kind, value, tb):
    raise RuntimeError("the hook fails")


sys.excepthook = hook
raise ValueError("the original")
