# Linked list, stack, queue, ring, union-find, heap, priority queue, bit set: small structures with their protocols.
import gc
import sys


class Cons:
    __slots__ = ("head", "tail")

    def __init__(self, head, tail=None):
        self.head, self.tail = head, tail

    def __iter__(self):
        node = self
        while node is not None:
            yield node.head
            node = node.tail

    @classmethod
    def of(cls, items):
        out = None
        for x in reversed(list(items)):
            out = cls(x, out)
        return out

    def reverse(self):
        out = None
        for x in self:
            out = Cons(x, out)
        return out

    def merge(self, other):
        if other is None:
            return self
        a, b = (self, other) if self.head <= other.head else (other, self)
        return Cons(a.head, a.tail.merge(b) if a.tail else b)

    def sort(self):
        if self.tail is None:
            return self
        items = list(self)
        half = len(items) // 2
        return Cons.of(items[:half]).sort().merge(Cons.of(items[half:]).sort())

    def __repr__(self):
        return "(" + " ".join(map(repr, self)) + ")"


l = Cons.of([5, 2, 8, 1, 9, 3])
print(l, l.reverse(), l.sort(), list(l), 8 in l, sum(l), max(l), [*l], Cons.of([]))


class Ring:
    def __init__(self, size):
        self.data, self.start, self.count = [None] * size, 0, 0

    def push(self, x):
        end = (self.start + self.count) % len(self.data)
        self.data[end] = x
        if self.count < len(self.data):
            self.count += 1
        else:
            self.start = (self.start + 1) % len(self.data)

    def pop(self):
        if not self.count:
            raise IndexError("pop from an empty ring")
        x, self.data[self.start] = self.data[self.start], None
        self.start = (self.start + 1) % len(self.data)
        self.count -= 1
        return x

    def __len__(self):
        return self.count

    def __getitem__(self, i):
        if not -self.count <= i < self.count:
            raise IndexError(i)
        return self.data[(self.start + i % self.count) % len(self.data)]


r = Ring(3)
for i in range(5):
    r.push(i)
print(list(r), r[-1], len(r), r.pop(), r.pop(), r.pop(), list(r))
try:
    r.pop()
except IndexError as e:
    print(e)


class Union:
    def __init__(self, items):
        self.parent = {x: x for x in items}
        self.size = dict.fromkeys(self.parent, 1)

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = x = self.parent[self.parent[x]]
        return x

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size[b]
        return True

    def groups(self):
        out = {}
        for x in self.parent:
            out.setdefault(self.find(x), []).append(x)
        return sorted(out.values())


u = Union("abcdefg")
print([u.join(*p) for p in ("ab", "cd", "bd", "ac", "ef")], u.groups(), u.find("a") == u.find("d"))


class Bits:
    def __init__(self, n=0):
        self.n = n

    def __iter__(self):
        n = self.n
        while n:
            low = n & -n
            yield low.bit_length() - 1
            n ^= low

    def __contains__(self, i):
        return self.n >> i & 1 == 1

    def __or__(self, o):
        return Bits(self.n | o.n)

    def __sub__(self, o):
        return Bits(self.n & ~o.n)

    def __len__(self):
        return self.n.bit_count()

    def __eq__(self, o):
        return self.n == o.n

    @classmethod
    def of(cls, items):
        return cls(sum(1 << i for i in set(items)))


a, b = Bits.of([1, 5, 64, 100]), Bits.of([5, 6])
print(list(a), list(a | b), list(a - b), 64 in a, 65 in a, len(a), a == Bits.of([100, 64, 5, 1]), hex(a.n), sys.getsizeof(a.n))


class Heap:
    def __init__(self, key=lambda v: v):
        self.items, self.key = [], key

    def push(self, x):
        self.items.append(x)
        i = len(self.items) - 1
        while i and self.key(self.items[i]) < self.key(self.items[(i - 1) // 2]):
            j = (i - 1) // 2
            self.items[i], self.items[j] = self.items[j], self.items[i]
            i = j

    def pop(self):
        top, last = self.items[0], self.items.pop()
        if self.items:
            self.items[0], i = last, 0
            while True:
                children = [c for c in (2 * i + 1, 2 * i + 2) if c < len(self.items)]
                if not children:
                    break
                c = min(children, key=lambda k: self.key(self.items[k]))
                if self.key(self.items[i]) <= self.key(self.items[c]):
                    break
                self.items[i], self.items[c] = self.items[c], self.items[i]
                i = c
        return top


h = Heap(key=lambda w: (len(w), w))
for w in "heap of words by their length and order".split():
    h.push(w)
print([h.pop() for _ in range(len(h.items))])


class Doubly:
    def __init__(self, v):
        self.v, self.prev, self.next = v, self, self

    def insert(self, v):
        n = Doubly(v)
        n.prev, n.next = self, self.next
        self.next.prev = n
        self.next = n
        return n

    def unlink(self):
        self.prev.next, self.next.prev = self.next, self.prev
        self.prev = self.next = None

    def __iter__(self):
        n = self.next
        while n is not self:
            yield n.v
            n = n.next


gc.disable()
gc.collect()
d = Doubly("sentinel")
nodes = [d.insert(i) for i in range(5)]
print(list(d))
nodes[2].unlink()
print(list(d), sys.getrefcount(nodes[2]), sys.getrefcount(nodes[1]))
del d, nodes
print("cycle of five", gc.collect())
