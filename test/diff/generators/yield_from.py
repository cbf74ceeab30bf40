# yield from: delegation of send, throw and close, return values, subclasses, plain iterables.
log = []


def inner(name):
    log.append(name + " start")
    try:
        while True:
            x = yield name
            log.append(f"{name} got {x}")
            if x == "stop":
                return name + " returned"
    except ValueError as e:
        log.append(f"{name} caught {e}")
        yield "after error"
        return "error return"
    finally:
        log.append(name + " finally")


def outer():
    r = yield from inner("a")
    log.append("outer has " + r)
    r = yield from inner("b")
    log.append("outer has " + r)
    r = yield from [1, 2]
    log.append(f"list gave {r}")
    yield from "xy"
    return "done"


o = outer()
print(next(o), o.send("hello"), o.gi_yieldfrom.__name__, o.send("stop"))
print(o.throw(ValueError("oops")), next(o), next(o), next(o), next(o))
try:
    next(o)
except StopIteration as e:
    print(e.value)
print(log)
log.clear()
o = outer()
next(o)
o.close()
print(log)
log.clear()
o = outer()
next(o)
try:
    o.throw(KeyError("k"))
except KeyError as e:
    print("through", e, log)


class It:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("it done")
        return self.n

    def send(self, v):
        log.append(f"It.send {v}")
        return self.__next__()

    def throw(self, *a):
        log.append(f"It.throw {a[0].__class__.__name__}")
        return "thrown value"

    def close(self):
        log.append("It.close")


def delegate():
    return (yield from It())


log.clear()
d = delegate()
print(next(d), d.send("s"), d.throw(ValueError("x")), next(d))
try:
    next(d)
except StopIteration as e:
    print(e.value)
d = delegate()
next(d)
d.close()
print(log)


def plain():
    yield from iter([1, 2])


p = plain()
next(p)
try:
    p.send(5)
except AttributeError as e:
    print(e)
for bad in (5, None):
    def g():
        yield from bad
    try:
        next(g())
    except TypeError as e:
        print(e)


def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)


print(list(tree(3)), sum(tree(10)))


def chain(*its):
    for it in its:
        yield from it


print(list(chain("ab", [1], {2: 3}, (x for x in range(2)), range(2))))


def deep(n):
    if n == 0:
        yield "bottom"
    else:
        yield from deep(n - 1)


print(list(deep(200)))


def acc():
    total = 0
    while (v := (yield total)) is not None:
        total += v
    return total


def collect(results):
    while True:
        results.append((yield from acc()))


results = []
c = collect(results)
next(c)
for v in (1, 2, 3, None, 10, 20, None):
    c.send(v)
print(results)
try:
    x = delegate()
    next(x)
    x.throw(GeneratorExit)
except GeneratorExit:
    print("exit passed on")
y = (yield_ for yield_ in [1])
print(list(y), (lambda: (yield 5))().__next__(), list((lambda: (yield from [1, 2]))()))
