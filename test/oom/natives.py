# Native helpers and iterators that the other programs do not meet.
import bisect
import heapq
import re
import string
import sys
import time
import unicodedata
import warnings


def searching():
    a = [1, 3, 5]
    bisect.insort(a, 4)
    heap = [5, 2, 9, 1]
    heapq.heapify(heap)
    heapq.heappush(heap, 0)
    merged = list(heapq.merge([1, 4], [2, 3]))
    return a, bisect.bisect_left(a, 4, key=lambda v: v), heapq.nsmallest(2, heap), heapq.heappop(heap), merged


def texts():
    names = unicodedata.name("\xe9"), unicodedata.normalize("NFD", "\xe9\uac00"), unicodedata.lookup("SNOWMAN")
    found = [m.span() for m in re.finditer(r"(\w)(?P<n>\d)", "a1 b2 c3")]
    scanner = re.compile(r"\w+").scanner("ab cd")
    first = scanner.search().group(), scanner.match()
    changed = re.sub(r"(\d)", lambda m: m.group(1) * 2, "a1b2"), re.split(r"[,;]", "a,b;c"), re.escape("a.b")
    filled = string.Template("$a and ${b}").substitute(a=1, b="two")
    return names, found, first, changed, filled, string.Formatter().format("{0!r:>5}{x[1]}", "q", x=[1, 2])


def iterators():
    d = dict(a=1, b=2)
    steps = [iter(range(2**70, 2**70 + 2)), reversed(range(3)), reversed(d), reversed(d.items()), iter(b"ab"), iter(bytearray(b"c"))]
    steps += [iter(lambda it=iter((1, 2, 0)): next(it), 0), iter("\u20acx"), iter(memoryview(b"de")), reversed([1, 2]), iter({7})]
    return [list(s) for s in steps]


def frames():
    frame = sys._getframe()
    proxy = frame.f_locals
    seen = sorted(proxy), proxy["frame"] is frame, len(list(frame.f_code.co_lines())) > 0, len(list(frame.f_code.co_positions())) > 0
    other = frame.f_code.replace(co_name="other")
    return seen[0], seen[1:], other.co_name, other.co_varnames


def others():
    t = time.gmtime(0)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("careful", UserWarning)
    parts = time.strftime("%Y-%m-%d", t), tuple(t)[:3], t.tm_zone, sys.version_info[:2], sys.float_info.dig
    return parts, [str(w.message) for w in caught], (1 + 2j) * 2, slice(2**80, None).indices(5), divmod(-(2**70), 3)


print(searching())
print(texts())
print(iterators())
print(frames())
print(others())
