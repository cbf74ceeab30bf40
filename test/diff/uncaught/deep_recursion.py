# The traceback of endless recursion folds repeated lines.
def ping(n):
    return pong(n + 1)


def pong(n):
    return ping(n + 1)


def countdown(n):
    return countdown(n + 1)


try:
    ping(0)
except RecursionError as e:
    print("caught", e)
countdown(0)
