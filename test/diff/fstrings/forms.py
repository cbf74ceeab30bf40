# f-strings: nested quotes, format specifications, conversions, =, lambdas, multi-line, nesting, errors at run time.
x, y, name = 5, 2.5, "World"
d = {"k": "v", 1: [1, 2]}
print(f"{x} {y} {name}", f"{x + y}", f"{x:>5}|{y:.2f}|{name:*^11}", f"{x!r} {name!r} {name!s} {'é'!a}", f"{{}} {{{x}}} {{x}}", f"{d['k']} {d[1][0]}", f'{d["k"]}', f"{name.upper()} {len(name)}")
print(f"{x=} {y = } {name=!s} {x=:>4} {x + 1=} {name = !r:>9}", f"{ x }", f"{x!r:>4}", f"{d['k']=}")
print(f"{f'{x}'} {f"{f'{name}'}"}", f"{'nested ' + f'{x:{2 + 2}}'}", f"{x:{x}} {x:{'>'}{4}} {y:{x}.{1}f}", f"{'a' 'b'}", f"{'\n'.join(['a', 'b'])}", f"{"same quotes"}")
print(f"{(lambda v: v * 2)(x)}", f"{x if x > 3 else y}", f"{[i for i in range(3)]}", f"{ {1: 2} }", f"{ {i for i in [1]} }", f"{(1, 2)}", f"{x, y}", f"{*[1, 2],}", f"{x == 5}", f"{x != 5}", f"{x >= 5} {x <= 5}", f"{(w := 7)} {w}", f"{not x}", f"{x and y}", f"{-x}", f"{x**2}")
print(f"""multi
{x}
  line {
    x
    + 1
}""", f"{x
}", rf"\n{x}\t", fr"{x}\d", f"\N{LATIN SMALL LETTER A}{x}", f"\x41\u0042{x}\103", F"{x}", f"" == "", f"a" "b{x}" f"{x}", "%s" f"{x}" % 1)
print(f"{'}'}", f"{'{'}", f"{'a}b{c'}", f"{x:}", f"{'':5}|", f"{None}", f"{True:5}|", f"{1e3}", f"{10**20:,}", f"{1+2j}", f"{b'x'}", f"{...}", f"{int}", f"{x:d}", f"{255:#x}", f"{3.0:g}")
print(f"{  # a comment
    x  # and another
}")


class F:
    def __format__(self, s):
        return f"[{s}]"

    def __repr__(self):
        return "F()"


f = F()
print(f"{f} {f:abc} {f!r} {f!r:>5} {f:{x}:{y}} {f:%Y-%m} {f: }")
for text in ("f'{'", "f'}'", "f'{}'", "f'{x'", "f'{x!}'", "f'{x!z}'", "f'{x:{y'", "f'{x y}'", "f'{lambda x: 1}'", "f'{!r}'", "f'{x!r }'", "f'{x:{y:{z:{w}}}}'", "f'{a $ b}'", "f'{*}'", "f'{=}'", "f'{x!r:{'", "f'{\\'", "f'{yield}'", "f'{x=!z}'", "f'{ }'", "f'{x!}}'", "f'{)}'", "f'{(}'"):
    try:
        compile(text, "f", "eval")
        print(text, "compiles")
    except SyntaxError as e:
        print(text, "->", e.msg)
for text in ("f'{nope}'", "f'{x:z}'", "f'{name:d}'", "f'{1/0}'", "f'{d[\"zz\"]}'", "f'{x.foo}'"):
    try:
        eval(text)
    except Exception as e:
        print(text, "->", type(e).__name__, e)


def order():
    log = []

    def t(v):
        log.append(v)
        return v

    return f"{t(1)}{t(2):{t(3)}}{t('a')!r}", log


print(order())
width, prec = 10, 3
print(f"{3.14159:{width}.{prec}}|{'s':>{width}}|{x:0{width}b}|{x:{'0'}>{4}}|{name!r:{width}}|")
print(f'{x:%}', f"{0.5:.0%}", f"{1234.5:,.1f}", f"{x:c}" if x > 31 else "ctrl", f"{'😀'} {'😀':>3}|", f"{name[0]}{name[-1]}{name[1:3]}{name[::-1]}")
