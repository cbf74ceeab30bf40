# memoryview, bytes, bytearray, array, struct: buffers lent and given back.
import array
import struct


def work():
    b = bytearray(range(64))
    m = memoryview(b)
    part = m[8:24:2]
    cast = m.cast("I")
    wide = m.cast("B", (8, 8))
    out = [part.tolist(), cast[3], wide[2, 3], m.nbytes, part.strides, wide.shape, bytes(part), m[:4].hex(), cast.tolist()[:2], m == b, hash(memoryview(b"abc")) == hash(b"abc")]
    try:
        b.append(1)
    except BufferError as e:
        out.append(str(e))
    for view in (part, cast, wide, m):
        view.release()
    b.append(1)
    a = array.array("i", range(20))
    a.extend([1, 2, 3])
    a.append(9)
    out += [len(b), a[-2:].tolist(), memoryview(a)[2], a.tobytes()[:8], sum(array.array("d", [1.5, 2.5]))]
    packed = struct.pack("<3sIhd", b"abc", 70000, -5, 2.5)
    out += [packed, struct.unpack("<3sIhd", packed), [x for x in struct.iter_unpack("<H", b"abcdef")], struct.Struct(">q").pack(-2)]
    out += [b"a,b,c".split(b","), b"x".join([b"1", bytearray(b"2")]), bytes.fromhex("0aff"), b"abc".translate(bytes(range(256))), b"%d %s" % (5, b"y"), bytes([1, 2]) + bytearray([3]), int.from_bytes(b"\x01\x00", "big"), (1000).to_bytes(4, "little")]
    return out


print(work())
