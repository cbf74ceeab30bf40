import ast, inspect, sys, json
src=r'''
import math
x: int = 5
def f(a, b=2, *c, d, e=4, **k) -> int:
    "doc"
    try:
        for i in range(a): 
            if i % 2: continue
            yield i, f"{i!r:>{b}} {x}", *c
    except (ValueError, TypeError) as err: raise err from None
    finally: pass
    with open(x) as fh, y: pass
    while True: break
    else: pass
    lambda q: q
    return {**k, 1: [z for z in c if z], **{}} 
class C(object, metaclass=type):
    y = 1
    async def g(self):
        await self
        async for t in self: pass
match x:
    case [1, *r]: pass
    case {"a": v, **rest}: pass
    case C(y=3) | None: pass
    case _ if x: pass
del x
print(1 if True else 2, not 3, -4, 1 < 2 <= 3, a[1:2, ::3], b"x", 1j, ..., 1_0, 'a' 'b', x := 3)
type T[A: int, *B, **P] = A
'''
t=ast.parse(src.replace("x := 3","(x := 3)"))
c=compile(t,"<ast>","exec"); print(c.co_name)
print(ast.unparse(t))
class Dbl(ast.NodeTransformer):
    def visit_Constant(self, n):
        if isinstance(n.value,int) and not isinstance(n.value,bool): return ast.copy_location(ast.Constant(n.value*2), n)
        return n
    def visit_Name(self, n):
        return ast.copy_location(ast.Name(n.id.upper() if n.id=="v" else n.id, n.ctx), n)
t=ast.parse("v = 3\nprint(v + 4, [i*1 for i in range(2)], f'{v:>5}', (lambda z=5: z)())")
t=ast.fix_missing_locations(Dbl().visit(t)); ns={}; exec(compile(t,"f.py","exec"),ns); print(ns["V"])
e=ast.Expression(ast.BinOp(ast.Constant(2),ast.Mult(),ast.Constant(21))); ast.fix_missing_locations(e); print(eval(compile(e,"e","eval")))
m=ast.Module([ast.FunctionDef("hi",ast.arguments([],[],None,[],[],None,[]),[ast.Return(ast.Constant("hi"))],[])],[]); ast.fix_missing_locations(m); exec(compile(m,"m","exec")); print(hi())
exec(compile(ast.Interactive([ast.Expr(ast.Constant(5,lineno=1,col_offset=0),lineno=1,col_offset=0)]),"i","single"))
for bad,mode in ((ast.Module([ast.Expr(ast.Name("x",ast.Load()))],[]),"exec"),(ast.Expression(ast.Constant(1)),"exec"),(ast.parse("1"),"eval"),(5,"exec"),(ast.fix_missing_locations(ast.Module([ast.Expr(ast.Constant(object()))],[])),"exec"),(ast.fix_missing_locations(ast.Module([ast.Return()],[])),"exec"),(ast.fix_missing_locations(ast.Expression(ast.Name(5,ast.Load()))),"eval")):
    try: compile(bad,"b",mode); print("ok")
    except Exception as x: print(type(x).__name__, str(x).split(" at 0x")[0])
print(compile(t,"x","exec",ast.PyCF_ONLY_AST) is t)
print(eval(compile(ast.parse("1+1",mode="eval"),"","eval")), ast.literal_eval("{'a':[1,(2,3)],'b':-1.5}"))
def func(a,
         b):
    # comment
    return a+b
print(inspect.getsource(func)); print(inspect.getsourcelines(func)[1], inspect.signature(func))
class K:
    def m(self): return 1
print(inspect.getsource(K)); print(len(inspect.getsource(json.dumps))>500, inspect.getsource(json.decoder.JSONDecodeError).split("\n")[0])
import linecache; print(linecache.getline(json.__file__, 1)[:5], open(json.__file__).readline()[:5])
