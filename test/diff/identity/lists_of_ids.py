# Addresses within structures: neighbours, order of allocation, reuse after deletion of every other object.
import gc

gc.disable()
gc.collect()


class S:
    __slots__ = ("v",)


def ids(objs):
    return [id(o) for o in objs]


warm = [S() for _ in range(2000)]
first = ids(warm)
print("aligned", all(i % 16 == 0 for i in first), "distinct", len(set(first)) == 2000)
freed = first[::2]
del warm[::2]
again = [S() for _ in range(1000)]
print("holes are filled first", sorted(ids(again)) == sorted(freed))
del again
last = ids(warm[-5:])
del warm[-5:]
new = [S() for _ in range(5)]
print("last in, first out", [last[::-1].index(i) if i in last else None for i in ids(new)])
a = S()
ia = id(a)
del a
b = [S() for _ in range(3)]
print("first of three", ids(b).index(ia) if ia in ids(b) else None)
x = float("1.25")
ix = id(x)
x = x + 1
print("a new float before the old one dies", id(x) == ix)
y = x * 2
del x
z = y * 3
print("reused", isinstance(z, float))
t1 = (1, object())
it = id(t1)
del t1
t2 = (object(), 2)
print("tuples of one length", id(t2) == it)
t3 = (1, 2, object())
i3 = id(t3)
del t3
t4 = (object(),)
print("tuples of different lengths", id(t4) == i3)
l1 = [1, 2, 3]
i1 = id(l1)
l1 = None
l2 = list("abcdefghij")
print("lists of different lengths", id(l2) == i1)
d1 = {"a": 1}
j1 = id(d1)
del d1
d2 = {i: i for i in range(100)}
print("dicts", id(d2) == j1)
s1 = "abc" * 10
k1 = id(s1 + "x")
print("strings of one class", k1 == id(s1 + "y"))
e1 = [object() for _ in range(10)]
i10 = ids(e1)
e1.reverse()
e1.clear()
e2 = [object() for _ in range(10)]
print("reversed before freeing", [i10.index(i) if i in i10 else None for i in ids(e2)])
f1 = [object() for _ in range(10)]
i11 = ids(f1)
while f1:
    f1.pop(len(f1) // 2)
f2 = [object() for _ in range(10)]
print("freed from the middle", [i11.index(i) if i in i11 else None for i in ids(f2)])
m = [bytes(40) for _ in range(4)]
im = ids(m)
m[1] = None
n = bytes(41)
print("same class, other length", id(n) == im[1])
n = bytes(60)
print("other class", id(n) == im[1])
print("small ints", id(5) == id(int("5")), id(-5) == id(int("-5")), id(256) == id(int("256")))
print("None and friends", id(None) == id(print()), id(True) == id(1 == 1), id(()) == id(tuple()), id("") == id(str()))
