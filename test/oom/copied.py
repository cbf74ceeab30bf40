# Copies and pickles of objects of many types; iterators saved half-way; trees, tables and text of a program's source.
import ast
import collections
import copy
import datetime
import decimal
import fractions
import pickle
import random
import re
import textwrap
import tokenize
import io


class Plain:
    kind = "plain"

    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return vars(self) == vars(other)


class Slots:
    __slots__ = "a", "b"

    def __getstate__(self):
        return [self.a]

    def __setstate__(self, s):
        self.a = s[0]


class Derived(dict):
    def __reduce__(self):
        return Derived, (), {"extra": [1]}, None, iter(self.items())


def saved():
    s = Slots()
    s.a = [300]
    loop = [1]
    loop.append(loop)
    d = Derived(a=300)
    things = [Plain([1, 2]), d, 10 ** 30, -300, 2.5, 1j, "é☃", b"ab", bytearray(b"cd"), (1, (2,)), {1, 300}, frozenset([5]), range(3, 9, 2), slice(1, 2), None, Ellipsis, len, Plain, collections.deque([1], 5), collections.OrderedDict(a=1), collections.Counter("ab"), iter([1, 2]), reversed([1, 2]), iter((1, 2)), iter("ab"), iter({}.keys()), enumerate("ab"), zip([1], [2]), map(str, [1]), complex, ValueError("v", 300), re.compile("a+"), fractions.Fraction(1, 3)]
    out = []
    for protocol in (0, 2, 5):
        for thing in things:
            try:
                data = pickle.dumps(thing, protocol)
                back = pickle.loads(data)
                out.append((len(data), type(back).__name__, back == thing))
            except TypeError as e:
                out.append(str(e))
    out += [copy.copy(s).a is s.a, copy.deepcopy(s).a, copy.deepcopy(loop)[1][0], copy.copy(d), copy.replace(datetime.date(2020, 1, 2), day=9)]
    it = iter([1, 2, 3])
    next(it)
    e = enumerate("abc", 300)
    next(e)
    out += [list(copy.copy(it)), list(e)]
    return out


def source():
    text = textwrap.dedent("""
        @deco
        async def f(a: int, *b, c=1, **d) -> str:
            '''doc'''
            with x as y, z: pass
            try: return [i async for i in a if i] or {**d, 'k': f"{a!r:>{c}}"}
            except* (A, B) as e: raise E from e
            finally: del a[1:2], a.b
        match v:
            case [1, *_, {'a': P(x=1)}] | None if w: global q; q += 1
        class C[T: int](B, m=M): x: list[T] = lambda *a, k=1: (yield)
        """)
    tree = ast.parse(text)
    dump = ast.dump(tree)
    names = sorted({n.id for n in ast.walk(tree) if isinstance(n, ast.Name)})
    moved = ast.increment_lineno(ast.parse("a = 1"), 5).body[0].lineno
    code = compile(ast.fix_missing_locations(ast.Expression(ast.BinOp(ast.Constant(300), ast.Add(), ast.Constant(5)))), "<a>", "eval")
    tokens = [t.string for t in tokenize.generate_tokens(io.StringIO("x = f'{y}' # c\n").readline)]
    return [len(dump), names, ast.unparse(tree)[:40], moved, eval(code), tokens, ast.literal_eval("{'a': [1, -2.5, (3j,)]}")]


def exact():
    with decimal.localcontext() as c:
        c.prec = 30
        d = decimal.Decimal(1) / 7
    f = fractions.Fraction(355, 113)
    t = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc) + datetime.timedelta(days=365, hours=1)
    return [d, d.sqrt().quantize(decimal.Decimal("0.001")), f * f, f.limit_denominator(10), t.isoformat(), f"{t:%d %b %Y}", datetime.date.fromisoformat("2024-02-29").isocalendar()[:], random.Random(1).random()]


print(saved(), source(), exact())
