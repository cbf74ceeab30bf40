# Weak containers used as real programs use them: an object cache, observers, parents in a tree, memo by identity.
import gc
import sys
import weakref

gc.disable()


class Image:
    loaded = 0

    def __init__(self, name):
        Image.loaded += 1
        self.name = name

    def __repr__(self):
        return f"Image({self.name})"


cache = weakref.WeakValueDictionary()


def load(name):
    image = cache.get(name)
    if image is None:
        image = cache[name] = Image(name)
    return image


a, b, c = load("x"), load("x"), load("y")
print(a is b, Image.loaded, sorted(cache))
del a, b
print(sorted(cache), load("x") is not None, Image.loaded, sorted(cache))
x = load("x")
print(Image.loaded, len(cache), list(cache.values()))


class Tree:
    def __init__(self, name, parent=None):
        self.name, self.children = name, []
        self._parent = weakref.ref(parent) if parent else lambda: None
        if parent:
            parent.children.append(self)

    @property
    def parent(self):
        return self._parent()

    def path(self):
        return (self.parent.path() if self.parent else "") + "/" + self.name


root = Tree("top")
mid = Tree("mid", root)
leaf = Tree("leaf", mid)
print(leaf.path(), sys.getrefcount(root), sys.getrefcount(mid), sys.getrefcount(leaf))
wr = weakref.ref(root)
del root
print("freed without the collector", wr() is None, leaf.path())
del mid
print(leaf.path())


class Observable:
    def __init__(self):
        self.observers = weakref.WeakSet()

    def notify(self, *args):
        return sorted(o.update(*args) for o in self.observers)


class Observer:
    def __init__(self, n):
        self.n = n

    def update(self, v):
        return self.n * v


subject = Observable()
o1, o2 = Observer(1), Observer(2)
subject.observers.add(o1)
subject.observers.add(o2)
subject.observers.add(Observer(3))
print(subject.notify(10))
del o2
print(subject.notify(10), len(subject.observers))
extra = weakref.WeakKeyDictionary()


class Key:
    def __init__(self, n):
        self.n = n


keys = [Key(i) for i in range(4)]
for k in keys:
    extra[k] = k.n * k.n
print(sorted(extra.values()), len(extra))
keys = keys[:2]
del k
print(sorted(extra.values()), [k.n for k in extra.keys()], extra[keys[0]])
k = None
ident = {}


def tag(obj, label):
    key = id(obj)
    ident[key] = label
    weakref.finalize(obj, ident.pop, key)


t = Key(9)
tag(t, "tagged")
print(list(ident.values()))
del t
print(ident)
pool = []


class Pooled:
    def __del__(self):
        if len(pool) < 2:
            pool.append(self)


things = [Pooled() for _ in range(4)]
things.clear()
print(len(pool), type(pool[0]).__name__)
pool.clear()
print(len(pool))
m = weakref.WeakMethod(o1.update)
print(m()(7), m() == o1.update)
del o1
print(m(), subject.notify(1))
d = weakref.WeakValueDictionary({i: Key(i) for i in range(3)})
print(len(d), list(d))
e = weakref.WeakValueDictionary()
hold = []
for i in range(100):
    v = e[i] = Key(i)
    if i % 10 == 0:
        hold.append(v)
v = None
print(len(e), sorted(e)[:4], sum(v.n for v in e.values()))
