# inspect, ast, dis-free introspection, tokenize: what tools use.
import ast
import inspect
import io
import keyword
import tokenize


def f(a, /, b: int, c=1, *args, d, e=2, **kw) -> str:
    """Docs of f.

    More.
    """


class C:
    "class doc"

    def m(self, x): ...

    @classmethod
    def c(cls): ...

    @staticmethod
    def s(y=1): ...


sig = inspect.signature(f)
print(sig, list(sig.parameters), sig.return_annotation, sig.parameters["c"].default, sig.parameters["a"].kind.name, [p.kind.name for p in sig.parameters.values()], inspect.signature(C.m), inspect.signature(C().m), inspect.signature(C), inspect.signature(C.s), inspect.signature(lambda x, *y: 0))
b = sig.bind(1, 2, d=4, z=5)
b.apply_defaults()
print(b.arguments, b.args, b.kwargs)
for bad in (lambda: sig.bind(1), lambda: sig.bind(a=1, b=2, d=3), lambda: sig.bind(1, 2, 3), lambda: inspect.signature(5)):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(inspect.getdoc(f), inspect.isfunction(f), inspect.ismethod(C().m), inspect.isclass(C), inspect.isbuiltin(len), inspect.ismodule(ast), inspect.isgeneratorfunction(lambda: (yield)), [n for n, v in inspect.getmembers(C, inspect.isfunction)], inspect.getmro(C), inspect.unwrap(f) is f, inspect.getfullargspec(f).args, inspect.cleandoc("  a\n    b"), inspect.currentframe().f_lineno > 0)
print(inspect.getsource(C.m).strip(), inspect.getsourcelines(f)[1], inspect.getmodule(f).__name__, inspect.isdatadescriptor(property()))
t = ast.parse("x = 1 + 2 * y\nprint(x, sep='')\ndef g(a, b=2): return a")
print(ast.dump(t))
print(ast.dump(ast.parse("a if b else [c for d in e if f]", mode="eval"), indent=1)[:200])
print(ast.literal_eval("[1, 'a', (2.5, None), {'k': True, 'n': -3}]"), ast.literal_eval("1 + 2j"), ast.unparse(t), sep="\n")
for bad in ("f()", "x", "[1", "1 + 'a'", "__import__('os')"):
    try:
        print(ast.literal_eval(bad))
    except (ValueError, SyntaxError) as e:
        print(type(e).__name__, str(e).split(" object at")[0].split(" (<")[0])


class V(ast.NodeVisitor):
    def visit_Name(self, node):
        print("name", node.id, type(node.ctx).__name__, node.lineno, node.col_offset)


V().visit(t)


class Doubler(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)


tree = ast.fix_missing_locations(Doubler().visit(ast.parse("r = 5 + 'ab'.count('a')")))
ns = {}
exec(compile(tree, "<ast>", "exec"), ns)
print(ns["r"], [type(n).__name__ for n in ast.walk(ast.parse("a.b[c](d)"))][:8])
for tok in tokenize.generate_tokens(io.StringIO("if x == 1.5:  # c\n    y = f'a{b}'\n").readline):
    print(tokenize.tok_name[tok.type], repr(tok.string), tok.start, tok.end)
print(keyword.iskeyword("if"), keyword.softkwlist, len(keyword.kwlist))
code = compile("x = [i for i in range(3)]", "<c>", "exec")
print(code.co_name, code.co_filename, code.co_names, code.co_firstlineno)
