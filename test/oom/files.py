# Streams, codecs and the modules that work on bytes: buffers both ways, decoders, packing, digests, compression, text from bytes.
import binascii
import codecs
import hashlib
import io
import random
import struct
import zlib


class Raw(io.RawIOBase):
    def __init__(self, data=b""):
        self.data = bytearray(data)
        self.at = 0

    def readable(self):
        return True

    writable = seekable = readable

    def readinto(self, b):
        n = min(len(b), 7, len(self.data) - self.at)
        b[:n] = self.data[self.at : self.at + n]
        self.at += n
        return n

    def write(self, b):
        self.data[self.at : self.at + len(b)] = b
        self.at += len(b)
        return len(b)

    def seek(self, to, how=0):
        self.at = to if how == 0 else self.at + to if how == 1 else len(self.data) + to
        return self.at

    def truncate(self, n=None):
        del self.data[self.at if n is None else n :]
        return len(self.data)


def streams():
    with io.BufferedRandom(Raw(b"line one\nline two\nthree"), 16) as f:
        out = [f.readline(), f.peek(3)[:2], f.read1(4), f.tell(), f.seek(0), f.readlines(), f.write(b"more" * 8), f.seek(-4, 2), f.read(), f.truncate(5)]
    pair = io.BufferedRWPair(Raw(b"abc"), Raw())
    out += [pair.read(2), pair.write(b"xyz"), pair.readable()]
    pair.close()
    w = io.BufferedWriter(Raw(), 8)
    out += [w.write(b"0123456789" * 3), w.flush(), bytes(w.raw.data), w.detach().at]
    t = io.TextIOWrapper(io.BufferedReader(Raw("åäö\r\nsnow☃\rend".encode())), "utf-8", newline=None)
    out += [t.readline(), t.tell(), t.read(4), t.read(), t.newlines, t.encoding]
    t = io.TextIOWrapper(io.BytesIO(), "utf-16", write_through=True)
    t.writelines(["snow☃", "\n"])
    out += [t.seek(0), t.read(), t.buffer.getvalue()]
    s = io.StringIO("a\nb☃\nc")
    out += [s.readlines(), s.seek(2), s.write("\U0001f40d"), s.getvalue(), s.tell(), list(io.StringIO("p\nq"))]
    b = io.BytesIO(b"12345\n678")
    target = bytearray(4)
    out += [b.readinto(target), target, b.readlines(), b.read1(), b.getbuffer().nbytes]
    n = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")(), True)
    out += [n.decode(b"a\r"), n.decode(b"\nb\rc"), n.newlines, n.getstate(), n.reset()]
    return out


def coded():
    text = "naïve ☃ \U0001f40d"
    out = []
    for name in ("utf-8", "utf-16-le", "utf-32-be", "utf-7", "unicode_escape", "raw_unicode_escape"):
        data = text.encode(name)
        out += [data, data.decode(name), codecs.decode(data, name)]
    out += [text.encode(c, e) for c in ("ascii", "latin-1", "cp1252") for e in ("replace", "ignore", "xmlcharrefreplace", "backslashreplace", "namereplace")]
    out += [b"a\xff\xfe".decode("utf-8", e) for e in ("replace", "ignore", "backslashreplace", "surrogateescape")]
    codecs.register_error("odd", lambda e: ("<%d>" % e.start, e.end))
    out += [text.encode("ascii", "odd"), b"\xff!".decode("utf-8", "odd"), codecs.utf_16_ex_decode("h☃".encode("utf-16"))[:2], codecs.escape_decode(b"\\x41"), codecs.charmap_build("".join(map(chr, range(300, 320)))) is None]
    for bad in (lambda: b"\xff".decode(), lambda: "☃".encode("latin-1"), lambda: "x".encode("nope"), lambda: codecs.lookup_error("none")):
        try:
            bad()
        except (UnicodeError, LookupError) as e:
            out.append(str(e))
    return out


def packed():
    p = struct.Struct("<hIq2d5s?")
    data = p.pack(-5, 70000, -(2 ** 40), 1.5, 2.5, b"abcde", True)
    target = bytearray(p.size + 3)
    p.pack_into(target, 3, 1, 2, 3, 4.0, 5.0, b"z", False)
    out = [p.unpack(data), p.unpack_from(target, 3), list(struct.iter_unpack("<H", b"abcd")), struct.calcsize("3i"), binascii.hexlify(data, "-"), binascii.b2a_base64(data), binascii.a2b_hex("ff00"), binascii.crc32(data)]
    h = hashlib.sha256(b"abc")
    h.update(b"def")
    out += [h.hexdigest(), h.copy().digest()[:4], hashlib.md5(b"x").hexdigest(), zlib.decompress(zlib.compress(b"spam " * 50)), zlib.adler32(b"abc")]
    c, d = zlib.compressobj(), zlib.decompressobj()
    z = c.compress(b"eggs" * 40) + c.flush()
    out += [d.decompress(z, 20), len(d.unconsumed_tail) > 0, d.decompress(d.unconsumed_tail), d.eof]
    r = random.Random(5)
    state = r.getstate()
    out += [r.random(), r.randrange(10 ** 20), r.sample(range(1000), 3), r.getrandbits(100)]
    r.setstate(state)
    out += [r.random(), r.gauss(0, 1), r.choices("abc", k=3), r.randbytes(5)]
    return out


print(streams(), coded(), packed())
