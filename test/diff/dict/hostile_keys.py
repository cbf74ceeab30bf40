# Dicts and sets whose keys have expensive, failing or meddling __eq__ and __hash__.
class Fail:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        raise ValueError(f"eq {self.n}")


class NoHash:
    __hash__ = None


class EqOnly:
    def __eq__(self, other):
        return True


class BadHash:
    def __hash__(self):
        return "x"


class BigHash:
    def __init__(self, h):
        self.h = h

    def __hash__(self):
        return self.h


a = Fail(1)
d = {a: "a"}
print(d[a])
for action in (lambda: d[Fail(2)], lambda: d.get(Fail(3)), lambda: d.setdefault(Fail(4)), lambda: d.pop(Fail(5), None), lambda: Fail(6) in d, lambda: d.__setitem__(Fail(7), 1), lambda: {a, Fail(8)}, lambda: dict([(a, 1), (Fail(9), 2)]), lambda: d == {Fail(10): "a"}, lambda: {a: 1} | {Fail(11): 2}, lambda: d.__delitem__(Fail(12)), lambda: {7: 1}.get(Fail(13))):
    try:
        print(action())
    except ValueError as e:
        print("ValueError", e)
print(len(d), d[a])
for bad in (NoHash(), EqOnly(), BadHash(), [], {}, set(), bytearray(), slice(1), ([],), (NoHash(),)):
    try:
        print(type(bad).__name__, hash(bad) is not None)
    except TypeError as e:
        print(e)
    try:
        {bad: 1}
    except TypeError as e:
        print("  key:", e)
    try:
        {bad}
    except TypeError as e:
        print("  member:", e)
for h in (0, -1, -2, 2**61 - 1, 2**61, 2**64, -(2**70), True):
    print(h, hash(BigHash(h)))
probes = []


class Log:
    def __init__(self, name, h):
        self.name, self.h = name, h

    def __hash__(self):
        probes.append("h" + self.name)
        return self.h

    def __eq__(self, other):
        probes.append(self.name + "=" + other.name)
        return self.name == other.name


d = {Log("a", 1): 1, Log("b", 1): 2, Log("c", 9): 3, Log("d", 1): 4}
print(probes)
probes.clear()
d[Log("d", 1)]
print(probes)
probes.clear()
d.get(Log("z", 1)), Log("c", 9) in d, d.setdefault(Log("b", 1)), d.pop(Log("a", 1))
print(probes)
probes.clear()
e = dict(d)
f = d.copy()
g = {**d}
d == e
print(probes)
probes.clear()
s = {Log("a", 1), Log("b", 2), Log("a", 1)}
t = s | s
s == t
s - t
print(len(s), probes)


class Meddler:
    armed = False

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if Meddler.armed:
            target.clear()
        return False


target = {Meddler(): i for i in range(5)}
Meddler.armed = True
print(target.get(Meddler()), len(target))
Meddler.armed = False
target = {Meddler(): i for i in range(5)}
Meddler.armed = True
target[Meddler()] = "new"
print(len(target))
target = set()
Meddler.armed = False
target = {Meddler() for i in range(5)}
Meddler.armed = True
print(Meddler() in target, len(target))
