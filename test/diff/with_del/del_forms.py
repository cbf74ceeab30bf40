# The del statement: every target, the order, errors, and what dies.
class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("  dead", self.n)


class Log:
    def __delitem__(self, k):
        print("  delitem", k)

    def __delattr__(self, k):
        print("  delattr", k)


a = D("a")
b = D("b")
print("del a, b")
del a, b
x, y, z = D("x"), D("y"), D("z")
print("del (x, (y, z))")
del (x, (y, z))
l = [D(i) for i in range(6)]
print("index")
del l[0]
print("negative")
del l[-1]
print("slice")
del l[1:3]
print("rest", [d.n for d in l])
del l[:]
d = {"p": D("p"), "q": D("q")}
print("key")
del d["p"]
print("two at once")
d["r"] = D("r")
del d["q"], d["r"]
o = D("o")
o.child = D("child")
print("attribute")
del o.child
log = Log()
del log.attr, log[1], log[1:2], log[::3], log[1, 2], log[...], log[1:2, 3]
for text in ("del missing", "del o.missing", "del l[5]", "del d['zz']", "del (1).real", "del 'abc'[0]", "del (1, 2)[0]", "del len.x"):
    try:
        exec(text)
        print(text, "worked")
    except Exception as e:
        print(text, "->", type(e).__name__, e)


def f():
    v = 1
    del v
    try:
        v
    except UnboundLocalError as e:
        print(e)
    try:
        del v
    except UnboundLocalError as e:
        print(e)
    v = 2
    return v


print(f())


def g():
    def inner():
        return cell
    cell = D("cell")
    del cell
    try:
        inner()
    except NameError as e:
        print(type(e).__name__, e)
    cell = 5
    return inner()


print(g())


def h():
    global glob
    glob = D("glob")
    del glob
    try:
        glob
    except NameError as e:
        print(e)


h()


class C:
    v = 1
    w = D("class attribute")
    del v
    print("v" in dir(), "w" in dir())


print(hasattr(C, "v"))
del C.w
s = slice(0, 2)
l = [1, 2, 3, 4]
del l[s]
print(l)
n = 3
for n in range(2):
    pass
del n
print("n" in globals())
with open(__file__) as fh:
    pass
del fh
try:
    raise ValueError
except ValueError as e:
    pass
try:
    e
except NameError as err:
    print(err)
[del_ for del_ in range(2)]
print("del_" in globals())
