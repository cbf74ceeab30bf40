# A tree whose `:=` assigns to something else than a name is refused.
import ast

for target in (ast.Constant(value=1), ast.Name(id="x", ctx=ast.Store())):
    value = ast.NamedExpr(target=target, value=ast.Constant(value=3))
    tree = ast.fix_missing_locations(ast.Module(body=[ast.Expr(value=value)], type_ignores=[]))
    ns = {}
    try:
        exec(compile(tree, "<file>", "exec"), ns)
    except TypeError as e:
        print(e)
    print(ns.get("x"))
