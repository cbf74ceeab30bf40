# Random operations on every container, checked after each against an independent model made of strings and tuples.
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 400


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 7

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n

    def __repr__(self):
        return f"k{self.n}"


def value(r):
    n = r.below(50)
    return (n, str(n), float(n), (n,), [n], Key(n), b"%d" % n, n * 10**18, {n}, None)[r.below(10)]


def lists(r):
    l, model = [], ()
    for _ in range(N):
        v, at = value(r), r.below(len(model) + 1)
        op = r.below(8)
        if op < 3:
            l.insert(at, v)
            model = model[:at] + (v,) + model[at:]
        elif op == 3 and model:
            at = r.below(len(model))
            assert l.pop(at) is model[at]
            model = model[:at] + model[at + 1:]
        elif op == 4:
            l[at:at + 3] = [v, v]
            model = model[:at] + (v, v) + model[at + 3:]
        elif op == 5:
            l.reverse()
            model = model[::-1]
        elif op == 6 and len(model) > 30:
            del l[::2]
            model = model[1::2]
        else:
            l += (v,)
            model += (v,)
        assert len(l) == len(model) and all(a is b for a, b in zip(l, model)), op
    return len(l)


def dicts(r):
    d, order, values = {}, [], []
    for _ in range(N):
        k = (r.below(40), str(r.below(40)), Key(r.below(40)), (r.below(10), "t"))[r.below(4)]
        v, at = value(r), order.index(k) if k in order else -1
        op = r.below(6)
        if op < 3:
            d[k] = v
            if at >= 0:
                values[at] = v
            else:
                order.append(k)
                values.append(v)
        elif op == 3 and at >= 0:
            del d[k]
            del order[at], values[at]
        elif op == 4:
            assert d.get(k, None) is (values[at] if at >= 0 else None)
        elif order:
            a, b = d.popitem()
            assert a == order.pop() and b is values.pop()
        assert list(d) == order and all(a is b for a, b in zip(d.values(), values)) and (k in d) == (k in order)
    return len(d), len(dict(d)), len({**d})


def sets(r):
    s, model = set(), []
    for _ in range(N):
        k = (r.below(60), str(r.below(30)), Key(r.below(30)))[r.below(3)]
        op = r.below(5)
        if op < 3:
            s.add(k)
            if k not in model:
                model.append(k)
        elif op == 3:
            s.discard(k)
            if k in model:
                model.remove(k)
        else:
            other = {model[r.below(len(model))]} if model else set()
            assert s & other == other and len(s - other) == len(model) - len(other) and s | other == s and len(s ^ other) == len(s) - len(other)
        assert len(s) == len(model) and all(m in s for m in model)
    return len(s), len(frozenset(s))


def strings(r):
    text, model = "", []
    for _ in range(N):
        ch = ("a", "\xe9", "\u0416", "\U0001f600", "xyz")[r.below(5)]
        if r.below(4):
            text += ch
            model.extend(ch)
        else:
            cut = r.below(len(text) + 1)
            text = text[cut:] + text[:cut]
            model = model[cut:] + model[:cut]
        if r.below(10) == 0:
            text = text.replace("a", "bc")
            model = [c for m in model for c in ("bc" if m == "a" else m)]
        if len(text) > 200:
            text, model = text[:50], model[:50]
        assert text == "".join(model) and text.encode().decode() == text and len(text) == len(model)
    return len(text)


def buffers(r):
    b, model = bytearray(), []
    for _ in range(N):
        n, op = r.below(256), r.below(5)
        if op < 2:
            b.append(n)
            model.append(n)
        elif op == 2:
            b[:n % 5] = bytes([n, n])
            model[:n % 5] = [n, n]
        elif op == 3:
            del b[n % 7:n % 7 + 3]
            del model[n % 7:n % 7 + 3]
        else:
            b.extend([n] * 3)
            model += [n] * 3
        assert list(b) == model and bytes(b) == bytes(model)
    return len(b)


for f in (lists, dicts, sets, strings, buffers):
    print(f.__name__, [f(Random(seed)) for seed in (1, 2)])
