# Methods of str, bytes, bytearray, list, set, dict views, deque, array, memoryview and range that the other programs leave out.
import array
import collections
import operator

WORDS = "Äpfel und Œufs, \N{SNOWMAN} et \U0001f40d's"


def texts(s):
    out = [s.capitalize(), s.casefold(), s.format_map({}), s.ljust(60, "☃"), s.rjust(60), s.lstrip("Ä"), s.rstrip("s"), s.strip("Äs"), s.removeprefix("Äp"), s.removesuffix("'s")]
    out += [s.rpartition("☃"), s.rsplit(None, 2), s.rsplit("e"), s.find("☃"), s.rfind("e"), s.index("u"), s.rindex("u"), s.startswith(("x", "Ä")), s.endswith("s"), s.isascii(), s.isprintable()]
    out += [s.translate(str.maketrans("fuŒ", "ŁŒ\U0001f40d", "e")), s.translate({0xC4: "AE", 112: None, 102: 0x1F40D}), str.maketrans({"Ł": 300, 400: "x"}), str.maketrans("Łé", "éŁ"), chr(0x1F40D), chr(300), ord("Ł"), s % () == s, ascii(s)]
    return out


def octets(b):
    out = [b.capitalize(), b.ljust(40, b"*"), b.rjust(40), b.lstrip(b"a"), b.rstrip(b"z"), b.strip(b"az"), b.removeprefix(b"ab"), b.removesuffix(b"yz"), b.rpartition(b"q"), b.rsplit(b" ", 1), b.swapcase(), b.title(), b.upper(), b.center(40), b.zfill(40), b.expandtabs(3)]
    out += [b.find(b"c"), b.rfind(b"c"), b.index(b"c"), b.rindex(b"c"), b.startswith(b"ab"), b.endswith((b"z",)), b.istitle(), b.translate(bytes.maketrans(b"abc", b"xyz"), b"e"), b.hex(":"), b.splitlines(True), b.join([b, b]), b.replace(b"b", b"[b]"), b % () == b]
    return out


def containers():
    d = {i: str(i) for i in range(300, 310)}
    s, t = set(range(300, 312)), frozenset(range(306, 318))
    out = [s | t, s & t, s - t, s ^ t, t | s, t & s, t - s, t ^ s, s.union(t, [1]), s.intersection(t, range(400)), s.difference(t, []), s.symmetric_difference(t), t.union([1]), s.issubset(t), s.issuperset(t), s.isdisjoint(t), t.copy() is t, s.copy() == s]
    s.intersection_update(range(300, 309))
    s.symmetric_difference_update([300, 999])
    s.difference_update([301])
    s.discard(302)
    s.remove(303)
    out += [s, s.pop() in range(1000), d.keys() & {301}, d.keys() | {1}, d.keys() ^ {300}, d.items() - {(300, "300")}, d.keys().isdisjoint([1]), list(reversed(d.items())), d.popitem(), list(d.values())[:2], d.get(301), d | {1: 2}, dict.fromkeys("abc", 5), d.setdefault(7777, []), d.pop(301)]
    q = collections.deque(range(70), 80)
    q.appendleft(-1)
    q.rotate(5)
    q.insert(3, "x")
    q.remove(7)
    q.reverse()
    out += [q.popleft(), q.index(9), q.count(9), q.maxlen, q.copy() == q, (q * 2).maxlen, len(q + q), list(reversed(q))[:3], q < q]
    a = array.array("d", [1.5, 2.5])
    a.fromlist([3.5])
    a.frombytes(bytes(8))
    a.byteswap()
    a.byteswap()
    u = array.array("w", "añ")
    u.fromunicode("☃")
    out += [a, a * 2, a + a, a[::2], a.tolist(), a.index(2.5), a.tobytes()[:4], u.tounicode(), u, a.buffer_info()[1], a == a, a.count(1.5), a.typecode]
    m = memoryview(bytearray(range(12))).cast("B", (3, 4))
    out += [m.tolist(), m.toreadonly().readonly, m.shape, m.strides, m[1, 2], memoryview(b"abc")[::-1].tobytes(), m == m, memoryview(b"abcd").hex(), m.suboffsets, memoryview(a)[1:].format]
    r = range(5, 10 ** 30, 10 ** 29)
    out += [r.index(5 + 10 ** 29), r[2:], len(r), r[-1], list(r)[:2], list(reversed(r))[0], r == range(5, 10 ** 30, 10 ** 29), hash(range(3)) == hash(range(0, 3)), r.count(5)]
    return out


class Number:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return Number(self.v + getattr(o, "v", o))

    __radd__ = __iadd__ = __and__ = __or__ = __xor__ = __lshift__ = __matmul__ = __add__

    def __neg__(self):
        return Number(-self.v)

    __invert__ = __pos__ = __neg__

    def __eq__(self, o):
        return NotImplemented if not isinstance(o, Number) else self.v == o.v

    def __lt__(self, o):
        return self.v < o.v

    def __index__(self):
        return self.v

    def __length_hint__(self):
        return 900

    def __repr__(self):
        return f"N{self.v}"


def operators():
    n = Number(1000)
    ops = [operator.add, operator.iadd, operator.and_, operator.or_, operator.xor, operator.lshift, operator.matmul, operator.imatmul]
    out = [f(n, Number(k)) for k, f in enumerate(ops)] + [sum([n, n], n), 5 + n, operator.neg(n), operator.invert(n), operator.pos(n), operator.eq(n, 5), operator.lt(n, Number(2000)), operator.index(n), operator.length_hint(n), "x" * 3, operator.call(int, "77777"), operator.concat([1], [2]), operator.contains("abc", "b"), operator.countOf([1, 1], 1), operator.indexOf("abc", "c")]
    out += [operator.floordiv(10 ** 20, -7), operator.mod(-10 ** 20, 7 ** 9), operator.truediv(10 ** 20, 10 ** 19), divmod(-777777, 1000), divmod(10 ** 40, -10 ** 20 - 1), divmod(-5.5, 2), pow(2, -3), operator.ipow(3, 60), operator.irshift(2 ** 70, 3), operator.ixor(2 ** 70, 2 ** 69), oct(2 ** 40), bin(2 ** 33), (2 ** 40).conjugate(), (5).bit_count(), (2.5).conjugate(), (1 + 2j).conjugate(), (3j).imag, -(2 ** 62), abs(-(2 ** 40)), ~(2 ** 40)]
    return out


def work():
    out = texts(WORDS) + octets(b"abc def\tqrs\nxyz") + octets(bytearray(b"abc def\tqrs\nxyz")) + containers() + operators()
    lst = [n * 1000 for n in range(20)]
    lst.reverse()
    lst.remove(5000)
    lst[3:5] = (v for v in "xyz")
    del lst[::4]
    lst *= 2
    out += [lst, lst.index("x"), lst.copy() == lst, (1, 2, 3).index(3), any(v == 3 for v in lst), all(lst[:2]), dir(Number(1))[:3], callable(lst), issubclass(bool, int), sorted(locals())[:1]]
    return out


print(work())
