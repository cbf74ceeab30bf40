# pickle through _pickle: every kind of value, files, hooks, memos, out-of-band buffers, errors.
import io
import pickle


class Plain:
    def __init__(self, v):
        self.v = v


class Slots:
    __slots__ = ("a",)


class Listing(list):
    pass


class Identified(pickle.Pickler):
    def persistent_id(self, o):
        return "id" if type(o) is Slots else None

    def reducer_override(self, o):
        return (str, ("plain",)) if o is Plain else NotImplemented


class Identifying(pickle.Unpickler):
    def persistent_load(self, pid):
        return [pid]


def values():
    plain = Plain([1])
    plain.me = plain
    slots = Slots()
    slots.a = 1
    listing = Listing("ab")
    listing.attr = {"k": 2}
    rec = ([],)
    rec[0].append(rec)
    return [None, True, 5, -70000, 2**70, 1.5, "text", "\u0416\ud800", b"bytes", bytearray(b"ba"), (), (1, 2, 3, 4), {1, 2}, frozenset("a"), {"k": [1]}, plain, slots, listing, int, Plain, len, ..., rec]


def work():
    out = []
    data = values()
    for proto in 0, 2, 4, 5:
        part = data if proto >= 2 else data[:15]
        r = pickle.loads(pickle.dumps(part, proto))
        out.append((proto, len(r), r[3], r[6], r[11]))
    f = io.BytesIO()
    p = Identified(f, 4)
    p.dump([Slots(), Plain, "x" * 300])
    p.dump(p.memo.copy() == {})
    f.seek(0)
    u = Identifying(f)
    out.append(u.load()[:2])
    out.append(len(u.memo.copy()))
    buffers = []
    d = pickle.dumps([pickle.PickleBuffer(b"ab"), list(range(30))], 5, buffer_callback=buffers.append)
    out.append([bytes(x) for x in pickle.loads(d, buffers=buffers)[:1]])
    for bad in b"", b"(.", b"cno_such_module\nx\n.", b"Ix\n.", b"NK\1b", b"Nh\5":
        try:
            pickle.loads(bad)
        except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, ValueError) as e:
            out.append(str(e))
    for bad in lambda: 0, (i for i in ()):
        try:
            pickle.dumps(bad)
        except (AttributeError, TypeError) as e:
            out.append(type(e).__name__)
    return out


for line in work():
    print(line)
