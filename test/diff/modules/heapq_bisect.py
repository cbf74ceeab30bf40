# heapq, bisect, copy, textwrap, string helpers, statistics, fractions: short uses of each.
import bisect
import copy
import heapq
import textwrap

h = []
for v in (5, 1, 8, 3, 9, 2):
    heapq.heappush(h, v)
print(h, heapq.heappop(h), heapq.heapreplace(h, 0), heapq.heappushpop(h, 7), h, heapq.nlargest(2, h), heapq.nsmallest(2, h), [heapq.heappop(h) for _ in range(len(h))])
l = [9, 4, 7, 1]
heapq.heapify(l)
print(l, list(heapq.merge([1, 4], [2, 3], [0])), heapq.nlargest(2, ["aa", "b", "cccc"], key=len), list(heapq.merge([3, 1], [2], reverse=True)))
for bad in (lambda: heapq.heappop([]), lambda: heapq.heappush(5, 1), lambda: heapq.heapify([1, "a"]), lambda: heapq.heapreplace([], 1)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
a = [1, 3, 3, 5]
print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect_right(a, 0), bisect.bisect(a, 9), bisect.bisect([(1, "a"), (2, "b")], 1, key=lambda t: t[0]), bisect.bisect_left(a, 3, 2))
bisect.insort(a, 4)
bisect.insort_left(a, 3)
print(a, ["FDCBA"[bisect.bisect([60, 70, 80, 90], s)] for s in (33, 99, 77, 70)])


class C:
    def __init__(self, v):
        self.v = v


orig = {"l": [1, [2]], "c": C([3]), "t": ([4],)}
shallow, deep = copy.copy(orig), copy.deepcopy(orig)
orig["l"][1].append("x")
orig["c"].v.append("y")
print(shallow["l"], deep["l"], shallow["c"] is orig["c"], deep["c"].v, deep["t"][0] is orig["t"][0], copy.copy([1]) == [1], copy.copy((1,)) is not None, copy.deepcopy(5), copy.deepcopy(C) is C, copy.copy(len) is len)
cyc = [1]
cyc.append(cyc)
d = copy.deepcopy(cyc)
print(d[1] is d, d is not cyc)
shared = [0]
two = copy.deepcopy([shared, shared])
print(two[0] is two[1])


class K:
    def __copy__(self):
        return "copied"

    def __deepcopy__(self, memo):
        return "deep copied"


print(copy.copy(K()), copy.deepcopy([K()]), copy.replace(__import__("collections").namedtuple("P", "x y")(1, 2), x=5))
text = "The quick brown fox jumped over the lazy dog, and then it ran away very fast indeed."
print(textwrap.fill(text, 30), textwrap.wrap(text, 25, initial_indent="* ", subsequent_indent="  "), textwrap.shorten(text, 30), textwrap.indent("a\nb\n\nc", "> "), sep="\n")
print(textwrap.dedent("""
    def f():
        return 1
    x
""").strip(), textwrap.wrap("averyveryverylongword short", 10), textwrap.wrap("", 5), textwrap.fill("a-b hyphen-ated words", 8, break_on_hyphens=False), sep="\n")
from fractions import Fraction
from decimal import Decimal
import statistics
print(Fraction(1, 3) + Fraction(1, 6), Fraction("0.25"), Fraction(3, -6), Fraction(7, 2) // 1, float(Fraction(1, 8)), Fraction(0.5), Fraction(10, 4).limit_denominator(2), Fraction(1, 3) < Fraction(1, 2), round(Fraction(7, 2)), repr(Fraction(2, 4)), Fraction(3) == 3, hash(Fraction(1, 2)) == hash(0.5), f"{Fraction(1, 3):.3f}")
print(statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), statistics.mode("aab"), statistics.stdev([1, 2, 3, 4]), statistics.variance([1, 2, 3]), statistics.pstdev([1, 2, 3]), statistics.fmean([1, 2]), statistics.quantiles([1, 2, 3, 4, 5]), statistics.multimode("aabb"), statistics.harmonic_mean([40, 60]))
