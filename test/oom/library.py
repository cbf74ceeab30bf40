# Modules that scripts use: re, json, struct, io, string formatting, copy, pickle-free.
import copy
import io
import json
import re
import struct


def work():
    out = [re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"), re.findall(r"[a-z]+", "one two"), json.dumps({"a": [1, 2.5, None, "x"]}), json.loads('{"k": [1, {"n": "v"}]}'), struct.pack("<IhB", 1, 2, 3), struct.unpack("<H", b"ab"), copy.deepcopy([1, [2, {"k": (3,)}]])]
    f = io.StringIO()
    for i in range(10):
        print(i, "line", file=f)
    b = io.BytesIO()
    b.write(b"abc" * 50)
    out += [f.getvalue(), b.getvalue()[:5], "{:>10}|{!r}|{:.3f}".format("x", [1], 2.5)]
    return len(out), out[0], out[3]


print(work())
