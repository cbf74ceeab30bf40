"""CPython's trees, one per line of output: a digest per file, or the whole tree of one file (--full FILE)."""
import ast, hashlib, json, os, struct, sys, warnings

warnings.simplefilter("ignore")
SKIP = {"type_comment", "type_ignores"}
OPS = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)


def constant(v):
    if v is None or v is True or v is False:
        return [str(v)]
    if v is Ellipsis:
        return ["Ellipsis"]
    if isinstance(v, int):
        return ["int", hex(v)]
    if isinstance(v, float):
        return ["float", struct.pack(">d", v).hex()]
    if isinstance(v, complex):
        return ["complex", struct.pack(">d", v.imag).hex()]
    if isinstance(v, bytes):
        return ["bytes", v.hex()]
    return ["str", v]


def tree(node):
    if isinstance(node, OPS):
        return type(node).__name__
    if isinstance(node, ast.AST):
        out = [type(node).__name__]
        for field in node._fields:
            if field in SKIP:
                continue
            value = getattr(node, field)
            if field == "value" and isinstance(node, (ast.Constant, ast.MatchSingleton)):
                out.append(constant(value))
            else:
                out.append(tree(value))
        out.extend(getattr(node, name) for name in node._attributes)
        return out
    if isinstance(node, list):
        return [tree(x) for x in node]
    return node


def text_of(data):
    return json.dumps(tree(ast.parse(data)), separators=(",", ":"))


sys.setrecursionlimit(20000)
if __name__ != "__main__":
    pass
elif sys.argv[1:2] == ["--full"]:
    print(text_of(open(sys.argv[2], "rb").read()))
else:
    for path in sys.stdin.read().split("\n"):
        if not path:
            continue
        try:
            result = hashlib.md5(text_of(open(path, "rb").read()).encode()).hexdigest()
        except SyntaxError as e:
            result = "error"
        print(path, result, flush=True)
