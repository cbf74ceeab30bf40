# Other statements: pass, global, nonlocal, del, return forms, nested functions, semicolons, docstrings, constants folding.
"A string that is not the docstring."
import sys


def nothing(): ...


def doc():
    "the doc"
    "not the doc"
    return


def no_doc():
    f"x"


def late():
    return early()


def early():
    return "defined later"


print(nothing(), doc.__doc__, no_doc.__doc__, doc(), late(), __doc__)
a = 1; b = 2; print(a + b); del a
try:
    print(a)
except NameError as e:
    print(e)


def multi(flag):
    if flag == 1: return
    elif flag == 2: return 1,
    elif flag == 3: return 1, *[2, 3]
    elif flag == 4: return (yield_value := 5)
    return [
        flag
    ]


print([multi(i) for i in range(6)])


def deep():
    def one():
        def two():
            def three():
                nonlocal v
                v += 1
                return v
            return three
        return two
    v = 0
    f = one()()
    return f(), f(), v


print(deep())
if True:
    if False:
        pass
    elif 0:
        pass
    else:
        if not None:
            nested = "here"
print(nested)
x: int = 5
y: str
print(x, __annotations__)
try:
    y
except NameError as e:
    print(e)


class A:
    pass


o = A()
o.v: int = 3
d = {}
d["k"]: str = "annotated item"
(paren): int = 4
print(o.v, d, paren, "paren" in __annotations__, sorted(__annotations__))


def local_annotation():
    z: undefined_type = 1
    w: also_undefined
    return z, sorted(locals())


print(local_annotation())
global_counter = 0


def bump():
    global global_counter, made_here
    global_counter += 1
    made_here = global_counter * 10


bump(); bump()
print(global_counter, made_here)
pass
...
None
1 + 1
"expression statement"
[print("side effect") for _ in range(2)]
(lambda: print("called"))()
x = y = z = []
x.append(1)
print(x is y is z, z)
i, j = 0, [10, 20]
i, j[i] = 1, 99
print(i, j)
k = [1, 2, 3]
k[0], k[k[0]] = k[1], k[2]
print(k)
if x: print("one line if")
else: print("no")
while x: x.pop()
for q in "ab": print(q, end=" ")
else: print("for else")
try: raise ValueError("one line")
except ValueError as e: print(e)
finally: print("finally")
with open(__file__) as f: print(f.readline()[:7])
def one(): return 1
class One: v = 1
print(one(), One.v, (lambda: 0)(), [one][0]())
long = 1 + \
    2 + \
    3
text = "implicit " \
       "joining"
total = (1 +
         # comment inside
         2)
print(long, text, total, ("a"
                          "b"))
print(sys.getrefcount(None) > 100, __name__, __debug__)
try:
    exec("__debug__ = 1")
except SyntaxError as e:
    print(e.msg)
def f(a, b=1, *c, d=2, **e): return a, b, c, d, e
del f
print("f" in globals(), "One" in globals())
type Alias = int | str
print(Alias, Alias.__value__, type(Alias).__name__)
λ = "greek"; été = "french"; print(λ, été, "ﬁ".isidentifier(), eval("ﬁne", {"fine": "normalised"}))
