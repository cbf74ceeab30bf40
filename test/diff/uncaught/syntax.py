# A script that does not compile: the report has no traceback, status 1, nothing runs.
print("never printed")


def f(x):
    return x +* 2


f(1)
