# A bytearray's buffer: over-allocation, shrinking, the hidden start offset, exports that forbid resizing.
from sys import getsizeof as size


def steps(change, count, b=None):
    b = bytearray() if b is None else b
    last = size(b)
    seen = [(len(b), last)]
    for i in range(count):
        change(b, i)
        now = size(b)
        if now != last:
            seen.append((len(b), now))
            last = now
    return seen


print("append", steps(lambda b, i: b.append(i % 256), 400))
print("extend", steps(lambda b, i: b.extend(b"xyz"), 60))
print("+=", steps(lambda b, i: b.__iadd__(b"abcd"), 60))
print("insert", steps(lambda b, i: b.insert(0, 1), 60))
print("pop", steps(lambda b, i: b.pop(), 200, bytearray(200)))
print("pop(0)", steps(lambda b, i: b.pop(0), 50, bytearray(50)))
print("del front", steps(lambda b, i: b.__delitem__(slice(0, 7)), 14, bytearray(100)))
print("del back", steps(lambda b, i: b.__delitem__(slice(-7, None)), 14, bytearray(100)))

b = bytearray(b"hello")
print(size(b))
b *= 10
print(len(b), size(b))
b[5:10] = b""
print(len(b), size(b))
b[0:0] = b"12345678"
print(len(b), size(b), bytes(b[:14]))
b.clear()
print(len(b), size(b))
print(size(bytearray(b"abc") + b"def"), size(bytearray(b"abc") * 3), size(bytearray(b"abcdef")[1:3]), size(bytearray(b"x").copy()))
print(size(bytearray("abc", "utf-8")), size(bytearray([1, 2, 3])), size(bytearray(x for x in range(10))), size(bytearray(b"a b").split()[0]))

b = bytearray(10)
view = memoryview(b)
for change in ("b.append(1)", "b.extend(b'12')", "del b[0]", "b += b'1'", "b.clear()", "b.pop()", "b.insert(0, 1)", "b[2:4] = b''"):
    try:
        exec(change)
        print(change, "done")
    except BufferError as error:
        print(change, "->", error)
b[0] = 255
b[1:3] = b"zz"
print(view[0], bytes(view[:4]), len(b))
view.release()
b.append(1)
print(len(b), size(b))
c = bytearray()
for i in range(20):
    c.append(i)
    if i % 3 == 0:
        del c[0]
print(list(c), size(c))
