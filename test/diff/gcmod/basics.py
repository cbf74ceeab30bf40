# The gc module's functions: enable, disable, collect, thresholds, counts.
import gc

print(gc.isenabled(), gc.get_threshold())
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
gc.disable()
print(gc.get_debug(), gc.garbage)
gc.collect()
print("collect again", gc.collect(), gc.collect(0), gc.collect(1), gc.collect(2))
print(gc.get_count()[1:], gc.get_count()[0] < 100)

for args in ((3,), (-1,), (5,)):
    try:
        gc.collect(*args)
    except ValueError as error:
        print(args, error)
for args in (("x",), (1.5,), (0, 1)):
    try:
        gc.collect(*args)
    except TypeError as error:
        print(args, error)
print(gc.collect(generation=1))

gc.set_threshold(500)
print(gc.get_threshold())
gc.set_threshold(600, 7)
print(gc.get_threshold())
gc.set_threshold(700, 8, 9)
print(gc.get_threshold())
for args in ((), ("a",), (1, 2, 3, 4)):
    try:
        print(gc.set_threshold(*args))
    except (TypeError, ValueError) as error:
        print(args, type(error).__name__, error)
gc.set_threshold(2000, 10, 10)


class Node:
    def __init__(self):
        self.me = self


def cycles(n):
    for _ in range(n):
        Node()


gc.collect()
for n in (0, 1, 10, 100):
    cycles(n)
    print(n, "cycles ->", gc.collect())
cycles(5)
print("young only", gc.collect(0), gc.collect())
cycles(3)
gc.collect(0)
l = []
l.append(l)
del l
d = {}
d["self"] = d
del d
print("a list and a dict", gc.collect())
a, b = [], []
a.append(b)
b.append(a)
del a, b
print("two lists", gc.collect())
f = lambda: f
t = ([],)
t[0].append(t)
del t
print("tuple and list", gc.collect())


def closure():
    def inner():
        return inner
    return None


closure()
print("closure", gc.collect())


class Temp:
    pass


del Temp
print("a class", gc.collect())
exc = None
try:
    raise ValueError
except ValueError as e:
    exc = e
    frame = e.__traceback__.tb_frame
del exc, frame
print("no cycle left", gc.collect() >= 0)
print(gc.garbage, gc.isenabled())
