# Counts before and after many operations must be equal: nothing leaks in any of them.
from sys import getrefcount as rc
import sys


class V:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return V(self.n + (other.n if isinstance(other, V) else other))

    __radd__ = __add__

    def __eq__(self, other):
        return isinstance(other, V) and self.n == other.n

    def __hash__(self):
        return hash(self.n)

    def __lt__(self, other):
        return self.n < other.n

    def __repr__(self):
        return f"V({self.n})"

    def __bool__(self):
        return self.n != 0

    def __len__(self):
        return self.n

    def __iter__(self):
        return iter(range(self.n))

    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError(i)
        return i

    def __enter__(self):
        return self

    def __exit__(self, *a):
        return True

    def __index__(self):
        return self.n

    def __format__(self, spec):
        return "<" + spec + ">"


v, w = V(2), V(3)
key = ("a", "b")
snippets = """
v + w; v + 1; 1 + v
v == w; v != w; v < w; sorted([w, v, w])
v in [w, v]; v in {w: 1, v: 2}; {v, w, V(2)}
list(v); tuple(v); [*v]; sum([v, w], V(0))
str(v); repr([v, w]); f"{v} {v!r} {v:>5}"; "%s %r" % (v, w); "{:x}".format(v)
bool(v); not v; v and w; v or w
[10, 20, 30, 40][v]; "abcdef"[v:w]; range(9)[v]
max(v, w); min([v, w]); max([v], default=w)
dict([(v, w)]).get(v); {v: w}.pop(v); {v: 1}.setdefault(w, v)
isinstance(v, V); issubclass(V, object); hasattr(v, "zzz"); getattr(v, "n"); getattr(v, "zzz", w)
setattr(v, "tmp", w); delattr(v, "tmp"); vars(v); dir(v)
list(map(lambda x: x + w, [v])); list(filter(None, [v, w])); list(zip([v], [w]))
a, b = v, w; (a, b) = (b, a); [a, *b] = [v, w, v]
len(v); hash(v); id(v); iter(v); list(reversed([v, w])); enumerate([v])
v.__class__; type(v); v.__dict__; v.__doc__; v.__module__
next(iter([v])); next(iter([]), v); all([v, w]); any([v]); divmod(7, 2); abs(-5)
[x for x in (v, w) if x]; {x: x for x in (v, w)}; {x for x in (v, w)}; list(x for x in (v, w))
key + key; key * 3; key[0]; key.index("b"); hash(key); key == ("a", "b"); {key: v}[key]
"a" + "b"; "x" * 5; "abc".replace("b", "x"); "a b".split(); "-".join(key); key[0] in "abc"
frozenset([v, w]) | {v}; {v} & {w}; {v} - {v}; {v} ^ {w}; {v} <= {v, w}
exec("q = v"); eval("v + w"); compile("v", "x", "eval")
int(v); float(3); complex(1, 2); bytes(v); bytearray(v); list(range(v))
""".strip().splitlines()


def counts():
    return [rc(x) for x in (v, w, V, key, V.__add__, V.__repr__, snippets, tuple, KeyError)]


def attempt(code):
    space = {"v": v, "w": w, "V": V, "key": key}
    exec(code, space)
    space.clear()


for snippet in snippets:
    code = compile(snippet, "snippet", "exec")
    attempt(code)
    attempt(code)
    before = counts()
    for _ in range(10):
        attempt(code)
    after = counts()
    print("same" if before == after else ("CHANGED", before, after), "|", snippet[:50])
with v:
    raise KeyError(v)
print(rc(v), rc(w))
