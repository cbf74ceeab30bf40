# Sizes of what a program builds bit by bit: the whole history of one structure of each kind.
from sys import getsizeof as size


def history(make, change, n):
    obj, out = make(), []
    out.append(size(obj))
    for i in range(n):
        change(obj, i)
        out.append(size(obj))
    return out


def runs(values):
    out = []
    for v in values:
        if out and out[-1][0] == v:
            out[-1][1] += 1
        else:
            out.append([v, 1])
    return " ".join(f"{v}x{n}" for v, n in out)


from collections import Counter, OrderedDict, defaultdict, deque

print("list", runs(history(list, lambda o, i: o.append(i), 80)))
print("dict int", runs(history(dict, lambda o, i: o.__setitem__(i, i), 100)))
print("dict str", runs(history(dict, lambda o, i: o.__setitem__(str(i), i), 100)))
print("set", runs(history(set, lambda o, i: o.add(i), 100)))
print("bytearray", runs(history(bytearray, lambda o, i: o.append(i), 100)))
print("deque", runs(history(deque, lambda o, i: o.append(i), 200)))
print("deque left", runs(history(deque, lambda o, i: o.appendleft(i), 200)))
print("OrderedDict", runs(history(OrderedDict, lambda o, i: o.__setitem__(i, i), 60)))
print("defaultdict", runs(history(lambda: defaultdict(int), lambda o, i: o[i], 60)))
print("Counter", runs(history(Counter, lambda o, i: o.update([i]), 60)))


class P:
    pass


def attr(o, i):
    setattr(o, "attr%d" % i, i)


p = P()
print("instance", runs(history(P, attr, 40)))
print("its dict", runs([size((attr(p, i), p)[1].__dict__) for i in range(40)]))
print("list pops", runs(history(lambda: list(range(80)), lambda o, i: o.pop(), 80)))
print("deque pops", runs(history(lambda: deque(range(200)), lambda o, i: o.popleft(), 200)))
print("set discards", runs(history(lambda: set(range(80)), lambda o, i: o.discard(i), 80)))
print("dict pops", runs(history(lambda: dict.fromkeys(range(80)), lambda o, i: o.popitem(), 80)))
print("bytearray pops", runs(history(lambda: bytearray(80), lambda o, i: o.pop(), 80)))
