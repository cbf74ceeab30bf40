# memoryview: formats, slices, casts, exports, release, comparison, hash.
m = memoryview(b"abcdef")
print(m[0], m[-1], bytes(m[1:3]), bytes(m[::-1]), bytes(m[::2]), len(m), m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.readonly, m.contiguous, m.c_contiguous, m.f_contiguous, m.suboffsets)
print(m.tolist(), m.tobytes(), m.hex(), m == b"abcdef", m == memoryview(b"abcdef"), m[:2] == b"ab", m == "abcdef", m != b"x", m.obj, m.hex("-", 2), list(m), 97 in m, hash(m) == hash(b"abcdef"))
b = bytearray(b"0123456789")
w = memoryview(b)
w[0] = 65
w[1:4] = b"xyz"
w[::5] = b"!?"
print(b, w.readonly, w[4:].tobytes(), w[2:8][1:3].tobytes())
for bad in (lambda: m.__setitem__(0, 1), lambda: w.__setitem__(0, 256), lambda: w.__setitem__(0, "a"), lambda: w.__setitem__(slice(0, 2), b"abc"), lambda: w[100], lambda: w["x"], lambda: w[::0], lambda: memoryview("x"), lambda: memoryview(5), lambda: hash(w), lambda: w.cast("q"), lambda: w.cast("z"), lambda: w.__delitem__(0), lambda: m.cast("I"), lambda: w[0, 0], lambda: memoryview([1])):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
data = bytearray(16)
i = memoryview(data).cast("i")
print(len(i), i.itemsize, i.format, i.tolist(), i.nbytes, i.shape, i.strides)
i[0], i[3] = -5, 70000
print(i.tolist(), data)
for fmt in "bBhHiIlLqQfd?cnN":
    v = memoryview(bytes(range(16))).cast(fmt)
    print(fmt, v.itemsize, len(v), v[0] if fmt not in "fd" else "%.3e" % v[0], v[-1] if fmt not in "fd" else "%.3e" % v[-1])
two = memoryview(bytes(range(12))).cast("B", [3, 4])
print(two.tolist(), two.shape, two.strides, two.ndim, two[1, 2], len(two), two.c_contiguous)
try:
    two[0]
except NotImplementedError as e:
    print(e)
x = memoryview(data)
y = x[2:6]
print(y.obj is data, x.toreadonly().readonly, y.nbytes)
x.release()
try:
    x[0]
except ValueError as e:
    print(e)
try:
    data.append(1)
except BufferError as e:
    print(e)
y.release()
i.release()
data.append(1)
print(len(data))
with memoryview(b"ctx") as c:
    print(c.tobytes())
try:
    c.tobytes()
except ValueError as e:
    print(e)
print(str(c)[:12], memoryview(b"").tolist(), memoryview(b"a") == memoryview(bytearray(b"a")), memoryview(b"abc")[1:] == b"bc", b"".join([memoryview(b"x"), b"y"]), bytes(memoryview(b"q")), bytearray(memoryview(b"r")), b"b" in [memoryview(b"b")])
import struct
buf = bytearray(8)
struct.pack_into("<hI", memoryview(buf), 1, -2, 99)
print(buf, struct.unpack_from("<hI", memoryview(buf), 1))
f = memoryview(struct.pack("3d", 1.5, 2.5, 3.5)).cast("d")
print(f.tolist(), sum(f), f[1:].tolist(), f[::-1].tolist(), f == memoryview(struct.pack("3d", 1.5, 2.5, 3.5)).cast("d"), 2.5 in f, list(reversed(f)), f.index(2.5) if hasattr(f, "index") else "", f.count(1.5) if hasattr(f, "count") else "")
import io
out = bytearray(3)
print(io.BytesIO(b"abcd").readinto(memoryview(out)), out)
