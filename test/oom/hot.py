# Functions that get their second forms, with numbers that need objects on the way, and kinds that change.
class P:
    k = 3

    def __init__(self, v):
        self.v = v
        self.w = v / 2

    def add(self, n):
        return self.v + n * self.k


class S:
    __slots__ = ("v",)

    def __init__(self, v):
        self.v = v


def ints(a, b, items):
    t = 0
    for i in range(len(items)):
        t += items[i] * a - b
        items[i] = t % 1000003 + 70000
    return t


def floats(x, y):
    for i in range(3):
        x = x * y + 1.5 - i
        y += x / 3
    return x


def attributes(p, n):
    p.v += n
    q = P(p.v)
    return q.add(n) + p.add(1) + q.w if q.v > n else None


def tables(d, keys):
    for k in keys:
        if k in d:
            d[k] += 1000
        else:
            d[k] = 1
    return [d[k] for k in keys if d[k] != 1]


def texts(s, n):
    out = ""
    for c in s:
        if c == "b" or n > 2:
            out += c + f"{n}"
    return out


def unusual(f, *args):
    try:
        return f(*args)
    except (TypeError, AttributeError, KeyError, IndexError) as e:
        return type(e).__name__


def work():
    for i in range(4):
        r = [ints(i + 1000, 7, [1, 2, 3]), floats(i + 0.5, 2.0), attributes(P(i + 500), 3), tables({"a": i, 300: 2}, ["a", 300, "c"]), texts("abc", i)]
    r += [unusual(ints, 2**70, 1, [1, 2**64]), unusual(floats, 1, 2**60), unusual(attributes, S(5), 1), unusual(tables, {}, [[]]), unusual(texts, b"ab", 1)]
    return r


print(work())
print(work())
