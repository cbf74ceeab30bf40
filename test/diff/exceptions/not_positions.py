# A `not` whose operand is an order or has no truth is itself the place of the error; with `in` the operand is.
import sys
import traceback


class NoTruth:
    def __bool__(self):
        raise ValueError("no truth")


def conditions():
    if not 1 < "a":
        return 1


for f in (
    lambda: not (1 < "a"),
    lambda: not 1 < "a",
    lambda: not ("a" in 5),
    lambda: not 5 in 6,
    lambda: not NoTruth(),
    lambda: 1 if not NoTruth() else 2,
    conditions,
):
    try:
        f()
    except (TypeError, ValueError):
        traceback.print_exc(file=sys.stdout)
