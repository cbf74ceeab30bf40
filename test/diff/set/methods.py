# set and frozenset: every method and operator, order of results, errors.
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, b - a, a ^ b, a <= b, {3} < b, a >= {1}, a > a, a == {4, 3, 2, 1}, a != b, a.union(b, [9], "x"), a.intersection(b, [3]), a.difference(b, [1]), a.symmetric_difference([1, 9]), a.issubset(range(9)), a.issuperset([1]), a.isdisjoint([7]), a.isdisjoint(b), a.copy() == a)
s = set()
s.add(1); s.add(1); s.update([2, 3], (4,), "ab"); s.discard(99); s.discard(2); s.remove(3)
print(sorted(map(str, s)), len(s), s.pop() in (1, 4, "a", "b"), len(s))
for op in ("s |= {10, 20}", "s &= {10, 20, 30}", "s -= {10}", "s ^= {20, 40}", "s.intersection_update([40, 1])", "s.difference_update([40])", "s.symmetric_difference_update([1, 2])", "s.update()", "s.clear()"):
    exec(op)
    print(op, s)
for bad in (lambda: {1}.remove(2), lambda: set().pop(), lambda: {[]}, lambda: {1} | [2], lambda: {1} + {2}, lambda: {1} < [1, 2], lambda: hash({1}), lambda: set(5), lambda: set(1, 2), lambda: {1}.add([]), lambda: {1}.update(5), lambda: frozenset([1]).add(2), lambda: {1}.union(5), lambda: {1}.__ior__([2]) is NotImplemented, lambda: [1] in {1}, lambda: {{1}}, lambda: set("ab", x=1), lambda: {1}.intersection(1), lambda: {1} - 1, lambda: {1}.remove([])):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
f = frozenset([1, 2])
print(f, frozenset(), frozenset("a"), f | {3}, {3} | f, type(f | {3}).__name__, type({3} | f).__name__, f == {1, 2}, hash(f) == hash(frozenset([2, 1])), {f: 1}[frozenset([2, 1])], {1, 2} in {f}, f.copy() is f, frozenset(f) is f, f <= {1, 2}, hash(frozenset()), hash(frozenset([1])), hash(frozenset("abc")), hash(frozenset(range(50))))
print(set(), {1}, {"a"}, {None}, {(1, 2)}, {frozenset()}, repr(set([1])), {1, True, 1.0}, {0, False}, {1.0, 1}, {True, 1}, set([]), {*()}, {*[1], *"a"} == {1, "a"}, len({"a", "b", "a"}), set("hello") == {"h", "e", "l", "o"})
x = {1, 2, 3}
for mutate in ("x.add(99)", "x.discard(1)", "x.clear()"):
    x = {1, 2, 3}
    try:
        for v in x:
            exec(mutate)
        print("fine")
    except RuntimeError as e:
        print(mutate, e)
it = iter({5}); print(next(it), it.__length_hint__(), list(it))
y = x = {1, 2}; x |= {3}; print(y, x is y); x = x | {4}; print(x is y, sorted(x), sorted(y))
z = fz = frozenset({1}); z |= {2}; print(z, fz, z is fz)
class S(set):
    pass
class FS(frozenset):
    pass
p = S([1, 2]); p.attr = 5
print(p, type(p | {3}).__name__, type(p.copy()).__name__, type(p & {1}).__name__, p == {1, 2}, p.attr, FS([1]), type(FS([1]) | {2}).__name__, type(FS([1]).copy()).__name__, FS([1]) == frozenset([1]))
print({x for x in "abracadabra" if x not in "abc"} == {"d", "r"}, {i % 3 for i in range(10)}, set(range(5)) - set(range(2)), sum({1, 2, 3}), max({3, 9, 1}), sorted({"b", "a"}), any({0}), all({1}), bool(set()), 2 in {1, 2}, len({1, 2} & {2}), set(dict(a=1)), set([1, 2]).__contains__(1), {1}.__and__([1]), {1, 2}.__sub__({1}), {1}.__rsub__({1, 2}), {3}.__xor__({4}), {1}.__eq__([1]))
r = {1}; r.add((1, 2)); t = set(); t.add(frozenset(t)); print(t, len(r))
big = set(range(0, 1000, 7)) & set(range(0, 1000, 5)); print(sorted(big)[:5], len(big), list(big)[:8], list(set(range(1000)) - set(range(995)))) 
words = set("the quick brown fox jumps over the lazy dog".split()); print(words, len(words), words & {"fox", "cat"}, words.symmetric_difference({"fox"}))
print(list({10, 5, 300, -1, 64, 128, 7}), list({"x", "y", "z", "a"}), list({1.5, "s", None, (1,), b"b"} - {None}), [*{3, 1, 2}], {*range(10, 0, -1)}, frozenset({"q", "w", "e"}))
