# Dynamic programming: knapsack, longest common subsequence, coins, partitions, edit scripts, matrix chains.
from functools import cache
from itertools import accumulate


def knapsack(items, capacity):
    best = [[0] * (capacity + 1)]
    for weight, value, _ in items:
        row = best[-1]
        best.append([max(row[c], row[c - weight] + value if c >= weight else 0) for c in range(capacity + 1)])
    chosen, c = [], capacity
    for i in range(len(items), 0, -1):
        if best[i][c] != best[i - 1][c]:
            chosen.append(items[i - 1][2])
            c -= items[i - 1][0]
    return best[-1][-1], chosen[::-1]


def lcs(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    out, i, j = [], len(a), len(b)
    while i and j:
        if a[i - 1] == b[j - 1]:
            out.append(a[i - 1])
            i, j = i - 1, j - 1
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return "".join(reversed(out))


@cache
def ways(amount, coins):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return ways(amount - coins[0], coins) + ways(amount, coins[1:])


def fewest(amount, coins):
    best = [0] + [None] * amount
    for n in range(1, amount + 1):
        options = [best[n - c] for c in coins if c <= n and best[n - c] is not None]
        best[n] = min(options) + 1 if options else None
    return best[amount]


@cache
def partitions(n, largest=None):
    largest = n if largest is None else largest
    return 1 if n == 0 else sum(partitions(n - k, min(k, n - k)) for k in range(1, largest + 1))


def edit(a, b):
    @cache
    def go(i, j):
        if i == 0 or j == 0:
            return i + j, ("delete " + a[:i]) * (i > 0) + ("insert " + b[:j]) * (j > 0)
        if a[i - 1] == b[j - 1]:
            return go(i - 1, j - 1)
        options = [(go(i - 1, j), f"-{a[i-1]}"), (go(i, j - 1), f"+{b[j-1]}"), (go(i - 1, j - 1), f"{a[i-1]}>{b[j-1]}")]
        (cost, script), step = min(options, key=lambda o: (o[0][0], o[1]))
        return cost + 1, (script + " " + step).strip()
    return go(len(a), len(b))


def increasing(seq):
    tails, links = [], {}
    import bisect
    for x in seq:
        k = bisect.bisect_left(tails, x)
        links[x] = tails[k - 1] if k else None
        tails[k:k + 1] = [x]
    out, x = [], tails[-1]
    while x is not None:
        out.append(x)
        x = links[x]
    return out[::-1]


def best_sum(values):
    best = here = values[0]
    for v in values[1:]:
        here = max(v, here + v)
        best = max(best, here)
    return best


def pascal(n):
    row = [1]
    for _ in range(n):
        yield row
        row = [a + b for a, b in zip([0] + row, row + [0])]


print(knapsack([(12, 4, "green"), (2, 2, "blue"), (1, 1, "red"), (1, 2, "grey"), (4, 10, "yellow")], 15))
print(lcs("AGGTABQWERTY", "GXTXAYBWTY"), lcs("", "x"), ways(100, (50, 25, 10, 5, 1)), fewest(63, [1, 5, 10, 21, 25]), fewest(7, [5, 3]), fewest(4, [5, 3]), partitions(50), partitions.cache_info().currsize)
for a, b in (("kitten", "sitting"), ("flaw", "lawn"), ("", "abc"), ("same", "same")):
    print(a, b, edit(a, b))
print(increasing([10, 9, 2, 5, 3, 7, 101, 18]), best_sum([-2, 1, -3, 4, -1, 2, 1, -5, 4]), list(pascal(6))[-1], list(accumulate([3, 1, 4, 1, 5], max)))


@cache
def chain(dims):
    if len(dims) < 3:
        return 0, "M"
    options = []
    for k in range(1, len(dims) - 1):
        (a, left), (b, right) = chain(dims[: k + 1]), chain(dims[k:])
        options.append((a + b + dims[0] * dims[k] * dims[-1], f"({left}{right})"))
    return min(options)


print(chain((40, 20, 30, 10, 30)), chain((10, 30, 5, 60)))


def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)


print(" ".join(hanoi(3)), sum(1 for _ in hanoi(10)))
