# Built-in functions: errors for wrong counts and kinds of arguments, keyword names, defaults.
class Num:
    def __add__(self, o):
        return "added"

    def __radd__(self, o):
        return f"radd {o}"


print(sum([Num()]), sum([1.5, 2]), sum((x for x in range(4)), start=1), sorted([3, 1], key=lambda v: -v, reverse=True), max([3, 1], key=lambda v: -v), min("b", "a", key=ord), print("p", end="|\n", sep="", file=None, flush=False), round(number=2.567, ndigits=1), round(2.5, None), pow(base=2, exp=5, mod=7), int("11", base=2), enumerate(iterable="a", start=1).__next__(), zip("a", strict=True).__next__(), complex(real=1, imag=2), bytes(source="a", encoding="ascii"), bytearray(b"x"), str(object=b"a", encoding="ascii"), eval("x", {"x": 5}), compile(source="1", filename="f", mode="eval").co_filename, sum([True] * 3), dict([["a", 1]]), slice(1).stop, type("T", (), {}).__name__, open.__name__, property(fget=len).fget is len)
calls = {
    "abs": ["", "1, 2", "'a'"], "all": ["", "5", "[1], 2"], "any": ["None"], "ascii": ["", "1, 2"], "bin": ["1.5", "'a'", ""], "bool": ["1, 2"], "callable": [""], "chr": ["'a'", "-1", "1.5", "10**10"], "dict": ["1", "[1]", "['abc']", "1, 2", "[(1, 2, 3)]"],
    "dir": ["1, 2"], "divmod": ["1", "1, 'a'", "1, 0", "1.5, 0"], "enumerate": ["", "5", "'a', 'b'", "[], 1, 2"], "eval": ["", "5", "'1', 5"], "filter": ["", "1", "1, 2", "None, 5"], "float": ["'x'", "[]", "1, 2", "None"], "format": ["", "1, 2", "1, 'q'", "[], 'd'"],
    "frozenset": ["5", "1, 2", "[[]]"], "getattr": ["1", "1, 2", "1, 'x'", "1, 'x', 2, 3"], "globals": ["1"], "hasattr": ["1", "1, 2"], "hash": ["[]", "", "{}", "1, 2"], "hex": ["'a'", "1.5"], "id": ["", "1, 2"], "input": ["1, 2"], "int": ["'x'", "[]", "'1', 1", "1.5, 2", "'', 10"],
    "isinstance": ["1", "1, 2", "1, [int]", "1, (int, 2)"], "issubclass": ["1, int", "int, 1", "int"], "iter": ["", "5", "5, 1", "int, 1, 2"], "len": ["", "5", "1, 2", "int"], "list": ["5", "1, 2"], "locals": ["1"], "map": ["", "len", "len, 5", "5, 5"], "max": ["", "5", "[]", "1, 'a'", "[], default=1, x=2", "1, 2, default=3"], "memoryview": ["", "'a'", "5"], "min": ["None", "()", "1, 2, key=5"],
    "next": ["", "5", "[]", "iter([])", "iter([]), 1, 2"], "object": ["1", "x=1"], "oct": ["1.5"], "open": ["", "'/no/such/file'", "5.5", "'f', 'z'", "'f', 'r', 'x'"], "ord": ["'ab'", "5", "''", "b'ab'"], "pow": ["1", "1, 'a'", "2, 3, 0", "1, 2, 3, 4", "2, -1, 4", "'a', 2"], "print": ["sep=5", "end=5", "x=1", "file=5"], "property": ["1, 2, 3, 4, 5"], "range": ["", "1.5", "1, 2, 0", "1, 2, 3, 4", "'a'"], "repr": ["", "1, 2"], "reversed": ["", "5", "{1}", "iter([])"], "round": ["", "'a'", "1.5, 'a'", "1, 2, 3", "[]"],
    "set": ["5", "1, 2", "[[]]", "[{}]"], "setattr": ["1, 'x'", "1, 'x', 2", "1, 2, 3", "int, 'x', 1"], "slice": ["", "1, 2, 3, 4"], "sorted": ["", "5", "[1, 'a']", "[], 1", "[], key=5, x=1", "[1], key=5"], "staticmethod": [""], "str": ["1, 2, 3, 4", "'a', 'b'", "b'a', 'zz'", "b'\\xff', 'ascii'"], "sum": ["", "5", "['a']", "[1], 'a'", "['a'], 'b'", "[b'a'], b''", "[[]], 0"], "super": ["1", "int, 'a'"], "tuple": ["5", "1, 2"], "type": ["", "1, 2", "'A', 1, {}", "'A', (), {}, 1"], "vars": ["5", "1, 2"], "zip": ["5", "[], 5", "x=1"], "__import__": ["", "'no_such'", "5", "''"], "delattr": ["1, 'x'", "1", "int, 'real'"], "exec": ["", "5", "'1 +'"], "compile": ["1", "'1', 'f', 'x'", "'1 +', 'f', 'exec'", "'1', 5, 'exec'"], "breakpoint": [], "bytes": ["'a'", "-1", "[256]", "1, 2", "None"], "bytearray": ["'a'", "[256]"], "classmethod": [""], "complex": ["'x'", "[]", "'1', 2", "1, '2'"], "anext": ["5"], "aiter": ["5"],
}
for name, argses in calls.items():
    for args in argses:
        text = f"{name}({args})"
        try:
            print(text, "=>", eval(text))
        except BaseException as e:
            print(text, "=>", type(e).__name__ + ":", e)
import builtins
print(sorted(n for n in dir(builtins) if n[0].islower() and n not in ("copyright", "credits", "exit", "quit", "license", "help")))
