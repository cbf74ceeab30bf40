# A data pipeline of generators: parsing records, filtering, grouping, joining, windows, top-n, running statistics.
from collections import defaultdict, deque
from itertools import groupby, islice, tee

RAW = """date;city;temp;rain
2024-01-01;Oslo;-3.5;0.2
2024-01-01;Rome;11.0;
2024-01-02;Oslo;-7.25;1.0
2024-01-02;Rome;12.5;3.4
bad line
2024-01-03;Oslo;n/a;0
2024-01-03;Rome;9.75;0.0
2024-01-04;Oslo;1.0;5.5
2024-01-04;Rome;10.25;0.1
"""


def lines(text):
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line


def records(numbered, errors):
    _, head = next(numbered)
    names = head.split(";")
    for number, line in numbered:
        parts = line.split(";")
        if len(parts) != len(names):
            errors.append((number, f"{len(parts)} fields"))
            continue
        row = dict(zip(names, parts))
        try:
            row["temp"] = float(row["temp"])
            row["rain"] = float(row["rain"]) if row["rain"] else None
        except ValueError as e:
            errors.append((number, str(e)))
            continue
        yield row


def where(rows, **conditions):
    for row in rows:
        if all(test(row[k]) if callable(test) else row[k] == test for k, test in conditions.items()):
            yield row


def windows(seq, n):
    d = deque(maxlen=n)
    for x in seq:
        d.append(x)
        if len(d) == n:
            yield tuple(d)


def running():
    total = count = 0
    value = None
    while True:
        value = yield (total / count if count else None)
        total += value
        count += 1


def pairwise_diff(seq):
    a, b = tee(seq)
    next(b, None)
    return (y - x for x, y in zip(a, b))


def tap(rows, log):
    for row in rows:
        log.append(row["date"])
        yield row


errors, log = [], []
data = list(records(lines(RAW), errors))
print(len(data), errors)
print([r["temp"] for r in where(data, city="Oslo")], [r["date"] for r in where(data, temp=lambda t: t > 10, rain=lambda r: r is not None)])
by_city = defaultdict(list)
for row in data:
    by_city[row["city"]].append(row["temp"])
for city, temps in sorted(by_city.items()):
    print(f"{city:<6}{min(temps):>8.2f}{max(temps):>8.2f}{sum(temps) / len(temps):>8.3f} {list(pairwise_diff(temps))} {[round(sum(w) / 2, 3) for w in windows(temps, 2)]}")
for date, group in groupby(data, key=lambda r: r["date"]):
    group = list(group)
    print(date, [r["city"] for r in group], max(group, key=lambda r: r["temp"])["temp"])
r = running()
next(r)
print([round(r.send(x["temp"]), 3) for x in data])
print([x["date"] for x in islice(tap(data, log), 2)], log)
countries = {"Oslo": "Norway", "Rome": "Italy"}
joined = [{**row, "country": countries[row["city"]]} for row in data]
print(joined[0], sorted({j["country"] for j in joined}))
pivot = {}
for row in data:
    pivot.setdefault(row["date"], {})[row["city"]] = row["temp"]
print(f"{'date':<12}" + "".join(f"{c:>8}" for c in sorted(by_city)))
for date, cells in pivot.items():
    print(f"{date:<12}" + "".join(f"{cells.get(c, '-'):>8}" for c in sorted(by_city)))


def flatten(x):
    if isinstance(x, (list, tuple)):
        for y in x:
            yield from flatten(y)
    else:
        yield x


print(list(flatten([1, [2, (3, [4, []]), "five"], [[[6]]]])), sum(flatten([[1, 2], [3, [4]]])))


def compose(*stages):
    def run(x):
        for s in stages:
            x = s(x)
        return x
    return run


shout = compose(str.strip, str.upper, lambda s: s + "!", list, reversed, "".join)
print(shout("  hello "), list(map(compose(abs, float, str), [-1, 2])))
