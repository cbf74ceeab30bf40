# Built-in functions: abs to hex.
print(abs(-5), abs(-2.5), abs(3 + 4j), all([1, 2]), all([]), any([0, 1]), any([]), ascii("é\u0416"), bin(-5), bool("x"), callable(len), chr(97), complex("1j"), dict(a=1), divmod(-7, 2), divmod(7.5, 2), list(enumerate("ab", 5)), eval("1+1"), list(filter(str.isdigit, "a1b2")), list(filter(None, [0, 1, "", "x"])), float("1.5"), format(255, "#x"), frozenset([1]), getattr(5, "real"), getattr(5, "zz", "d"), hasattr(5, "imag"), hash(5), hex(-255))
it = filter(lambda x: x > 1, [1, 2, 3]); print(next(it), list(it), next(it, "end"))
e = enumerate([]); print(next(e, "none"), list(enumerate({"k": 1})), list(enumerate("ab", start=-1)), next(enumerate("x", 10**20)))
m = map(lambda a, b: a + b, [1, 2, 3], [10, 20]); print(next(m), list(m), list(map(str.upper, "ab")), list(map(int, "12")), dict(map(lambda k: (k, ord(k)), "ab")))
z = zip("abc", range(2), strict=False); print(list(z), list(zip()), list(zip("ab")), list(zip([1, 2], [3, 4], strict=True)), dict(zip("ab", (1, 2))), list(zip(*[(1, 2), (3, 4)])))
print(isinstance(1, (int, str)), issubclass(bool, int), iter("ab").__next__(), len({1, 2}), max(1, 5, 3), max([1, 2], default=0), max([], default="d"), max("ab", "abc", key=len), min({"b": 1, "a": 2}), min((2, 1)), next(iter([5])), oct(8), ord("é"), pow(2, 10), pow(2, -1), pow(7, 2, 5), repr("a\n"), list(reversed([1, 2])), "".join(reversed("abc")), round(2.5), round(-1.567, 2), round(1234, -2), sorted("bca"), str(5), sum([1, 2], 10), sum([[1], [2]], []), tuple("ab"), type(5).__name__, vars(type("X", (), {"a": 1})())) 
print(id(5) == id(5), type(id([])).__name__, hash("a") == hash("a"), hash((1, 2)), hash(None) == hash(None), hash(True), hash(1.5), hash(-1), hash(2**100))
class D:
    x = 1
    def __dir__(self): return ["b", "a"]
    def __format__(self, s): return "F:" + s
    def __round__(self, n=None): return ("round", n)
    def __abs__(self): return "abs"
    def __divmod__(self, o): return "divmod"
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __hash__(self): return 5
    def __len__(self): return 3
    def __reversed__(self): return iter("rev")
    def __iter__(self): return iter("it")
    def __index__(self): return 65
    def __float__(self): return 1.25
    def __complex__(self): return 2j
    def __bytes__(self): return b"bytes"
    def __int__(self): return 7
    def __bool__(self): return False
    def __contains__(self, x): return x == "in"
    def __call__(self, *a): return a
    def __repr__(self): return "D!"
d = D()
print(dir(d), format(d, "spec"), round(d), round(d, 2), abs(d), divmod(d, 1), pow(d, 2), pow(d, 2, 3), hash(d), len(d), list(reversed(d)), list(d), bin(d), hex(d), oct(d), chr(d), float(d), complex(d), bytes(d), int(d), bool(d), "in" in d, d(1, 2), ascii(d), repr([d]), [0] * 2, callable(d), sorted(d), sum([1], 5), max(d), any([d]), all([d]), list(zip(d, d)), dict([d]), tuple(d), set(d) == {"i", "t"}, str(d), isinstance(d, D))
print(sorted(n for n in dir(object) if not n.startswith("__g"))[:6], [n for n in dir(5) if not n.startswith("_")], [n for n in dir([]) if not n.startswith("_")], len(dir()) > 5, dir(D)[-1])
print([n for n in dir("") if not n.startswith("_")], [n for n in dir({}) if not n.startswith("_")], [n for n in dir(set()) if not n.startswith("_")], [n for n in dir(b"") if not n.startswith("_")] == [n for n in dir(bytearray()) if not n.startswith("_") and n not in "append clear copy extend insert pop remove reverse".split()], [n for n in dir((1,)) if not n.startswith("_")], [n for n in dir(1.5) if not n.startswith("_")])
