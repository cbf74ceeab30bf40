# The exact moment at which temporaries die in statements of every kind.
class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print(f"  -{self.n}")

    def m(self, *a):
        print(f"  in {self.n}")
        return self

    def __add__(self, o):
        return D(f"({self.n}+{o.n})")

    def __getitem__(self, k):
        return D(f"{self.n}[{getattr(k, 'n', k)}]")

    def __eq__(self, o):
        return True

    def __hash__(self):
        return 1

    def __bool__(self):
        return False

    def __enter__(self):
        return D(f"entered {self.n}")

    def __exit__(self, *a):
        print("  exit", self.n)

    def __iter__(self):
        yield D(f"{self.n} item")

    def __lt__(self, o):
        return D("compare result")

    def __contains__(self, x):
        return False


print("call"); D("a").m()
print("chained calls"); D("b").m().m()
print("argument"); D("c").m(D("c2"), D("c3"))
print("sum"); D("d") + D("e") + D("f")
print("subscript"); D("g")[D("h")]
print("comparison"); D("i") == D("j")
print("less"); D("k") < D("l") < D("m")
print("or"); D("n") or D("o")
print("not"); not D("p")
print("if")
if D("q"):
    pass
print("conditional"); D("r") if D("s") else D("t")
print("in"); 1 in D("u")
print("is"); D("v") is D("w")
print("list display"); [D(1), D(2)]
print("tuple display"); (D(1), D(2))
print("dict display"); {D("k"): D("v"), D("k'"): D("v'")}
print("set display"); {D(1), D(2)}
print("f-string"); f"{D('fs').n}{D('ft').n}"
print("lambda"); (lambda a, b: None)(D("la"), D("lb"))
print("assign"); x = D("x1"); x = D("x2")
print("augmented"); x += D("x3")
print("unpack"); y, z = D("y"), D("z")
y, z = z, y
print("starred"); y, *z = D("s1"), D("s2"), D("s3")
print("for")
for x in D("it"):
    print("  body")
print("with")
with D("ctx") as y:
    print("  body")
print("after with")
print("walrus"); (w := D("wal")).n
print("assert")
try:
    assert D("as"), D("msg")
except AssertionError as e:
    print("  caught")
print("after assert")
print("raise")
try:
    raise ValueError(D("arg"))
except ValueError:
    print("  handler")
print("after raise")
print("return")


def f():
    a = D("local")
    return D("returned").n


f()
print("subscript store"); l = [D("old")]; l[0] = D("new")
print("attribute store"); l[0].attr = D("attr1"); l[0].attr = D("attr2")
print("del"); del l[0]
print("call with star"); (lambda *a, **k: None)(*[D("p1")], **{"k": D("k1")})
print("comprehension"); [v.n for v in [D("e1"), D("e2")]]
print("generator expression"); any(v.n == "z" for v in [D("g1"), D("g2")])
print("slice"); [1, 2, 3][D("nope").n == 1:]
print("global del"); del w, x, y, z
print("end")
