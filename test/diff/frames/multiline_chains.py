# Chains of attributes and calls over several lines: the line and columns of each operation, as tracebacks tell them
import traceback
class O:
    def __init__(s, n=9): s.n = n
    def a(s, *x): 
        if s.n <= 0: raise ValueError
        return O(s.n - 1)
    @property
    def p(s): 
        if s.n <= 0: raise ValueError
        return O(s.n - 1)
def t(s, n):
    try: exec(compile(s, 'chain.py', 'exec'), {'o': O(n)})
    except BaseException as e:
        print([(f.lineno, f.end_lineno, f.colno, f.end_colno) for f in traceback.extract_tb(e.__traceback__)[1:2]], type(e).__name__)
for s in ['x = (o\n  .a()\n .a(1,\n 2)\n   .a(\n)\n .p\n .p.p\n .p)\n', 'x = o.a(1,\n 2).a(\n3\n).a()\n', 'o.p.p.a().p.a()\n', '(o.p\n .p).p.x = 5\n', '(o.p\n .p\n .x) = 5\n', 'del (o.p\n .zz)\n', '(o\n .p\n .q) += 1\n', 'o.p.q += 1\n', 'o.a().a(*[1],\n**{}).a(x=\n1)\n', 'o.a(\n).a(x=1\n)\n', 'o.a(\n).zz(x=1\n)\n', 'super(O,\n o).a()\n', '(o.a\n)(1)\n', '(o\n .a)(1,\n2)\n', '(o.a(1,\n2)\n .a(o\n .p\n .a))\n', 'o.a(o\n.p,\n o.p.p.p.p\n.p.p.p.p)\n', 'for q in (o\n .p.p.p.p.p\n .q): pass\n', 'with (o\n .a().a().p\n .zz): pass\n', 'print(o\n.zz, file=o\n.yy)\n', '(o.\na.\nzz)\n', '(o.\na(\n)\n.\nzz)\n', '(o\n .zz(1)[2]\n.q)', '(o\n .a(1)\n [2]\n.q)', '(o\n .a(1)\n  + 2)', 'o.a(\n1 +\n"a")', 'o.a(\n *5)', 'o.a(\n **5)', 'o.a(**{"zz":1}, \n **{"zz":2})', 'f"{o\n .zz}"', 'await_ = [o\n.a() for z in o\n.zz]']:
    for n in range(8): t(s, n)
