# Generators in real use: recursion, backtracking, state kept across calls, coroutines with send, tee-like sharing, closing chains.
import itertools


def read(text):
    try:
        for line in text.splitlines():
            yield line
    finally:
        print("reader closed")


def numbered(lines):
    for n, line in enumerate(lines, 1):
        yield n, line


def grep(word, pairs):
    for n, line in pairs:
        if word in line:
            yield f"{n}: {line}"


TEXT = "alpha\nbeta heap\ngamma\nheap delta\nepsilon\nheap again"
for hit in grep("heap", numbered(read(TEXT))):
    print(hit)
chain = grep("heap", numbered(read(TEXT)))
print(next(chain))
chain.close()
print("after close")


def permutations(items):
    if not items:
        yield ()
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield (x, *rest)


def queens(n, placed=()):
    row = len(placed)
    if row == n:
        yield placed
    else:
        for col in range(n):
            if all(col != c and abs(col - c) != row - r for r, c in enumerate(placed)):
                yield from queens(n, placed + (col,))


def inorder(tree):
    if tree:
        left, value, right = tree
        yield from inorder(left)
        yield value
        yield from inorder(right)


print(list(permutations("abc"))[:4], sum(1 for _ in permutations(tuple(range(5)))), next(queens(8)), sum(1 for _ in queens(6)), list(inorder(((None, 1, None), 2, ((None, 3, None), 4, None)))))


def coroutine(f):
    def start(*a):
        g = f(*a)
        next(g)
        return g
    return start


@coroutine
def printer(prefix):
    try:
        while True:
            print(prefix, (yield))
    except GeneratorExit:
        print(prefix, "done")


@coroutine
def broadcast(*targets):
    while True:
        x = yield
        for t in targets:
            t.send(x)


@coroutine
def filtering(test, target):
    while True:
        x = yield
        if test(x):
            target.send(x)


@coroutine
def averaging(target):
    total = 0.0
    for n in itertools.count(1):
        total += yield
        target.send(total / n)


sink = broadcast(printer("all"), filtering(lambda v: v % 2, printer("odd")), averaging(printer("mean")))
for v in (1, 2, 4, 5):
    sink.send(v)
del sink


def primes():
    found = {}
    for q in itertools.count(2):
        p = found.pop(q, None)
        if p is None:
            yield q
            found[q * q] = q
        else:
            x = q + p
            while x in found:
                x += p
            found[x] = p


print(list(itertools.islice(primes(), 15)), next(p for p in primes() if p > 1000))


def merge(*sources):
    heads = [(next(it), i, it) for i, it in enumerate(map(iter, sources))]
    while heads:
        heads.sort()
        value, i, it = heads[0]
        yield value
        try:
            heads[0] = (next(it), i, it)
        except StopIteration:
            heads.pop(0)


print(list(merge([1, 5, 9], [2, 3, 10], [0, 6])), list(itertools.islice(merge(primes(), (x * x for x in itertools.count())), 10)))


def retry(times):
    for attempt in range(times):
        outcome = yield attempt
        if outcome == "ok":
            return f"worked at {attempt}"
    return "gave up"


def user(results):
    r = yield from retry(3)
    results.append(r)


res = []
for script in (["no", "ok"], ["no", "no", "no"]):
    u = user(res)
    next(u)
    for s in script:
        try:
            u.send(s)
        except StopIteration:
            break
print(res)
shared = iter(range(10))
print(list(zip(shared, shared)), list(itertools.takewhile(lambda v: v < 3, shared)))
numbers = (n for n in range(5))
print(sum(numbers), sum(numbers), list(numbers), 3 in (n for n in range(10)), max((len(w), w) for w in TEXT.split()))


def flatten(x, depth=0):
    for y in x:
        if isinstance(y, list):
            yield from flatten(y, depth + 1)
        else:
            yield depth, y


print(list(flatten([1, [2, [3, [4]], 5], [[]]])))


def throttle():
    log = []
    while True:
        try:
            command = yield log[-2:]
            log.append(command)
        except ValueError as e:
            log.append(f"error {e}")


t = throttle()
next(t)
print(t.send("a"), t.throw(ValueError("bad")), t.send("b"), t.throw(ValueError("worse")))
