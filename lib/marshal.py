"""Values as bytes, in marshal's format. Code objects hold JavaScript here and have no such form."""
import struct as _struct

version = 4
_SINGLES = {None: b"N", True: b"T", False: b"F", Ellipsis: b".", StopIteration: b"S"}


def dumps(value, version=version, /, *, allow_code=True):
    out = bytearray()
    _write(out, value)
    return bytes(out)


def dump(value, file, version=version, /, *, allow_code=True):
    return file.write(dumps(value, version))


def _size(out, kind, n):
    out += kind
    out += _struct.pack("<i", n)


def _write(out, v):
    kind = type(v)
    if v is None or v is True or v is False or v is Ellipsis or v is StopIteration:
        out += _SINGLES[v]
    elif kind is int:
        _write_int(out, v)
    elif kind is float:
        out += b"g" + _struct.pack("<d", v)
    elif kind is complex:
        out += b"y" + _struct.pack("<dd", v.real, v.imag)
    elif kind is str:
        data = v.encode("utf-8", "surrogatepass")
        _size(out, b"u", len(data))
        out += data
    elif isinstance(v, (bytes, bytearray, memoryview)):
        data = bytes(v)
        _size(out, b"s", len(data))
        out += data
    elif kind in _SEQUENCES:
        _size(out, _SEQUENCES[kind], len(v))
        for item in v:
            _write(out, item)
    elif kind is dict:
        out += b"{"
        for key, item in v.items():
            _write(out, key)
            _write(out, item)
        out += b"0"
    else:
        raise ValueError("unmarshallable object")


_SEQUENCES = {tuple: b"(", list: b"[", set: b"<", frozenset: b">"}
_MAKERS = {ord("("): tuple, ord("["): list, ord("<"): set, ord(">"): frozenset}


def _write_int(out, v):
    if -0x80000000 <= v <= 0x7FFFFFFF:
        _size(out, b"i", v)
        return
    digits, n = [], abs(v)
    while n:
        digits.append(n & 0x7FFF)
        n >>= 15
    _size(out, b"l", -len(digits) if v < 0 else len(digits))
    out += _struct.pack(f"<{len(digits)}H", *digits)


def loads(data, /, *, allow_code=True):
    return _Reader(bytes(data)).value()


def load(file, /, *, allow_code=True):
    return loads(file.read())


_END = object()


class _Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0
        self.refs = []

    def take(self, n):
        part = self.data[self.at:self.at + n]
        if len(part) < n:
            raise EOFError("marshal data too short")
        self.at += n
        return part

    def number(self):
        return _struct.unpack("<i", self.take(4))[0]

    def value(self):
        v = self.item()
        if v is _END:
            raise TypeError("NULL object in marshal data for object")
        return v

    def item(self):
        code = self.take(1)[0]
        if not code & 0x80:
            return self.body(code)
        place = len(self.refs)
        self.refs.append(None)
        v = self.body(code & 0x7F)
        self.refs[place] = v
        return v

    def body(self, code):
        c = chr(code)
        if c in "NTF.S":
            return {"N": None, "T": True, "F": False, ".": Ellipsis, "S": StopIteration}[c]
        if c == "0":
            return _END
        if c == "i":
            return self.number()
        if c == "l":
            n = self.number()
            digits = _struct.unpack(f"<{abs(n)}H", self.take(2 * abs(n)))
            v = sum(d << 15 * k for k, d in enumerate(digits))
            return -v if n < 0 else v
        if c == "g":
            return _struct.unpack("<d", self.take(8))[0]
        if c == "y":
            return complex(*_struct.unpack("<dd", self.take(16)))
        if c in "ut":
            return self.take(self.number()).decode("utf-8", "surrogatepass")
        if c in "aA":
            return self.take(self.number()).decode("ascii")
        if c in "zZ":
            return self.take(self.take(1)[0]).decode("ascii")
        if c == "s":
            return self.take(self.number())
        if c == ")":
            return tuple([self.value() for _ in range(self.take(1)[0])])
        if code in _MAKERS:
            return _MAKERS[code]([self.value() for _ in range(self.number())])
        if c == "{":
            d = {}
            while (key := self.item()) is not _END:
                d[key] = self.value()
            return d
        if c == "r":
            return self.refs[self.number()]
        raise ValueError("bad marshal data (unknown type code)")
