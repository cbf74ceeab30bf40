# _csv: types, sizes, buffers, dialects, states of the reader, quoting of the writer, errors.
import _csv, csv, gc, io, sys, tracemalloc
print(sorted(set(vars(_csv)) - {"__file__"}))
for n in ("Dialect", "Reader", "Writer", "Error"):
    t_ = getattr(_csv, n)
    print(t_, t_.__basicsize__, t_.__flags__, t_.__mro__, [(k, type(v).__name__, getattr(v, "__text_signature__", None)) for k, v in sorted(vars(t_).items()) if k not in ("__doc__", "__weakref__")])
for n in ("reader", "writer", "register_dialect", "unregister_dialect", "get_dialect", "list_dialects", "field_size_limit"): print(n, getattr(_csv, n).__text_signature__)
r = csv.reader([]); w = csv.writer(io.StringIO())
print(sys.getsizeof(r), sys.getsizeof(w), sys.getsizeof(r.dialect))
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
def read(text, **k): return lambda: [(row, r.line_num) for r in [csv.reader(io.StringIO(text, newline=""), **k)] for row in r]
for text in ("a,b,c\n", "a,,c\r\n,\n\n", "1;2;3", '"a","b""c",d\n', '"multi\nline",x\r\n', "'q',\"r\"\n", "a\\,b,c\\\n", ' a, "b"\n', "é,€,😀\n", '"open', "a\rb\n", '"a"b,c\n', '"a" ,b', "\0,x\n", ""):
    for k in ({}, {"delimiter": ";"}, {"quotechar": "'"}, {"escapechar": "\\"}, {"quoting": csv.QUOTE_NONE}, {"quoting": csv.QUOTE_NONNUMERIC}, {"quoting": csv.QUOTE_STRINGS}, {"quoting": csv.QUOTE_NOTNULL}, {"skipinitialspace": True}, {"strict": True}, {"doublequote": False}, {"quotechar": None}):
        t(read(text, **k))
def write(rows, **k):
    def f():
        out = io.StringIO(); w = csv.writer(out, **k)
        for row in rows: print(w.writerow(row), end=" ")
        return out.getvalue()
    return f
rows = [["a", 1, 2.5, None, "x,y", 'q"q', "l\nf", ""], [], [""], [None], ["é€😀", " ", "a\\b", "'"], (x for x in "ab"), ["1"]]
for k in ({}, {"delimiter": ";"}, {"quoting": csv.QUOTE_ALL}, {"quoting": csv.QUOTE_NONNUMERIC}, {"quoting": csv.QUOTE_STRINGS}, {"quoting": csv.QUOTE_NOTNULL}, {"quoting": csv.QUOTE_NONE}, {"quoting": csv.QUOTE_NONE, "escapechar": "\\"}, {"doublequote": False, "escapechar": "\\"}, {"lineterminator": "!\n"}, {"delimiter": " ", "skipinitialspace": True}, {"quotechar": "'"}):
    rows[5] = ["a", "b"]
    t(write(rows, **k)); t(write([[1, 2], ["a b", "c"]], **k))
t(lambda: csv.reader()); t(lambda: csv.reader(5)); t(lambda: csv.reader([], "none")); t(lambda: csv.reader([], foo=1)); t(lambda: csv.writer(5)); t(lambda: csv.writer()); t(lambda: next(csv.reader([5]))); t(lambda: csv.writer(io.StringIO()).writerow(5)); t(lambda: csv.writer(io.StringIO()).writerows(5)); t(lambda: csv.writer(io.StringIO()).writerows([1]))
for bad in ({"delimiter": ""}, {"delimiter": None}, {"delimiter": 5}, {"delimiter": "ab"}, {"delimiter": "\n"}, {"quotechar": 5}, {"quotechar": "ab"}, {"escapechar": "xy"}, {"quoting": "x"}, {"quoting": 9}, {"lineterminator": None}, {"lineterminator": 5}, {"quotechar": None, "quoting": 1}, {"delimiter": ",", "quotechar": ","}, {"escapechar": ","}, {"escapechar": '"'}, {"delimiter": "\r"}, {"quotechar": " ", "skipinitialspace": True}):
    t(lambda: csv.reader([], **bad))
t(lambda: csv.register_dialect()); t(lambda: csv.register_dialect(5)); t(lambda: csv.register_dialect("mine", delimiter="|")); t(lambda: csv.get_dialect("mine").delimiter); t(lambda: csv.list_dialects()); t(lambda: csv.unregister_dialect("mine")); t(lambda: csv.unregister_dialect("mine")); t(lambda: csv.get_dialect("mine")); t(lambda: csv.get_dialect())
t(lambda: csv.field_size_limit()); t(lambda: csv.field_size_limit("x")); t(lambda: csv.field_size_limit(5)); t(read("abcde,abcdef\n")); t(read('"abcdef"\n')); t(lambda: csv.field_size_limit(131072))
d = csv.get_dialect("excel"); print([getattr(d, n) for n in ("delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict")])
t(lambda: setattr(d, "delimiter", "x")); t(lambda: d.foo); t(lambda: d.__reduce__()); t(lambda: d.__reduce_ex__(2)); t(lambda: _csv.Dialect(d) is d); t(lambda: _csv.Dialect(d, strict=True).strict); t(lambda: _csv.Reader()); t(lambda: list(csv.reader(["a"])))
n = sys.getrefcount(d); r = csv.reader([], d); print(sys.getrefcount(d) - n); del r; print(sys.getrefcount(d) - n)
print([row for row in csv.DictReader(["a,b", "1,2", "3"])], list(csv.reader(["a,b"] * 2)))
class Loop(list): pass
l = Loop(["a,b"]); l.r = csv.reader(l); del l; print(gc.collect() > 0)
lines = ["x" * 50 + ",y"] * 20
class Sink:
    def write(self, text): return len(text)
sink = Sink()
w = csv.writer(sink)
gc.collect(); tracemalloc.start()
r = csv.reader(lines)
row = next(r)
row = next(r)
n = w.writerow(row)
snap = tracemalloc.take_snapshot()
print([(s.size, s.count) for s in sorted(snap.statistics("lineno"), key=lambda s: s.traceback[0].lineno) if s.traceback[0].filename == __file__])
