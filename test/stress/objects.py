# Objects with references in every direction, made and dropped at random; weak references tell who lives; a model says who should.
import gc
import sys
import weakref

N = int(sys.argv[1]) if len(sys.argv) > 1 else 150


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


class Node:
    def __init__(self, name):
        self.name = name
        self.links = []
        self.extra = None


class Slim:
    __slots__ = ("name", "links", "extra", "__weakref__")
    __init__ = Node.__init__


def reachable(roots, edges):
    seen, todo = set(), list(roots)
    while todo:
        n = todo.pop()
        if n not in seen:
            seen.add(n)
            todo.extend(edges.get(n, ()))
    return seen


def hold(node, kind):
    """One reference to node through some kind of holder."""
    if kind == 0:
        return node
    if kind == 1:
        return [node]
    if kind == 2:
        return {"k": (node, 1)}
    if kind == 3:
        return lambda: node
    if kind == 4:
        return (lambda x: (yield x))(node)
    if kind == 5:
        return iter([node])
    if kind == 6:
        return node.__init__
    return {1: {2: frozenset([node])}}


def run(seed):
    r = Random(seed)
    roots, refs, edges, names = {}, {}, {}, 0
    for _ in range(N):
        op = r.below(6)
        if op < 3 or not roots:
            node = (Node, Slim)[r.below(2)](names)
            roots[names], refs[names], edges[names] = node, weakref.ref(node), []
            names += 1
            del node
        elif op == 3:
            a, b = (list(roots)[r.below(len(roots))] for _ in range(2))
            roots[a].links.append(hold(roots[b], r.below(8)))
            edges[a].append(b)
        elif op == 4:
            del roots[list(roots)[r.below(len(roots))]]
        else:
            a = list(roots)[r.below(len(roots))]
            roots[a].links.clear()
            edges[a].clear()
        if r.below(20) == 0:
            gc.collect()
            alive = {n for n, ref in refs.items() if ref() is not None}
            assert alive == reachable(roots, edges), (seed, alive ^ reachable(roots, edges))
    roots.clear()
    gc.collect()
    return names, sum(ref() is not None for ref in refs.values())


print([run(seed) for seed in (1, 2, 3)])
