"""A helper module that imports/modules.py imports."""
print("helper runs as", __name__)
value = 42
_private = "hidden"
__all__ = ["value", "function", "missing_on_purpose"]


def function():
    return "function of helper"


def __getattr__(name):
    if name == "dynamic":
        return "made on demand"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
