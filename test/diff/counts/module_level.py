# Counts at module level: generators, exceptions, comprehensions, closures, unpacking, weak references.
import sys, gc, weakref
rc = sys.getrefcount
class N: pass
x = N()
def show(tag, o=x): print(tag, rc(o))
show("start")
def gen(o):
    print("g", rc(o)); yield o; print("g", rc(o)); yield 1
g = gen(x); show("gen made"); next(g); show("after next"); v = next(g); show("2"); g.close(); show("closed"); del g; show("gone")
def ex(o):
    try: raise ValueError(o)
    except ValueError as e: print("in", rc(o), rc(e), len(e.args)); return e
e = ex(x); show("e"); e.__traceback__ = None; show("e no tb"); del e; show("no e")
def ex2(o):
    loc = o
    raise KeyError("k")
try: ex2(x)
except KeyError as e2:
    show("except"); tb = e2.__traceback__; show("tb")
show("after"); print(tb.tb_next.tb_frame.f_locals.keys()); show("f_locals"); del tb; show("tb gone")
c = [x for _ in range(3)]; show("lc"); c = {i: x for i in range(3)}; show("dc"); c = {x for i in range(3)}; show("sc"); del c
ge = (x for i in range(3)); show("ge"); next(ge); show("ge1"); del ge; show("ge gone")
show("kw", o=x); show(*("star", x)); show(**{"tag": "dstar", "o": x})
def f(*args, **kw): print(rc(args), rc(kw), rc(args[0]) if args else "", rc(kw["k"]) if kw else "")
f(x); f(k=x); f(x, k=x); f(*[x], **{"k": x}); t = (x,); f(*t); d = {"k": x}; f(**d); del t, d
class C:
    attr = x
    def __init__(self): self.a = x
show("class attr"); o = C(); show("inst"); o.__dict__; show("dict"); del o.a; show("del a"); del C; show("C gone"); del o; show("o gone"); gc.collect(); show("collected")
w = weakref.ref(x); show("w"); w(); show("w call"); y = w(); show("y"); del y
p = weakref.proxy(x); show("proxy"); print(rc(p), rc(w), weakref.getweakrefcount(x))
l = [x]; l2 = l[:]; show("slices"); l += l; show("iadd"); l.extend([x] * 3); show("ext"); l.pop(); show("pop"); l.clear(); show("clear"); del l, l2; show("del")
a, *b, cc = x, x, x, x; show("unpack"); a = b = cc = None; show("none")
(a := x); show("walrus"); a = 0
x.self = x; show("self"); del x.self; show("unself")
import copy
k = copy.copy([x, x]); show("copy"); k = copy.deepcopy([x]); show("deep"); del k
def outer():
    def inner(): return x2
    x2 = x; show("cell"); return inner
i = outer(); show("closure"); print(i.__closure__[0].cell_contents is x); del i; show("closure gone")
z = zip([x], [x]); show("zip"); r = next(z); show("next"); del r; show("x"); del z; show("z")
en = enumerate([x]*2); q = next(en); show("enum"); del q, en; show("enum gone")
m = x.__class__.__init__; show("m"); print(rc(None) > 1000, rc(1) > 1000, rc("") > 1000, rc(()) > 1000)
import sys; print(sys.getrefcount(object()), sys.getrefcount([]), sys.getrefcount("abc def"), rc(12345678), rc((1, 2)), rc(N))
print(rc(len), rc(N.__dict__), rc(main) if "main" in globals() else "no", rc(show), rc(show.__code__), rc(f.__code__), rc(show.__globals__) > 5)
for n in (x, 1): pass
show("for"); n = x
globals()["yy"] = x; show("globals"); del yy; show("del yy")
def loc():
    q = x; print(rc(q)); L = locals(); print(rc(q)); del L; print(rc(q)); del q; print(rc(x))
loc(); show("done"); exec("zz = x"); show("exec"); eval("show('eval')"); print(eval("rc(x)"), rc(x))
