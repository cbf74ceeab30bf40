# bytearray: mutation, slices, methods that return new ones, comparison, errors.
b = bytearray(b"hello")
b[0] = 72
b.append(33)
b.extend(b" world")
b.extend([46, 46])
b.insert(5, 44)
print(b, len(b), b.pop(), b.pop(0), b)
b.remove(44)
b.reverse()
print(b, b[0], b[-1], b[1:4], type(b[1:4]).__name__)
b[1:3] = b"XYZ"
print(b)
b[::2] = bytes(len(b[::2]))
print(b)
del b[0]
del b[::3]
print(b, len(b))
b += b"++"
b *= 2
print(b)
b.clear()
print(b, bool(b))
b = bytearray(b"abc")
c = b
c += b"d"
print(b is c, b, b + b"e", b"e" + b, type(b + b"").__name__, type(b"" + b).__name__, b * 2, b == b"abcd", b"abcd" == b, b < b"b", b.copy() is b, b.copy() == b)
for bad in (lambda: b.append(256), lambda: b.append(-1), lambda: b.append("a"), lambda: b.extend("abc"), lambda: b.extend([300]), lambda: b.extend(5), lambda: b.insert(0, 256), lambda: b.pop(100), lambda: bytearray().pop(), lambda: b.remove(120), lambda: b.__setitem__(0, 256), lambda: b.__setitem__(0, b"a"), lambda: b.__setitem__(99, 1), lambda: b.__setitem__(slice(0, 4, 2), b"abc"), lambda: b.__setitem__(slice(0, 1), "x"), lambda: b + "x", lambda: hash(b), lambda: bytearray("x"), lambda: bytearray(-1), lambda: b.index(b"q"), lambda: b.__delitem__(99), lambda: bytearray(None), lambda: b.remove("a"), lambda: {b: 1}, lambda: b["x"]):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
b = bytearray(b"the cat sat")
print(b.find(b"at"), b.replace(b"at", b"og"), b.split(), b.partition(b" "), b.upper(), b.startswith(b"the"), b.count(b"t"), b.decode(), b.hex(), bytearray.fromhex("0aff"), b.title(), b.center(15, b"-"), b.strip(b"t"), b.isalpha(), b.join([b"1", b"2"]), b.translate(None, b"t"), b.splitlines(), b.zfill(13), b.index(99), b"cat" in b, 99 in b)
b[4:4] = b"big "
b[-3:] = bytearray(b"ran")
print(b, b[::-1])
b[:] = b"xyz"
b[10:20] = b"end"
print(b)
b[1:1] = [65, 66]
b[0:2] = (x for x in (97, 98, 99))
print(b, list(b), bytes(b), repr(b), str(b), sorted(b), b"%s" % b, max(b))
b[2:] = b
print(b)
it = iter(b)
print(next(it), next(it))
b.append(1)
print(list(it)[-1], it.__length_hint__())
for i, v in enumerate(bytearray(b"ab")):
    print(i, v)
m = memoryview(b)
m[0] = 0
try:
    b.append(1)
except BufferError as e:
    print(e)
m.release()
b.append(1)


class Sub(bytearray):
    pass


s = Sub(b"ab")
s.attr = 1
print(s, type(s + b"c").__name__, type(s[0:1]).__name__, type(s.copy()).__name__, s.attr, s == b"ab", repr(Sub()))
print(bytearray(b"a\\'\"\n\x00\xff"), bytearray(5), bytearray([1]), bytearray(), bytearray(b"x") * 0, bytearray(b"abc")[1:2], bytearray(range(3)), bytearray(b"abc").__alloc__() > 3, bytearray("\u0416", "utf-8"))
x = bytearray(b"123")
x.extend(x)
x[0:0] = x
print(x, x.isdigit(), int(x), x.rindex(b"1"), x.lstrip(b"1"), x.rfind(51))
