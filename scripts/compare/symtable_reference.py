"""CPython's symbol tables: a digest per file named on standard input, or the whole table of one (--full FILE)."""
import _symtable, hashlib, json, sys, warnings

warnings.simplefilter("ignore")
OFFSET = _symtable.SCOPE_OFF
MASK = (1 << OFFSET) - 1


def dump(entry):
    symbols = sorted([name, v & MASK, v >> OFFSET] for name, v in entry.symbols.items())
    return [
        int(entry.type), entry.name, entry.lineno, int(entry.nested), symbols,
        [dump(c) for c in entry.children],
    ]


def text_of(path):
    data = open(path, "rb").read()
    return json.dumps(dump(_symtable.symtable(data, path, "exec")), separators=(",", ":"))


if sys.argv[1:2] == ["--full"]:
    print(text_of(sys.argv[2]))
else:
    for path in sys.stdin.read().split():
        try:
            result = hashlib.md5(text_of(path).encode()).hexdigest()
        except SyntaxError:
            result = "error"
        print(path, result, flush=True)
