# An exception that nobody catches: traceback on stderr, exit status 1, atexit and stdout still flushed.
import atexit

atexit.register(print, "atexit ran")


def divide(a, b):
    return a / b


def average(values):
    total = sum(values)
    return divide(total, len(values))


print("before")
print(average([1, 2, 3]))
results = [average(v) for v in ([4], [])]
print("never")
