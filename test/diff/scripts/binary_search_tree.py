# A balanced tree (AVL) as a mapping: insertion, deletion, iteration, slices by key, height, drawing.
from collections.abc import MutableMapping


class Node:
    __slots__ = ("key", "value", "left", "right", "height")

    def __init__(self, key, value):
        self.key, self.value, self.left, self.right, self.height = key, value, None, None, 1


height = lambda n: n.height if n else 0


def update(n):
    n.height = 1 + max(height(n.left), height(n.right))
    return n


def rotate_right(n):
    top = n.left
    n.left, top.right = top.right, n
    update(n)
    return update(top)


def rotate_left(n):
    top = n.right
    n.right, top.left = top.left, n
    update(n)
    return update(top)


def balance(n):
    update(n)
    tilt = height(n.left) - height(n.right)
    if tilt > 1:
        if height(n.left.left) < height(n.left.right):
            n.left = rotate_left(n.left)
        return rotate_right(n)
    if tilt < -1:
        if height(n.right.right) < height(n.right.left):
            n.right = rotate_right(n.right)
        return rotate_left(n)
    return n


class Tree(MutableMapping):
    def __init__(self, *args, **kw):
        self.root, self.size = None, 0
        self.update(*args, **kw)

    def __setitem__(self, key, value):
        def put(n):
            if n is None:
                self.size += 1
                return Node(key, value)
            if key == n.key:
                n.value = value
            elif key < n.key:
                n.left = put(n.left)
            else:
                n.right = put(n.right)
            return balance(n)
        self.root = put(self.root)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return [(k, v) for k, v in self.items() if (key.start is None or k >= key.start) and (key.stop is None or k < key.stop)]
        n = self.root
        while n:
            if key == n.key:
                return n.value
            n = n.left if key < n.key else n.right
        raise KeyError(key)

    def __delitem__(self, key):
        def cut(n):
            if n is None:
                raise KeyError(key)
            if key < n.key:
                n.left = cut(n.left)
            elif key > n.key:
                n.right = cut(n.right)
            else:
                if n.left is None or n.right is None:
                    return n.left or n.right
                low = n.right
                while low.left:
                    low = low.left
                n.key, n.value = low.key, low.value
                n.right = drop_min(n.right)
            return balance(n)

        def drop_min(n):
            if n.left is None:
                return n.right
            n.left = drop_min(n.left)
            return balance(n)

        self.root = cut(self.root)
        self.size -= 1

    def __iter__(self):
        stack, n = [], self.root
        while stack or n:
            while n:
                stack.append(n)
                n = n.left
            n = stack.pop()
            yield n.key
            n = n.right

    def __len__(self):
        return self.size

    def draw(self, n=..., depth=0):
        n = self.root if n is ... else n
        if n:
            yield from self.draw(n.right, depth + 1)
            yield "    " * depth + str(n.key)
            yield from self.draw(n.left, depth + 1)


t = Tree((k, k * k) for k in [5, 2, 8, 1, 9, 3, 7, 4, 6])
print(*t.draw(), sep="\n")
print(list(t), len(t), height(t.root), t[3], t.get(99), 5 in t, t[3:6], t[:3], list(t.values())[:3])
for k in (5, 1, 9):
    del t[k]
print(list(t.items()), height(t.root), t == {2: 4, 3: 9, 4: 16, 6: 36, 7: 49, 8: 64}, t.pop(2), t.setdefault(100, "x"), t.popitem(), len(t))
try:
    del t[1000]
except KeyError as e:
    print("KeyError", e)
big = Tree((i * 7919 % 1009, i) for i in range(1000))
print(len(big), height(big.root), list(big)[:5], sum(big.values()))
for k in list(big)[::2]:
    del big[k]
print(len(big), height(big.root), all(a < b for a, b in zip(big, list(big)[1:])))
words = Tree()
for w in "the quick brown fox jumps over the lazy dog the end".split():
    words[w] = words.get(w, 0) + 1
print(dict(words))
