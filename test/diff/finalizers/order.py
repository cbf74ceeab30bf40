# When __del__ runs, and in what order things die: rebinding, del, scopes, containers, arguments.
class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("  del", self.name)


print("rebinding")
x = D("x1")
x = D("x2")
print("del")
del x
print("expression")
D("temp").name
print("arguments")


def f(a, b):
    print("  in f")


f(D("a"), D("b"))
print("locals")


def g():
    one = D("one")
    two = D("two")
    three = D("three")
    print("  leaving")


g()
print("returned")


def h():
    local = D("local")
    return D("returned")


r = h()
print("got", r.name)
r = None
print("list")
l = [D("l%d" % i) for i in range(3)]
l[1] = None
print("clear")
l.clear()
l = [D("m%d" % i) for i in range(3)]
print("del list")
del l
print("tuple")
t = (D("t0"), D("t1"))
del t
print("dict")
d = {"a": D("da"), "b": D("db")}
d["a"] = 1
del d["b"]
d = {1: D("d1"), 2: D("d2"), 3: D("d3")}
d = None
print("set")
s = {D("s")}
s.clear()
print("attributes")
o = D("outer")
o.inner = D("inner")
o.second = D("second")
del o
print("nested calls")
print("  ", f(D("p"), f(D("q"), 1)))
print("loop")
for i in range(2):
    v = D("v%d" % i)
print("after loop")
del v
for w in [D("w0"), D("w1")]:
    print("  body")
del w
print("comprehension")
n = [len(D("c%d" % i).name) for i in range(2)]
print("swap")
a, b = D("A"), D("B")
a, b = b, a
del a
print("then")
del b
print("slice")
l = [D(str(i)) for i in range(5)]
l[1:3] = []
del l[::2]
print("pop", l.pop().name)
print("multiple targets")
a = b = D("shared")
a = None
b = None
print("and, or")
D("left") and None
D("left") or 1
print("compare", D("u") == D("v"))
print("star", [*[D("star")]] and None)
print("end")
