# json: dumps and loads with every option, errors with positions.
import json

values = [None, True, False, 0, -5, 10**30, 1.5, 1e100, 0.1, -0.0, "", "abc", 'q"\\/\b\f\n\r\t\x00\x1f', "é\u0416\U0001f600", [], [1, [2]], {}, {"a": 1, "b": [None]}, (1, 2), {1: "i", 2.5: "f", True: "t", None: "n"}, float("inf"), float("nan"), [[]], {"": ""}]
for v in values:
    t = json.dumps(v)
    print(ascii(t), json.loads(t) == v or "differs")
print(json.dumps({"b": 1, "a": [1, 2]}, sort_keys=True, indent=2), json.dumps([1, {"x": []}], indent=4), json.dumps([1, 2], indent="\t"), json.dumps({}, indent=2), json.dumps([], indent=2), json.dumps({"a": 1}, separators=(",", ":")), json.dumps("é", ensure_ascii=False), json.dumps({1: 1, (1, 2): 2}, skipkeys=True), json.dumps([1, 2], indent=0), json.dumps({"a": [1, {"b": 2}]}, indent=1, separators=(", ", "= ")))


class C:
    def __init__(self):
        self.x = 1


print(json.dumps(C(), default=vars), json.dumps({1, 2}, default=sorted), json.dumps([C()], default=lambda o: o.x))


class E(json.JSONEncoder):
    def default(self, o):
        return ["set"] + sorted(o) if isinstance(o, set) else super().default(o)


print(json.dumps({"s": {3, 1}}, cls=E), E().encode([1, {2}]), "".join(E(indent=1).iterencode({"k": [1]})))
cyc = []
cyc.append(cyc)
for bad in (lambda: json.dumps(C()), lambda: json.dumps({1, 2}), lambda: json.dumps(cyc), lambda: json.dumps({(1,): 2}), lambda: json.dumps(float("nan"), allow_nan=False), lambda: json.dumps(b"x"), lambda: json.dumps([1, object()]), lambda: E().encode(C()), lambda: json.loads(5), lambda: json.dumps({"a": C()})):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0], getattr(e, "__notes__", ""))
for text in ["", " ", "nul", "tru", "[1,]", "[1 2]", "{", '{"a"', '{"a":', '{"a":1,}', "{a:1}", "{'a':1}", '"abc', '"a\nb"', '"\\x"', '"\\u12"', "01", "1.", ".5", "-", "+1", "1e", "[", "]", "[1", "1 2", '{"a":1 "b":2}', "nan", "NaN", "Infinity", "-Infinity", '"\\ud83d\\ude00"', '"\\ud800"', "\ufeff1", " [1 , 2 ] ", '{"a":1,"a":2}', "1.0", "1E3", "-0", '{"k": {"n": [1, 2, {"z": null}]}}', "[[[[[]]]]]", "tRue", '"\t"', "//c", "1,2", '{"a" 1}', "[1, 2", '{"a": 1, 2}']:
    try:
        print(repr(text), ascii(json.loads(text)))
    except json.JSONDecodeError as e:
        print(repr(text), e, "|", e.msg, e.pos, e.lineno, e.colno)
print(json.loads("[1.5, 2]", parse_float=str), json.loads("[1, 2]", parse_int=float), json.loads("[NaN]", parse_constant=lambda c: c), json.loads('{"a":1,"b":2}', object_hook=sorted), json.loads('{"a":1,"a":2}', object_pairs_hook=list), json.loads(b'"\xc3\xa9"') == "é", json.loads(bytearray(b"[1]")), json.loads('"\t"', strict=False), json.loads("[1]".encode("utf-16")), json.JSONDecoder().raw_decode("[1] rest"))
import io
f = io.StringIO()
json.dump({"k": [1, 2]}, f, indent=1)
f.seek(0)
print(json.load(f), f.getvalue().count("\n"))
big = {"list": [{"id": i, "name": f"n{i}", "v": i / 3} for i in range(200)]}
text = json.dumps(big)
print(len(text), json.loads(text) == big, text[:60])
