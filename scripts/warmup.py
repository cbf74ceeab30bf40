# Runs while the code cache is made: what short programs use is compiled beforehand.
import gc
import sys


class Thing:
    kind = "thing"

    def __init__(self, name, *rest, **more):
        self.name, self.rest, self.more = name, rest, more

    def __repr__(self):
        return f"Thing({self.name!r})"

    @property
    def size(self):
        return len(self.name)


def count(n):
    for i in range(n):
        yield i * 2


things = {str(i): Thing(str(i), i, key=i) for i in count(30)}
print(sorted(things)[:3], [t.size for t in things.values() if t.rest], sum(count(10)), max(1, 2.5))
print("%s %d %r" % ("text", 3, things["0"]), "a,b".split(","), {1, 2} | {3}, (1, 2) + (3,), b"bytes"[1:])
try:
    things["none"]
except KeyError as e:
    print(type(e).__name__, e)
with open(sys.argv[0]) if False else memoryview(b"x") as v:
    print(len(v))
gc.collect()
