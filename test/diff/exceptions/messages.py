# The messages of the errors that programs meet most: wrong types, names, attributes, calls, arguments.
class P:
    x = 1

    def method(self):
        pass


def f(a, b=2, *, c, d=4):
    pass


def three(alpha, beta, gamma):
    pass


p = P()
cases = """
undefined
p.nothing
p.metod
P.nothing
p.x.y
"a" + 1
1 + "a"
[1] + (2,)
None + 1
1 - None
"a" - "b"
{} + {}
5()
"s"()
None()
p()
[1]()
None.x
None[0]
5[0]
(1, 2)["a"]
{}[1]
{"a": 1}["b"]
[][0]
()[1]
""[0]
range(3)[5]
len(5)
len()
len(1, 2)
int("abc")
int([])
float("x")
int("12", 99)
[].append()
[].append(1, 2)
"".join([1, 2])
"abc".index("z")
[1].index(2)
[1].remove(5)
{1}.remove(5)
{}.popitem()
[].pop()
set().pop()
f()
f(1)
f(1, 2, 3)
f(c=1)
f(1, c=2, e=3)
f(1, 2, a=1, c=1)
three()
three(1)
three(1, 2)
three(1, 2, 3, 4)
three(delta=1)
(lambda: 0)(1)
p.method(1)
P.method()
print(x=1)
sorted()
sorted([1], 2)
max()
max(5)
max([])
min(1, "a")
sum("ab")
sum(["a"])
abs("x")
round("x")
ord("ab")
chr(-1)
isinstance(1, 1)
issubclass(1, int)
iter(5)
next(5)
next(iter([]))
reversed(5)
zip(5)
map(len)
list(map(5, [1]))
enumerate(5)
range("a")
open("/nonexistent/file")
open(5.5)
open("x", "q")
hash([])
{[]: 1}
{{}}
bytes("x")
bytes([300])
"x".encode("nope")
b"\\xff".decode()
"%d" % "x"
"%s %s" % 1
"{} {}".format(1)
"{x}".format()
int.real.x
type("A", (5,), {})
object(1)
P(1)
super()
pow(2, -1, 4)
1 << -1
1 / 0
1 // 0
1 % 0
1.0 / 0
divmod(1, 0)
2.0 ** 10000
10 ** 400 * 1.0
complex("x")
[1, 2, 3][1.5]
[1, 2][::0]
"abc" * "d"
[] * 1.5
1 in 5
"a" in 5
5 in "abc"
1 < "a"
[] < 5
-"a"
~1.5
+[]
not_defined()
import_module
getattr(p, "q")
getattr(p, 5)
setattr(p, 5, 1)
delattr(p, "q")
vars(5)
dir(1, 2)
__import__("no_such_module")
eval("1 +")
exec("x y")
compile("(", "f", "exec")
slice()
memoryview("x")
bytearray(-1)
frozenset(5)
dict(5)
dict([1])
dict([(1, 2, 3)])
str(b"x", "nope")
type()
type(1, 2)
isinstance()
callable()
input(1, 2)
""" .strip().splitlines()
for case in cases:
    try:
        value = eval(case)
        print(case, "=>", value)
    except BaseException as e:
        print(case, "=>", type(e).__name__ + ":", e)
