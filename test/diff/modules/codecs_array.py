# codecs and array: lookup, incremental decoding, error handlers; arrays of every type code.
import array
import codecs

print(codecs.lookup("utf8").name, codecs.lookup("latin1").name, codecs.encode("abc", "rot13"), codecs.decode(b"616263", "hex"), codecs.encode(b"abc", "base64"), codecs.BOM_UTF8, codecs.getencoder("ascii")("a"), codecs.getdecoder("utf-8")(b"\xc3\xa9")[1])
d = codecs.getincrementaldecoder("utf-8")()
print([ascii(d.decode(b)) for b in (b"\xc3", b"\xa9", b"a\xe2\x82", b"\xac")], d.getstate(), ascii(d.decode(b"", True)))
try:
    d.decode(b"\xc3", True)
except UnicodeDecodeError as e:
    print(e)
e = codecs.getincrementalencoder("utf-16")()
print(e.encode("a"), e.encode("b"))


def handler(err):
    return "<" + "+".join(f"{ord(c):x}" for c in err.object[err.start:err.end]) + ">", err.end


codecs.register_error("hexed", handler)
print("a\xe9\u0416b".encode("ascii", "hexed"), codecs.lookup_error("strict").__name__, codecs.lookup_error("hexed") is handler)
for bad in (lambda: codecs.lookup("nope"), lambda: codecs.lookup_error("nope"), lambda: codecs.decode(b"zz", "hex"), lambda: "x".encode("hex"), lambda: codecs.encode("a", "hex")):
    try:
        print(bad())
    except Exception as err:
        print(type(err).__name__, err)
for code, values in (("b", [-1, 2]), ("B", [255]), ("h", [-300]), ("H", [65535]), ("i", [2**31 - 1]), ("I", [2**32 - 1]), ("l", [-1]), ("L", [1]), ("q", [-(2**62)]), ("Q", [2**64 - 1]), ("f", [1.5]), ("d", [0.1]), ("w", ["\u0416"])):
    a = array.array(code, values)
    print(code, a.itemsize, a, a.tobytes(), a.typecode, len(a), a == array.array(code, values))
a = array.array("i", range(5))
a.append(9); a.extend([7, 8]); a.insert(0, -1); a[1:3] = array.array("i", [100]); del a[0]
print(a, a.tolist(), a.index(9), a.count(3), a.pop(), a[::-1], a + a[:1], a * 2, sum(a), 9 in a, a.buffer_info()[1], memoryview(a).format, max(a), list(reversed(a)))
a.byteswap(); a.byteswap(); a.reverse(); a.remove(3); a.frombytes(b"\1\0\0\0"); a.fromlist([6])
print(a, a < array.array("i", [500]), a[1:2], bytes(array.array("B", b"xy")), array.array("B", b"xy").tobytes())
for bad in (lambda: array.array("z"), lambda: array.array("b", [200]), lambda: array.array("i", ["x"]), lambda: a.append(1.5), lambda: a[50], lambda: a.remove(12345), lambda: a.index(12345), lambda: array.array("i").pop(), lambda: a.frombytes(b"abc"), lambda: a.extend(array.array("d")), lambda: a + [1], lambda: array.array("I", [-1]), lambda: a.__setitem__(slice(0, 1), [1]), lambda: array.array(), lambda: array.array("u" "u")):
    try:
        print(bad())
    except Exception as err:
        print(type(err).__name__, err)
import sys
print([sys.getsizeof(array.array("i", range(n))) for n in (0, 1, 5, 20)], sys.getsizeof(array.array("d")))
g = array.array("b")
sizes = []
for i in range(60):
    g.append(1)
    if not sizes or sizes[-1] != sys.getsizeof(g):
        sizes.append(sys.getsizeof(g))
print(sizes)
