# json through _json: decoding with and without hooks, encoding with and without indent, errors.
import json

TEXT = '{"a": [1, 2.5, -3e2, null, true, false, "x\\u00e9\\n", "plain", 12345678901234567890], "b": {"a": {}, "c": []}, "d": "\\ud83d\\ude00"}'


class Encoder(json.JSONEncoder):
    def default(self, o):
        return sorted(o)


def work():
    data = json.loads(TEXT)
    out = [data, json.dumps(data), json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)]
    out.append(json.loads(TEXT, object_pairs_hook=list))
    out.append(json.loads(TEXT, object_hook=lambda d: len(d), parse_int=str, parse_float=lambda s: s))
    out.append(json.dumps({1: {3, 1}, None: (), 2.5: [{}]}, cls=Encoder, separators=(",", ":")))
    for bad in '[1,]', '{"a" 1}', '"\\q"', "[", "1 2":
        try:
            json.loads(bad)
        except json.JSONDecodeError as e:
            out.append(str(e))
    for bad in {(): 1}, [object], float("nan"):
        try:
            json.dumps(bad, allow_nan=False)
        except (TypeError, ValueError) as e:
            out.append(str(e))
    loop = []
    loop.append(loop)
    try:
        json.dumps(loop)
    except ValueError as e:
        out.append(str(e))
    return out


for line in work():
    print(line)
